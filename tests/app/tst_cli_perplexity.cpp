#include "cli_files.h"
#include "cli_runner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace clitest;

/// `nanoscope-cli perplexity` from outside (DESIGN section 5; oracle: the reference's losses).
class TestCliPerplexity : public QObject {
    Q_OBJECT

private slots:
    void everyFormatGetsItsFigures();
    void activationsAndCacheAreCast();
    void singleTensorsHaveFormatsOfTheirOwn();
    void oneWindowHasNoStandardError();
    void tableNamesWhatIsNotSeparable();
    void layersShowWeightAndOutputErrorSideBySide();
    void methodsAreCalibratedOnTheBundledInputs();
    void limitsBelowAWindowAreKept();
    void aFailureIsOneLineWithItsExitCode_data();
    void aFailureIsOneLineWithItsExitCode();

private:
    [[nodiscard]] Run run(const QString& line) const { return runCli(wordsOf(qPrintable(line)), m_dir.path()); }

    QTemporaryDir m_dir;
};

void TestCliPerplexity::everyFormatGetsItsFigures()
{
    const QJsonArray list = run("perplexity -f MXFP4 -f NVFP4 --no-spread --json").json().array();
    QCOMPARE(list.size(), 3);
    const QJsonObject first = list[0].toObject();
    QCOMPARE(first["format"].toString(), QString("unquantized"));
    QVERIFY(std::fabs(first["loss"].toDouble() - 2.714601) < 1e-5);
    QCOMPARE(first["tokens"].toInt(), 16384);
    const QJsonObject mxfp4 = list[1].toObject();
    QVERIFY(std::fabs(mxfp4["delta_loss"].toDouble() - 0.07055) < 2e-5);
    QVERIFY(std::fabs(mxfp4["perplexity"].toDouble() - std::exp(mxfp4["loss"].toDouble())) < 1e-9);
    QVERIFY(
        std::fabs(mxfp4["delta"].toDouble() - mxfp4["perplexity"].toDouble() + first["perplexity"].toDouble()) < 1e-9);
    QCOMPARE(mxfp4["bits_per_element"].toDouble(), 4.25);
    QVERIFY(mxfp4["delta_loss_se"].toDouble() > 0.001 && mxfp4["delta_loss_se"].toDouble() < 0.01);
    QVERIFY(mxfp4["grid_spread"].isNull());
    const QJsonObject spread = run("perplexity -f MXFP4 --limit 1024 --json").json().array()[1].toObject();
    QVERIFY(spread["grid_spread"].toDouble() > 0);
    QCOMPARE(spread["tokens"].toInt(), 1024);
}

void TestCliPerplexity::activationsAndCacheAreCast()
{
    const auto loss = [this](const QString& options) {
        return run("perplexity -f MXFP4 --limit 1024 --no-spread --json " + options)
            .json()
            .array()[1]
            .toObject()["loss"]
            .toDouble();
    };
    const double weights = loss({});
    QVERIFY(loss("--activations MXFP4") > weights + 0.01);
    QVERIFY(std::fabs(loss("--kv MXFP4") - weights) > 1e-4);
    QVERIFY(loss("--head") > weights);
    QVERIFY(loss("--embedding") != weights);
    QVERIFY(loss("--layers layers.0.*") < weights);
}

void TestCliPerplexity::singleTensorsHaveFormatsOfTheirOwn()
{
    writeContent(m_dir.filePath("own.json"), R"({"layers.0.attention.wq.weight": "MXFP8_E4M3"})");
    const QJsonObject figures
        = run("perplexity -f MXFP4 --limit 256 --no-spread --per-tensor own.json --json").json().array()[1].toObject();
    // 16384 of 786432 weights have 8.25 bits
    QVERIFY(std::fabs(figures["bits_per_element"].toDouble() - (4.25 + 4.0 * 16384 / 786432)) < 1e-9);
}

void TestCliPerplexity::oneWindowHasNoStandardError()
{
    const QString line = "perplexity -f MXFP4 -f NVFP4 --limit 256 --no-spread";
    QVERIFY(run(line + " --json").json().array()[1].toObject()["delta_loss_se"].isNull());
    const QString table = QString::fromUtf8(run(line).output);
    QVERIFY2(!table.contains("0.00000"), qPrintable(table));
    QVERIFY(table.contains("NVFP4 and MXFP4 are not separable by one cast"));
}

void TestCliPerplexity::tableNamesWhatIsNotSeparable()
{
    const Run result = run("perplexity -f NVFP4 -f NVFP4:scale.codec=E4M3 -f MXFP8_E4M3 --limit 2048");
    QCOMPARE(result.exitCode, 0);
    QVERIFY(result.output.contains("unquantized"));
    QVERIFY(result.output.contains("are not separable by one cast"));  // the first two are the same format
}

void TestCliPerplexity::layersShowWeightAndOutputErrorSideBySide()
{
    const QString line = "perplexity -f MXFP4 --limit 512 --no-spread --layers layers.1.* --sensitivity "
                         "--calibration " NANOSCOPE_BUNDLED_DATA "/language_model_activations.h5";
    const QJsonArray list = run(line + " --json").json().array();
    QVERIFY(!list[0].toObject().contains("layers"));
    const QJsonArray layers = list[1].toObject()["layers"].toArray();
    QCOMPARE(layers.size(), 28);
    const QJsonObject first = layers[7].toObject();
    QCOMPARE(first["tensor"].toString(), QString("layers.1.attention.wq.weight"));
    for (const char* name : {"weight_error", "output_error", "activation_weighted_error"})
        QVERIFY(first[name].toDouble() > 0.02 && first[name].toDouble() < 0.3);
    QVERIFY(first["sensitivity"].toDouble() != 0.0 && first["sensitivity_se"].toDouble() > 0.0);
    QCOMPARE(layers[0].toObject()["output_error"].toDouble(), 0.0);  // stays as it is
    const QString table = QString::fromUtf8(run(line).output);
    QVERIFY2(table.contains("WEIGHT  OUTPUT  WEIGHTED"), qPrintable(table));
    const QJsonArray without
        = run("perplexity -f MXFP4 --limit 256 --no-spread --json").json().array()[1].toObject()["layers"].toArray();
    QVERIFY(without.isEmpty());
}

void TestCliPerplexity::methodsAreCalibratedOnTheBundledInputs()
{
    const auto layersBy = [this](const QString& options) {
        const QJsonObject object
            = run("perplexity -f MXFP4 --limit 256 --no-spread --json " + options).json().array()[1].toObject();
        return object["layers"].toArray()[3].toObject();
    };
    const QJsonObject direct = layersBy("--calibration " NANOSCOPE_BUNDLED_DATA "/language_model_activations.h5");
    const QJsonObject gptq = layersBy("--method gptq");
    QVERIFY(gptq["output_error"].toDouble() < direct["output_error"].toDouble());
    QVERIFY(gptq["weight_error"].toDouble() > direct["weight_error"].toDouble());
    const QJsonObject corrected = layersBy("--method gptq --bias-correction");
    QVERIFY(corrected["output_error"].toDouble() < gptq["output_error"].toDouble());
    QCOMPARE(corrected["weight_error"].toDouble(), gptq["weight_error"].toDouble());
}

void TestCliPerplexity::limitsBelowAWindowAreKept()
{
    const QJsonArray list = run("perplexity -f MXFP4 --limit 1 --no-spread --json").json().array();
    QCOMPARE(list[1].toObject()["tokens"].toInt(), 1);
}

void TestCliPerplexity::aFailureIsOneLineWithItsExitCode_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("part");
    QTest::newRow("format") << "perplexity -f MXPF4" << 2 << "MXFP4";
    QTest::newRow("no format") << "perplexity" << 2 << "--format";
    QTest::newRow("limit") << "perplexity -f MXFP4 --limit none" << 2 << "--limit";
    QTest::newRow("model") << "perplexity -f MXFP4 --model nowhere.h5 --tokens x.h5" << 1 << "no such file";
    QTest::newRow("not a model") << "perplexity -f MXFP4 --model " NANOSCOPE_BUNDLED_DATA
                                    "/real_weights.h5 --tokens x.h5"
                                 << 1 << "holds no language model of the Llama kind";
    QTest::newRow("tokens of its own") << "perplexity -f MXFP4 --model " NANOSCOPE_BUNDLED_DATA "/language_model.h5"
                                       << 2 << "--tokens";
    QTest::newRow("no tokens") << "perplexity -f MXFP4 --tokens " NANOSCOPE_BUNDLED_DATA "/real_weights.h5" << 1
                               << "has no token windows";
    QTest::newRow("GGUF") << "perplexity -f Q4_K" << 2 << "256";
    QTest::newRow("cache") << "perplexity -f MXFP4 --kv Q4_K --limit 64 --no-spread" << 2 << "keys and values (--kv): ";
    QTest::newRow("remedy of the cache") << "perplexity -f MXFP4 --kv Q4_K --limit 64 --no-spread" << 2
                                         << "choose a format that takes rows of 64 elements";
    QTest::newRow("method") << "perplexity -f MXFP4 --method gtpq" << 2 << "did you mean gptq?";
    QTest::newRow("method and format") << "perplexity -f MXFP4 --method decoupleq" << 2 << "INT2_g64_minimum";
    QTest::newRow("inputs of its own") << "perplexity -f MXFP4 --method gptq --model " NANOSCOPE_BUNDLED_DATA
                                          "/language_model.h5 --tokens " NANOSCOPE_BUNDLED_DATA
                                          "/language_model_tokens.h5"
                                       << 2 << "--calibration";
    QTest::newRow("calibration") << "perplexity -f MXFP4 --calibration " NANOSCOPE_BUNDLED_DATA "/real_weights.h5" << 1
                                 << "real_weights.h5: layers.0.attention.wq.weight: no inputs of this layer";
    QTest::newRow("no such layer") << "perplexity -f MXFP4 --layers zzz" << 2 << "zzz: is the name of no linear layer";
}

void TestCliPerplexity::aFailureIsOneLineWithItsExitCode()
{
    QFETCH(QString, line);
    QFETCH(int, code);
    QFETCH(QString, part);
    const Run result = run(line);
    QCOMPARE(result.exitCode, code);
    QVERIFY(result.output.isEmpty());
    QVERIFY2(QString(result.error).contains(part), result.error.constData());
    QCOMPARE(result.error.count('\n'), 1);
}

QTEST_GUILESS_MAIN(TestCliPerplexity)
#include "tst_cli_perplexity.moc"
