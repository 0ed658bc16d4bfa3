// The numbers behind the Pareto chart, for export.
#include "widgets/pareto_chart.h"

#include <algorithm>

namespace nanoscope {

bool ParetoChart::hasContent() const
{
    return m_state && !m_selection.shown.empty();
}

/// What has a symbol, and A and B, with every figure that an axis can have.
PlotData ParetoChart::plotData() const
{
    if (!hasContent())
        return {};
    const auto rowOf = [this](const ParetoEntry& entry, const QString& place) {
        std::vector<PlotValue> row{entry.name, paretoGroupName(entry.group), place};
        for (const MeritFigure figure : kParetoMerits)
            row.push_back(plotValue(paretoMerit(entry, figure)));
        for (const ParetoAxis axis : kParetoAxes)
            row.push_back(plotValue(paretoValue(entry, axis)));
        row.push_back(plotValue(paretoMerit(entry, ParetoFigure::lossChange())));
        row.push_back(plotValue(entry.loss ? std::optional(entry.loss->standardError) : std::nullopt));
        row.push_back(plotValue(entry.loss ? entry.loss->gridSpread : std::nullopt));
        row.emplace_back(paretoStanding(entry, m_filter.axis, m_filter.merit));
        return row;
    };
    std::vector<std::vector<PlotValue>> rows;
    for (const std::size_t preset : m_selection.shown) {
        const bool isFront
            = std::find(m_selection.front.begin(), m_selection.front.end(), preset) != m_selection.front.end();
        rows.push_back(rowOf(m_state->presets[preset], isFront ? tr("front") : QString()));
    }
    if (m_state->a)
        rows.push_back(rowOf(*m_state->a, QStringLiteral("A")));
    if (m_state->b)
        rows.push_back(rowOf(*m_state->b, QStringLiteral("B")));
    std::vector<PlotColumn> columns{{tr("format")}, {tr("group")}, {tr("place")}};
    for (const MeritFigure figure : kParetoMerits)
        columns.push_back({meritFigureName(figure), figure == MeritFigure::Sqnr ? tr("dB") : QString()});
    columns.insert(columns.end(),
        {{tr("bits per element"), tr("bit")}, {tr("area of a unit"), QStringLiteral("NAND2")},
            {tr("energy per decoded token"), QStringLiteral("mJ")},
            {tr("latency of a decoding step"), QStringLiteral("ms")},
            {tr("energy per token of the prefill"), QStringLiteral("mJ")},
            {tr("latency of the prefill"), QStringLiteral("s")}, {tr("footprint of the model"), QStringLiteral("GB")},
            {tr("loss change of the language model"), tr("nat")}, {tr("its standard error over windows"), tr("nat")},
            {tr("its standard deviation over shifted block grids"), tr("nat")}, {tr("state")}});
    return tableData(plotTitle(), std::move(columns), std::move(rows));
}

}  // namespace nanoscope
