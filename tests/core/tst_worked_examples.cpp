#include "made_tensor.h"

#include "core/format/preset.h"
#include "core/quant/block_encoder.h"
#include "core/quant/prepared_tensor.h"
#include "core/quant/tensor_maximum.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace nanoscope;

/// Blocks worked out by hand from the formats' definitions (oracle: the documents named in each group).
class TestWorkedExamples : public QObject {
    Q_OBJECT

private slots:
    void blocksDecodeAsWorkedOut_data();
    void blocksDecodeAsWorkedOut();
    void tensorScaledBlocksDecodeAsWorkedOut_data();
    void tensorScaledBlocksDecodeAsWorkedOut();
    void topElementOfASubgroupIsRefined_data();
    void topElementOfASubgroupIsRefined();
    void choicesAreAsWorkedOut_data();
    void choicesAreAsWorkedOut();

private:
    static void addOcpRows();
    static void addNanoscalingRows();
    static void addOtherRows();
};

namespace {

using Values = std::vector<double>;

const Values kBlockA{0.3, -1.1, 2.2, -3.6, 5.1, 7.3, -0.05, 0.8};
const Values kBlockB{7, 6.1, 5, -4.1, 3, 2, -1, 0.2};
const Values kBlockC{4, .26, -.26, .24, .2, -.2, .5, 1};

/// Block W of the M2XFP document: four subgroups of eight.
const Values kBlockW{5, .6, -.7, .8, .9, -1, 1.1, -1.2, 2.4, 2.6, -2.4, 2.5, 2.7, -2.6, 2.5, 2.4, 0, 0, 0, 0, 0, 0, 0,
    0, -5.3, 5.2, .1, 0, 0, 0, 0, 0};

/// The block of the NVFP4 document.
const Values kBlockN{.02, -.031, .055, .11, -.12, .005, 0, .09, .01, -.02, .03, -.04, .05, .06, -.07, .08};

std::vector<float> floats(const Values& values)
{
    return {values.begin(), values.end()};
}

EncodedBlock encoded(const FormatSpec& spec, const Values& values)
{
    const Tensor tensor = madeRow(floats(values));
    const PreparedTensor prepared = prepare(viewOf(tensor, spec), spec);
    return makeBlockEncoder(prepared.spec, prepared.parameters)->encode(tensor.values.toVector(), {});
}

double squaredError(const Values& decoded, const Values& values)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
        sum += (decoded[i] - values[i]) * (decoded[i] - values[i]);
    return sum;
}

void addRow(const char* name, const char* format, const Values& values, const Values& expected, double error)
{
    QTest::newRow(name) << QString(format) << values << expected << error;
}

void addColumns()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<Values>("values");
    QTest::addColumn<Values>("expected");
    QTest::addColumn<double>("error");
}

}  // namespace

void TestWorkedExamples::addOcpRows()
{
    // OCP Microscaling v1.0, and what public implementations make of the same block.
    addRow("A in MXFP4", "MXFP4", kBlockA, {.5, -1, 2, -4, 6, 6, 0, 1}, 2.7925);
    addRow("A in MXFP4, rceil", "MXFP4_rceil", kBlockA, {0, -1, 2, -4, 6, 8, 0, 1}, 1.6425);
    addRow("A in E2M3", "MXFP6_E2M3", kBlockA, {.25, -1.125, 2.25, -3.5, 5, 7.5, 0, .75}, 0.070625);
    addRow("A in E3M2", "MXFP6_E3M2", kBlockA, {.3125, -1, 2, -3.5, 5, 7, -.046875, .75}, 0.162666);
    addRow("A in E4M3", "MXFP8_E4M3", kBlockA, {.3125, -1.125, 2.25, -3.5, 5, 7, -.05078125, .8125}, 0.113438);
    addRow("A in E5M2", "MXFP8_E5M2", kBlockA, {.3125, -1, 2, -3.5, 5, 7, -.046875, .75}, 0.162666);
    addRow("A in MXINT8", "MXINT8", kBlockA, {.3125, -1.125, 2.1875, -3.625, 5.125, 7.3125, -.0625, .8125}, 0.00265625);
    addRow("A in MXINT4", "MXINT4", kBlockA, {0, -1, 2, -4, 5, 7, 0, 1}, 0.4425);
    addRow("small, floor", "MXFP4", {7, -3.5, .25, .2}, {6, -4, 0, 0}, 1.3525);
    addRow("small, rceil", "MXFP4_rceil", {7, -3.5, .25, .2}, {8, -4, 0, 0}, 1.3525);
    addRow("below the smallest scale", "MXFP4", {std::ldexp(1.0, -130), 0}, {0, 0}, 0.0);
}

void TestWorkedExamples::addNanoscalingRows()
{
    // NxFP (arXiv 2412.19821, reconstruction).
    addRow("A, NanoMantissa", "NxFP4_NM", kBlockA, {0, -1.25, 2.5, -3.75, 5, 7.5, 0, .625}, 0.308125);
    addRow("A in NxFP4", "NxFP4", kBlockA, {.3125, -1.25, 2.5, -3.75, 5, 7.5, 0, .625}, 0.21828125);
    addRow("A in NxFP5", "NxFP5", kBlockA, {.375, -1.125, 2.25, -3.75, 5.25, 7.5, 0, .75}, 0.09875);
    addRow("A in NxFP6", "NxFP6", kBlockA, {.25, -1, 2.25, -3.5, 5, 7.25, 0, .75}, 0.0425);
    addRow("B in MXFP4", "MXFP4", kBlockB, {6, 6, 4, -4, 3, 2, -1, 0}, 2.06);
    addRow("B in NxFP4", "NxFP4", kBlockB, {7, 6, 5, -4, 3, 2, -1, 0}, 0.06);
    addRow("C in MXFP4", "MXFP4", kBlockC, {4, .5, -.5, 0, 0, 0, .5, 1}, 0.2528);
    addRow("C, Code Recycling", "NxFP4_CR", kBlockC, {4, .25, -.5, .25, .25, 0, .5, 1}, 0.1003);
}

void TestWorkedExamples::addOtherRows()
{
    // Shared microexponents: golden vectors of Quark's MX6 tests.
    addRow("SMX6 of 10 to 40", "SMX6", {10, 20, 30, 40}, {10, 20, 32, 40}, 4);
    addRow("SMX6 of 30 to 120", "SMX6", {30, 60, 90, 120}, {32, 60, 88, 120}, 8);
    addRow("SMX6 of 110 to 140", "SMX6", {110, 120, 130, 140}, {112, 120, 128, 144}, 24);
    addRow("SMX6 of 120 to 180", "SMX6", {120, 140, 160, 180}, {128, 144, 160, 176}, 96);
    addRow("SMX6 of 130 to 220", "SMX6", {130, 160, 190, 220}, {128, 160, 192, 224}, 24);
    addRow("SMX9 keeps tens", "SMX9", {10, 20, 30, 40}, {10, 20, 30, 40}, 0);
    addRow("A in SMX4", "SMX4", kBlockA, {0, -1, 2, -3, 6, 6, 0, 1}, 3.0425);
    // MX+ (arXiv 2510.14557).
    addRow("A in MXFP4+", "MXFP4+", kBlockA, {.5, -1, 2, -4, 6, 7.5, 0, 1}, 1.1425);
    addRow("MX+ example, ordinary", "MXFP4", {-.39, -9.84, -.20, .99}, {0, -8, 0, 1}, 3.5778);
    addRow("MX+ example", "MXFP4+", {-.39, -9.84, -.20, .99}, {0, -10, 0, 1}, 0.2178);
    // AMXFP4 (arXiv 2411.09909): one scale for positive, one for other elements.
    addRow("A in AMXFP4", "AMXFP4_pot", kBlockA, {.5, -1, 2, -3, 6, 6, 0, 1}, 2.9925);
    // M2XFP weights (arXiv 2601.19213 algorithm 1).
    addRow("W in MXFP4", "MXFP4", kBlockW,
        {4, .5, -.5, 1, 1, -1, 1, -1, 2, 3, -2, 2, 3, -3, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, -6, 6, 0, 0, 0, 0, 0, 0}, 3.68);
    addRow("W, fixed scale", "M2XFP_weight_fixed", kBlockW,
        {5, .625, -.625, .625, .625, -1.25, 1.25, -1.25, 2.5, 2.5, -2.5, 2.5, 2.5, -2.5, 2.5, 2.5, 0, 0, 0, 0, 0, 0, 0,
            0, -5.25, 5.25, 0, 0, 0, 0, 0, 0},
        0.305);
    addRow("W, adaptive scale", "M2XFP_weight", kBlockW,
        {5.25, .4375, -.875, .875, .875, -.875, 1.3125, -1.3125, 2.5, 2.5, -2.5, 2.5, 2.5, -2.5, 2.5, 2.5, 0, 0, 0, 0,
            0, 0, 0, 0, -5.25, 5.25, 0, 0, 0, 0, 0, 0},
        0.30421875);
    addRow("W as activations", "M2XFP_act", kBlockW,
        {5, .5, -.5, 1, 1, -1, 1, -1, 2, 2.75, -2, 2, 3, -3, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, -5.5, 6, 0, 0, 0, 0, 0, 0},
        2.0925);
}

void TestWorkedExamples::blocksDecodeAsWorkedOut_data()
{
    addColumns();
    addOcpRows();
    addNanoscalingRows();
    addOtherRows();
}

void TestWorkedExamples::blocksDecodeAsWorkedOut()
{
    QFETCH(QString, format);
    QFETCH(Values, values);
    QFETCH(Values, expected);
    QFETCH(double, error);
    const EncodedBlock block = encoded(findPreset(format.toStdString())->spec, values);
    QCOMPARE(block.decoded, expected);
    const double actual = squaredError(block.decoded, values);
    QVERIFY2(std::fabs(actual - error) <= 1e-6, qPrintable(QString::number(actual, 'g', 12)));
}

void TestWorkedExamples::tensorScaledBlocksDecodeAsWorkedOut_data()
{
    // NVFP4 (arXiv 2509.25149 appendix B) and cousins; results to four decimals.
    addColumns();
    addRow("NVFP4", "NVFP4", kBlockN, {.02, -.03, .06, .12, -.12, 0, 0, .08, .01, -.02, .03, -.04, .04, .06, -.08, .08},
        4.51e-4);
    const Values integers{
        .0171, -.0343, .0514, .1029, -.12, 0, 0, .0857, .0171, -.0171, .0343, -.0343, .0514, .0686, -.0686, .0857};
    addRow("NVINT4", "NVINT4", kBlockN, integers, 3.465e-4);
    addRow("IF4", "IF4", kBlockN, integers, 3.465e-4);
    addRow("FP4_UE5M3", "FP4_UE5M3", kBlockN,
        {.0195, -.0293, .0586, .1172, -.1172, .0098, 0, .0781, .0098, -.0195, .0293, -.0391, .0586, .0586, -.0781,
            .0781},
        3.863e-4);
}

void TestWorkedExamples::tensorScaledBlocksDecodeAsWorkedOut()
{
    QFETCH(QString, format);
    QFETCH(Values, values);
    QFETCH(Values, expected);
    QFETCH(double, error);
    const EncodedBlock block = encoded(findPreset(format.toStdString())->spec, values);
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY2(std::fabs(block.decoded[i] - expected[i]) <= 0.5001e-4, qPrintable(QString::number(block.decoded[i])));
    const double actual = squaredError(block.decoded, values);
    QVERIFY2(std::fabs(actual - error) <= 0.5e-6, qPrintable(QString::number(actual, 'g', 12)));
}

void TestWorkedExamples::topElementOfASubgroupIsRefined_data()
{
    // M2XFP activations: (code, metadata) and value of an element under scale 1.
    QTest::addColumn<double>("value");
    QTest::addColumn<quint32>("code");
    QTest::addColumn<quint32>("meta");
    QTest::addColumn<double>("decoded");
    QTest::newRow("3.5 is out of reach") << 3.5 << 6U << 0U << 3.75;
    QTest::newRow("3.75") << 3.75 << 6U << 0U << 3.75;
    QTest::newRow("4.3") << 4.3 << 6U << 2U << 4.5;
    QTest::newRow("5.0") << 5.0 << 6U << 3U << 5.0;
    QTest::newRow("5.4") << 5.4 << 7U << 0U << 5.5;
    QTest::newRow("6.3") << 6.3 << 7U << 2U << 6.5;
    QTest::newRow("7.9 ends at 7") << 7.9 << 7U << 3U << 7.0;
    QTest::newRow("0.05 is zero") << 0.05 << 0U << 1U << 0.0;
    QTest::newRow("0.1 below the smallest code") << 0.1 << 0U << 2U << 0.125;
    QTest::newRow("0.2") << 0.2 << 0U << 3U << 0.25;
    QTest::newRow("-0.2 needs the code of minus zero") << -0.2 << 8U << 3U << -0.25;
}

void TestWorkedExamples::topElementOfASubgroupIsRefined()
{
    QFETCH(double, value);
    QFETCH(quint32, code);
    QFETCH(quint32, meta);
    QFETCH(double, decoded);
    Values values(32, 0.0);
    values[0] = value;  // of equal codes the first is the top one
    values[8] = 6.0;    // fixes the scale at 1
    const EncodedBlock block = encoded(findPreset("M2XFP_act")->spec, values);
    QCOMPARE(block.scales[0].value, 1.0);
    QCOMPARE(block.codes[0], code);
    QCOMPARE(block.meta[0][0], meta);
    QCOMPARE(block.decoded[0], decoded);
}

void TestWorkedExamples::choicesAreAsWorkedOut_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<Values>("values");
    QTest::addColumn<double>("scale");
    QTest::addColumn<std::vector<std::uint32_t>>("meta");
    const auto row = [](const char* name, const char* format, const Values& values, double scale,
                         std::vector<std::uint32_t> meta) {
        QTest::newRow(name) << QString(format) << values << scale << std::move(meta);
    };
    row("A: E2M1, nano 1", "NxFP4", kBlockA, 1, {1, 0});
    row("A: E2M2, nano 2", "NxFP5", kBlockA, 1, {2, 0});
    row("A: uniform, nano 0", "NxFP6", kBlockA, 1, {0, 1});
    row("B: uniform, nano 0", "NxFP4", kBlockB, 1, {0, 1});
    row("W: fixed", "M2XFP_weight_fixed", kBlockW, 1, {1, 1, 0, 3});
    row("W: adaptive", "M2XFP_weight", kBlockW, 0.5, {3, 1, 0, 3});
    row("W: top-1", "M2XFP_act", kBlockW, 1, {3, 0, 1, 0});
    row("IF4 takes integers", "IF4", kBlockN, 448, {1});
    row("MX+ keeps index 5", "MXFP4+", kBlockA, 1, {5, 0, 7});
}

void TestWorkedExamples::choicesAreAsWorkedOut()
{
    QFETCH(QString, format);
    QFETCH(Values, values);
    QFETCH(double, scale);
    QFETCH(std::vector<std::uint32_t>, meta);
    const EncodedBlock block = encoded(findPreset(format.toStdString())->spec, values);
    QCOMPARE(block.scales[0].value, scale);
    std::vector<std::uint32_t> actual;
    for (const auto& field : block.meta)
        actual.insert(actual.end(), field.begin(), field.end());
    QCOMPARE(actual, meta);
}

QTEST_APPLESS_MAIN(TestWorkedExamples)
#include "tst_worked_examples.moc"
