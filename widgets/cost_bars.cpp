#include "widgets/cost_bars.h"

#include "widgets/number_text.h"

#include <QCoreApplication>

#include <functional>
#include <string_view>
#include <utility>

namespace nanoscope {
namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(CostBars)
};

using PartValues = std::function<std::vector<double>(const FormatCost&)>;

void addBars(CostBars& bars, const CostResult& result, BarBaselines baselines, const PartValues& values)
{
    bars.bars.push_back({Text::tr("A %1").arg(QString::fromStdString(result.a.name)), values(result.a), false});
    if (result.b)
        bars.bars.push_back({Text::tr("B %1").arg(QString::fromStdString(result.b->name)), values(*result.b), false});
    for (const FormatCost& baseline : result.baselines)
        if (baselines == BarBaselines::AlsoFp16 || baseline.name != "FP16")
            bars.bars.push_back({QString::fromStdString(baseline.name), values(baseline), true});
}

double featureArea(const FormatCost& cost, std::string_view name)
{
    double area = 0.0;
    for (const CostTerm& term : cost.unit.terms)
        if (term.group == TermGroup::Feature && term.name == name)
            area += term.value;
    return area;
}

}  // namespace

CostBars areaBars(const CostResult& result, BarBaselines baselines)
{
    constexpr TermGroup kGroups[]{TermGroup::Dot, TermGroup::Scale, TermGroup::Accumulator, TermGroup::Registers};
    constexpr const char* kFeatures[]{"NanoMantissa", "Adaptive Microexponent", "Code Recycling"};
    CostBars bars;
    bars.title = Text::tr("Area of a unit");
    bars.unit = "NAND2";
    bars.detail = Text::tr("NAND2, %1 lanes, ± %2")
                      .arg(result.choice.setup.parameters.unit.lanes)
                      .arg(percentText(result.choice.setup.parameters.constants.areaError));
    const QString names[]{Text::tr("dot product"), Text::tr("scales"), Text::tr("accumulator"), Text::tr("registers")};
    for (std::size_t i = 0; i < std::size(kGroups); ++i)
        bars.parts.push_back({QStringLiteral("area/") + QLatin1String(groupName(kGroups[i])), names[i], false});
    for (const char* feature : kFeatures)
        bars.parts.push_back({QStringLiteral("area/feature/") + QLatin1String(feature), QLatin1String(feature), true});
    bars.parts.push_back({QStringLiteral("area/feature"), Text::tr("other feature"), true});
    addBars(bars, result, baselines, [&](const FormatCost& cost) {
        std::vector<double> values;
        for (const TermGroup group : kGroups)
            values.push_back(sumOf(cost.unit.terms, group));
        double rest = sumOf(cost.unit.terms, TermGroup::Feature);
        for (const char* feature : kFeatures) {
            values.push_back(featureArea(cost, feature));
            rest -= values.back();
        }
        values.push_back(rest > 1e-6 ? rest : 0.0);
        return values;
    });
    return bars;
}

CostBars energyBars(const CostResult& result, bool isDecode, BarBaselines baselines)
{
    const QString phase = isDecode ? QStringLiteral("decode/") : QStringLiteral("prefill/");
    CostBars bars;
    bars.title = isDecode ? Text::tr("Energy per decoded token") : Text::tr("Energy per token of the prompt");
    bars.unit = "J/token";
    bars.parts = {{phase + QStringLiteral("DRAM"), Text::tr("DRAM"), false},
        {phase + QStringLiteral("SRAM"), Text::tr("SRAM"), false},
        {phase + QStringLiteral("core"), Text::tr("core"), false},
        {phase + QStringLiteral("static"), Text::tr("static"), false}};
    const auto phaseOf
        = [isDecode](const FormatCost& cost) -> const PhaseCost& { return isDecode ? cost.decode : cost.prefill; };
    bars.detail = Text::tr("± %1").arg(
        percentText(result.a.energyError(phaseOf(result.a), result.choice.setup.parameters.constants)));
    addBars(bars, result, baselines, [&](const FormatCost& cost) {
        const PhaseCost& costs = phaseOf(cost);
        return std::vector<double>{costs.energy.dram / costs.tokens, costs.energy.sram / costs.tokens,
            costs.energy.core / costs.tokens, costs.energy.still / costs.tokens};
    });
    return bars;
}

}  // namespace nanoscope
