#include "cli_files.h"
#include "cli_runner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace clitest;

namespace {

/// Fields of RFC 4180, read plainly: the oracle for what was written.
QList<QStringList> csvLines(const QByteArray& bytes)
{
    const QString text = QString::fromUtf8(bytes);
    QList<QStringList> lines{{QString()}};
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'"' && isQuoted && i + 1 < text.size() && text[i + 1] == u'"')
            lines.last().last() += text[++i];
        else if (c == u'"')
            isQuoted = !isQuoted;
        else if (c == u',' && !isQuoted)
            lines.last().append(QString());
        else if (c == u'\r' && !isQuoted)
            lines.append(QStringList{QString()}), ++i;
        else
            lines.last().last() += c;
    }
    lines.removeLast();
    return lines;
}

QJsonObject named(const QJsonArray& tensors, const QString& name)
{
    for (const QJsonValue& tensor : tensors)
        if (tensor[u"name"].toString() == name)
            return tensor.toObject();
    return {};
}

}  // namespace

/// `nanoscope-cli sweep` from outside (DESIGN section 5; oracle: `report --json` of the same tensor).
class TestCliSweep : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyTensorHasTheFiguresOfItsReport_data();
    void everyTensorHasTheFiguresOfItsReport();
    void statisticsAreThoseOfTheValues();
    void modelAddsErrorsAndPower();
    void patternsChooseTensors();
    void whatCannotBeReadIsARowWithItsReason();
    void formatsThatRefuseATensorSayWhy();
    void csvQuotesWhatItMust();
    void csvRunsNoFormula();
    void csvHoldsEveryRow();
    void modelIsExactWhenEveryTensorIs();
    void noSqnrIsMinusZero();
    void axisIsThatOfTheReport();
    void tableStartsWithTheWorst();
    void threadsDoNotChangeTheResult();
    void aFileIsReplacedOnlyWhenComplete();
    void aFailureIsOneLineWithItsExitCode_data();
    void aFailureIsOneLineWithItsExitCode();

private:
    [[nodiscard]] Run run(const QStringList& words) const { return runCli(words, m_dir.path()); }
    [[nodiscard]] Run run(const char* line) const { return run(wordsOf(line)); }

    QTemporaryDir m_dir;
};

void TestCliSweep::initTestCase()
{
    writeWeights(m_dir);
    using namespace hdf5test;
    const Hdf5Id file = createFile(pathIn(m_dir, "odd.h5"));
    writeFloats(file.get(), "a,b \"c\"", {32}, waves(32));
    writeFloats(file.get(), "nothing but nan", {64}, std::vector<float>(64, std::numeric_limits<float>::quiet_NaN()));
    const Hdf5Id damaged = writeFloats(file.get(), "short", {32}, waves(32), {H5D_CHUNKED, {32}, false, 6});
    const hsize_t origin = 0;
    const std::array<unsigned char, 4> junk{1, 2, 3, 4};  // no stream that inflates
    mustSucceed(H5Dwrite_chunk(damaged.get(), H5P_DEFAULT, 0, &origin, junk.size(), junk.data()));
    std::vector<float> uniform(4096);
    for (std::size_t i = 0; i < uniform.size(); ++i)
        uniform[i] = static_cast<float>(i) / 4096.0F;
    writeFloats(file.get(), "uniform", {4096}, uniform);
    std::vector<float> spike(1000, 0.0F);
    spike[7] = 100.0F;
    writeFloats(file.get(), "spike", {1000}, spike);
}

void TestCliSweep::everyTensorHasTheFiguresOfItsReport_data()
{
    QTest::addColumn<QString>("tensor");
    for (const char* name : {"w", "net/conv", "zeros", "exact", "bad"})
        QTest::newRow(name) << name;
}

void TestCliSweep::everyTensorHasTheFiguresOfItsReport()
{
    QFETCH(const QString, tensor);
    const QStringList formats = wordsOf("-f NxFP4 -f MXFP4 -f NVFP4 -f M2XFP_weight -f INT4_g32");
    const QJsonArray reports = run(QStringList{"report", "weights.h5", tensor, "--json"} + formats).json().array();
    const QJsonObject sweep = run(QStringList{"sweep", "weights.h5", "--json"} + formats).json().object();
    const QJsonObject row = named(sweep["tensors"].toArray(), tensor);
    const QJsonArray results = row["results"].toArray();
    QCOMPARE(results.size(), 5);
    QCOMPARE(reports.size(), results.size());
    for (qsizetype i = 0; i < results.size(); ++i) {
        const QJsonValue result = results[i];
        const QJsonValue report = reports[i];
        QCOMPARE(result[u"reason"].toString(), QString());
        for (const char* figure : {"format", "bits_per_element", "excluded"})
            QCOMPARE(result[QLatin1String(figure)], report[QLatin1String(figure)]);
        for (const char* figure : {"sqnr_db", "nmse", "max_abs"})
            QCOMPARE(result[u"error"][QLatin1String(figure)], report[u"error"][QLatin1String(figure)]);
        for (const char* figure : {"structural", "tensor"})
            QCOMPARE(result[u"vacant"][QLatin1String(figure)], report[u"vacant"][QLatin1String(figure)]);
        QCOMPARE(result[u"occupancy"][u"utilisation"], report[u"occupancy"][u"utilisation"]);
        QCOMPARE(row["non_finite"], report[u"non_finite"]);
        QCOMPARE(row["shape"], report[u"shape"]);
        QCOMPARE(row["dtype"], report[u"dtype"]);
        QCOMPARE(row["elements"], report[u"elements"]);
    }
}

void TestCliSweep::statisticsAreThoseOfTheValues()
{
    const QJsonArray rows
        = run("sweep odd.h5 -f MXFP4 --tensor uniform --tensor spike --json").json().object()["tensors"].toArray();
    const QJsonObject uniform = named(rows, "uniform");
    const double n = 4096;  // of equally spaced values: 3 (3 n^2 - 7) / (5 (n^2 - 1))
    QVERIFY(std::fabs(uniform["kurtosis"].toDouble() - 3 * (3 * n * n - 7) / (5 * (n * n - 1))) < 1e-9);
    QCOMPARE(uniform["outlier_ratio"].toDouble(), 0.0);
    const QJsonObject spike = named(rows, "spike");
    const double p = 0.001;  // of a Bernoulli variable: (1 - 3 p (1 - p)) / (p (1 - p))
    QVERIFY(std::fabs(spike["kurtosis"].toDouble() - (1 - 3 * p * (1 - p)) / (p * (1 - p))) < 1e-6);
    QCOMPARE(spike["outlier_ratio"].toDouble(), 0.001);
    const QJsonArray all = run("sweep weights.h5 -f MXFP4 --json").json().object()["tensors"].toArray();
    QVERIFY(named(all, "exact")["kurtosis"].isNull());  // values all equal
    QCOMPARE(named(all, "exact")["outlier_ratio"].toDouble(), 0.0);
}

void TestCliSweep::modelAddsErrorsAndPower()
{
    const QJsonObject sweep = run("sweep weights.h5 -f MXFP4 --tensor w --tensor net/conv --json").json().object();
    double error = 0.0;
    double power = 0.0;
    double bits = 0.0;
    for (const char* name : {"w", "net/conv"}) {
        const QJsonObject report
            = run(QStringList{"report", "weights.h5", name, "-f", "MXFP4", "--json"}).json().array()[0].toObject();
        const double elements = report["elements"].toDouble();
        error += report["error"]["mse"].toDouble() * elements;
        power += report["error"]["mse"].toDouble() * elements / report["error"]["nmse"].toDouble();
        bits += report["bits_per_element"].toDouble() * elements;
    }
    const QJsonValue model = sweep["model"].toArray()[0];
    QCOMPARE(model[u"tensors"].toInt(), 2);
    QCOMPARE(model[u"elements"].toInt(), 160 + 288);
    QVERIFY(std::fabs(model[u"error"][u"nmse"].toDouble() - error / power) < 1e-12 * error / power);
    QVERIFY(std::fabs(model[u"error"][u"sqnr_db"].toDouble() + 10 * std::log10(error / power)) < 1e-9);
    QVERIFY(std::fabs(model[u"bits_per_element"].toDouble() - bits / 448) < 1e-12);
}

void TestCliSweep::patternsChooseTensors()
{
    const auto names = [this](const char* line) {
        QStringList list;
        const QJsonArray tensors = run(line).json().object()["tensors"].toArray();
        for (const QJsonValue& tensor : tensors)
            list << tensor[u"name"].toString();
        return list;
    };
    QCOMPARE(names("sweep weights.h5 -f MXFP4 --json"), QStringList({"bad", "exact", "net/conv", "w", "zeros"}));
    QCOMPARE(names("sweep weights.h5 -f MXFP4 --json --tensor *conv"), QStringList({"net/conv"}));
    QCOMPARE(
        names("sweep weights.h5 -f MXFP4 --json --tensor zeros --tensor ?x[a-c]*"), QStringList({"exact", "zeros"}));
}

void TestCliSweep::whatCannotBeReadIsARowWithItsReason()
{
    const Run result = run("sweep odd.h5 -f MXFP4 --json");
    QCOMPARE(result.exitCode, 0);
    const QJsonArray rows = result.json().object()["tensors"].toArray();
    QCOMPARE(rows.size(), 5);
    const QJsonObject damaged = named(rows, "short");
    QVERIFY2(damaged["reason"].toString().contains("short"), qPrintable(damaged["reason"].toString()));
    QCOMPARE(damaged["results"].toArray().size(), 0);
    QCOMPARE(damaged["elements"].toInt(), 32);
    const QJsonObject nan = named(rows, "nothing but nan");
    QCOMPARE(nan["reason"].toString(), QString());
    QCOMPARE(nan["non_finite"]["nan"].toInt(), 64);
    QVERIFY(nan["kurtosis"].isNull() && nan["outlier_ratio"].isNull());
    QVERIFY(nan["results"].toArray()[0][u"reason"].toString().contains("NaN"));
    const QJsonObject integers = run("sweep weights.h5 -f MXFP4 --tensor counts --tensor w --json").json().object();
    QVERIFY(!named(integers["tensors"].toArray(), "counts")["reason"].toString().isEmpty());
    const Run table = run("sweep odd.h5 -f MXFP4");
    QCOMPARE(table.exitCode, 0);
    QVERIFY(table.output.contains("nothing but nan, MXFP4: every block"));
    const Run nothing = run("sweep weights.h5 -f MXFP4 --tensor counts -o none.json");
    QCOMPARE(nothing.exitCode, 1);
    QVERIFY2(nothing.isOneErrorLine() && nothing.error.contains("no tensor could be measured"), nothing.error);
    QVERIFY(contentOf(m_dir.filePath("none.json")).contains("\"counts\""));
}

void TestCliSweep::formatsThatRefuseATensorSayWhy()
{
    const Run result = run("sweep weights.h5 -f Q4_K -f MXFP4 --json");  // rows of 40 are no whole blocks of 256
    QCOMPARE(result.exitCode, 0);
    const QJsonObject sweep = result.json().object();
    const QJsonArray results = named(sweep["tensors"].toArray(), "w")["results"].toArray();
    QVERIFY(results[0][u"reason"].toString().contains("256"));
    QVERIFY(results[1][u"error"][u"sqnr_db"].isDouble());
    QCOMPARE(sweep["model"].toArray()[0][u"tensors"].toInt(), 0);
    QVERIFY(sweep["model"].toArray()[0][u"bits_per_element"].isNull());
    QCOMPARE(sweep["model"].toArray()[1][u"tensors"].toInt(), 5);
}

void TestCliSweep::csvQuotesWhatItMust()
{
    QCOMPARE(run("sweep odd.h5 -f MXFP4:scale.offsets=[-1,0,1] -o out.csv").exitCode, 0);
    const QByteArray bytes = contentOf(m_dir.filePath("out.csv"));
    QVERIFY(bytes.contains("\"a,b \"\"c\"\"\","));
    QVERIFY(bytes.contains("\"MXFP4:scale.offsets=[-1,0,1]\""));
    const QList<QStringList> lines = csvLines(bytes);
    for (const QStringList& line : lines)
        QCOMPARE(line.size(), lines.first().size());
    QCOMPARE(lines[1][1], QString("a,b \"c\""));
}

void TestCliSweep::csvRunsNoFormula()
{
    {
        const hdf5test::Hdf5Id file = hdf5test::createFile(hdf5test::pathIn(m_dir, "formula.h5"));
        for (const char* name : {"=1+1", "+cmd", "-2+3", "@sum", "-1.5"})
            hdf5test::writeFloats(file.get(), name, {32}, waves(32));
    }
    QCOMPARE(run("sweep formula.h5 -f MXFP4 -o formula.csv").exitCode, 0);
    QStringList names;
    for (const QStringList& line : csvLines(contentOf(m_dir.filePath("formula.csv"))))
        if (line[0] == "tensor")
            names << line[1];
    names.sort();
    QCOMPARE(names, (QStringList{"'+cmd", "'-2+3", "'=1+1", "'@sum", "-1.5"}));  // the last is a number
    const QJsonArray tensors = run("sweep formula.h5 -f MXFP4 --json").json().object()["tensors"].toArray();
    QVERIFY(!named(tensors, "=1+1").isEmpty());  // JSON keeps the name
}

void TestCliSweep::modelIsExactWhenEveryTensorIs()
{
    const Run result = run("sweep weights.h5 --tensor exact --tensor zeros -f MXFP4");
    QCOMPARE(result.exitCode, 0);
    const QByteArray line = result.output.mid(result.output.indexOf("whole model")).split('\n').front();
    QVERIFY2(line.contains("exact"), result.output.constData());
}

void TestCliSweep::noSqnrIsMinusZero()
{
    {  // every value decodes to zero: the error is as large as the tensor
        const hdf5test::Hdf5Id file = hdf5test::createFile(hdf5test::pathIn(m_dir, "lost.h5"));
        std::vector<float> tiny(32, 1.0e-6F);
        hdf5test::writeFloats(file.get(), "tiny", {32}, tiny);
    }
    const char* spec = "MXFP4:scale={\"codec\":\"none\"}";
    const Run result = runCli({"sweep", "lost.h5", "-f", spec}, m_dir.path());
    QVERIFY2(result.exitCode == 0, result.error.constData());
    QVERIFY2(result.output.contains(" 0.00 "), result.output.constData());
    QVERIFY2(!result.output.contains("-0"), result.output.constData());
}

void TestCliSweep::csvHoldsEveryRow()
{
    const Run result = run("sweep weights.h5 -f MXFP4 -f NVFP4 -o rows.csv");
    QCOMPARE(result.exitCode, 0);
    QVERIFY(result.output.isEmpty() && result.error.isEmpty());
    const QList<QStringList> lines = csvLines(contentOf(m_dir.filePath("rows.csv")));
    QCOMPARE(lines.size(), 1 + 5 * 2 + 2);
    const QJsonArray rows = run("sweep weights.h5 -f MXFP4 -f NVFP4 --json").json().object()["tensors"].toArray();
    const QJsonObject w = named(rows, "w");
    const auto found = std::find_if(lines.begin(), lines.end(), [](const QStringList& line) { return line[1] == "w"; });
    QVERIFY(found != lines.end());
    const auto field = [&](const char* column) { return (*found)[lines.first().indexOf(QLatin1String(column))]; };
    QCOMPARE(field("shape"), QString("4x40"));
    QCOMPARE(field("kurtosis").toDouble(), w["kurtosis"].toDouble());
    QCOMPARE(field("sqnr_db").toDouble(), w["results"][0][u"error"][u"sqnr_db"].toDouble());
    QCOMPARE(field("utilisation").toDouble(), w["results"][0][u"occupancy"][u"utilisation"].toDouble());
    QCOMPARE(lines.last()[0], QString("model"));
}

void TestCliSweep::axisIsThatOfTheReport()
{
    const QJsonObject report = run("report weights.h5 w -f MXFP4 --axis 0 --json").json().array()[0].toObject();
    const QJsonArray rows = run("sweep weights.h5 -f MXFP4 --axis 0 --json").json().object()["tensors"].toArray();
    QCOMPARE(named(rows, "w")["results"][0][u"error"][u"sqnr_db"], report["error"][u"sqnr_db"]);
    const QJsonArray second = run("sweep weights.h5 -f MXFP4 --axis 1 --json").json().object()["tensors"].toArray();
    QVERIFY(named(second, "exact")["results"][0][u"reason"].toString().contains("axis 1"));  // it has rank 1
}

void TestCliSweep::tableStartsWithTheWorst()
{
    const Run result = run("sweep weights.h5 -f MXFP4");
    QCOMPARE(result.exitCode, 0);
    const QByteArray& text = result.output;
    const QJsonArray rows = run("sweep weights.h5 -f MXFP4 --json").json().object()["tensors"].toArray();
    const auto sqnr
        = [&rows](const QString& name) { return named(rows, name)["results"][0][u"error"][u"sqnr_db"].toDouble(); };
    const bool isConvWorse = sqnr("net/conv") < sqnr("w");
    QCOMPARE(text.indexOf("\nnet/conv") < text.indexOf("\nw "), isConvWorse);
    QVERIFY(text.indexOf("\nexact") > text.indexOf("\nw ") && text.indexOf("\nexact") > text.indexOf("\nnet/conv"));
    const QByteArray usual = run("sweep weights.h5").output;
    for (const char* format : {"NxFP4", "MXFP4", "NVFP4", "M2XFP_weight"})
        QVERIFY2(usual.left(usual.indexOf('\n')).contains(format), format);
}

void TestCliSweep::threadsDoNotChangeTheResult()
{
    QCOMPARE(run("sweep weights.h5 --threads 1 --json").output, run("sweep weights.h5 --threads 3 --json").output);
}

void TestCliSweep::aFileIsReplacedOnlyWhenComplete()
{
    writeContent(m_dir.filePath("kept.csv"), "before");
    QCOMPARE(run("sweep weights.h5 -f MXPF4 -o kept.csv").exitCode, 2);
    QCOMPARE(run("sweep weights.h5 -f MXFP4 --tensor zzz -o kept.csv").exitCode, 2);
    QCOMPARE(contentOf(m_dir.filePath("kept.csv")), QByteArray("before"));
    QCOMPARE(run("sweep weights.h5 -f MXFP4 -o kept.csv").exitCode, 0);
    QVERIFY(contentOf(m_dir.filePath("kept.csv")).startsWith("kind,"));
    for (const QString& name : QDir(m_dir.path()).entryList(QDir::Files | QDir::Hidden))
        QVERIFY2(name.endsWith(".h5") || name.endsWith(".csv") || name.endsWith(".json"), qPrintable(name));
}

void TestCliSweep::aFailureIsOneLineWithItsExitCode_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("part");
    QTest::newRow("no file") << "sweep" << 2 << "FILE";
    QTest::newRow("missing file") << "sweep nowhere.h5 -f MXFP4" << 1 << "nowhere.h5";
    QTest::newRow("format") << "sweep weights.h5 -f MXPF4" << 2 << "MXFP4";
    QTest::newRow("pattern") << "sweep weights.h5 --tensor layers.*" << 2 << "no tensor matches 'layers.*'; ";
    QTest::newRow("misspelt tensor") << "sweep weights.h5 --tensor net/cnv" << 2 << "net/conv";
    QTest::newRow("one of two patterns") << "sweep weights.h5 --tensor w --tensor x*" << 2 << "'x*'";
    QTest::newRow("ending") << "sweep weights.h5 -o out.txt" << 2 << ".csv nor in .json";
    QTest::newRow("two outputs") << "sweep weights.h5 -o out.csv --json" << 2 << "--output";
    QTest::newRow("over its input") << "sweep weights.csv -f MXFP4 -o weights.csv" << 2 << "is the file that is being";
    QTest::newRow("no such folder") << "sweep weights.h5 -o nowhere/out.csv" << 1 << "folder does not exist";
    QTest::newRow("axis") << "sweep weights.h5 --axis last" << 2 << "--axis";
    QTest::newRow("axis that no tensor has") << "sweep weights.h5 -f MXFP4 --axis 9" << 2 << "axis 9";
    QTest::newRow("threads") << "sweep weights.h5 --threads 0" << 2 << "--threads";
}

void TestCliSweep::aFailureIsOneLineWithItsExitCode()
{
    QFETCH(const QString, line);
    QFETCH(const int, code);
    QFETCH(const QString, part);
    QFile::copy(m_dir.filePath("weights.h5"), m_dir.filePath("weights.csv"));
    const Run result = run(line.toUtf8().constData());
    QFile::remove(m_dir.filePath("weights.csv"));
    QVERIFY2(result.isOneErrorLine(), (result.output + result.error).constData());
    QVERIFY2(result.error.contains(part.toUtf8()), result.error.constData());
    QCOMPARE(result.exitCode, code);
}

QTEST_GUILESS_MAIN(TestCliSweep)
#include "tst_cli_sweep.moc"
