#include "cli_files.h"
#include "cli_runner.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QTest>

using namespace clitest;

/// `nanoscope-cli cost` from outside (DESIGN section 5).
class TestCliCost : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyFormatGetsAnObjectWithAllFigures();
    void ratiosAreThoseOfTheFigures();
    void settingsChangeTheResult_data();
    void settingsChangeTheResult();
    void filesReplaceShippedDescriptions();
    void tableNamesFormatsTermsAndLimits();
    void tableShowsTheFigures();
    void aFailureIsOneLineWithItsExitCode_data();
    void aFailureIsOneLineWithItsExitCode();

private:
    [[nodiscard]] Run run(const QString& line) const { return runCli(wordsOf(qPrintable(line)), m_dir.path()); }
    [[nodiscard]] QJsonObject first(const QString& line) const { return run(line).json().array().at(0).toObject(); }

    QTemporaryDir m_dir;
};

void TestCliCost::initTestCase()
{
    writeContent(m_dir.filePath("tiny.json"),
        R"({"name": "tiny", "blocks": 2, "hidden": 64, "heads": 4, "kv_heads": 2, "vocabulary": 100,
            "gemms": [{"name": "q", "outputs": 64, "inputs": 64}]})");
    writeContent(
        m_dir.filePath("chip.json"), R"({"name": "chip", "parameters": {"array": {"rows": 1, "columns": 2}}})");
    writeContent(m_dir.filePath("broken.json"), "{");
    writeContent(m_dir.filePath("wrong.json"), R"({"name": "wrong", "parameters": {"array": {"row": 1}}})");
}

void TestCliCost::everyFormatGetsAnObjectWithAllFigures()
{
    const QJsonArray list = run("cost -f NxFP4 -f MXFP4:geometry.block=16 -f FP16 --json").json().array();
    QCOMPARE(list.size(), 3);
    for (const QJsonValue& value : list) {
        const QJsonObject cost = value.toObject();
        for (const char* name :
            {"format", "bits_per_element", "area", "energy", "cycles", "latency_s", "ratios", "terms"})
            QVERIFY2(cost.contains(name), name);
        QVERIFY(cost["area"]["nand2"].toDouble() > 1000.0);
        QVERIFY(cost["area"]["mm2"].toDouble() > 0.0);
        QVERIFY(cost["cycles"].toDouble() > 0.0 && cost["latency_s"].toDouble() > 0.0);
        for (const char* phase : {"prefill", "decode"})
            QVERIFY2(cost["energy"][phase]["total"].toDouble() > 0.0, phase);
        for (const char* baseline : {"MXFP4", "NVFP4", "FP16"})
            for (const char* figure : {"area", "energy", "latency"})
                QVERIFY2(cost["ratios"][baseline][figure].toDouble() > 0.0, baseline);
        double area = 0.0;
        for (const QJsonValue& term : cost["terms"].toArray()) {
            for (const char* name : {"name", "unit", "formula", "source"})
                QVERIFY2(!term[name].toString().isEmpty(), name);
            area += term["unit"].toString() == "NAND2" ? term["value"].toDouble() : 0.0;
        }
        QVERIFY(std::abs(area / cost["area"]["nand2"].toDouble() - 1.0) < 1e-9);  // the terms add up
        bool hasLatency = false;
        for (const QJsonValue& figure : cost["figures"].toArray()) {
            QVERIFY(figure["formula"].toString().contains(" = ") && !figure["source"].toString().isEmpty());
            if (figure["name"].toString() == "decode, latency") {
                QCOMPARE(figure["value"].toDouble(), cost["latency_s"].toDouble());
                hasLatency = true;
            }
        }
        QVERIFY(hasLatency);
    }
    QCOMPARE(list[0]["format"].toString(), QString("NxFP4"));
    QCOMPARE(list[0]["bits_per_element"].toDouble(), 4.34375);
    QCOMPARE(list[1]["format"].toString(), QString("MXFP4:geometry.block=16"));
    QCOMPARE(list[1]["bits_per_element"].toDouble(), 4.5);
}

void TestCliCost::ratiosAreThoseOfTheFigures()
{
    const QJsonArray list = run("cost -f NVFP4 -f MXFP4 --json").json().array();
    const double area = list[0]["area"]["nand2"].toDouble() / list[1]["area"]["nand2"].toDouble();
    const double energy
        = list[0]["energy"]["decode"]["total"].toDouble() / list[1]["energy"]["decode"]["total"].toDouble();
    const double latency = list[0]["latency_s"].toDouble() / list[1]["latency_s"].toDouble();
    const QJsonValue ratio = list[0]["ratios"]["MXFP4"];
    QVERIFY(std::abs(ratio["area"].toDouble() - area) < 1e-9);
    QVERIFY(std::abs(ratio["energy"].toDouble() - energy) < 1e-9);
    QVERIFY(std::abs(ratio["latency"].toDouble() - latency) < 1e-9);
    QCOMPARE(list[1]["ratios"]["MXFP4"]["area"].toDouble(), 1.0);
}

void TestCliCost::settingsChangeTheResult_data()
{
    QTest::addColumn<QString>("options");
    QTest::newRow("activations") << "--activations FP16";
    QTest::newRow("workload") << "--workload opt-1.3b";
    QTest::newRow("accelerator") << "--accelerator edge";
    QTest::newRow("DRAM") << "--set dram.preset=HBM2";
    QTest::newRow("two settings") << "--set array.rows=8 --set array.columns=16";
    QTest::newRow("constant") << "--set constants.full_adder=6";
    QTest::newRow("workload's field") << "--set workload.blocks=2";
    QTest::newRow("iso-area") << "--set array.area_mm2=1";
}

void TestCliCost::settingsChangeTheResult()
{
    QFETCH(const QString, options);
    const Run changed = run("cost -f MXFP4 --json " + options);
    QCOMPARE(changed.exitCode, 0);
    QVERIFY(changed.output != run("cost -f MXFP4 --json").output);
}

void TestCliCost::filesReplaceShippedDescriptions()
{
    const QJsonObject cost = first("cost -f MXFP4 --workload tiny.json --accelerator chip.json --json");
    QCOMPARE(cost["workload"].toString(), QString("tiny"));
    QCOMPARE(cost["array"]["columns"].toInt(), 2);
    QCOMPARE(cost["footprint_bytes"]["weights"].toDouble(), 2 * 64 * 64 * 4.25 / 8);
}

void TestCliCost::tableNamesFormatsTermsAndLimits()
{
    const Run table = run("cost -f NxFP4 -f M2XFP_weight --activations M2XFP_act");
    QCOMPARE(table.exitCode, 0);
    QVERIFY(table.error.isEmpty());
    for (const char* text : {"NxFP4", "M2XFP_weight", "compressor tree", "NanoMantissa", "Adaptive Microexponent",
             "Code Recycling", "top-1 detector", "no placement and routing", "No hardware of NxFP is published"})
        QVERIFY2(table.output.contains(text), text);
}

void TestCliCost::tableShowsTheFigures()
{
    // Settings under which no two figures are alike, and prefill and decode are bound differently; two terms of one
    // name.
    const QString line = "cost -f INT4_g128 --activations INT8_g128 --set run.batch=2 --set dram.write_pj_per_bit=9 "
                         "--set array.area_mm2=0.4 --set run.context=70000";
    const QJsonObject cost = first(line + " --json");
    QHash<QString, QStringList> rows;  // by label: what the column of the format shows, once for each time
    for (const QByteArray& row : run(line).output.split('\n')) {
        const QString text = QString::fromUtf8(row);
        const qsizetype gap = text.indexOf("  ", 2);
        if (gap > 0)
            rows[text.left(gap).trimmed()].append(text.mid(text.lastIndexOf("  ") + 2));
    }
    const auto shows = [&rows](const char* label, qsizetype time, double value, double within = 6e-4) {
        const double shown = rows.value(label).value(time).toDouble();
        if (std::abs(shown - value) <= within * std::abs(value))
            return true;
        qWarning("%s: %s, not %g", label, qPrintable(rows.value(label).join('|')), value);
        return false;
    };
    QVERIFY(shows("bits, weights", 0, 4.125) && shows("bits, activations", 0, 8.125));
    QVERIFY(shows("unit", 0, cost["area"]["nand2"].toDouble()));
    QVERIFY(shows("area", 0, cost["area"]["mm2"].toDouble(), 5e-3));
    QVERIFY(shows("buffers", 0, cost["area"]["sram_mm2"].toDouble(), 5e-3));
    QVERIFY(shows("one dot product", 0, cost["energy"]["dot_pj"].toDouble(), 5e-3));
    qsizetype time = 0;
    for (const char* phase : {"prefill", "decode"}) {
        const QJsonObject of = cost["phases"][phase].toObject();
        const QJsonObject energy = cost["energy"][phase].toObject();
        QVERIFY(shows("tokens per second", time, of["tokens_per_second"].toDouble()));
        QVERIFY(shows("energy per token", time, 1e3 * of["joule_per_token"].toDouble()));
        const QStringList shares = rows.value("DRAM / SRAM / core / static").value(time).split(" / ");
        QCOMPARE(shares.size(), 4);
        qsizetype part = 0;
        for (const char* name : {"dram", "sram", "core", "static"})
            QVERIFY2(std::abs(shares[part++].toDouble() - 100 * energy[name].toDouble() / energy["total"].toDouble())
                    <= 0.051,
                name);
        double memory = 0.0;
        for (const QJsonValue& layer : of["layers"].toArray()) {
            const double compute = layer["compute_cycles"].toDouble();
            const double fetch = layer["memory_cycles"].toDouble();
            QCOMPARE(layer["bound"].toString(), QString(compute >= fetch ? "compute" : "memory"));
            memory += compute >= fetch ? 0.0 : fetch;
        }
        const double share = rows.value("bound by memory").value(time).remove(" %").toDouble();
        QVERIFY(std::abs(share - 100 * memory / of["cycles"].toDouble()) <= 0.051 * std::max(1.0, share / 100));
        ++time;
    }
    QVERIFY(shows("weights", 0, 1e-9 * cost["footprint_bytes"]["weights"].toDouble()));
    QVERIFY(shows("embeddings and head", 0, 1e-9 * cost["footprint_bytes"]["embeddings"].toDouble()));
    QVERIFY(shows("keys and values", 0, 1e-9 * cost["footprint_bytes"]["kv_cache"].toDouble()));
    const QJsonObject ratio = cost["ratios"]["FP16"].toObject();
    QCOMPARE(rows.value("decode against FP16").value(0),
        QString("%1 / %2 / %3")
            .arg(ratio["area"].toDouble(), 0, 'f', 2)
            .arg(ratio["energy"].toDouble(), 0, 'f', 2)
            .arg(ratio["latency"].toDouble(), 0, 'f', 2));
    // Terms of one name are shown as their sum.
    QHash<QString, double> sums;
    for (const QJsonValue& term : cost["terms"].toArray())
        if (term["unit"].toString() == "NAND2")
            sums[term["name"].toString()] += term["value"].toDouble();
    for (auto sum = sums.cbegin(); sum != sums.cend(); ++sum)
        QVERIFY2(std::abs(rows.value(sum.key()).value(0).toDouble() - sum.value()) <= 0.51, qPrintable(sum.key()));
}

void TestCliCost::aFailureIsOneLineWithItsExitCode_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("names");
    const auto row = [](const char* line, int exitCode, const char* names) {
        QTest::newRow(line) << QString(line) << exitCode << QString(names);
    };
    row("cost", 2, "--format");
    row("cost -f MXPF4", 2, "MXPF4");
    row("cost -f MXFP4 --activations MXPF4", 2, "MXPF4");
    row("cost -f MXFP4 --workload llama-3", 2, "there is no workload");
    row("cost -f MXFP4 --workload nothing.json", 1, "nothing.json");
    row("cost -f MXFP4 --workload broken.json", 2, "broken.json");
    row("cost -f MXFP4 --accelerator wrong.json", 2, "did you mean rows?");
    row("cost -f MXFP4 --accelerator tpu", 2, "there is no accelerator");
    row("cost -f MXFP4 --set dram.bandwidth_gbs=0", 2, "dram.bandwidth_gbs");
    row("cost -f MXFP4 --set nothing", 2, "path=value");
    row("cost -f MXFP4 --set unit.style=integer_add --activations MXINT8", 2, "two floats");
    row("cost -f MXFP4 --set array.area_mm2=0.00001", 2, "holds no unit");
    row("cost -f MXFP4 extra", 2, "extra");
}

void TestCliCost::aFailureIsOneLineWithItsExitCode()
{
    QFETCH(const QString, line);
    QFETCH(const int, exitCode);
    QFETCH(const QString, names);
    const Run result = run(line);
    QCOMPARE(result.exitCode, exitCode);
    QVERIFY2(result.isOneErrorLine(), result.error.constData());
    QVERIFY2(result.error.contains(names.toUtf8()), result.error.constData());
}

QTEST_APPLESS_MAIN(TestCliCost)
#include "tst_cli_cost.moc"
