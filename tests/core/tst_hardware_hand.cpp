#include "core/format/format_by_name.h"
#include "core/format/format_text.h"
#include "core/hardware/converters.h"
#include "core/hardware/format_cost.h"
#include "core/hardware/technology.h"
#include "tests/core/golden_json.h"

#include <QTest>

using namespace nanoscope;

namespace {

// Cells as a designer would look them up.
constexpr double kFullAdder = 5.333;
constexpr double kHalfAdder = 3.333;
constexpr double kAnd = 1.333;
constexpr double kXor = 2.0;
constexpr double kMux = 2.333;
constexpr double kFlipFlop = 5.667;

CostSetup with(const char* setting)
{
    const CostSetup usual{acceleratorByName("m2xfp").parameters, workloadByName("llama-3-8b")};
    return *setting ? withSetting(usual, setting) : usual;
}

FormatCost priced(const char* weights, const char* activations, const CostSetup& setup)
{
    return costOf(parseFormat(weights, {}), parseFormat(activations, {}), setup);
}

double termOf(const std::vector<CostTerm>& terms, const char* name)
{
    const CostTerm* term = findTerm(terms, name);
    return term ? term->value : 0.0;
}

const LayerCost& layerOf(const PhaseCost& phase, const std::string& name)
{
    for (const LayerCost& layer : phase.layers)
        if (layer.name == name)
            return layer;
    qFatal("there is no layer %s", name.c_str());
}

}  // namespace

/// Figures of the model against small sums done by hand.
class TestHardwareHand : public QObject {
    Q_OBJECT

private slots:
    void scalesAreReadAsStored_data();
    void scalesAreReadAsStored();
    void positsAreFloatsOfTheirRange();
    void cyclesOfSerialStyles();
    void termsOfTheStyles();
    void tablesAreSharedByTheColumns();
    void serialUnitsSwitchEveryCycle();
    void wideExponentsAreAligned();
    void automaticTakesTheSmaller();
    void decodersAtTheEdgeServeTheShorterSide();
    void integersWithoutZeroAreABitWider();
    void microexponentsShiftSubgroups();
    void scalesOfARowAreUsedOnceARow();
    void blockMaximumNamesItsLane();
    void groupsOfHeadsShareKeysAndValues();
    void headRunsOncePerSequence();
    void quantizersMultiplyWhereTheScaleIsNoPowerOfTwo_data();
    void quantizersMultiplyWhereTheScaleIsNoPowerOfTwo();
    void dequantizerByHand();
    void buffersBetweenRowsOfTheSweep();
    void memoriesTakeWhatTheirTablesSay();
    void nodesFollowTheirPolynomials();
    void errorBarIsTheOneOfWhatDominates();
    void prefillRatiosAreThoseOfThePrefill();
};

void TestHardwareHand::scalesAreReadAsStored_data()
{
    QTest::addColumn<QString>("exponentMantissaBits");
    const auto row = [](const char* codec, const char* expected) { QTest::newRow(codec) << QString(expected); };
    row("E8M0", "8 0 8");
    row("E5M0", "5 0 5");
    row("E8M1", "8 2 9");
    row("E8M2", "8 3 10");
    row("E8M3", "8 4 11");
    row("E4M3", "4 4 7");
    row("UE5M3", "5 4 8");
    row("E5M2", "5 3 7");
    row("E3M3", "3 4 6");
    row("FP16", "- 0 16");
    row("BF16", "- 0 16");
    row("FP32", "- 0 32");
    row("none", "- 0 0");
}

void TestHardwareHand::scalesAreReadAsStored()
{
    QFETCH(const QString, exponentMantissaBits);
    FormatSpec spec = parseFormat("MXFP4", {}).spec;
    spec.scale.codec = *valueOf(kScaleCodecNames, QTest::currentDataTag());
    const Operand operand = operandOf(spec);
    const bool adds = operand.scale == ScaleUse::Exponent || operand.scale == ScaleUse::Minifloat;
    QCOMPARE(QString("%1 %2 %3")
                 .arg(adds ? QString::number(operand.scaleExponentBits) : "-")
                 .arg(operand.scaleSignificand())
                 .arg(operand.scaleBits),
        exponentMantissaBits);
}

void TestHardwareHand::positsAreFloatsOfTheirRange()
{
    const Operand posit = operandOf(parseFormat("Posit8_1", {}).spec);
    QCOMPARE(posit.significand(), 8 - 2);
    QVERIFY(posit.mostShift() >= 2 * (8 - 2) * 2);  // scales from -12 to 12
    QVERIFY(posit.mostShift() < 2 * 2 * (8 - 2) * 2);
    const Operand scaled = operandOf(parseFormat("BitMoD4_UINT8", {}).spec);
    QCOMPARE(scaled.scaleSignificand(), 8);  // counts up to 255
    QCOMPARE(scaled.scaleBits, 8);
}

void TestHardwareHand::cyclesOfSerialStyles()
{
    const auto cycles = [](const char* style, const char* weights) {
        return priced(weights, "MXINT8", with((std::string("unit.style=") + style).c_str())).unit.cyclesPerDot;
    };
    QCOMPARE(cycles("bit_plane", "MXINT4"), 4);
    QCOMPARE(cycles("bit_plane", "MXINT8"), 8);
    QCOMPARE(cycles("bit_plane", "MXFP4"), 5);  // sign and four bits of fixed point
    QCOMPARE(cycles("bit_serial", "MXINT8"), 4);
    QCOMPARE(cycles("bit_serial", "INT3_g128"), 2);
    QCOMPARE(cycles("bit_serial", "INT2_g64_minimum"), 1);
    QCOMPARE(cycles("lookup", "MXINT8"), 1);
}

void TestHardwareHand::termsOfTheStyles()
{
    const FormatCost added = priced("FP8_E4M3", "FP8_E4M3", with("unit.style=integer_add"));
    QVERIFY(agree(termOf(added.unit.terms, "integer addition of exponent and mantissa"),
        32 * ((4 + 3) * kFullAdder + 3 * kHalfAdder), 1e-12));
    // Magnitudes of three and seven bits: two additions of eight bits.
    const FormatCost shifted = priced("MXINT4", "MXINT8", with("unit.style=shift_add"));
    QVERIFY(agree(termOf(shifted.unit.terms, "shifted additions"), 32 * (21 * kAnd + 2 * 8 * kFullAdder), 1e-12));
    // The activation times 0, 1 or 2 with its sign.
    const FormatCost serial = priced("MXINT4", "MXINT8", with("unit.style=bit_serial"));
    QVERIFY(agree(termOf(serial.unit.terms, "digit selection"), 32 * (8 * kMux + 9 * kXor), 1e-12));
}

void TestHardwareHand::tablesAreSharedByTheColumns()
{
    for (const int columns : {4, 8, 16}) {
        const CostSetup setup = with(("unit.style=lookup,array.columns=" + std::to_string(columns)).c_str());
        const FormatCost cost = priced("MXINT4", "MXINT8", setup);
        // Eight tables of eight sums of four activations, each ten bits.
        QVERIFY(agree(termOf(cost.unit.terms, "table of activation sums"),
            8 * 8 * 10 * (kFullAdder + kFlipFlop) / columns, 1e-12));
        QVERIFY(agree(termOf(cost.unit.terms, "table read ports"), 8 * 4 * 10 * (7 * kMux + kXor), 1e-12));
    }
}

void TestHardwareHand::serialUnitsSwitchEveryCycle()
{
    const FormatCost cost = priced("MXINT4", "MXINT8", with("unit.style=bit_serial"));
    const double bits = 32 * 4 + 32 * 8 + 2 * 8 + 32;
    QCOMPARE(cost.unit.registerBits, bits);
    const double gates = cost.unit.area() - bits * kFlipFlop;
    const double oneCycle = 1.31 * (cost.unit.isFloat ? 1.6 : 1.3) * gates + 10 * bits;
    QVERIFY(agree(sumOf(cost.dotEnergy), 2 * oneCycle, 1e-12));
    QVERIFY(agree(cost.array.dotPicojoule, 2e-3 * 0.195 * oneCycle, 1e-12));
}

void TestHardwareHand::wideExponentsAreAligned()
{
    const auto hasAligner = [](const char* style, const char* format) {
        const FormatCost cost = priced(format, format, with((std::string("unit.style=") + style).c_str()));
        for (const CostTerm& term : cost.unit.terms)
            if (term.formula.find("right shift") != std::string::npos)
                return true;
        return false;
    };
    QVERIFY(hasAligner("integer_add", "FP16") && !hasAligner("integer_add", "FP8_E4M3"));
    QVERIFY(hasAligner("bit_serial", "FP16") && !hasAligner("bit_serial", "FP8_E4M3"));
    QVERIFY(hasAligner("automatic", "FP8_E5M2") && !hasAligner("automatic", "MXFP6_E3M2"));
}

void TestHardwareHand::automaticTakesTheSmaller()
{
    bool hasExact = false;
    bool hasAligned = false;
    for (const char* activations : {"FP8_E4M3", "LLM_FP8", "MXINT4", "MXFP4"})
        for (const char* lanes : {"1", "2", "8", "32"}) {
            const auto cost = [&](const char* style) {
                const std::string setting = std::string("unit.lanes=") + lanes + ",unit.style=" + style;
                return priced("FP8_E4M3", activations, with(setting.c_str())).unit;
            };
            const UnitCost automatic = cost("automatic");
            QCOMPARE(automatic.area(), std::min(cost("product_shift").area(), cost("max_aligned").area()));
            hasExact = hasExact || automatic.style == DatapathStyle::ProductShift;
            hasAligned = hasAligned || automatic.style == DatapathStyle::MaxAligned;
        }
    QVERIFY(hasExact && hasAligned);
}

void TestHardwareHand::decodersAtTheEdgeServeTheShorterSide()
{
    const FormatCost inUnits = priced("MXFP4", "MXFP4", with("array.rows=2"));
    const FormatCost atEdge = priced("MXFP4", "MXFP4", with("array.rows=2,unit.decode_at=edge"));
    QVERIFY(
        agree(2 * termOf(atEdge.unit.terms, "element decode"), termOf(inUnits.unit.terms, "element decode"), 1e-12));
}

void TestHardwareHand::integersWithoutZeroAreABitWider()
{
    QCOMPARE(operandOf(parseFormat("Bipolar_INT4", {}).spec).width, 5);
    QCOMPARE(operandOf(parseFormat("MXINT4", {}).spec).width, 4);
}

void TestHardwareHand::microexponentsShiftSubgroups()
{
    const FormatCost cost = priced("SMX4", "SMX4", with(""));
    const CostTerm* term = findTerm(cost.unit.terms, "shared microexponent");
    QVERIFY(term);
    QVERIFY2(term->formula.find("16 x left shift") == 0, term->formula.c_str());              // 32 lanes in pairs
    QVERIFY2(term->formula.find("by up to 2 ") != std::string::npos, term->formula.c_str());  // one of each operand
    const FormatCost one = priced("SMX4", "MXFP4", with(""));
    QVERIFY(findTerm(one.unit.terms, "shared microexponent")->formula.find("by up to 1 ") != std::string::npos);
}

void TestHardwareHand::scalesOfARowAreUsedOnceARow()
{
    const FormatCost cost = priced("INT8_channel", "INT8_channel", with(""));
    QVERIFY(agree(termOf(cost.unit.terms, "group scale multiplier"), 944.0 * 32 / 4096, 1e-12));  // of one operand
}

void TestHardwareHand::blockMaximumNamesItsLane()
{
    QCOMPARE(operandOf(parseFormat("MXFP4+", {}).spec).blockMaximumIndex, 5);
    QCOMPARE(operandOf(parseFormat("MXFP4+:geometry.block=64", {}).spec).blockMaximumIndex, 6);
    const double one = 32 * (5 * kXor + 4 * kAnd);
    // The wider lane: four by two bits, the sign of the eight-bit product, ten bits into the sum.
    const double lane = 8 * kAnd + 2 * kHalfAdder + 2 * kFullAdder + 9 * kXor + 10 * kFullAdder;
    const FormatCost cost = priced("MXFP4+", "MXFP4", with(""));
    QVERIFY(agree(termOf(cost.unit.terms, "block-maximum lane"), one + lane, 1e-12));
}

void TestHardwareHand::groupsOfHeadsShareKeysAndValues()
{
    // Llama-3-8B: 32 heads, 8 of keys and values, 128 wide, 32 blocks; three sequences, 100 tokens behind them.
    const FormatCost cost = priced("MXFP4", "MXFP4", with("run.batch=3,run.context=100,storage.kv_bits=8"));
    const double runs = 3 * 8 * 32;
    for (const char* name : {"attention scores", "attention values"}) {
        const LayerCost& layer = layerOf(cost.decode, name);
        QCOMPARE(layer.macs, 3.0 * 32 * 32 * 128 * 100);
        QCOMPARE(layer.traffic.weights, runs * 128 * 100);
        QCOMPARE(layer.count, runs);
    }
    // Queries come at the bits of results, and scores stay on the chip.
    QCOMPARE(layerOf(cost.decode, "attention scores").traffic.activations, runs * 4 * 128 * 2);
    QCOMPARE(layerOf(cost.decode, "attention scores").traffic.outputs, 0.0);
    QCOMPARE(layerOf(cost.decode, "attention values").traffic.activations, 0.0);
    QCOMPARE(layerOf(cost.decode, "attention values").traffic.outputs, runs * 4 * 128 * 2);
    // Four queries at a time on four rows: ceil(100 / 8) columns of scores, 128 / 32 steps, 10 cycles to fill.
    QCOMPARE(layerOf(cost.decode, "attention scores").computeCycles, runs * (13 * 4 + 10));
    QCOMPARE(layerOf(cost.decode, "attention values").computeCycles, runs * (16 * 4 + 10));
}

void TestHardwareHand::headRunsOncePerSequence()
{
    const FormatCost cost = priced("MXFP4", "MXFP4", with("run.batch=3,run.prompt=50"));
    for (const PhaseCost* phase : {&cost.prefill, &cost.decode}) {
        const LayerCost& head = layerOf(*phase, "head");
        QCOMPARE(head.macs, 3.0 * 128256 * 4096);
        QCOMPARE(head.traffic.weights, 128256.0 * 4096 * 2);  // once for the three
        QCOMPARE(head.traffic.activations, 3.0 * 4096 * 2);
    }
    QCOMPARE(cost.prefill.tokens, 150.0);
}

void TestHardwareHand::quantizersMultiplyWhereTheScaleIsNoPowerOfTwo_data()
{
    QTest::addColumn<bool>("multiplies");
    QTest::newRow("MXFP4") << false;
    QTest::newRow("MXINT8") << false;
    QTest::newRow("M2XFP_act") << false;
    QTest::newRow("NVFP4") << true;
    QTest::newRow("INT4_g128") << true;
    QTest::newRow("NxFP4_NM") << true;
    QTest::newRow("M2XFP_weight") << true;
}

void TestHardwareHand::quantizersMultiplyWhereTheScaleIsNoPowerOfTwo()
{
    QFETCH(const bool, multiplies);
    const Operand operand = operandOf(parseFormat(QTest::currentDataTag(), {}).spec);
    QCOMPARE(sumOf(quantizerTerms(operand, 32, shippedConstants())), 32.0 * (multiplies ? 4350 : 183) + 1300);
    QCOMPARE(sumOf(quantizerTerms(operand, 64, shippedConstants())), 64.0 * (multiplies ? 4350 : 183) + 2600);
}

void TestHardwareHand::dequantizerByHand()
{
    const auto area = [](const char* format) {
        return sumOf(dequantizerTerms(operandOf(parseFormat(format, {}).spec), 32, shippedConstants()));
    };
    // One exponent bit to decode, a two-bit significand normalized, nine bits of exponent added.
    const double plain = 32 * (4.333 + kMux + kAnd + 9 * kFullAdder);
    QVERIFY(agree(area("MXFP4"), plain, 1e-12));
    QVERIFY(agree(area("NVFP4"), plain + 32 * (8 * kAnd + 2 * kHalfAdder + 2 * kFullAdder), 1e-12));
    QVERIFY(agree(area("NxFP4_NM"), plain + 32 * (6 * kAnd + 2 * kHalfAdder + 1 * kFullAdder), 1e-12));
}

void TestHardwareHand::buffersBetweenRowsOfTheSweep()
{
    // A quarter of the way from 4 to 8 KB in logarithms, 64 bits wide.
    const SramFigures figures = sramFigures("28hp", 4 * std::pow(2.0, 0.25), 64);
    const auto between = [](double a, double b) { return std::pow(a, 0.75) * std::pow(b, 0.25); };
    QVERIFY(agree(figures.readPicojoulePerBit, between(1.54327, 2.88016) / 64, 1e-9));
    QVERIFY(agree(figures.writePicojoulePerBit, between(2.76997, 3.34828) / 64, 1e-9));
    QVERIFY(agree(figures.leakageMilliwatt, between(2.87737, 5.34309), 1e-9));
    QVERIFY(agree(figures.squareMillimeter, between(0.0109118, 0.0207411), 1e-9));
    // And of the way from 64 to 256 bits at 4 KB.
    const SramFigures wider = sramFigures("28hp", 4, 64 * std::pow(4.0, 0.25));
    QVERIFY(agree(wider.squareMillimeter, between(0.0109118, 0.0171038), 1e-9));
    QVERIFY(agree(sramFigures("28lop", 100, 128, SramMethod::Fit).readPicojoulePerBit,
        0.0046 * std::pow(100, 0.580) * std::pow(0.5, -0.342), 1e-12));
}

void TestHardwareHand::memoriesTakeWhatTheirTablesSay()
{
    for (const auto& [name, picojoule] : {std::pair{"HBM2", 3.9}, {"LPDDR4", 8.0}, {"LPDDR5", 5.0}, {"GDDR5", 14.0},
             {"DDR4", 1200.0 / 64}, {"DDR3", 70.0}, {"LPDDR1", 40.0}}) {
        const DramPreset preset = dramPreset(name);
        QCOMPARE(preset.readPicojoulePerBit, picojoule);
        QCOMPARE(preset.writePicojoulePerBit, picojoule);
        QCOMPARE(preset.staticMilliwatt, 0.0);
    }
    const DramPreset ant = dramPreset("ANT");
    QCOMPARE(ant.readPicojoulePerBit, 0.629);
    QCOMPARE(ant.writePicojoulePerBit, 0.766);
    QCOMPARE(ant.staticMilliwatt, 484.6);
    for (const DramPreset& preset : dramPresets())
        if (preset.low)
            QVERIFY2(*preset.low <= preset.readPicojoulePerBit && preset.readPicojoulePerBit <= *preset.high,
                preset.name.c_str());
    // Static power counts for as long as a token takes.
    const FormatCost cost
        = priced("MXFP4", "MXFP4", with("dram.preset=ANT,energy.leakage_factor=0,buffers.leakage_factor=0"));
    QVERIFY(agree(cost.decode.energy.still, 0.4846 * cost.decode.latencySeconds, 1e-12));
}

void TestHardwareHand::nodesFollowTheirPolynomials()
{
    const double at45 = 1.018 * 1.21 - 0.3107 * 1.1 + 0.1539;
    QVERIFY(agree(processNode("16").energyFactor, (0.2958 * 0.64 - 0.1241 * 0.8 + 0.03024) / at45, 1e-12));
    QVERIFY(agree(processNode("10").energyFactor, (0.2068 * 0.5625 - 0.09311 * 0.75 + 0.02375) / at45, 1e-12));
    QVERIFY(agree(processNode("7").energyFactor, (0.1776 * 0.49 - 0.09097 * 0.7 + 0.02447) / at45, 1e-12));
    QCOMPARE(processNode("28").energyFactor, 0.195);
    double before = 2.0;
    for (const ProcessNode& node : processNodes()) {
        QVERIFY(node.energyFactor < before);
        before = node.energyFactor;
    }
}

void TestHardwareHand::errorBarIsTheOneOfWhatDominates()
{
    const CostSetup setup = with("");
    const FormatCost usual = priced("MXFP4", "MXFP4", setup);
    QVERIFY(usual.decode.energy.dram > 0.5 * usual.decode.energy.total());
    QCOMPARE(usual.energyError(usual.decode, setup.parameters.constants), 0.1);
    const FormatCost free = priced("MXFP4", "MXFP4", with("dram.read_pj_per_bit=0,dram.write_pj_per_bit=0"));
    QCOMPARE(free.energyError(free.decode, setup.parameters.constants), 0.35);
}

void TestHardwareHand::prefillRatiosAreThoseOfThePrefill()
{
    const CostSetup setup = with("array.area_mm2=0.3");
    const FormatCost narrow = priced("MXFP4", "MXFP4", setup);
    const FormatCost wide = priced("FP16", "FP16", setup);
    const CostRatio ratio = ratioTo(wide, narrow);
    QVERIFY(agree(ratio.prefillLatency, wide.prefill.latencySeconds / narrow.prefill.latencySeconds, 1e-12));
    QVERIFY(agree(ratio.prefillEnergy, wide.prefill.energy.total() / narrow.prefill.energy.total(), 1e-12));
    QVERIFY(agree(ratio.latency, wide.decode.latencySeconds / narrow.decode.latencySeconds, 1e-12));
    QVERIFY(std::abs(ratio.prefillLatency - ratio.latency) > 0.1);
}

QTEST_APPLESS_MAIN(TestHardwareHand)
#include "tst_hardware_hand.moc"
