// Many cases, one subject: one system and its hand-derived figures serve all of them.
#include "core/format/format_by_name.h"
#include "core/format/preset.h"
#include "core/hardware/format_cost.h"
#include "core/hardware/hardware_files.h"
#include "core/hardware/technology.h"
#include "tests/core/golden_json.h"
#include "tests/core/refusal.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace nanoscope;

namespace {

constexpr double kKilobyte = 1024.0;

/// Names of the workloads in the reference.
const std::map<std::string, const char*> kWorkloads{{"llama2_7b", "llama-2-7b"}, {"llama2_13b", "llama-2-13b"},
    {"llama3_8b", "llama-3-8b"}, {"llama3_70b", "llama-3-70b"}, {"mistral_7b", "mistral-7b"}, {"opt_6b7", "opt-6.7b"},
    {"opt_1b3", "opt-1.3b"}, {"phi_2", "phi-2"}, {"yi_6b", "yi-6b"}, {"falcon_7b", "falcon-7b"}};

CostSetup usual()
{
    return {acceleratorByName("m2xfp").parameters, workloadByName("llama-3-8b")};
}

CostSetup with(const char* setting)
{
    return withSetting(usual(), setting);
}

FormatCost priced(const char* format, const CostSetup& setup, const char* activations = nullptr)
{
    return costOf(parseFormat(format, {}), parseFormat(activations ? activations : format, {}), setup);
}

}  // namespace

/// Traffic, cycles, energy and footprints of a language model.
class TestHardwareSystem : public QObject {
    Q_OBJECT

private slots:
    void parametersOfEveryWorkloadAgreeWithTheReference();
    void schedulesAgreeWithTheReference();
    void energyOfABlockAgreesWithTheReference();
    void sweepHoldsItsOwnRows();
    void footprintsAreExact();
    void decodeIsBoundByMemoryAndFollowsTheBits();
    void prefillIsBoundByComputeAndAnIsoAreaArrayIsFaster();
    void bandwidthHalvesTheTimeOfDecoding();
    void dramEnergyMovesAsDerivedByHand();
    void nodeAndLeakageMoveAsDerivedByHand();
    void batchSharesTheWeights();
    void kvCacheGrowsWithContext();
    void phasesAreSumsOfTheirLayers();
    void settingsRoundTripThroughJson();
    void wrongSettingsAreRefused_data();
    void wrongSettingsAreRefused();
    void oddSettingsGiveSaneNumbers_data();
    void oddSettingsGiveSaneNumbers();
    void everyAcceleratorPricesEveryWorkload();
    void everyPresetHasAFiniteCost();
    void wrongFilesAreRefused_data();
    void wrongFilesAreRefused();
    void tablesNameTheirSources();
    void quantizerWithAMultiplicationIsDearer();
    void baselinesAreTheThree();
    void changingASettingIsFast();
};

void TestHardwareSystem::parametersOfEveryWorkloadAgreeWithTheReference()
{
    const nlohmann::json golden = hardwareGolden().at("params");
    QCOMPARE(golden.size(), hardwareNames("workload").size());
    for (const auto& [name, expected] : golden.items()) {
        const Workload workload = workloadByName(kWorkloads.at(name));
        QCOMPARE(workload.linearParameters(), expected[0].get<std::uint64_t>());
        QCOMPARE(workload.embeddingParameters(), expected[1].get<std::uint64_t>());
        QCOMPARE(workload.headParameters(), expected[2].get<std::uint64_t>());
    }
}

void TestHardwareSystem::schedulesAgreeWithTheReference()
{
    int count = 0;
    const nlohmann::json rows = hardwareGolden().at("schedules");
    for (const nlohmann::json& row : rows) {
        const Gemm gemm{row["M"], row["N"], row["K"], row["bw"], row["ba"], 16.0};
        const ArrayShape array{4, 8, 32, 2};
        const double w = row["kb"][0];
        const double a = row["kb"][1];
        const double o = row["kb"][2];
        const Traffic traffic = gemmTraffic(gemm, array, {w * kKilobyte, a * kKilobyte, o * kKilobyte});
        const std::string text = row.dump();
        QVERIFY2(agree(gemmCycles(gemm, array), row["cycles"], 1e-12), text.c_str());
        const double expected = row["bytes"][0].get<double>() + row["bytes"][1].get<double>();
        QVERIFY2(agree(traffic.weights + traffic.activations, expected, 1e-12), text.c_str());
        QVERIFY2(agree(traffic.outputs, row["bytes"][2], 1e-12), text.c_str());
        ++count;
    }
    QVERIFY(count > 100);
}

void TestHardwareSystem::energyOfABlockAgreesWithTheReference()
{
    CostSetup setup = with("buffers.technology=28hp,buffers.method=fit,dram.read_pj_per_bit=5,dram.write_pj_per_bit=5,"
                           "workload.blocks=1,buffers.outputs_kb=36");
    const nlohmann::json rows = hardwareGolden().at("systems");
    for (const nlohmann::json& row : rows) {
        const ArrayCost array = arrayCost(UnitCost{}, setup.parameters);
        double cycles = 0.0;
        double bytes = 0.0;
        double outputs = 0.0;
        EnergyStack energy;
        for (const LinearLayer& layer : setup.workload.layers) {
            const Gemm gemm{row["M"], static_cast<double>(layer.outputs), static_cast<double>(layer.inputs), row["bw"],
                row["ba"], 16.0};
            const LayerCost cost = layerCost(layer.name, gemm, 1.0, array, setup.parameters);
            cycles += cost.cycles();
            bytes += cost.traffic.total();
            outputs += cost.traffic.outputs;
            energy += cost.energy;
        }
        const std::string text = row.dump();
        QVERIFY2(agree(cycles, row["cycles"], 1e-12), text.c_str());
        QVERIFY2(agree(bytes, row["bytes"], 1e-12), text.c_str());
        QVERIFY2(agree(energy.dram * 1e12, row["dram_pj"], 1e-12), text.c_str());
        // The reference fills the large buffers with results, too; ours go to the small one.
        const double difference = sramFigures("28hp", 144, 512, SramMethod::Fit).writePicojoulePerBit
            - sramFigures("28hp", 36, 512, SramMethod::Fit).writePicojoulePerBit;
        QVERIFY2(agree(energy.sram * 1e12 + 8.0 * outputs * difference, row["sram_pj"], 1e-9), text.c_str());
    }
}

void TestHardwareSystem::sweepHoldsItsOwnRows()
{
    const SramFigures row = sramFigures("28hp", 144, 512);  // a row of the sweep
    QVERIFY(agree(row.readPicojoulePerBit, 52.0115 / 512, 1e-9));
    QVERIFY(agree(row.writePicojoulePerBit, 97.0381 / 512, 1e-9));
    QVERIFY(agree(row.leakageMilliwatt, 79.7881, 1e-9));
    QVERIFY(agree(row.squareMillimeter, 0.349441, 1e-9));
    const SramFigures between = sramFigures("28hp", 137, 400);
    const SramFigures narrow = sramFigures("28hp", 128, 256);
    QVERIFY(between.leakageMilliwatt > narrow.leakageMilliwatt && between.leakageMilliwatt < row.leakageMilliwatt);
    QVERIFY(std::isfinite(sramFigures("28lop", 1 << 20, 4096).readPicojoulePerBit));  // beyond the sweep: the fit
    QVERIFY(refusalOf([] { return sramFigures("22fdx", 1, 64); }));
}

void TestHardwareSystem::footprintsAreExact()
{
    const Workload llama = workloadByName("llama-3-8b");
    QCOMPARE(llama.parameters(), std::uint64_t{8029995008});
    const double tokens = 4096;
    const Footprint footprint = footprintOf(llama, 4.25, 16.0, 8.0, tokens);
    QCOMPARE(footprint.weights, 6979321856.0 * 4.25 / 8);
    QCOMPARE(footprint.embeddings, 2 * 525336576.0 * 2);
    QCOMPARE(footprint.kvCache, 2.0 * 32 * 8 * 128 * tokens);
}

void TestHardwareSystem::decodeIsBoundByMemoryAndFollowsTheBits()
{
    const CostSetup setup = with("run.context=1,storage.embedding_bits=4.25");
    const FormatCost narrow = priced("MXFP4", setup);
    const FormatCost wide = priced("MXFP8_E4M3", setup);
    for (const LayerCost& layer : narrow.decode.layers)
        if (!layer.name.starts_with("attention"))
            QVERIFY2(layer.bound == Bound::Memory, layer.name.c_str());
    double narrowLinear = 0.0;
    double wideLinear = 0.0;
    for (std::size_t i = 0; i < setup.workload.layers.size(); ++i) {
        narrowLinear += narrow.decode.layers[i].traffic.weights;
        wideLinear += wide.decode.layers[i].traffic.weights;
    }
    QVERIFY(agree(wideLinear / narrowLinear, 8.25 / 4.25, 1e-12));
    QVERIFY(narrow.decode.latencySeconds < wide.decode.latencySeconds);
    QVERIFY(narrow.decode.energy.core < 0.02 * narrow.decode.energy.total());
}

void TestHardwareSystem::prefillIsBoundByComputeAndAnIsoAreaArrayIsFaster()
{
    const CostSetup fixed = usual();
    const FormatCost cheap = priced("MXFP4", fixed);
    const FormatCost dear = priced("FP16", fixed);
    QCOMPARE(cheap.prefill.layers[0].bound, Bound::Compute);
    QCOMPARE(cheap.prefill.layers[0].computeCycles, dear.prefill.layers[0].computeCycles);
    const CostSetup area = with("array.area_mm2=0.5");
    const FormatCost cheapArea = priced("MXFP4", area);
    const FormatCost dearArea = priced("FP16", area);
    QVERIFY(cheapArea.array.arraySquareMillimeter <= 0.5 && dearArea.array.arraySquareMillimeter <= 0.5);
    const double units = dearArea.unit.area() / cheapArea.unit.area();
    const double speed = dearArea.prefill.layers[0].computeCycles / cheapArea.prefill.layers[0].computeCycles;
    QVERIFY(speed > 0.85 * units && speed < 1.15 * units);
}

void TestHardwareSystem::bandwidthHalvesTheTimeOfDecoding()
{
    const FormatCost slow = priced("NVFP4", with("dram.bandwidth_gbs=8"));
    const FormatCost fast = priced("NVFP4", with("dram.bandwidth_gbs=16"));
    QVERIFY(agree(slow.decode.latencySeconds, 2 * fast.decode.latencySeconds, 1e-9));
}

void TestHardwareSystem::dramEnergyMovesAsDerivedByHand()
{
    const FormatCost before = priced("MXFP4", with("dram.read_pj_per_bit=4,dram.write_pj_per_bit=4"));
    const FormatCost after = priced("MXFP4", with("dram.read_pj_per_bit=5,dram.write_pj_per_bit=4"));
    const Traffic& traffic = before.decode.traffic;
    QVERIFY(agree(
        after.decode.energy.dram - before.decode.energy.dram, 8e-12 * (traffic.weights + traffic.activations), 1e-9));
    QVERIFY(agree(before.decode.energy.dram, 8e-12 * 4 * traffic.total(), 1e-9));
}

void TestHardwareSystem::nodeAndLeakageMoveAsDerivedByHand()
{
    const FormatCost at45 = priced("MXFP4", with("node.name=45"));
    const FormatCost at28 = priced("MXFP4", with("node.name=28"));
    QVERIFY(agree(at28.array.arraySquareMillimeter / at45.array.arraySquareMillimeter, 0.294 / 0.798, 1e-9));
    QVERIFY(agree(at28.array.dotPicojoule / at45.array.dotPicojoule, 0.195, 1e-9));
    const FormatCost quiet = priced("MXFP4", with("energy.leakage_factor=0"));
    const FormatCost loud = priced("MXFP4", with("energy.leakage_factor=2"));
    QVERIFY(agree(loud.array.leakageMilliwatt - quiet.array.leakageMilliwatt, 2 * 16e-6 * 32 * loud.unit.area(), 1e-9));
    CostSetup hot = usual();
    hot.parameters.constants.leakagePerGate *= 1.5;
    const double base = priced("MXFP4", usual()).array.leakageMilliwatt - quiet.array.leakageMilliwatt;
    QVERIFY(agree(priced("MXFP4", hot).array.leakageMilliwatt - quiet.array.leakageMilliwatt, 1.5 * base, 1e-9));
}

void TestHardwareSystem::batchSharesTheWeights()
{
    const FormatCost one = priced("MXFP4", with("run.batch=1,run.context=128"));
    const FormatCost eight = priced("MXFP4", with("run.batch=8,run.context=128"));
    QCOMPARE(eight.decode.tokens, 8.0);
    QVERIFY(eight.decode.joulePerToken() < 0.5 * one.decode.joulePerToken());
    QVERIFY(eight.decode.tokensPerSecond() > one.decode.tokensPerSecond());
}

void TestHardwareSystem::kvCacheGrowsWithContext()
{
    const FormatCost near = priced("MXFP4", with("run.context=1024"));
    const FormatCost far = priced("MXFP4", with("run.context=4096"));
    QVERIFY(agree(far.footprint.kvCache, 4 * near.footprint.kvCache, 1e-12));
    const double kvBytes = 2.0 * 32 * 8 * 128 * 2;  // per token, at 16 bits
    QVERIFY(agree(far.decode.traffic.weights - near.decode.traffic.weights, 3072 * kvBytes, 1e-9));
}

void TestHardwareSystem::phasesAreSumsOfTheirLayers()
{
    const FormatCost cost = priced("NxFP4", usual());
    for (const PhaseCost* phase : {&cost.prefill, &cost.decode}) {
        double cycles = 0.0;
        EnergyStack energy;
        double macs = 0.0;
        for (const LayerCost& layer : phase->layers) {
            cycles += layer.cycles();
            energy += layer.energy;
            if (!layer.name.starts_with("attention") && layer.name != "head")
                macs += layer.macs;
            QCOMPARE(layer.bound == Bound::Compute, layer.computeCycles >= layer.memoryCycles);
        }
        QVERIFY(agree(phase->cycles, cycles, 1e-12));
        QVERIFY(agree(phase->energy.total(), energy.total(), 1e-12));
        QVERIFY(agree(macs, phase->tokens * 6979321856.0, 1e-12));
        QVERIFY(agree(phase->latencySeconds, cycles / 0.5e9, 1e-12));
    }
}

void TestHardwareSystem::settingsRoundTripThroughJson()
{
    for (const std::string& name : hardwareNames("accelerator")) {
        const HardwareParameters parameters = acceleratorByName(name).parameters;
        QVERIFY(parametersFromJson(toJson(parameters), "test") == parameters);
    }
    for (const std::string& name : hardwareNames("workload")) {
        const Workload workload = workloadByName(name);
        QVERIFY(workloadFromJson(toJson(workload), "test") == workload);
    }
    const CostSetup changed = with("node.name=7,unit.style=bit_serial,dram.static_mw=3,constants.full_adder=6");
    QCOMPARE(changed.parameters.node.name, std::string("7"));
    QCOMPARE(changed.parameters.unit.style, DatapathStyle::BitSerial);
    QCOMPARE(changed.parameters.dram.staticMilliwatt, std::optional(3.0));
    QCOMPARE(changed.parameters.constants.fullAdder, 6.0);
    QVERIFY(!withSetting(changed, "dram.static_mw=null").parameters.dram.staticMilliwatt);
}

void TestHardwareSystem::wrongSettingsAreRefused_data()
{
    QTest::addColumn<QString>("says");
    const auto row = [](const char* setting, const char* says) { QTest::newRow(setting) << QString(says); };
    row("dram.bandwidth_gbs=0", "dram.bandwidth_gbs: value 0.* is refused; allowed: a number from");
    row("dram.bandwith_gbs=8", "unknown field dram.bandwith_gbs; did you mean bandwidth_gbs?");
    row("unit.lanes=0", "unit.lanes: value 0");
    row("unit.lanes=2.5", "unit.lanes");
    row("unit.style=quantum", "unit.style.*automatic");
    row("dram.preset=HBM9", "dram.preset.*HBM2");
    row("node.name=3", "node.name: value 3 is refused; allowed: 45 28");
    row("array.clock_ghz=-1", "array.clock_ghz");
    row("array.area_mm2=0", "array.area_mm2");
    row("constants.full_ader=5", "unknown field constants.full_ader");
    row("run.batch=0", "run.batch");
    row("run.context=1e99", "run.context");
    row("run.context=0", "run.context");
    row("run.prompt=0", "run.prompt");
    row("run.prompt=-3", "run.prompt");
    row("array.rows=0", "array.rows");
    row("array.columns=1e9", "array.columns");
    row("buffers.weights_kb=0", "buffers.weights_kb");
    row("buffers.outputs_kb=-1", "buffers.outputs_kb");
    row("buffers.width_bits=0", "buffers.width_bits");
    row("dram.read_pj_per_bit=-1", "dram.read_pj_per_bit");
    row("dram.bandwidth_gbs=1e99", "dram.bandwidth_gbs");
    row("storage.output_bits=1e6", "storage.output_bits");
    row("unit.aligner_bits=-1", "unit.aligner_bits");
    row("workload.blocks=0", "blocks");
    row("workload.vocabulary=0", "vocabulary");
    row("nothing", "has no path=value");
    row("workload.heads=3", "heads");
    row("workload.gemms=[]", "gemms");
    row("storage.kv_bits=0", "storage.kv_bits");
    row("unit=5", "give a JSON object");
    row("energy.glitch=0", "energy.glitch");
}

void TestHardwareSystem::wrongSettingsAreRefused()
{
    QFETCH(const QString, says);
    const auto error = refusalOf([] { return with(QTest::currentDataTag()); });
    QVERIFY2(lineOf(error).contains(QRegularExpression(says)), qPrintable(lineOf(error)));
    QVERIFY(error->kind() == ErrorKind::Refused);
}

void TestHardwareSystem::oddSettingsGiveSaneNumbers_data()
{
    QTest::addColumn<QString>("format");
    const auto row = [](const char* setting, const char* format) {
        QTest::newRow(qPrintable(QString("%1 %2").arg(setting, format))) << QString(format);
    };
    row("unit.lanes=1", "MXFP4");
    row("unit.lanes=4096", "FP16");
    row("dram.bandwidth_gbs=0.000001", "MXFP4");
    row("dram.read_pj_per_bit=0,dram.write_pj_per_bit=0", "MXFP4");
    row("buffers.weights_kb=0.125,buffers.activations_kb=0.125,buffers.outputs_kb=0.125", "MXFP4");
    row("run.batch=65536,run.context=4194304", "MXFP4");
    row("array.rows=4096,array.columns=4096", "NxFP4");
    row("workload.gemms=[{\"name\":\"x\",\"outputs\":1,\"inputs\":1}]", "NVFP4");
    row("unit.lanes=32", "MXFP4:geometry.block=1");
    row("unit.lanes=7", "NVFP4:geometry.block=3");
    row("unit.decode_at=edge", "NxFP4");
    row("constants.full_adder=0", "MXFP4");
}

void TestHardwareSystem::oddSettingsGiveSaneNumbers()
{
    QFETCH(const QString, format);
    const QByteArray setting = QByteArray(QTest::currentDataTag()).split(' ').first();
    const CostSetup setup = with(setting.constData());
    const nlohmann::json json = toJson(priced(format.toUtf8().constData(), setup), {}, setup);
    const std::string text = json.dump();
    QVERIFY(text.find(":null,\"n") == std::string::npos || json["measured"].is_null());
    for (const char* name : {"cycles", "latency_s"}) {
        const double value = json[name];
        QVERIFY2(std::isfinite(value) && value > 0.0, name);
    }
    for (const auto& [name, value] : json["area"].items())
        QVERIFY2(value.is_number() && std::isfinite(value.get<double>()) && value > 0.0, name.c_str());
}

void TestHardwareSystem::everyAcceleratorPricesEveryWorkload()
{
    for (const std::string& accelerator : hardwareNames("accelerator"))
        for (const std::string& workload : hardwareNames("workload")) {
            const CostSetup setup{acceleratorByName(accelerator).parameters, workloadByName(workload)};
            const FormatCost cost = priced("NxFP4", setup);
            QVERIFY2(cost.decode.joulePerToken() > 1e-4 && cost.decode.joulePerToken() < 100.0,
                (accelerator + " " + workload).c_str());
        }
}

void TestHardwareSystem::everyPresetHasAFiniteCost()
{
    const CostSetup setup = usual();
    for (const Preset& preset : loadPresets()) {
        const NamedFormat format{preset.name, preset.spec};
        const FormatCost cost = costOf(format, format, setup);
        QVERIFY2(cost.decode.joulePerToken() > 0.0 && cost.bits.weights > 0.0, preset.name.c_str());
    }
}

void TestHardwareSystem::wrongFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << QByteArray("{") << "is no JSON";
    QTest::newRow("a list") << QByteArray("[]") << "give a JSON object";
    QTest::newRow("unknown field") << QByteArray(R"({"layers": 3})") << "gemms|unknown field layers";
    QTest::newRow("version") << QByteArray(R"({"version": 2})") << "version";
    QTest::newRow("no extent") << QByteArray(R"({"gemms": [{"outputs": 3}]})") << "gemms.0 has no inputs";
    QTest::newRow("negative") << QByteArray(R"({"gemms": [{"outputs": -3, "inputs": 1}]})") << "gemms.0.outputs";
    QTest::newRow("deep") << QByteArray(100000, '[') << "is no JSON";
}

void TestHardwareSystem::wrongFilesAreRefused()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, says);
    const QTemporaryDir directory;
    const QString path = directory.filePath("model.json");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    file.close();
    const auto error = refusalOf([&path] { return workloadByName(path.toStdString()); });
    QVERIFY2(lineOf(error).contains(QRegularExpression(says)), qPrintable(lineOf(error)));
    QVERIFY(lineOf(error).contains("model.json"));
    QVERIFY(refusalOf([] { return workloadByName("absent.json"); })->kind() == ErrorKind::Data);
    QVERIFY(lineOf(refusalOf([] { return workloadByName("llama-3-8"); })).contains("did you mean llama-3-8b?"));
}

void TestHardwareSystem::tablesNameTheirSources()
{
    for (const ConstantField& field : constantFields()) {
        const ConstantNote note = constantNote(field.name);
        QVERIFY2(!note.meaning.empty() && !note.unit.empty() && !note.source.empty(), field.name.data());
    }
    for (const DramPreset& preset : dramPresets())
        QVERIFY2(!preset.source.empty() && preset.readPicojoulePerBit > 0.0, preset.name.c_str());
    for (const ProcessNode& node : processNodes())
        QVERIFY2(!node.source.empty() && node.energyFactor > 0.0 && node.energyFactor <= 1.0, node.name.c_str());
    for (const std::string& name : hardwareNames("accelerator"))
        QVERIFY2(!acceleratorByName(name).source.empty(), name.c_str());
    for (const std::string& name : hardwareNames("workload"))
        QVERIFY2(!workloadByName(name).source.empty(), name.c_str());
}

void TestHardwareSystem::quantizerWithAMultiplicationIsDearer()
{
    const CostSetup setup = usual();
    const double shift = sumOf(priced("MXFP4", setup).quantizer);
    const double multiply = sumOf(priced("NVFP4", setup).quantizer);
    QVERIFY(agree(shift, 32 * 183 + 1300, 1e-12));
    QVERIFY(agree(multiply, 32 * 4350 + 1300, 1e-12));
    QVERIFY(sumOf(priced("NVFP4", setup).dequantizer) > sumOf(priced("MXFP4", setup).dequantizer));
}

void TestHardwareSystem::baselinesAreTheThree()
{
    const std::vector<FormatCost> costs = baselineCosts(usual());
    QCOMPARE(costs.size(), std::size_t{3});
    const CostRatio same = ratioTo(costs[0], costs[0]);
    QCOMPARE(same.area, 1.0);
    QCOMPARE(same.energy, 1.0);
    QCOMPARE(baselineCosts(with("unit.style=bit_serial"))[0].unit.area(), costs[0].unit.area());
    const CostRatio half = ratioTo(costs[0], costs[2]);  // MXFP4 against FP16
    QVERIFY(half.area < 0.3 && half.energy < 0.5 && half.latency < 0.5);
}

void TestHardwareSystem::changingASettingIsFast()
{
    // No time is asserted; this is what a benchmark would measure (QTest's -tickcounter and friends).
    const CostSetup setup = usual();
    QBENCHMARK_ONCE
    {
        (void)priced("NxFP4", setup);
    }
}

QTEST_APPLESS_MAIN(TestHardwareSystem)
#include "tst_hardware_system.moc"
