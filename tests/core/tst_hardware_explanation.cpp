#include "core/error.h"
#include "core/format/format_by_name.h"
#include "core/format/format_storage.h"
#include "core/format/preset.h"
#include "core/hardware/cost_explanation.h"
#include "core/hardware/storage_terms.h"
#include "core/hardware/validation.h"
#include "tests/core/golden_json.h"

#include <nlohmann/json.hpp>

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <clocale>
#include <map>

using namespace nanoscope;

namespace {

/// Value of an arithmetic text: numbers, + - x /, parentheses, max(a, b), ceil(a). NaN for anything else. Written
/// without a look at the program's own arithmetic.
class FormulaText {
public:
    explicit FormulaText(const std::string& text)
        : m_text(text)
    {
    }

    double value()
    {
        const double result = sum();
        skip();
        return m_at == m_text.size() ? result : std::nan("");
    }

private:
    void skip()
    {
        while (m_at < m_text.size() && m_text[m_at] == ' ')
            ++m_at;
    }

    bool take(const char* token)
    {
        skip();
        if (m_text.compare(m_at, std::strlen(token), token) != 0)
            return false;
        m_at += std::strlen(token);
        return true;
    }

    double sum()
    {
        double result = product();
        for (;;) {
            if (take("+"))
                result += product();
            else if (take("-"))
                result -= product();
            else
                return result;
        }
    }

    double product()
    {
        double result = factor();
        for (;;) {
            if (take("x"))
                result *= factor();
            else if (take("/"))
                result /= factor();
            else
                return result;
        }
    }

    double factor()
    {
        if (take("max(")) {
            const double a = sum();
            const bool hasSecond = take(",");
            const double b = sum();
            return hasSecond && take(")") ? std::max(a, b) : std::nan("");
        }
        const bool isCeil = take("ceil(");
        if (isCeil || take("(")) {
            const double inner = sum();
            return take(")") ? (isCeil ? std::ceil(inner) : inner) : std::nan("");
        }
        skip();
        const char* begin = m_text.c_str() + m_at;
        char* end = nullptr;
        const double number = std::strtod(begin, &end);
        if (end == begin)
            return std::nan("");
        m_at += static_cast<std::size_t>(end - begin);
        return number;
    }

    std::string m_text;
    std::size_t m_at = 0;
};

/// What stands behind the last equals sign, computed.
double computed(const CostTerm& term)
{
    const std::size_t at = term.formula.rfind(" = ");
    return at == std::string::npos ? std::nan("") : FormulaText(term.formula.substr(at + 3)).value();
}

CostSetup setupOf(const char* setting)
{
    const CostSetup usual{acceleratorByName("m2xfp").parameters, workloadByName("llama-3-8b")};
    return *setting ? withSetting(usual, setting) : usual;
}

FormatCost priced(const char* weights, const char* activations, const CostSetup& setup)
{
    return costOf(parseFormat(weights, {}), parseFormat(activations, {}), setup);
}

void verifyFormulas(const std::vector<CostTerm>& terms, const std::string& what)
{
    for (const CostTerm& term : terms) {
        const QString text = QString::fromStdString(what + ": " + term.name + ": " + term.formula);
        QVERIFY2(!term.unit.empty() && !term.source.empty(), qPrintable(text));
        // Five digits of every number; what is left of a difference may have fewer.
        QVERIFY2(std::abs(computed(term) - term.value) <= 5e-4 * std::abs(term.value) + 1e-300,
            qPrintable(text + QString(" gives %1, not %2").arg(computed(term)).arg(term.value)));
    }
}

}  // namespace

/// Every figure of a cost with its formula and source.
class TestHardwareExplanation : public QObject {
    Q_OBJECT

private slots:
    void arithmeticIsRead();
    void everyFormulaGivesItsValue_data();
    void everyFormulaGivesItsValue();
    void everyTermOfEveryPresetGivesItsValue();
    void valuesAreThoseOfTheCost();
    void formulasDoNotFollowTheLocale();
    void jsonHoldsTheCost();
    void layersAndRatiosAreExplained();
    void storedBitsAddUpForEveryPreset();
    void storedBitsAreNamed();
};

void TestHardwareExplanation::arithmeticIsRead()
{
    QCOMPARE(FormulaText("8e-12 x (2 + 3 x 4) / 7 - 1").value(), 8e-12 * 2 - 1);
    QCOMPARE(FormulaText("2 x ceil(5 / 4) + max(3, 4 / 2)").value(), 7.0);
    QVERIFY(std::isnan(FormulaText("2 lanes").value()) && std::isnan(FormulaText("(1 + 2").value()));
}

void TestHardwareExplanation::everyFormulaGivesItsValue_data()
{
    QTest::addColumn<QString>("activations");
    QTest::addColumn<QString>("setting");
    const auto row = [](const char* weights, const char* activations, const char* setting) {
        QTest::addRow("%s %s %s", weights, activations, setting) << QString(activations) << QString(setting);
    };
    row("MXFP4", "MXFP4", "");
    row("NxFP4", "FP16", "run.batch=3");
    row("NVFP4", "NVFP4", "array.area_mm2=1");
    row("INT4_g128", "INT8_channel", "workload.tied_embedding=true");
    row("M2XFP_weight", "M2XFP_act", "dram.preset=ANT,energy.other_static_mw=7");
    row("NF4", "FP16", "node.nand2_um2=0.1,node.energy_factor=0.05,buffers.leakage_factor=0");
    row("MXINT4", "MXINT8", "unit.style=bit_serial,unit.lanes=5,array.rows=3");
    row("FP16", "FP16", "run.context=1,run.prompt=1,storage.kv_bits=4");
}

void TestHardwareExplanation::everyFormulaGivesItsValue()
{
    QFETCH(const QString, activations);
    QFETCH(const QString, setting);
    const QByteArray weights = QByteArray(QTest::currentDataTag()).split(' ').first();
    const CostSetup setup = setupOf(qPrintable(setting));
    const FormatCost cost = priced(weights.constData(), qPrintable(activations), setup);
    verifyFormulas(explainCost(cost, setup), weights.toStdString());
    verifyFormulas(cost.weightBits, "weights");
    verifyFormulas(cost.activationBits, "activations");
    verifyFormulas(cost.unit.terms, "unit");
    verifyFormulas(cost.dotEnergy, "dot product");
    verifyFormulas(cost.quantizer, "quantizer");
    verifyFormulas(cost.dequantizer, "dequantizer");
}

void TestHardwareExplanation::everyTermOfEveryPresetGivesItsValue()
{
    HardwareConstants odd = shippedConstants();  // no two alike, so that a formula cannot name the wrong one
    double factor = 1.0;
    for (const ConstantField& field : constantFields())
        odd.*field.value *= factor += 0.0173;
    for (const Preset& preset : loadPresets())
        for (const auto& [style, name] : kDatapathStyles) {
            UnitDesign design;
            design.weights = operandOf(preset.spec);
            design.activations
                = operandOf(parseFormat(design.weights.codeBits % 2 == 0 ? "M2XFP_act" : "NF4", {}).spec);
            design.style = style;
            design.lanes = 24;
            design.decodeReuse = 4.0;
            try {
                const UnitCost unit = unitCostByFeature(design, odd);
                verifyFormulas(unit.terms, preset.name + " " + std::string(name));
                verifyFormulas(dotEnergyTerms(unit, odd), preset.name);
                verifyFormulas(dequantizerTerms(design.weights, 24, odd), preset.name);
                verifyFormulas(quantizerTerms(design.weights, 24, odd), preset.name);
            } catch (const Error& error) {
                QCOMPARE(error.kind(), ErrorKind::Refused);
            }
            if (QTest::currentTestFailed())
                return;
        }
}

void TestHardwareExplanation::valuesAreThoseOfTheCost()
{
    const CostSetup setup = setupOf("run.batch=2");
    const FormatCost cost = priced("NxFP4", "MXFP8_E4M3", setup);
    const std::vector<CostTerm> terms = explainCost(cost, setup);
    std::map<std::string, double> expected{{"bits, weights", cost.bits.weights},
        {"bits, activations", cost.bits.activations}, {"unit", cost.unit.area()}, {"per lane", cost.unit.area() / 32},
        {"quantizer", sumOf(cost.quantizer)}, {"dequantizer", sumOf(cost.dequantizer)},
        {"unit area", cost.array.unitSquareMillimeter}, {"array area", cost.array.arraySquareMillimeter},
        {"buffer area", cost.array.sramSquareMillimeter}, {"one dot product", cost.array.dotPicojoule},
        {"leakage", cost.array.leakageMilliwatt}, {"footprint, weights", cost.footprint.weights},
        {"footprint, embeddings", cost.footprint.embeddings}, {"footprint, keys and values", cost.footprint.kvCache},
        {"footprint", cost.footprint.total()}};
    for (const auto& [name, phase] :
        {std::pair<std::string, const PhaseCost*>{"prefill, ", &cost.prefill}, {"decode, ", &cost.decode}}) {
        expected[name + "cycles"] = phase->cycles;
        expected[name + "latency"] = phase->latencySeconds;
        expected[name + "tokens per second"] = phase->tokensPerSecond();
        expected[name + "DRAM"] = phase->energy.dram / phase->tokens;
        expected[name + "SRAM"] = phase->energy.sram / phase->tokens;
        expected[name + "core"] = phase->energy.core / phase->tokens;
        expected[name + "static"] = phase->energy.still / phase->tokens;
        expected[name + "energy"] = phase->joulePerToken();
    }
    QCOMPARE(terms.size(), expected.size());
    for (const auto& [name, value] : expected) {
        const CostTerm* term = findTerm(terms, name);
        QVERIFY2(term, name.c_str());
        QCOMPARE(term->value, value);
    }
    QVERIFY(!findTerm(terms, "nothing"));
}

void TestHardwareExplanation::formulasDoNotFollowTheLocale()
{
    const QTemporaryDir folder;
    QProcess maker;
    maker.start("localedef", {"-i", "de_DE", "-f", "UTF-8", folder.filePath("de_DE.UTF-8")});
    if (!maker.waitForFinished(60000) || maker.exitCode() != 0)
        QSKIP("no locale with a decimal comma can be made here");
    qputenv("LOCPATH", folder.path().toUtf8());
    QVERIFY(std::setlocale(LC_NUMERIC, "de_DE.UTF-8"));
    QCOMPARE(std::localeconv()->decimal_point[0], ',');
    const std::string number = formulaNumber(0.000123456789);
    const std::string page = validationPage(validationRows(shippedConstants()));
    std::setlocale(LC_NUMERIC, "C");
    qunsetenv("LOCPATH");
    QCOMPARE(number, std::string("0.00012346"));
    QVERIFY(page.find("| 4.25 |") != std::string::npos);
}

void TestHardwareExplanation::jsonHoldsTheCost()
{
    const CostSetup setup = setupOf("run.batch=2,unit.lanes=16");
    const FormatCost cost = priced("NVFP4", "NVFP4", setup);
    const FormatCost other = priced("MXFP4", "MXFP8_E4M3", setup);
    const std::vector<CostTerm> terms = explainCost(cost, setup);
    const nlohmann::json json = toJson(cost, {ratioTo(cost, other)}, setup);
    const auto is = [&terms](const nlohmann::json& value, const char* name) {
        const CostTerm* term = findTerm(terms, name);
        return term && value.get<double>() == term->value;
    };
    QVERIFY(is(json["bits_per_element"], "bits, weights"));
    QVERIFY(is(json["area"]["nand2"], "unit") && is(json["area"]["nand2_per_lane"], "per lane"));
    QVERIFY(is(json["area"]["mm2"], "array area") && is(json["area"]["unit_mm2"], "unit area"));
    QVERIFY(is(json["area"]["sram_mm2"], "buffer area") && is(json["energy"]["dot_pj"], "one dot product"));
    QVERIFY(is(json["cycles"], "decode, cycles") && is(json["latency_s"], "decode, latency"));
    for (const std::string phase : {"prefill", "decode"}) {
        for (const auto& [key, name] : {std::pair{"dram", ", DRAM"}, {"sram", ", SRAM"}, {"core", ", core"},
                 {"static", ", static"}, {"total", ", energy"}})
            QVERIFY2(is(json["energy"][phase][key], (phase + name).c_str()), key);
        QVERIFY(is(json["phases"][phase]["cycles"], (phase + ", cycles").c_str()));
        QVERIFY(is(json["phases"][phase]["tokens_per_second"], (phase + ", tokens per second").c_str()));
        QVERIFY(is(json["phases"][phase]["joule_per_token"], (phase + ", energy").c_str()));
    }
    QVERIFY(is(json["footprint_bytes"]["weights"], "footprint, weights"));
    QVERIFY(is(json["footprint_bytes"]["embeddings"], "footprint, embeddings"));
    QVERIFY(is(json["footprint_bytes"]["kv_cache"], "footprint, keys and values"));
    QVERIFY(is(json["footprint_bytes"]["total"], "footprint"));
    QCOMPARE(json["measured"]["name"].get<std::string>(), std::string("U_nvfp4_k16"));
    QCOMPARE(json["measured"]["nand2"].get<double>(), 7315.0);
    QCOMPARE(json["ratios"]["MXFP4"]["prefill_latency"].get<double>(), ratioTo(cost, other).prefillLatency);
    QCOMPARE(json["figures"].size(), terms.size());
    const nlohmann::json mixed = toJson(other, {}, setup);
    QCOMPARE(mixed["activation_bits_per_element"].get<double>(), 8.25);
    QVERIFY(mixed["measured"].is_null());
}

void TestHardwareExplanation::layersAndRatiosAreExplained()
{
    const CostSetup setup = setupOf("run.batch=5");
    const FormatCost cost = priced("NxFP4", "NxFP4", setup);
    for (const PhaseCost* phase : {&cost.prefill, &cost.decode})
        for (const LayerCost& layer : phase->layers) {
            const std::vector<CostTerm> terms = explainLayer(layer, cost, setup);
            verifyFormulas(terms, layer.name);
            QCOMPARE(findTerm(terms, "compute cycles")->value, layer.computeCycles);
            QCOMPARE(findTerm(terms, "memory cycles")->value, layer.memoryCycles);
            QCOMPARE(findTerm(terms, "weight bytes")->value, layer.traffic.weights);
            QCOMPARE(findTerm(terms, "energy")->value, layer.energy.total());
        }
    const FormatCost baseline = priced("MXFP4", "MXFP4", setup);
    const std::vector<CostTerm> ratios = explainRatio(cost, baseline);
    verifyFormulas(ratios, "ratio");
    QCOMPARE(findTerm(ratios, "area")->value, ratioTo(cost, baseline).area);
    QCOMPARE(findTerm(ratios, "prefill latency")->value, ratioTo(cost, baseline).prefillLatency);
}

void TestHardwareExplanation::storedBitsAddUpForEveryPreset()
{
    for (const Preset& preset : loadPresets()) {
        const std::vector<CostTerm> terms = storageTerms(preset.spec);
        verifyFormulas(terms, preset.name);
        QVERIFY2(agree(sumOf(terms), nominalBitsPerElement(preset.spec), 1e-12), preset.name.c_str());
    }
}

void TestHardwareExplanation::storedBitsAreNamed()
{
    const std::vector<CostTerm> terms = storageTerms(parseFormat("NxFP4", {}).spec);
    QCOMPARE(findTerm(terms, "codes")->value, 4.0);
    QCOMPARE(findTerm(terms, "shared scale")->value, 8 / 32.0);
    QCOMPARE(findTerm(terms, "NanoMantissa")->value, 2 / 32.0);
    QCOMPARE(findTerm(terms, "codebook")->value, 1 / 32.0);
    QCOMPARE(terms.size(), std::size_t{4});
}

QTEST_APPLESS_MAIN(TestHardwareExplanation)
#include "tst_hardware_explanation.moc"
