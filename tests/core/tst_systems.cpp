#include "core/format/preset.h"
#include "core/format/systems.h"

#include <QTest>

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>

using namespace nanoscope;

namespace {

/// A row of the reading list. Kinds: F number format, S scaling rule, T transform, B bit allocation, H cost claim,
/// M metric or fault view, - nothing.
struct Row {
    int number;
    std::string_view name;
    std::string_view kinds;
};

constexpr std::array<Row, 65> kReadingList{{
    {1, "NxFP", "F"},
    {2, "M2XFP", "F S"},
    {3, "MX+", "F"},
    {4, "ARCQuant", "F T"},
    {5, "MicroMix", "B F"},
    {6, "INT vs FP", "F T"},
    {7, "MR-GPTQ (Bridging the gap)", "T"},
    {8, "RaZeR (negative zero)", "F"},
    {9, "MicroScopiQ", "F"},
    {10, "OPAL", "F"},
    {11, "SafeCiM", "M"},
    {12, "FLOW / FlexCiM", "F B"},
    {13, "PMPD (progressive mixed precision)", "F"},
    {14, "FLUTE", "F"},
    {15, "DB-LLM", "F"},
    {16, "SqueezeLLM", "F"},
    {17, "NanoCockpit", "-"},
    {18, "RNN speech FP16-INT8", "B"},
    {19, "MicroNet", "-"},
    {20, "Code-gen quantization replication", "B"},
    {21, "Scaling laws for FP training", "F"},
    {22, "CNN training, integer ops (DFP16)", "F"},
    {23, "To FP8 and back", "F"},
    {24, "iFairy", "F"},
    {25, "BitMoD", "F H"},
    {26, "INT whitepaper (Krishnamoorthi)", "F S"},
    {27, "Give me FP32 (LayerCast)", "F"},
    {28, "Minifloats on FPGAs", "F H T"},
    {29, "FP16 on-device learning MCU", "F"},
    {30, "L-Mul", "M H"},
    {31, "NVFP4 pretraining", "S T"},
    {32, "FP for diffusion models", "F S"},
    {33, "HAWQ-V3", "S B"},
    {34, "LLM.int8()", "F T"},
    {35, "Double Rounding", "F"},
    {36, "LLM-FP4", "F S"},
    {37, "ShiftQuant", "S"},
    {38, "Survey (Gholami)", "F M"},
    {39, "COMET (FMPQ)", "B T"},
    {40, "OHQ", "B"},
    {41, "decoupleQ", "F S"},
    {42, "ZeroQuant(4+2)", "F H"},
    {43, "Tilus", "H"},
    {44, "FLIQS", "B"},
    {45, "Layer-wise calibration + IP", "B T"},
    {46, "OS+", "T"},
    {47, "bipolar-INT (arbitrary precision TC)", "F H"},
    {48, "T-MAC", "H"},
    {49, "FP8 vs INT8", "F M H"},
    {50, "K-sort (Accurate block quantization)", "T"},
    {51, "2-bit LLM on GPUs", "F B"},
    {52, "QFX", "F"},
    {53, "Spike-aware mixed precision", "B M"},
    {54, "LUT Tensor Core", "H"},
    {55, "Low-precision training survey", "F"},
    {56, "FlexQ", "F B"},
    {57, "SAIL", "H"},
    {58, "XR-NPE", "F H"},
    {59, "Elucidating FP4 training", "S T"},
    {60, "SmoothQuant+", "T"},
    {61, "MixPE", "H S"},
    {62, "TurboMind", "H"},
    {63, "GGUF attack (Mind the Gap)", "F M"},
    {64, "Two-pass softmax", "F"},
    {65, "Fairy2i", "F T"},
}};

/// Surveys, a scaling law of training and a softmax: nothing of a tensor to show.
const std::set<int> kWithoutFormat{21, 38, 55, 64};
/// Shift, scale and calibration by activations alone.
const std::set<int> kNeedActivations{45, 46};
const std::set<std::string> kStudies{"bit flips", "L-Mul", "error interval", "float split", "spikes"};
const std::set<std::string> kFamilies{"NxFP", "M2XFP", "OCP MX", "MX variants", "NVFP4 and kin", "Integers",
    "Fixed and block floating point", "Minifloats", "Searched floats", "Codebooks", "Adaptive types", "Special values",
    "Posit", "Binary, ternary, complex", "Outliers", "Mixed formats", "Nested codes and constrained scales", "Pruning",
    "Transforms", "GGUF"};

bool hasOneOf(std::string_view kinds, std::string_view wanted)
{
    return kinds.find_first_of(wanted) != std::string_view::npos;
}

}  // namespace

/// resources/systems.json against the reading list, and what presets say of themselves.
class TestSystems : public QObject {
    Q_OBJECT

private slots:
    void theListIsTheReadingList();
    void everyFormatIsReachable_data() { addSystems(); }
    void everyFormatIsReachable();
    void whatIsNotShownIsSaid();
    void everyPresetHasAFamilyASourceAndNamesOfItsOwn();

private:
    static void addSystems();
};

void TestSystems::addSystems()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < kReadingList.size(); ++i)
        QTest::newRow(std::string(kReadingList[i].name).c_str()) << static_cast<int>(i);
}

void TestSystems::theListIsTheReadingList()
{
    const std::vector<System> systems = loadSystems();
    QCOMPARE(systems.size(), kReadingList.size());
    for (std::size_t i = 0; i < systems.size(); ++i) {
        QCOMPARE(systems[i].number, kReadingList[i].number);
        QCOMPARE(QString::fromStdString(systems[i].name), QString::fromUtf8(kReadingList[i].name.data()));
        QVERIFY(!systems[i].title.empty());
    }
}

void TestSystems::everyFormatIsReachable()
{
    QFETCH(int, index);
    const Row& row = kReadingList[static_cast<std::size_t>(index)];
    const System system = loadSystems()[static_cast<std::size_t>(index)];
    for (const std::string& preset : system.presets)
        QVERIFY2(findPreset(preset).has_value(), preset.c_str());
    for (const std::string& study : system.studies)
        QVERIFY2(kStudies.count(study) == 1, study.c_str());
    const bool isExempt = kWithoutFormat.count(row.number) > 0 || kNeedActivations.count(row.number) > 0;
    if (hasOneOf(row.kinds, "FST") && !isExempt)
        QVERIFY(!system.presets.empty() || !system.studies.empty());
    if (hasOneOf(row.kinds, "M") && !isExempt)
        QVERIFY(!system.studies.empty());
}

void TestSystems::whatIsNotShownIsSaid()
{
    for (const System& system : loadSystems()) {
        const Row& row = kReadingList[static_cast<std::size_t>(system.number - 1)];
        if (!hasOneOf(row.kinds, "FSTM") || kWithoutFormat.count(system.number) > 0
            || kNeedActivations.count(system.number) > 0)
            QVERIFY2(!system.note.empty(), system.name.c_str());
    }
}

void TestSystems::everyPresetHasAFamilyASourceAndNamesOfItsOwn()
{
    std::map<QString, std::string> owners;
    std::set<std::string> families;
    std::string last;
    for (const Preset& preset : loadPresets()) {
        QVERIFY2(kFamilies.count(preset.family) == 1, preset.name.c_str());
        // Families follow each other whole.
        QVERIFY2(preset.family == last || families.insert(preset.family).second, preset.name.c_str());
        last = preset.family;
        QVERIFY2(!preset.title.empty() && !preset.description.empty() && !preset.source.empty(), preset.name.c_str());
        std::vector<std::string> names = preset.aliases;
        names.push_back(preset.name);
        for (const std::string& name : names) {
            const auto [entry, isNew] = owners.emplace(QString::fromStdString(name).toLower(), preset.name);
            QVERIFY2(isNew, (name + " is a name of " + entry->second + " too").c_str());
        }
    }
    QCOMPARE(families.size(), kFamilies.size());
}

QTEST_APPLESS_MAIN(TestSystems)
#include "tst_systems.moc"
