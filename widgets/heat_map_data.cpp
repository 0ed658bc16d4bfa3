// The numbers behind the error map, for export.
#include "widgets/heat_map.h"

#include <algorithm>

namespace nanoscope {

bool HeatMap::hasContent() const
{
    return m_report != nullptr;
}

PlotData HeatMap::plotData() const
{
    if (!m_report)
        return {};
    const std::shared_ptr<const Report> report = m_report;
    const auto row = [report](std::size_t block) -> std::vector<PlotValue> {
        const double error = report->blockSquaredError[block];
        const auto elements = blockLength(*report, block);
        const std::uint64_t perRow = std::max<std::uint64_t>(1, report->blocksPerRow);
        return {std::uint64_t{block}, std::uint64_t{block / perRow}, std::uint64_t{block % perRow}, elements, error,
            report->blockPower[block], error / static_cast<double>(elements), blockSqnr(*report, block),
            static_cast<double>(report->blockMaxError[block])};
    };
    return {plotTitle(),
        {{tr("block")}, {tr("row")}, {tr("block of the row")}, {tr("elements")}, {tr("squared error")},
            {tr("squared values")}, {tr("MSE")}, {tr("SQNR"), tr("dB")}, {tr("largest error")}},
        report->blockSquaredError.size(), row};
}

}  // namespace nanoscope
