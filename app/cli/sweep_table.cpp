#include "app/cli/sweep_table.h"

#include "app/cli/text_table.h"

#include <limits>

namespace nanoscope::cli {
namespace {

std::string decibel(const std::optional<double>& value)
{
    return value ? fixed(*value, 2) : "-";
}

std::string figure(const std::optional<double>& value)
{
    return value ? significant(*value) : "-";
}

/// SQNR and vacant levels of one tensor under one format.
void addFigures(std::vector<std::string>& cells, const SweepFigures& figures)
{
    if (!figures.refusal.empty()) {
        cells.insert(cells.end(), {"refused", ""});
        return;
    }
    cells.push_back(figures.isLossless() ? "exact" : decibel(figures.sqnrDecibel));
    cells.push_back(std::to_string(figures.tensorVacant) + "+" + std::to_string(figures.structuralVacant));
}

std::string reasons(const std::vector<SweepRow>& rows, const std::vector<NamedFormat>& formats)
{
    std::string text;
    for (const SweepRow& row : rows) {
        if (!row.refusal.empty())
            text += printable(row.info.name + ": " + row.refusal) + "\n";
        for (std::size_t i = 0; i < row.figures.size(); ++i)
            if (!row.figures[i].refusal.empty())
                text += printable(row.info.name + ", " + formats[i].name + ": " + row.figures[i].refusal) + "\n";
    }
    return text.empty() ? text : "\n" + text;
}

}  // namespace

std::string sweepTable(const std::vector<SweepRow>& rows, const std::vector<NamedFormat>& formats)
{
    std::vector<Align> columns{Align::Left, Align::Right, Align::Right, Align::Right, Align::Right};
    std::vector<std::string> head{"TENSOR", "SHAPE", "ELEMENTS", "KURTOSIS", "OUTLIERS"};
    for (const NamedFormat& format : formats) {
        columns.insert(columns.end(), {Align::Right, Align::Right});
        head.insert(head.end(), {format.name, "VACANT"});
    }
    TextTable table(columns);
    table.addRow(head);
    for (const std::size_t index : worstFirst(rows, 0)) {
        const SweepRow& row = rows[index];
        if (!row.refusal.empty())
            continue;
        std::vector<std::string> cells{row.info.name, shapeText(row.info.shape), std::to_string(row.info.elements),
            figure(row.statistics.kurtosis),
            percent(row.statistics.outliers.value_or(std::numeric_limits<double>::quiet_NaN()))};
        for (const SweepFigures& figures : row.figures)
            addFigures(cells, figures);
        table.addRow(std::move(cells));
    }
    std::vector<std::string> whole{"whole model", "", "", "", ""};
    std::vector<std::string> bits{"bits per element", "", "", "", ""};
    std::vector<std::string> tensors{"tensors measured", "", "", "", ""};
    for (std::size_t i = 0; i < formats.size(); ++i) {
        const SweepTotal total = sweepTotal(rows, i);
        whole.insert(whole.end(), {total.isLossless() ? "exact" : decibel(total.sqnrDecibel), ""});
        bits.insert(bits.end(), {total.tensors > 0 ? fixed(total.bitsPerElement, 4) : "-", ""});
        tensors.insert(tensors.end(), {std::to_string(total.tensors), ""});
    }
    table.addRow({});
    table.addRow(std::move(whole));
    table.addRow(std::move(bits));
    table.addRow(std::move(tensors));
    return table.text()
        + "\nSQNR in dB, worst under the first format first; the whole model's is that of all its errors together.\n"
          "VACANT: levels that this tensor leaves unused + levels that no tensor can use. KURTOSIS: 3 for a normal\n"
          "distribution. OUTLIERS: share of elements more than 3 standard deviations from the mean.\n"
        + reasons(rows, formats);
}

}  // namespace nanoscope::cli
