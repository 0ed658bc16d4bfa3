// Many cases, one subject: one table of odd formats serves all of them.
#include "core/format/format_by_name.h"
#include "core/format/preset.h"
#include "core/hardware/cost_explanation.h"
#include "core/hardware/gate_area.h"
#include "core/hardware/hardware_files.h"
#include "tests/core/golden_json.h"
#include "tests/core/refusal.h"

#include <QTest>

#include <random>

using namespace nanoscope;

namespace {

CostSetup usual()
{
    return {acceleratorByName("m2xfp").parameters, workloadByName("opt-1.3b")};
}

FormatCost priced(const std::string& weights, const CostSetup& setup, const std::string& activations = {})
{
    const NamedFormat w = parseFormat(weights, {});
    return costOf(w, activations.empty() ? w : parseFormat(activations, {}), setup);
}

/// What is wrong with a cost; empty when nothing is.
std::string faultOf(const FormatCost& cost, const CostSetup& setup)
{
    for (const auto* terms :
        {&cost.unit.terms, &cost.dotEnergy, &cost.quantizer, &cost.dequantizer, &cost.weightBits, &cost.activationBits})
        for (const CostTerm& term : *terms)
            if (!std::isfinite(term.value) || term.value < 0.0 || term.formula.empty())
                return term.name + " " + term.formula + " " + formulaNumber(term.value);
    for (const CostTerm& term : explainCost(cost, setup))
        if (!std::isfinite(term.value) || term.value < 0.0)
            return term.name + " " + term.formula;
    for (const PhaseCost* phase : {&cost.prefill, &cost.decode}) {
        if (!(phase->latencySeconds > 0.0)
            || !agree(phase->tokensPerSecond() * phase->latencySeconds, phase->tokens, 1e-12))
            return "latency";
        for (const LayerCost& layer : phase->layers)
            if (layer.traffic.weights * (1.0 + 1e-12)
                < layer.count * layer.gemm.outputs * layer.gemm.inputs * layer.gemm.weightBits / 8.0)
                return layer.name + " is read less than once";
    }
    return {};
}

/// A setting out of the parameters, with a value that may be anything.
std::string randomSetting(const std::vector<std::string>& paths, std::mt19937& random)
{
    static const std::vector<const char*> kValues{"0", "-1", "1", "2", "3", "1e-6", "0.5", "7", "31", "33", "64", "100",
        "1000", "4096", "65536", "1e6", "1e9", "1e99", "-0.0", "nan", "null", "\"\"", "true", "[]", "{}", "1e-300",
        "0.125", "8192", "4194304", "1e308", "99999999999999999999"};
    if (random() % 4 == 0)
        return "unit.style=" + std::string(kDatapathStyles[random() % kDatapathStyles.size()].second);
    return paths[random() % paths.size()] + "=" + kValues[random() % kValues.size()];
}

std::vector<std::string> settingPaths(const CostSetup& setup)
{
    nlohmann::json document = toJson(setup.parameters);
    document["workload"] = toJson(setup.workload);
    std::vector<std::string> paths;
    for (const auto& [object, members] : document.items())
        for (const auto& [name, value] : members.items())
            paths.push_back(object + "." + name);
    return paths;
}

}  // namespace

/// Inputs that nobody would choose, and orders that must hold for all.
class TestHardwareOdd : public QObject {
    Q_OBJECT

private slots:
    void everyPresetInEveryStyle();
    void randomSettingsAreSaneOrRefused();
    void constantsAgainstEachOtherAreRefused();
    void moreBitsNeedMoreEnergyAndTime();
    void everyBitTakesArea();
    void moreLanesTakeMoreArea_data();
    void moreLanesTakeMoreArea();
    void settingsMoveFiguresTheRightWay_data();
    void settingsMoveFiguresTheRightWay();
    void formatsAgainstThemselvesAreOne();
    void equalHardwareCostsTheSame();
    void notesSayWhoseHardwareItIs_data();
    void notesSayWhoseHardwareItIs();
    void measuredNeedsTheSameWindow();
    void scalesBesideNanoMantissaAreMultiplied();
    void choicesPerSubgroupAreKeptPerSubgroup();
    void positsAreDecodedOnce();
    void serialUnitsTakeTheDigitsOfACodebook();
    void accumulatorIsNeverNegative();
    void refusalsNameTheFormat();
    void modelsBeyondCountingAreRefused();
};

void TestHardwareOdd::everyPresetInEveryStyle()
{
    const std::vector<Preset> presets = loadPresets();
    const std::vector<std::string> workloads = hardwareNames("workload");
    std::vector<NamedFormat> others;
    for (const char* name : {"FP16", "MXFP4", "INT8_channel", "NVFP4", "Posit8_1", "NF4", "NxFP4", "M2XFP_act"})
        others.push_back(parseFormat(name, {}));
    const std::vector<std::string> accelerators = hardwareNames("accelerator");
    std::size_t turn = 0;
    int priced = 0;
    for (const auto& [style, styleText] : kDatapathStyles)
        for (const Preset& preset : presets) {
            const std::string& accelerator = accelerators[turn % accelerators.size()];
            const NamedFormat& other = others[turn / 4 % others.size()];
            CostSetup setup{
                acceleratorByName(accelerator).parameters, workloadByName(workloads[turn / 32 % workloads.size()])};
            setup.parameters.unit.style = style;
            ++turn;
            const NamedFormat format{preset.name, preset.spec};
            for (const auto& [w, a] : {std::pair{&format, &other}, {&other, &format}}) {
                const QString what = QString::fromStdString(
                    accelerator + " " + std::string(styleText) + " " + w->name + " x " + a->name);
                try {
                    const FormatCost cost = costOf(*w, *a, setup);
                    QVERIFY2(faultOf(cost, setup).empty(), qPrintable(what + ": " + faultOf(cost, setup).c_str()));
                    ++priced;
                } catch (const Error& error) {
                    QVERIFY2(error.kind() == ErrorKind::Refused && !error.remedy().empty(), qPrintable(what));
                    QVERIFY2(style != DatapathStyle::Automatic && style != DatapathStyle::BitSerial,
                        qPrintable(what + ": " + error.what()));
                }
            }
        }
    QVERIFY2(priced > 3000, qPrintable(QString::number(priced)));
}

void TestHardwareOdd::randomSettingsAreSaneOrRefused()
{
    const std::vector<Preset> presets = loadPresets();
    const CostSetup setup = usual();
    const std::vector<std::string> paths = settingPaths(setup);
    const std::vector<std::string> overrides{"", "", "geometry.block=1", "geometry.block=1000000", "geometry.block=3",
        "geometry.block=17", "scale.codec=FP16", "scale.codec=E4M3", "scale.codec=none", "elements.0.bits=16",
        "elements.0.bits=40", "elements.0.e=8", "elements.0.m=0", "elements.0.e=1", "elements.0.e=0"};
    std::mt19937 random(20261123);
    int priced = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string what;
        try {
            CostSetup changed = setup;
            for (std::size_t i = 0; i < 1 + static_cast<std::size_t>(round % 3); ++i) {
                const std::string setting = randomSetting(paths, random);
                what += setting + " ";
                changed = withSetting(changed, setting);
            }
            const std::string change = overrides[random() % overrides.size()];
            const std::string name = presets[random() % presets.size()].name + (change.empty() ? "" : ":" + change);
            const std::string other = random() % 2 == 0 ? name : presets[random() % presets.size()].name;
            what += name + " x " + other;
            const FormatCost cost = ::priced(name, changed, other);
            const std::string fault = faultOf(cost, changed);
            QVERIFY2(fault.empty(), (what + ": " + fault).c_str());
            ++priced;
        } catch (const Error& error) {
            QVERIFY2(error.kind() == ErrorKind::Refused && !error.remedy().empty(), (what + error.what()).c_str());
        }
    }
    QVERIFY2(priced > 600, qPrintable(QString::number(priced)));
}

void TestHardwareOdd::constantsAgainstEachOtherAreRefused()
{
    // Gates dearer than the multiplexers that they are part of: a wider shifter would be smaller.
    CostSetup setup = withSetting(usual(), "unit.style=integer_add");
    setup.parameters.constants.andGate = 65536.0;
    const QString line = lineOf(refusalOf([&setup] { return priced("NxFP4_AM", setup); }));
    QVERIFY2(line.contains("Adaptive Microexponent") && line.contains("constants"), qPrintable(line));
}

void TestHardwareOdd::moreBitsNeedMoreEnergyAndTime()
{
    const CostSetup setup = usual();
    std::vector<std::pair<double, FormatCost>> costs;
    for (const Preset& preset : loadPresets()) {
        const NamedFormat format{preset.name, preset.spec};
        FormatCost cost = costOf(format, parseFormat("MXFP8_E4M3", {}), setup);
        costs.emplace_back(cost.bits.weights, std::move(cost));
    }
    std::sort(costs.begin(), costs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 1; i < costs.size(); ++i) {
        const FormatCost& less = costs[i - 1].second;
        const FormatCost& more = costs[i].second;
        const std::string what = less.name + " and " + more.name;
        QVERIFY2(more.decode.energy.dram >= less.decode.energy.dram, what.c_str());
        QVERIFY2(more.prefill.energy.dram >= less.prefill.energy.dram, what.c_str());
        QVERIFY2(more.decode.latencySeconds >= less.decode.latencySeconds, what.c_str());
        QVERIFY2(more.footprint.weights >= less.footprint.weights, what.c_str());
    }
}

void TestHardwareOdd::everyBitTakesArea()
{
    const auto area = [](const Operand& operand) {
        UnitDesign design;
        design.weights = design.activations = operand;
        return unitCost(design, shippedConstants()).area();
    };
    const auto ofFloat = [&area](int exponentBits, int mantissaBits) {
        Operand operand;
        operand.exponentBits = exponentBits;
        operand.mantissaBits = mantissaBits;
        operand.codeBits = 1 + exponentBits + mantissaBits;
        return area(operand);
    };
    for (int mantissa = 0; mantissa <= 23; ++mantissa)
        for (int exponent = 1; exponent <= 8; ++exponent) {
            const double here = ofFloat(exponent, mantissa);
            const double finer = ofFloat(exponent, mantissa + 1) / here;
            const double wider = exponent < 8 ? ofFloat(exponent + 1, mantissa) / here : 1.02;
            const QByteArray what
                = QString("E%1M%2: %3, %4").arg(exponent).arg(mantissa).arg(finer).arg(wider).toUtf8();
            QVERIFY2(finer > 1.0 && finer < 1.3, what.constData());
            QVERIFY2(wider > 1.01 && wider < 1.6, what.constData());
        }
    double before = 0.0;
    for (int width = 1; width <= 32; ++width) {
        Operand operand;
        operand.isFloat = false;
        operand.width = operand.codeBits = width;
        const double here = area(operand);
        QVERIFY2(here > before && (before == 0.0 || here < 1.3 * before), qPrintable(QString::number(width)));
        before = here;
    }
}

void TestHardwareOdd::moreLanesTakeMoreArea_data()
{
    QTest::addColumn<QString>("activations");
    QTest::newRow("MXFP4") << "MXFP4";
    QTest::newRow("M2XFP_weight") << "M2XFP_act";
    QTest::newRow("M2_NVFP4_weight") << "NVFP4";
    QTest::newRow("SMX9") << "SMX6";
    QTest::newRow("MXFP4+") << "INT8_channel";
    QTest::newRow("NxFP4") << "FP16";
    QTest::newRow("MXINT4") << "MXINT8";
}

void TestHardwareOdd::moreLanesTakeMoreArea()
{
    QFETCH(const QString, activations);
    UnitDesign design;
    design.weights = operandOf(parseFormat(QTest::currentDataTag(), {}).spec);
    design.activations = operandOf(parseFormat(activations.toStdString(), {}).spec);
    double before = 0.0;
    for (const int lanes : {1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 48, 64, 100, 1000, 4096}) {
        design.lanes = lanes;
        const double area = unitCostByFeature(design, shippedConstants()).area();
        QVERIFY2(area > before, qPrintable(QString("%1 lanes: %2 after %3").arg(lanes).arg(area).arg(before)));
        before = area;
    }
    // Twelve lanes have two subgroups of eight, the second half empty: all products are added.
    design.lanes = 12;
    const double twelve = unitCost(design, shippedConstants()).area();
    design.lanes = 8;
    QVERIFY(twelve > 1.1 * unitCost(design, shippedConstants()).area());
}

void TestHardwareOdd::settingsMoveFiguresTheRightWay_data()
{
    QTest::addColumn<QString>("values");
    QTest::addColumn<int>("latency");  // sign of what it does to the latency of decoding: 1 up, -1 down, 0 either
    QTest::addColumn<int>("energy");
    const auto row = [](const char* path, const char* values, int latency, int energy) {
        QTest::newRow(path) << QString(values) << latency << energy;
    };
    row("dram.bandwidth_gbs", "0.000001 0.01 1 7.5 64 65 1000 1000000", -1, -1);
    row("dram.read_pj_per_bit", "0 0.629 3.9 18.75 1000", 0, 1);
    row("dram.static_mw", "0 1 484.6 100000", 0, 1);
    row("energy.glitch", "0.1 1 1.3 1.6 2.7 10 1000", 0, 1);
    row("energy.leakage_factor", "0 0.5 1 2 1000", 0, 1);
    row("array.clock_ghz", "0.001 0.1 0.5 1 5 100", -1, -1);
    row("array.area_mm2", "0.02 0.05 0.1 0.2 0.5 1", -1, 0);
    row("run.context", "1 2 100 2048 4194304", 1, 1);
    row("storage.kv_bits", "0.5 4 8 16 64", 1, 1);
    row("storage.embedding_bits", "0.5 4.25 16 64", 1, 1);
    row("constants.energy_per_gate", "0 1 1.31 10", 0, 1);
    row("node.energy_factor", "0.01 0.195 1 50", 0, 1);
    row("workload.blocks", "1 2 24 4096", 1, 1);
}

void TestHardwareOdd::settingsMoveFiguresTheRightWay()
{
    QFETCH(const QString, values);
    QFETCH(const int, latency);
    QFETCH(const int, energy);
    std::optional<FormatCost> before;
    double first = 0.0;
    for (const QString& value : values.split(' ')) {
        const std::string setting = QTest::currentDataTag() + ("=" + value.toStdString());
        FormatCost cost = priced("NVFP4", withSetting(usual(), setting));
        if (before) {
            const double slower = cost.decode.latencySeconds - before->decode.latencySeconds;
            const double dearer = cost.decode.joulePerToken() - before->decode.joulePerToken();
            QVERIFY2(latency * slower >= 0.0, setting.c_str());
            QVERIFY2(energy * dearer >= -1e-12 * before->decode.joulePerToken(), setting.c_str());
        } else {
            first = cost.decode.joulePerToken() + cost.decode.latencySeconds;
        }
        before = std::move(cost);
    }
    QVERIFY(before->decode.joulePerToken() + before->decode.latencySeconds != first);  // it does something
}

void TestHardwareOdd::formatsAgainstThemselvesAreOne()
{
    for (const FormatCost& baseline : baselineCosts(usual())) {
        const FormatCost cost = priced(baseline.name, usual());
        const CostRatio ratio = ratioTo(cost, baseline);
        for (const double one : {ratio.area, ratio.energy, ratio.latency, ratio.prefillEnergy, ratio.prefillLatency})
            QCOMPARE(one, 1.0);
    }
}

void TestHardwareOdd::equalHardwareCostsTheSame()
{
    const auto area = [](const char* format) { return priced(format, usual()).unit.area(); };
    // A square of 16 x 16 meets a dot product as sixteen elements.
    QCOMPARE(area("NVFP4_train_2D"), area("NVFP4"));
    QCOMPARE(area("MXFP4_rceil"), area("MXFP4"));
    QVERIFY(area("MXFP4:geometry.block=1000000") == area("MXFP4"));
    // The order in which the readings of a code are listed.
    const FormatSpec spec = parseFormat("NxFP4", {}).spec;
    FormatSpec swapped = spec;
    std::reverse(swapped.elements.begin(), swapped.elements.end());
    QVERIFY(swapped.elements.front().kind != spec.elements.front().kind);
    QVERIFY(operandOf(swapped) == operandOf(spec));
}

void TestHardwareOdd::notesSayWhoseHardwareItIs_data()
{
    QTest::addColumn<bool>("nxfp");
    QTest::addColumn<bool>("published");
    const auto row = [](const char* format, bool nxfp, bool published) { QTest::newRow(format) << nxfp << published; };
    row("NxFP4", true, false);
    row("NxFP4_NM", true, false);
    row("NxFP4_AM", true, true);
    row("NxFP4_CR", true, false);
    row("RaZeR_NVFP4", false, true);
    row("RaZeR_MXFP4", false, true);
    row("BitMoD4", false, true);
    row("BitMoD3_UINT8", false, true);
    row("MXFFP4_a", true, true);
    row("LLM_FP4", false, false);
    row("MXFP4", false, false);
    row("NVFP4", false, false);
}

void TestHardwareOdd::notesSayWhoseHardwareItIs()
{
    QFETCH(const bool, nxfp);
    QFETCH(const bool, published);
    bool saysNone = false;
    bool saysSome = false;
    for (const std::string& note : priced(QTest::currentDataTag(), usual()).notes) {
        saysNone = saysNone || note.find("no hardware of") != std::string::npos;
        saysSome = saysSome || note.find("publish") != std::string::npos;
    }
    QCOMPARE(saysNone, nxfp);
    QCOMPARE(saysSome, nxfp || published);
    const FormatCost cost = priced(QTest::currentDataTag(), usual());
    if (const CostTerm* special = findTerm(cost.unit.terms, "special value"))
        QVERIFY2(special->source.find("BitMoD") != std::string::npos, special->source.c_str());
    QCOMPARE(findTerm(cost.unit.terms, "special value") != nullptr, published && !nxfp);
}

void TestHardwareOdd::measuredNeedsTheSameWindow()
{
    const auto measured
        = [](const char* setting) { return priced("MXFP8_E4M3", withSetting(usual(), setting)).measured.has_value(); };
    QVERIFY(measured("unit.aligner_bits=0") && measured("unit.aligner_bits=24"));
    QVERIFY(!measured("unit.aligner_bits=16"));
    QVERIFY(!measured("unit.decode_at=edge") && !measured("unit.lanes=7"));
    // Formats of which the unit has only a part.
    QVERIFY(priced("MXFP4", usual()).measured && priced("MR_GPTQ_MXFP4", usual()).measured);
    for (const char* format :
        {"MicroMix", "AMXFP4_pot", "MX_OPAL:geometry.block=32", "MXFP4:geometry.block=16", "MXFP4:geometry.axis=0"})
        QVERIFY2(!priced(format, usual()).measured, format);
}

void TestHardwareOdd::scalesBesideNanoMantissaAreMultiplied()
{
    // Sum of 14 bits times E4M3 (4 bits each), or times E4M3 and two NanoMantissa bits (7 bits each).
    const UnitCost unit = priced("NxFP4_NM:scale.codec=E4M3,geometry.block=32", usual()).unit;
    const CostTerm* nano = findTerm(unit.terms, "NanoMantissa");
    QVERIFY(nano);
    const GateArea gates(shippedConstants());
    const double byHand = 2 * gates.multiplier(4, 3) + gates.multiplier(7, 7) - gates.multiplier(4, 4)
        + gates.sumMultiplier(14, 14) - gates.sumMultiplier(14, 8) + 58.0 * 6 + 4 * 5.667;
    QVERIFY2(agree(nano->value, byHand, 0.01), qPrintable(QString("%1, by hand %2").arg(nano->value).arg(byHand)));
}

void TestHardwareOdd::choicesPerSubgroupAreKeptPerSubgroup()
{
    const double perBlock = priced("MXFFP4_w", usual()).unit.registerBits;
    const double perGroup = priced("MXFFP4_w:geometry.sub=4,chooser.unit=sub", usual()).unit.registerBits;
    QCOMPARE(perGroup - perBlock, 2.0 * (32 / 4 - 1));
}

void TestHardwareOdd::positsAreDecodedOnce()
{
    const UnitCost unit = priced("Posit8_1", usual()).unit;
    QVERIFY(agree(findTerm(unit.terms, "weight posit decode")->value, 32 * 223.0, 1e-12));
    QVERIFY(!findTerm(unit.terms, "element decode"));
}

void TestHardwareOdd::serialUnitsTakeTheDigitsOfACodebook()
{
    const CostSetup serial = withSetting(usual(), "unit.style=bit_serial");
    QCOMPARE(priced("MXINT4", serial).unit.cyclesPerDot, 2);
    QCOMPARE(priced("NF4", serial).unit.cyclesPerDot, 4);  // levels of eight bits, two a cycle
    QCOMPARE(priced("BitMoD4", serial).unit.cyclesPerDot, 2);
    QCOMPARE(priced("BitMoD3", serial).unit.cyclesPerDot, 2);
    QCOMPARE(priced("FP16", serial).unit.cyclesPerDot, 8);
}

void TestHardwareOdd::accumulatorIsNeverNegative()
{
    HardwareConstants constants = shippedConstants();
    constants.accumulatorBase = 1.0;
    QCOMPARE(GateArea(constants).accumulator(3), 0.0);
    QCOMPARE(GateArea(constants).accumulator(15), 1.0 + 2 * 15);
}

void TestHardwareOdd::refusalsNameTheFormat()
{
    const CostSetup small = withSetting(usual(), "array.area_mm2=0.01");  // MXFP4 fits, FP16 does not
    QVERIFY(!refusalOf([&small] { return priced("MXFP4", small); }));
    const QString area = lineOf(refusalOf([&small] { return baselineCosts(small); }));
    QVERIFY2(area.contains("FP16: array.area_mm2: 0.01 holds no unit"), qPrintable(area));
    const CostSetup lookup = withSetting(usual(), "unit.style=lookup");
    const QString style = lineOf(refusalOf([&lookup] { return priced("MXFP4", lookup, "FP16"); }));
    QVERIFY2(style.contains("MXFP4 x FP16: unit.style lookup: "), qPrintable(style));
}

void TestHardwareOdd::modelsBeyondCountingAreRefused()
{
    nlohmann::json model{{"blocks", 4096}, {"gemms", nlohmann::json::array()}};
    for (int i = 0; i < 255; ++i)
        model["gemms"].push_back({{"outputs", 1 << 24}, {"inputs", 1 << 24}});
    QVERIFY(lineOf(refusalOf([&model] { return workloadFromJson(model, "huge.json"); })).contains("huge.json: blocks"));
    model["blocks"] = 1;
    const Workload workload = workloadFromJson(model, "large.json");
    QCOMPARE(static_cast<double>(workload.linearParameters()), 255.0 * std::ldexp(1.0, 48));
}

QTEST_APPLESS_MAIN(TestHardwareOdd)
#include "tst_hardware_odd.moc"
