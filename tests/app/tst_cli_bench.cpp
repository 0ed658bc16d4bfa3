#include "cli_runner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace clitest;

/// The benchmark's JSON as scripts read it; how fast anything is, no test can say.
class TestCliBench : public QObject {
    Q_OBJECT

private slots:
    void everyKernelIsMeasured();
    void summaryCountsAsThePassDoes();
    void loadingIsMeasuredAgainstWhatItReplaces();
    void previewIsTimed();
    void languageModelIsTimed();

private:
    [[nodiscard]] QJsonObject bench();

    QTemporaryDir m_dir;
    QJsonObject m_bench;  // measured once
};

QJsonObject TestCliBench::bench()
{
    if (m_bench.isEmpty())
        m_bench = runCli({"bench", "--size", "65536", "--json"}, m_dir.path()).json().object();
    return m_bench;
}

void TestCliBench::everyKernelIsMeasured()
{
    const QJsonObject read = bench()["read_gelems"].toObject();
    QVERIFY(read["1"].toDouble() > 0);
    QVERIFY(read["2"].toDouble() > 0);
    QSet<QString> measured;
    for (const QJsonValue& value : bench()["results"].toArray()) {
        const QJsonObject result = value.toObject();
        const QString name = result["name"].toString();
        const int threads = result["threads"].toInt();
        QVERIFY2(result["gelems"].toDouble() > 0 && result["ratio_to_read"].toDouble() > 0, qPrintable(name));
        measured << QStringLiteral("%1 %2").arg(name).arg(threads);
        measured << QStringLiteral("%1 %2").arg(name, result["isa"].toString());
    }
    for (const char* name : {"mxfp4_full", "mxfp4_full_codes", "mxfp4_error", "nvfp4_full", "nxfp4_search_full",
             "m2xfp_weight_search", "int4_g32_full", "nf4_full", "class_histogram_vacancy"})
        for (const char* what : {"1", "2", "portable"})
            QVERIFY2(measured.contains(QStringLiteral("%1 %2").arg(QLatin1String(name), QLatin1String(what))),
                qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(name), QLatin1String(what))));
}

void TestCliBench::summaryCountsAsThePassDoes()
{
    const QJsonObject summary = bench()["summary"].toObject();
    QVERIFY(summary["build_gelems"].toDouble() > 0);
    for (const char* format : {"MXFP4", "BFP4"}) {
        QVERIFY(summary["evaluate_ns"][QLatin1String(format)].toDouble() > 0);
        QCOMPARE(summary["histogram_difference"][QLatin1String(format)].toDouble(-1), 0.0);
        QVERIFY(summary["squared_error_difference"][QLatin1String(format)].toDouble(1) < 1e-9);
    }
}

void TestCliBench::loadingIsMeasuredAgainstWhatItReplaces()
{
    const QJsonObject load = bench()["load"].toObject();
    for (const char* name : {"f16_contiguous", "f32_contiguous", "shuffle_gzip", "f16_shuffle_gzip"}) {
        const QJsonObject speed = load[QLatin1String(name)].toObject();
        QVERIFY2(speed["gelems"].toDouble() > 0 && speed["h5dread_gelems"].toDouble() > 0, name);
        QVERIFY2(speed["ratio"].toDouble() > 0, name);
    }
    for (const char* name : {"f16_convert_per_tile", "f16_mxfp4_full"}) {
        const QJsonObject speed = load[QLatin1String(name)].toObject();
        QVERIFY2(speed["gelems"].toDouble() > 0 && speed["f32_gelems"].toDouble() > 0, name);
    }
}

void TestCliBench::previewIsTimed()
{
    const QJsonObject preview = bench()["preview"].toObject();
    QVERIFY(bench()["preview_ms"].toDouble() > 0);
    QCOMPARE(preview["quick_ms"], bench()["preview_ms"]);
    for (const char* figure : {"draw_ms", "full_ms"})
        QVERIFY2(preview[QLatin1String(figure)].toDouble() > 0, figure);
    QCOMPARE(preview["full_se_db"].toDouble(-1), 0.0);  // so few elements are all drawn
}

void TestCliBench::languageModelIsTimed()
{
    const QJsonObject speed = bench()["perplexity"].toObject();
    QCOMPARE(speed["tokens"].toInt(), 16384);
    // 917,504 weights that multiply (786,432 of layers, 131,072 of the head), and 4 layers of 128 in attention.
    const double operations = 2.0 * 64 * ((786432.0 + 131072.0) * 256 + 2.0 * 4 * 128 * 256 * 257 / 2);
    QVERIFY(qAbs(speed["gflops"].toDouble() * speed["seconds"].toDouble() * 1e9 / operations - 1) < 1e-9);
    QVERIFY(
        qAbs(speed["share_of_peak"].toDouble() - speed["gflops"].toDouble() / speed["peak_gflops"].toDouble()) < 1e-9);
}

QTEST_GUILESS_MAIN(TestCliBench)
#include "tst_cli_bench.moc"
