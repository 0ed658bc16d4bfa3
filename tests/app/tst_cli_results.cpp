#include "cli_files.h"
#include "cli_runner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QTest>

using namespace clitest;

namespace {

/// Every name in a dotted path of JSON objects is there.
bool hasPath(const QJsonObject& object, const QString& path)
{
    QJsonValue value = object;
    for (const QString& key : path.split(u'.')) {
        if (!value.toObject().contains(key))
            return false;
        value = value.toObject().value(key);
    }
    return true;
}

}  // namespace

/// What `report` and `explain` say of tensors whose content is known.
class TestCliResults : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { writeWeights(m_dir); }
    void reportHasEveryFigure();
    void zeroErrorHasNoSqnr();
    void blocksWithNanAreLeftOut();
    void axisAndReshapeChangeTheRows();
    void withoutAFiniteBlockThereAreNoFigures();
    void anExactFormatIsCalledExact();
    void namesCannotBreakALine();
    void integersCanBeTakenAsBfloat16();
    void anyNumberOfThreadsGivesTheSameReport();
    void tablesGoToStandardOutput_data();
    void tablesGoToStandardOutput();
    void explainDerivesEveryElement();

private:
    [[nodiscard]] Run run(const char* line) const { return runCli(wordsOf(line), m_dir.path()); }
    [[nodiscard]] QJsonObject firstReport(const char* line) const { return run(line).json().array().at(0).toObject(); }

    QTemporaryDir m_dir;
};

void TestCliResults::reportHasEveryFigure()
{
    const QJsonArray reports = run("report weights.h5 w -f MXFP4 -f NxFP4:geometry.block=16 --json").json().array();
    QCOMPARE(reports.size(), 2);
    const QStringList paths = wordsOf(
        "tensor shape dtype format spec elements excluded non_finite.nan non_finite.inf saturated bits_per_element "
        "payload_bits error.mse error.nmse error.sqnr_db error.mae error.max_abs error.bias error.cosine error.gain "
        "clipped_fraction zero_fraction underflow_fraction block_max.relative_error block_max.error_share "
        "occupancy.entropy_bits occupancy.utilisation levels vacant.structural vacant.tensor vacant.block_mean "
        "vacant.block_expected vacant.headroom_mean choices.book choices.micro choices.offset choices.target "
        "block_sqnr_db.p1 block_sqnr_db.p50 block_sqnr_db.p99 kl_bits bounds tensor_scale seconds");
    for (const QJsonValue& report : reports) {
        for (const QString& path : paths)
            QVERIFY2(hasPath(report.toObject(), path), qPrintable(path));
        QCOMPARE(report[u"shape"].toArray(), QJsonArray({kRows, kColumns}));
        QCOMPARE(report[u"elements"].toInt(), kRows * kColumns);
        qint64 counted = 0;
        for (const QJsonValue& level : report[u"levels"].toArray())
            counted += level[u"count"].toInteger();
        QCOMPARE(counted, kRows * kColumns);
    }
    QCOMPARE(reports[0][u"format"].toString(), QString("MXFP4"));
    QCOMPARE(reports[1][u"format"].toString(), QString("NxFP4:geometry.block=16"));
    QCOMPARE(reports[1][u"spec"][u"geometry"][u"block"].toInt(), 16);
    // A row of 40 is a block of 32 and one of 8: 4 bits an element and two scales of 8 bits.
    QCOMPARE(reports[0][u"bits_per_element"].toDouble(), (40.0 * 4 + 16) / 40);
    QVERIFY(reports[0][u"error"][u"sqnr_db"].toDouble() > 15.0);
}

void TestCliResults::zeroErrorHasNoSqnr()
{
    for (const char* line : {"report weights.h5 zeros -f MXFP4 --json", "report weights.h5 exact -f MXFP4 --json"}) {
        const QJsonValue error = firstReport(line).value("error");
        QCOMPARE(error[u"mse"], QJsonValue(0.0));
        QVERIFY(error[u"sqnr_db"].isNull());
    }
}

void TestCliResults::blocksWithNanAreLeftOut()
{
    const QJsonObject report = firstReport("report weights.h5 bad -f MXFP4 --json");
    QCOMPARE(report["excluded"].toInt(), 32);
    QCOMPARE(report["non_finite"]["nan"].toInt(), 1);
    QCOMPARE(report["non_finite"]["inf"].toInt(), 1);
    QVERIFY(report["error"]["sqnr_db"].isDouble());
    QCOMPARE(run("explain weights.h5 bad -f MXFP4 --block 0 --json").json()["bad"].toBool(), true);
}

void TestCliResults::withoutAFiniteBlockThereAreNoFigures()
{
    {
        const hdf5test::Hdf5Id file = hdf5test::createFile(hdf5test::pathIn(m_dir, "nan.h5"));
        hdf5test::writeFloats(file.get(), "nan", {64}, std::vector<float>(64, std::numeric_limits<float>::quiet_NaN()));
    }
    const Run table = run("report nan.h5 nan -f NxFP4");
    QCOMPARE(table.exitCode, 0);
    QVERIFY2(table.output.contains("64 NaN") && table.output.contains("nothing to measure"), table.output.constData());
    QVERIFY2(!table.output.contains("MSE") && !table.output.contains("vacant"), table.output.constData());
    const QJsonObject error = firstReport("report nan.h5 nan -f NxFP4 --json").value("error").toObject();
    for (const char* figure : {"mse", "nmse", "sqnr_db", "mae", "max_abs", "bias"})
        QVERIFY2(error.contains(QLatin1String(figure)) && error[QLatin1String(figure)].isNull(), figure);
}

void TestCliResults::anExactFormatIsCalledExact()
{
    const Run table = run("report weights.h5 exact -f MXFP4");
    const QByteArray line = table.output.mid(table.output.indexOf("\nSQNR") + 1).split('\n').front();
    QVERIFY2(line.endsWith("exact"), table.output.constData());
}

void TestCliResults::namesCannotBreakALine()
{
    {
        const hdf5test::Hdf5Id file = hdf5test::createFile(hdf5test::pathIn(m_dir, "names.h5"));
        hdf5test::writeFloats(file.get(), "two\nlines\x1b[31m", {32}, waves(32));
    }
    const Run list = run("list names.h5");
    QCOMPARE(list.output.count('\n'), 2);
    QVERIFY2(list.output.contains("two\\nlines\\x1b[31m"), list.output.constData());
    const Run json = run("list names.h5 --json");
    QCOMPARE(json.json().array()[0].toObject()["name"].toString(), QString("two\nlines\x1b[31m"));
}

void TestCliResults::axisAndReshapeChangeTheRows()
{
    QCOMPARE(firstReport("report weights.h5 w -f MXFP4 --json --axis 0").value("row_length").toInt(), kRows);
    QCOMPARE(firstReport("report weights.h5 w -f MXFP4 --json --axis -2").value("row_length").toInt(), kRows);
    QCOMPARE(firstReport("report weights.h5 w -f MXFP4 --json --axis=-1").value("row_length").toInt(), kColumns);
    const QJsonObject conv = firstReport("report weights.h5 net/conv -f MXFP4 --reshape 8,36 --json");
    QCOMPARE(conv["row_length"].toInt(), 36);
    QCOMPARE(conv["rows"].toInt(), 8);
    QCOMPARE(conv["shape"].toArray(), QJsonArray({8, 4, 3, 3}));
}

void TestCliResults::integersCanBeTakenAsBfloat16()
{
    QCOMPARE(run("report weights.h5 bits -f MXFP4").exitCode, 1);
    const QJsonObject report = firstReport("report weights.h5 bits -f MXFP4 --as bf16 --json");
    QCOMPARE(report["dtype"].toString(), QString("bf16"));
    QCOMPARE(report["error"]["mse"], QJsonValue(0.0));  // 1.5 is a level
}

void TestCliResults::anyNumberOfThreadsGivesTheSameReport()
{
    QJsonObject one = firstReport("report weights.h5 net/conv -f NxFP4 --threads 1 --json");
    QJsonObject two = firstReport("report weights.h5 net/conv -f NxFP4 --threads 2 --isa portable --json");
    for (QJsonObject* report : {&one, &two})
        report->remove("seconds");
    QCOMPARE(one, two);
}

void TestCliResults::tablesGoToStandardOutput_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("formats") << "formats"
                             << "NxFP4";
    QTest::newRow("list") << "list weights.h5"
                          << "net/conv";
    QTest::newRow("report") << "report weights.h5 w -f MXFP4 -f NxFP4"
                            << "SQNR";
    QTest::newRow("report of NaN") << "report weights.h5 bad -f MXFP4"
                                   << "1 NaN";
    QTest::newRow("explain") << "explain weights.h5 w -f NxFP4 --block 1"
                             << "NanoMantissa";
    QTest::newRow("explain of NaN") << "explain weights.h5 bad -f NxFP4 --block 0"
                                    << "NaN";
}

void TestCliResults::tablesGoToStandardOutput()
{
    QFETCH(const QString, line);
    QFETCH(const QString, says);
    const Run result = run(line.toUtf8());
    QCOMPARE(result.exitCode, 0);
    QVERIFY(result.output.contains(says.toUtf8()));
    QVERIFY2(result.error.isEmpty(), result.error.constData());
}

void TestCliResults::explainDerivesEveryElement()
{
    const QJsonObject block = run("explain weights.h5 w -f NxFP4 --block 3 --json").json().object();
    QCOMPARE(block["row"].toInt(), 1);
    QCOMPARE(block["column"].toInt(), 32);
    QCOMPARE(block["length"].toInt(), 8);  // the short block of the second row
    QCOMPARE(block["scales"].toArray().size(), 1);
    QStringList meta;
    for (const QJsonValue& field : block["meta"].toArray())
        meta.append(field[u"name"].toString());
    QCOMPARE(meta, QStringList({"NanoMantissa", "codebook"}));

    const std::vector<float> values = waves(kRows * kColumns);
    const QJsonArray elements = block["elements"].toArray();
    QCOMPARE(elements.size(), 8);
    for (qsizetype i = 0; i < elements.size(); ++i) {
        const QJsonValue element = elements[i];
        const double value = static_cast<double>(values[static_cast<std::size_t>(kColumns + 32 + i)]);
        const double scale = element[u"scale"].toDouble();
        QCOMPARE(element[u"index"].toInteger(), i);
        QCOMPARE(element[u"value"].toDouble(), value);
        QCOMPARE(element[u"scaled"].toDouble(), value / scale);
        QCOMPARE(element[u"decoded"].toDouble(), element[u"level"].toDouble() * scale);
        QCOMPARE(element[u"error"].toDouble(), element[u"decoded"].toDouble() - value);
        QCOMPARE(element[u"bits"].toString().toInt(nullptr, 2), element[u"code"].toInt());
    }
}

QTEST_GUILESS_MAIN(TestCliResults)
#include "tst_cli_results.moc"
