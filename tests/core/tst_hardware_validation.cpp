#include "core/hardware/gate_area.h"
#include "core/hardware/int_fp_counts.h"
#include "core/hardware/published_systems.h"
#include "core/hardware/validation.h"
#include "tests/core/golden_json.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <numeric>

using namespace nanoscope;

namespace {

const std::map<std::string, const char*> kWorkloads{{"opt_1b3", "opt-1.3b"}, {"phi_2", "phi-2"}, {"yi_6b", "yi-6b"},
    {"llama2_7b", "llama-2-7b"}, {"llama2_13b", "llama-2-13b"}, {"llama3_8b", "llama-3-8b"}};

ValidationFigure figureOf(const std::vector<ValidationRow>& rows, const std::string& id, const std::string& label)
{
    for (const ValidationRow& row : rows)
        for (const ValidationFigure& figure : row.figures)
            if (row.id == id && figure.label == label)
                return figure;
    qFatal("there is no figure %s, %s", id.c_str(), label.c_str());
}

double mean(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

/// Published figures against ours.
class TestHardwareValidation : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_rows = validationRows(shippedConstants()); }
    void pageIsUpToDate();
    void figuresKeepTheirVerdict_data();
    void figuresKeepTheirVerdict();
    void everyRowIsThere();
    void everyVerdictFollowsFromItsFigures();
    void m2xfpAgreesWithTheReference();
    void bitmodAgreesWithTheReference();
    void gateCountsOfIntFpAgreeWithTheReference();
    void constantsMoveTheRowsAsDerivedByHand_data();
    void constantsMoveTheRowsAsDerivedByHand();
    void pageSaysWhatMustBeSaid();

private:
    [[nodiscard]] static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::vector<ValidationRow> m_rows;
};

void TestHardwareValidation::pageIsUpToDate()
{
    const QTemporaryDir directory;
    const QString written = directory.filePath("VALIDATION.md");
    QProcess tool;
    tool.start(QStringLiteral(NANOSCOPE_PAGE_PATH), {written});
    QVERIFY(tool.waitForFinished(60000));
    QVERIFY2(tool.exitCode() == 0, tool.readAllStandardError().constData());
    const QByteArray fresh = contentOf(written);
    QVERIFY(fresh.contains("| V21,"));
    QVERIFY2(fresh == contentOf(QStringLiteral(NANOSCOPE_SOURCES "/core/hardware/VALIDATION.md")),
        "the page is out of date; run cmake --build build/release --target docs");
}

void TestHardwareValidation::figuresKeepTheirVerdict_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<double>("published");
    QTest::addColumn<double>("within");  // absolute
    const auto row = [](const char* id, const char* label, double published, double within) {
        QTest::addRow("%s %s", id, label) << QString(label) << published << within;
    };
    row("V1", "MXFP4", 4.25, 0);
    row("V1", "NVFP4", 4.5, 0);
    row("V1", "M2XFP", 4.5, 0);
    row("V1", "MX4", 4, 0);
    row("V1", "MX6", 6, 0);
    row("V1", "MX9", 9, 0);
    row("V1", "MicroScopiQ", 4.15, 1e-12);
    row("V2", "parameters", 8.030, 0.008);
    row("V2", "FP16", 16.06, 0.016);
    row("V3", "MXFP4", 3.708, 0.0005);
    row("V3", "NxFP4", 3.790, 0.0005);
    row("V3", "NVFP4", 3.926, 0.0005);
    row("V3", "M2XFP", 3.926, 0.0005);
    row("V3", "MXFP6", 5.453, 0.0005);
    row("V3", "MXFP8", 7.197, 0.0005);
    row("V3", "MXFP4 with embeddings", 5.81, 0.005);
    row("V3", "NxFP4 with embeddings", 5.89, 0.005);
    row("V3", "NVFP4 with embeddings", 6.03, 0.005);
    row("V3", "MXFP6 with embeddings", 7.55, 0.005);
    row("V3", "MXFP8 with embeddings", 9.30, 0.005);
    row("V4", "metadata hidden", -16.0, 0.05);
    row("V4", "metadata added", -14.5, 0.05);
    row("V5", "mean", 1.91, 0.03 * 1.91);
    row("V6", "mean", 1.75, 0.05 * 1.75);
    row("V8", "discriminative", 1.99, 0.1 * 1.99);
    row("V8", "generative", 2.41, 0.1 * 2.41);
    row("V9", "ANT, discriminative", 1.72, 0.12 * 1.72);
    row("V9", "ANT, generative", 1.66, 0.12 * 1.66);
    row("V9", "OliVe, discriminative", 1.56, 0.12 * 1.56);
    row("V9", "OliVe, generative", 1.39, 0.12 * 1.39);
    row("V10", "ANT", 1.69, 0.05 * 1.69);
    row("V10", "OliVe", 1.48, 0.05 * 1.48);
    row("V11", "synthesis", 12, 3);
    row("V11", "formula", 12, 3);
    row("V12", "area, synthesis, product-shift", 26.4, 6);
    row("V12", "area, synthesis, decode-to-fixed", 26.4, 6);
    row("V13", "MXINT8, its counts", 0.79, 0.1 * 0.79);
    row("V13", "NVFP4, its counts", 0.54, 0.3 * 0.54);
    row("V13", "NVINT4, its counts", 0.38, 0.3 * 0.38);
    row("V14", "with glitch factors", 0.63, 0.15 * 0.63);
    row("V17", "FP16", 1.5, 0.75);
    row("V17", "INT8", 0.3, 0.15);
    row("V18", "area", 0.362, 0.05 * 0.362);
    row("V18", "leakage", 79.3, 0.05 * 79.3);
    row("V19", "area", 972, 97.2);
    row("V20", "INT8, 32-bit accumulator", 595, 59.5);
    row("V20", "INT4, 16-bit accumulator", 219, 21.9);
}

void TestHardwareValidation::figuresKeepTheirVerdict()
{
    QFETCH(const QString, label);
    QFETCH(const double, published);
    QFETCH(const double, within);
    const std::string id = QByteArray(QTest::currentDataTag()).split(' ').first().toStdString();
    const ValidationFigure figure = figureOf(m_rows, id, label.toStdString());
    QVERIFY2(std::abs(figure.ours - published) <= within + 1e-12, qPrintable(QString::number(figure.ours)));
    QVERIFY(figure.verdict == Verdict::Reproduced || figure.verdict == Verdict::Shown);
}

void TestHardwareValidation::everyRowIsThere()
{
    QCOMPARE(m_rows.size(), std::size_t{21});
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        QCOMPARE(m_rows[i].id, "V" + std::to_string(i + 1));
        QVERIFY(!m_rows[i].source.empty() && !m_rows[i].how.empty() && !m_rows[i].figures.empty());
    }
}

void TestHardwareValidation::everyVerdictFollowsFromItsFigures()
{
    for (const char* label : {"MX-OliVe", "MX-ANT", "MX-M-ANT", "MicroScopiQ"})
        QCOMPARE(figureOf(m_rows, "V7", label).verdict, Verdict::OrderHolds);
    QVERIFY(figureOf(m_rows, "V7", "MX-OliVe").ours > figureOf(m_rows, "V7", "MX-ANT").ours);
    QCOMPARE(figureOf(m_rows, "V16", "MX4").verdict, Verdict::OrderHolds);
    QVERIFY(figureOf(m_rows, "V16", "MX4").ours < figureOf(m_rows, "V16", "MX6").ours);
    // What we do not reproduce, and say so.
    for (const char* label : {"E4M3, one lane", "E5M2, one lane", "E4M3, 32 lanes", "E5M2, 32 lanes"}) {
        QCOMPARE(figureOf(m_rows, "V15", label).verdict, Verdict::NotReproduced);
        QVERIFY(figureOf(m_rows, "V15", label).ours > 0.0);  // the sign
    }
    QCOMPARE(figureOf(m_rows, "V12", "power, product-shift").verdict, Verdict::NotReproduced);
    for (const char* label : {"4 bits", "6 bits", "8 bits"}) {
        const ValidationFigure figure = figureOf(m_rows, "V21", label);
        QCOMPARE(figure.verdict, Verdict::BoundHolds);
        QVERIFY(figure.ours >= *figure.high);
    }
}

void TestHardwareValidation::m2xfpAgreesWithTheReference()
{
    const nlohmann::json golden = hardwareGolden();
    std::vector<double> energies = m2xfpEnergies();
    std::vector<double> expected = golden.at("m2xfp_energies");
    std::sort(energies.begin(), energies.end());
    std::sort(expected.begin(), expected.end());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(agree(energies.at(i), expected[i], 1e-12));
    const std::map<std::string, double> speeds{
        {"MX-ANT", 2.119}, {"MX-M-ANT", 1.879}, {"MicroScopiQ", 1.912}, {"MX-OliVe", 3.006}};
    for (const auto& [baseline, speed] : speeds)
        QVERIFY2(std::abs(mean(m2xfpSpeeds(baseline)) - speed) <= 0.0005, baseline.c_str());
}

void TestHardwareValidation::bitmodAgreesWithTheReference()
{
    const nlohmann::json golden = hardwareGolden();
    for (const nlohmann::json& row : golden.at("bitmod")) {
        const BitmodTask task = row.at("generative").get<bool>() ? BitmodTask::Generative : BitmodTask::Discriminative;
        const BitmodCost cost = bitmodCost(kWorkloads.at(row.at("model")), task, row.at("bits"),
            {row.at("dims")[0], row.at("dims")[1], row.at("lanes"), row.at("latency")});
        QVERIFY2(agree(cost.cycles, row.at("cycles"), 1e-12), row.dump().c_str());
        QVERIFY2(agree(cost.dramPicojoule, row.at("dram_pj"), 1e-12), row.dump().c_str());
    }
    const nlohmann::json ratios = golden.at("bitmod_ratios");
    for (const auto& [task, name] :
        {std::pair{BitmodTask::Discriminative, "discriminative"}, {BitmodTask::Generative, "generative"}}) {
        QVERIFY(std::abs(bitmodSpeed("lossless", "FP16", task) - ratios.at(name)[0].get<double>()) <= 0.005);
        QVERIFY(std::abs(bitmodSpeed("lossy", "ANT", task) - ratios.at(name)[1].get<double>()) <= 0.005);
        QVERIFY(std::abs(bitmodSpeed("lossy", "OliVe", task) - ratios.at(name)[2].get<double>()) <= 0.005);
    }
}

void TestHardwareValidation::gateCountsOfIntFpAgreeWithTheReference()
{
    const nlohmann::json golden = hardwareGolden().at("intfp");
    const HardwareConstants c = shippedConstants();
    const auto area = [&c](const IntFpMac& mac) { return 0.798 * intFpLaneArea(mac, c); };
    // The reference rounds cell areas to three digits of um2.
    QVERIFY(agree(area({4, 3, 32, IntFpScale::PowerOfTwo}), golden.at("MXFP8"), 5e-4));
    QVERIFY(agree(area({0, 7, 32, IntFpScale::PowerOfTwo}), golden.at("MXINT8"), 5e-4));
    QVERIFY(agree(area({2, 1, 16, IntFpScale::Minifloat}), golden.at("NVFP4"), 5e-4));
    QVERIFY(agree(area({0, 3, 16, IntFpScale::Minifloat}), golden.at("NVINT4"), 5e-4));
}

void TestHardwareValidation::constantsMoveTheRowsAsDerivedByHand_data()
{
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("label");
    QTest::addColumn<double>("slope");  // d figure / d constant, by hand
    const auto add = [](const char* constant, const char* row, const char* label, double slope) {
        QTest::addRow("%s %s", constant, row) << QString(row) << QString(label) << slope;
    };
    add("accumulator_base", "V19", "area", 0.294);
    add("accumulator_slope", "V19", "area", 0.294);                                  // 14 bits: one above 13
    add("full_adder", "V20", "INT8, 32-bit accumulator", 0.798 * (8 * 7 - 8 + 32));  // array and accumulator
    add("half_adder", "V20", "INT4, 16-bit accumulator", 0.798 * 4);
    add("and_gate", "V20", "INT8, 32-bit accumulator", 0.798 * 64);
    add("flip_flop", "V20", "INT4, 16-bit accumulator", 0.798 * 16);
    add("glitch_integer", "V14", "with glitch factors", 549.4 / 670.2 / 1.6);
    // U_mxfp4_k16 is 6587 and U_nvfp4_k16 7428 NAND2: 1 - a / b with both a base larger.
    add("accumulator_base", "V11", "formula", -100.0 * (7428.0 - 6587.0) / (7428.0 * 7428.0));
}

void TestHardwareValidation::constantsMoveTheRowsAsDerivedByHand()
{
    QFETCH(const QString, row);
    QFETCH(const QString, label);
    QFETCH(const double, slope);
    const std::string constant = QByteArray(QTest::currentDataTag()).split(' ').first().toStdString();
    HardwareConstants changed = shippedConstants();
    double step = 0.0;
    for (const ConstantField& field : constantFields()) {
        if (field.name != constant)
            continue;
        step = 0.001 * changed.*field.value;
        changed.*field.value += step;
    }
    QVERIFY(step > 0.0);
    const double before = figureOf(m_rows, row.toStdString(), label.toStdString()).ours;
    const double after = figureOf(validationRows(changed), row.toStdString(), label.toStdString()).ours;
    QVERIFY2(agree(after - before, slope * step, 0.01),
        qPrintable(QString("%1, by hand %2").arg(after - before).arg(slope * step)));
}

void TestHardwareValidation::pageSaysWhatMustBeSaid()
{
    const std::string page = validationPage(m_rows);
    for (const char* text : {"appears to", "not reproduced", "no calibration targets", "bound only", "2140.12",
             "176.3 mW", "without placement and routing"})
        QVERIFY2(page.find(text) != std::string::npos, text);
}

QTEST_APPLESS_MAIN(TestHardwareValidation)
#include "tst_hardware_validation.moc"
