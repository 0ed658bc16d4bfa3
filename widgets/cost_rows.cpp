#include "widgets/cost_rows.h"

#include "core/hardware/cost_explanation.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <string_view>

namespace nanoscope {
namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(CostRows)
};

QString text(const std::string& name)
{
    return QString::fromStdString(name);
}

/// Terms of A and B under one heading, matched by name.
CostSection matched(const QString& id, const QString& title, const std::vector<CostTerm>& a,
    const std::vector<CostTerm>* b, const QString& error)
{
    CostSection section;
    section.head = {id, title, std::nullopt, std::nullopt, error};
    for (const CostTerm& term : a)
        section.rows.push_back({id + u'/' + text(term.name), text(term.name), term, std::nullopt, error});
    if (!b)
        return section;
    for (const CostTerm& term : *b) {
        const auto same = std::find_if(
            section.rows.begin(), section.rows.end(), [&](const CostRow& row) { return row.name == text(term.name); });
        if (same != section.rows.end())
            same->b = term;
        else
            section.rows.push_back({id + u'/' + text(term.name), text(term.name), std::nullopt, term, error});
    }
    return section;
}

/// The sum of terms as a term of its own.
CostTerm sumTerm(const QString& name, const std::vector<CostTerm>& terms, const std::string& unit)
{
    CostTerm sum;
    sum.name = name.toStdString();
    sum.value = sumOf(terms);
    sum.unit = unit;
    for (const CostTerm& term : terms)
        sum.formula += (sum.formula.empty() ? "sum of the terms = " : " + ") + formulaNumber(term.value);
    if (terms.empty())
        sum.formula = "there is no such part = 0";
    sum.source = "the terms below, each with its own source";
    return sum;
}

/// The same, with the sum of each side at the head.
CostSection added(const QString& id, const QString& title, const std::vector<CostTerm>& a,
    const std::vector<CostTerm>* b, const std::string& unit, const QString& error)
{
    CostSection section = matched(id, title, a, b, error);
    section.head.a = sumTerm(title, a, unit);
    if (b)
        section.head.b = sumTerm(title, *b, unit);
    return section;
}

std::vector<CostTerm> ofGroup(const std::vector<CostTerm>& terms, TermGroup group)
{
    std::vector<CostTerm> found;
    std::copy_if(terms.begin(), terms.end(), std::back_inserter(found),
        [group](const CostTerm& term) { return term.group == group; });
    return found;
}

/// The explained figures whose name starts with `prefix`, without it.
std::vector<CostTerm> withPrefix(const std::vector<CostTerm>& terms, std::string_view prefix)
{
    std::vector<CostTerm> found;
    for (const CostTerm& term : terms)
        if (std::string_view(term.name).starts_with(prefix)) {
            found.push_back(term);
            found.back().name.erase(0, prefix.size());
        }
    return found;
}

std::vector<CostTerm> named(const std::vector<CostTerm>& terms, std::initializer_list<const char*> names)
{
    std::vector<CostTerm> found;
    for (const char* name : names)
        if (const CostTerm* term = findTerm(terms, name))
            found.push_back(*term);
    return found;
}

/// Share of a phase's cycles in layers that memory bounds.
CostTerm boundTerm(const PhaseCost& phase)
{
    double memory = 0.0;
    for (const LayerCost& layer : phase.layers)
        if (layer.bound == Bound::Memory)
            memory += layer.cycles();
    return {TermGroup::Dot, "bound by memory", memory / phase.cycles, "share",
        "cycles of layers that wait for memory / cycles = " + formulaNumber(memory) + " / "
            + formulaNumber(phase.cycles),
        "own system model (core/hardware/README.md)"};
}

/// Sections in the making: each is asked of A and, if there is one, of B.
class Sections {
public:
    /// @param explained  what explainCost() says of the format
    using Terms = std::function<std::vector<CostTerm>(const FormatCost& cost, const std::vector<CostTerm>& explained)>;

    explicit Sections(const CostResult& result)
        : m_result(result)
        , m_a(explainCost(result.a, result.choice.setup))
        , m_b(result.b ? explainCost(*result.b, result.choice.setup) : std::vector<CostTerm>())
    {
    }

    void add(const QString& id, const QString& title, const Terms& terms, const QString& error)
    {
        const std::vector<CostTerm> b = m_result.b ? terms(*m_result.b, m_b) : std::vector<CostTerm>();
        m_sections.push_back(matched(id, title, terms(m_result.a, m_a), m_result.b ? &b : nullptr, error));
    }

    void addSum(
        const QString& id, const QString& title, const Terms& terms, const std::string& unit, const QString& error)
    {
        const std::vector<CostTerm> b = m_result.b ? terms(*m_result.b, m_b) : std::vector<CostTerm>();
        m_sections.push_back(added(id, title, terms(m_result.a, m_a), m_result.b ? &b : nullptr, unit, error));
    }

    [[nodiscard]] std::vector<CostSection>& list() { return m_sections; }

private:
    const CostResult& m_result;
    std::vector<CostTerm> m_a;
    std::vector<CostTerm> m_b;
    std::vector<CostSection> m_sections;
};

QString plusMinus(double fraction)
{
    return Text::tr("± %1 when compared with another format").arg(percentText(fraction));
}

void addRatios(Sections& sections, const CostResult& result)
{
    for (const FormatCost& baseline : result.baselines) {
        const QString id = QStringLiteral("ratio/") + text(baseline.name);
        sections.add(id, Text::tr("Over %1").arg(text(baseline.name)),
            [&](const FormatCost& cost, const auto&) { return explainRatio(cost, baseline); }, {});
        const CostRatioErrors errors = ratioErrors(result.a, baseline, result.choice.setup.parameters.constants);
        for (CostRow& row : sections.list().back().rows) {
            if (row.name == QLatin1String("area"))
                row.error = plusMinus(errors.area);
            else if (row.name == QLatin1String("energy"))
                row.error = plusMinus(errors.energy);
            else if (row.name == QLatin1String("prefill energy"))
                row.error = plusMinus(errors.prefillEnergy);
            else
                row.error = Text::tr("no error bar: cycles and traffic follow from the schedule");
        }
    }
}

/// Areas of the unit, one section per color of the bars.
void addAreas(Sections& sections, const CostResult& result)
{
    const QString error = plusMinus(result.choice.setup.parameters.constants.areaError);
    const std::vector<std::pair<TermGroup, QString>> groups{{TermGroup::Dot, Text::tr("Unit area: dot product")},
        {TermGroup::Scale, Text::tr("Unit area: scales")}, {TermGroup::Accumulator, Text::tr("Unit area: accumulator")},
        {TermGroup::Registers, Text::tr("Unit area: registers")},
        {TermGroup::Feature, Text::tr("Unit area: features of the format")}};
    for (const auto& [group, title] : groups)
        sections.addSum(
            QStringLiteral("area/") + QLatin1String(groupName(group)), title,
            [group = group](const FormatCost& cost, const auto&) { return ofGroup(cost.unit.terms, group); }, "NAND2",
            error);
}

void addPhase(Sections& sections, const CostResult& result, const char* prefix, const QString& title)
{
    const bool isDecode = std::string_view(prefix) == "decode";
    const auto phaseOf
        = [isDecode](const FormatCost& cost) -> const PhaseCost& { return isDecode ? cost.decode : cost.prefill; };
    sections.add(QLatin1String(prefix), title,
        [&](const FormatCost& cost, const std::vector<CostTerm>& explained) {
            std::vector<CostTerm> terms = withPrefix(explained, std::string(prefix) + ", ");
            terms.push_back(boundTerm(phaseOf(cost)));
            return terms;
        },
        {});
    const QString error = plusMinus(result.a.energyError(phaseOf(result.a), result.choice.setup.parameters.constants))
        + Text::tr("; absolute joules a factor of two");
    for (CostRow& row : sections.list().back().rows)
        if ((row.a && row.a->unit == "J/token") || (row.b && row.b->unit == "J/token"))
            row.error = error;
}

void addLayer(Sections& sections, const CostResult& result, const CostLayerId& layer)
{
    if (!findLayer(result.a, layer))
        return;
    const QString phase = layer.isDecode ? Text::tr("decode") : Text::tr("prefill");
    sections.add(QStringLiteral("layer"), Text::tr("Layer %1, %2").arg(text(layer.name), phase),
        [&](const FormatCost& cost, const auto&) {
            const LayerCost* found = findLayer(cost, layer);
            return found ? explainLayer(*found, cost, result.choice.setup) : std::vector<CostTerm>();
        },
        {});
}

}  // namespace

CostRatioErrors ratioErrors(const FormatCost& cost, const FormatCost& baseline, const HardwareConstants& constants)
{
    return {constants.areaError,
        std::max(cost.energyError(cost.decode, constants), baseline.energyError(baseline.decode, constants)),
        std::max(cost.energyError(cost.prefill, constants), baseline.energyError(baseline.prefill, constants))};
}

const LayerCost* findLayer(const FormatCost& cost, const CostLayerId& layer)
{
    for (const LayerCost& candidate : (layer.isDecode ? cost.decode : cost.prefill).layers)
        if (candidate.name == layer.name)
            return &candidate;
    return nullptr;
}

std::vector<CostSection> costSections(const CostResult& result, const CostLayerId& layer)
{
    const HardwareConstants& constants = result.choice.setup.parameters.constants;
    Sections sections(result);
    addRatios(sections, result);
    sections.add(
        QStringLiteral("array"), Text::tr("Unit and array"),
        [](const FormatCost& cost, const std::vector<CostTerm>& explained) {
            std::vector<CostTerm> terms = named(explained,
                {"bits, weights", "bits, activations", "unit", "per lane", "unit area", "array area", "buffer area",
                    "one dot product", "leakage"});
            if (cost.measured)
                terms.push_back({TermGroup::Dot, "unit, synthesized", cost.measured->nand2, "NAND2",
                    "area of the netlist " + cost.measured->name + " = " + formulaNumber(cost.measured->nand2),
                    "own synthesis: yosys 0.23, NanGate 45 nm (resources/hardware/synthesized.json)"});
            return terms;
        },
        plusMinus(constants.areaError) + Text::tr("; absolute mm² a factor of two"));
    addAreas(sections, result);
    sections.addSum(
        QStringLiteral("dot"), Text::tr("Energy of a dot product at 45 nm"),
        [](const FormatCost& cost, const auto&) { return cost.dotEnergy; }, "fJ", plusMinus(constants.coreEnergyError));
    addPhase(sections, result, "decode", Text::tr("Decoding a token"));
    addPhase(sections, result, "prefill", Text::tr("Prefill of the prompt"));
    addLayer(sections, result, layer);
    sections.add(
        QStringLiteral("footprint"), Text::tr("Footprint in memory"),
        [](const FormatCost&, const std::vector<CostTerm>& explained) {
            std::vector<CostTerm> terms = withPrefix(explained, "footprint, ");
            for (CostTerm& total : named(explained, {"footprint"})) {
                total.name = "total";
                terms.push_back(std::move(total));
            }
            return terms;
        },
        Text::tr("exact: a count of bits"));
    const QString areaError = plusMinus(constants.areaError);
    sections.addSum(
        QStringLiteral("quantizer"), Text::tr("Quantizer beside the array"),
        [](const FormatCost& cost, const auto&) { return cost.quantizer; }, "NAND2", areaError);
    sections.addSum(
        QStringLiteral("dequantizer"), Text::tr("Dequantizer to BF16 beside the array"),
        [](const FormatCost& cost, const auto&) { return cost.dequantizer; }, "NAND2", areaError);
    return std::move(sections.list());
}

}  // namespace nanoscope
