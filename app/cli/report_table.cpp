#include "app/cli/report_table.h"

#include "app/cli/text_table.h"

#include <functional>
#include <limits>

namespace nanoscope::cli {
namespace {

/// One line of the table: what it is and how each report fills it.
struct Figure {
    std::string name;
    std::string unit;
    std::function<std::string(const Report&)> text;
};

std::string optionalFixed(const std::optional<double>& value, int decimals)
{
    return fixed(value.value_or(std::numeric_limits<double>::quiet_NaN()), decimals);
}

std::string optionalSignificant(const std::optional<double>& value, int digits)
{
    return significant(value.value_or(std::numeric_limits<double>::quiet_NaN()), digits);
}

/// "12.3 / 87.7"; "-" where the format has no such choice.
std::string sharesText(const std::vector<double>& shares)
{
    std::string text;
    for (const double share : shares)
        text += (text.empty() ? "" : " / ") + fixed(100.0 * share, 1);
    return text.empty() ? "-" : text;
}

std::string percentilesText(const Report& report)
{
    std::string text;
    for (const auto& [percent, decibel] : report.blockSqnrPercentiles) {
        if (percent == 5 || percent == 50 || percent == 95)
            text += (text.empty() ? "" : " / ") + fixed(decibel, 1);
    }
    return text.empty() ? "-" : text;
}

std::vector<Figure> storageFigures()
{
    return {{"stored, all in", "bit/element", [](const Report& r) { return fixed(r.bitsPerElement, 4); }},
        {"element code", "bit", [](const Report& r) { return significant(r.payloadBits); }},
        {"tensor scale", "",
            [](const Report& r) {
                return r.format.spec.tensorScale ? significant(r.tensorScale, 6) : std::string("-");
            }},
        {"measured in the basis", "", [](const Report& r) { return r.basis; }}};
}

std::vector<Figure> errorFigures()
{
    return {{"SQNR", "dB",
                [](const Report& r) { return r.isLossless() ? "exact" : optionalFixed(r.error.sqnrDecibel, 2); }},
        {"  of blocks, 5th / 50th / 95th percentile", "dB", percentilesText},
        {"MSE", "", [](const Report& r) { return significant(r.error.mse); }},
        {"NMSE", "", [](const Report& r) { return optionalSignificant(r.error.nmse, 4); }},
        {"mean absolute error", "", [](const Report& r) { return significant(r.error.meanAbsolute); }},
        {"largest absolute error", "", [](const Report& r) { return significant(r.error.maximum); }},
        {"mean error (bias)", "", [](const Report& r) { return significant(r.error.bias); }},
        {"cosine", "", [](const Report& r) { return optionalFixed(r.error.cosine, 6); }},
        {"gain", "", [](const Report& r) { return optionalFixed(r.error.gain, 6); }},
        {"block maximum, relative error", "", [](const Report& r) { return percent(r.blockMaxRelativeError); }},
        {"block maximum, share of squared error", "", [](const Report& r) { return percent(r.blockMaxErrorShare); }}};
}

std::vector<Figure> levelFigures()
{
    return {{"clipped", "of elements", [](const Report& r) { return percent(r.clippedFraction); }},
        {"zero", "of elements", [](const Report& r) { return percent(r.zeroFraction); }},
        {"underflow", "of elements", [](const Report& r) { return percent(r.underflowFraction); }},
        {"code entropy", "bit", [](const Report& r) { return fixed(r.entropyBits, 3); }},
        {"code utilisation", "", [](const Report& r) { return percent(r.utilisation); }},
        {"vacant levels, structural", "codes", [](const Report& r) { return std::to_string(r.vacant.structural); }},
        {"vacant levels, tensor", "codes", [](const Report& r) { return std::to_string(r.vacant.tensor); }},
        {"vacant levels, block mean", "codes", [](const Report& r) { return fixed(r.vacant.blockMean, 3); }},
        {"  expected of independent draws", "codes", [](const Report& r) { return fixed(r.vacant.blockExpected, 3); }},
        {"headroom, block mean", "levels", [](const Report& r) { return fixed(r.vacant.headroomMean, 3); }}};
}

std::vector<Figure> choiceFigures()
{
    return {{"codebook chosen", "%", [](const Report& r) { return sharesText(r.choices.book); }},
        {"micro-scale chosen", "%", [](const Report& r) { return sharesText(r.choices.micro); }},
        {"offset chosen", "%", [](const Report& r) { return sharesText(r.choices.offset); }},
        {"target chosen", "%", [](const Report& r) { return sharesText(r.choices.target); }}};
}

/// Bounds at one number of bits per element; the names say which.
std::vector<Figure> boundsAt(const std::string& bits, Bounds Report::*bounds)
{
    return {{"Lloyd-Max codebook, " + bits, "dB",
                [bounds](const Report& r) { return optionalFixed((r.*bounds).lloydMaxDecibel, 2); }},
        {"Panter-Dite, " + bits, "dB",
            [bounds](const Report& r) { return optionalFixed((r.*bounds).panterDiteDecibel, 2); }},
        {"Shannon bound, " + bits, "dB",
            [bounds](const Report& r) { return optionalFixed((r.*bounds).shannonDecibel, 2); }}};
}

std::vector<Figure> boundFigures()
{
    std::vector<Figure> figures = boundsAt("at code bits", &Report::bounds);
    const std::vector<Figure> allIn = boundsAt("at all-in bits", &Report::boundsAllIn);
    figures.insert(figures.end(), allIn.begin(), allIn.end());
    return figures;
}

std::vector<Figure> remainingFigures()
{
    return {{"KL divergence", "bit",
                [](const Report& r) { return r.hasMeasured() ? significant(r.klDivergenceBits) : std::string("-"); }},
        {"elements left out", "", [](const Report& r) { return std::to_string(r.excluded); }},
        {"saturated", "elements", [](const Report& r) { return std::to_string(r.saturated); }},
        {"time", "s", [](const Report& r) { return significant(r.seconds, 3); }}};
}

/// Figures of elements and blocks, which are there only when some were measured.
std::vector<Figure> onlyMeasured(std::vector<Figure> figures)
{
    for (Figure& figure : figures)
        figure.text = [text = std::move(figure.text)](
                          const Report& report) { return report.hasMeasured() ? text(report) : std::string("-"); };
    return figures;
}

/// The figure's line, or nothing to show when no format has such a choice.
bool addFigure(TextTable& table, const Figure& figure, const std::vector<Report>& reports)
{
    std::vector<std::string> cells{figure.name, figure.unit};
    bool hasAny = false;
    for (const Report& report : reports) {
        cells.push_back(figure.text(report));
        hasAny = hasAny || cells.back() != "-";
    }
    if (hasAny)
        table.addRow(std::move(cells));
    return hasAny;
}

std::string titleText(const Report& report)
{
    std::string text = printable(report.file + ": " + report.tensor.name) + ", " + report.tensor.dtype + ", "
        + shapeText(report.tensor.shape);
    if (report.shape != report.tensor.shape)
        text += " as " + shapeText(report.shape);
    text += " (" + std::to_string(report.elements) + " elements), blocked along axis " + std::to_string(report.axis);
    if (report.nanCount + report.infinityCount > 0)
        text += ", " + std::to_string(report.nanCount) + " NaN, " + std::to_string(report.infinityCount) + " infinite";
    if (!report.hasMeasured())
        text += "; every block holds a NaN or infinity, so there is nothing to measure";
    return text + "\n\n";
}

}  // namespace

std::string reportTable(const std::vector<Report>& reports)
{
    std::vector<Align> columns(2 + reports.size(), Align::Right);
    columns[0] = columns[1] = Align::Left;
    TextTable table(std::move(columns));
    std::vector<std::string> heading{"", ""};
    for (const Report& report : reports)
        heading.push_back(report.format.name);
    table.addRow(std::move(heading));
    for (const auto& group : {storageFigures(), onlyMeasured(errorFigures()), onlyMeasured(levelFigures()),
             onlyMeasured(choiceFigures()), onlyMeasured(boundFigures()), remainingFigures()}) {
        bool hasAny = false;
        for (const Figure& figure : group)
            hasAny = addFigure(table, figure, reports) || hasAny;
        if (hasAny)
            table.addRow({});
    }
    std::string text = table.text();
    text.pop_back();  // the empty line after the last group
    return titleText(reports.front()) + text;
}

}  // namespace nanoscope::cli
