#include "app/cli/explain_table.h"

#include "app/cli/text_table.h"
#include "core/format/format_storage.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace nanoscope::cli {
namespace {

constexpr int kValueDigits = 7;

std::string positionText(const BlockTrace& trace)
{
    const std::uint64_t count = trace.elements.size();
    std::string text = "block " + std::to_string(trace.block) + " (row " + std::to_string(trace.row);
    if (count > 0)
        text += ", elements " + std::to_string(trace.column) + " to " + std::to_string(trace.column + count - 1);
    return text + ")";
}

std::string scaleRole(std::size_t index, std::size_t count)
{
    if (count == 1)
        return "shared scale";
    return index == 0 ? "scale of positive elements" : "scale of the other elements";
}

std::string headerTable(const BlockTrace& trace)
{
    TextTable table({Align::Left, Align::Left, Align::Left});
    if (!trace.basis.empty() && trace.basis != "as stored")
        table.addRow({"values in the basis", "", trace.basis});
    if (trace.tensorScale != 1.0)
        table.addRow({"tensor scale", "", significant(trace.tensorScale, kValueDigits)});
    for (std::size_t i = 0; i < trace.scales.size(); ++i) {
        const std::string text = i < trace.scaleText.size() ? trace.scaleText[i] + " = " : std::string();
        table.addRow({scaleRole(i, trace.scales.size()),
            "code " + std::to_string(trace.scales[i].code) + " (" + std::to_string(trace.scaleBits) + " bit)",
            text + significant(trace.scales[i].value, kValueDigits)});
    }
    for (const MetaTrace& meta : trace.meta)
        table.addRow({meta.name + (meta.unit > 0 ? " [" + std::to_string(meta.unit) + "]" : ""),
            "code " + std::to_string(meta.value) + " (" + std::to_string(meta.bits) + " bit)", meta.meaning});
    table.addRow({"squared error", "", significant(trace.squaredError, kValueDigits)});
    if (std::isfinite(trace.sqnrDecibel))
        table.addRow({"SQNR", "", fixed(trace.sqnrDecibel, 2) + " dB"});
    return table.text();
}

bool hasOffset(const BlockTrace& trace)
{
    return std::any_of(trace.elements.begin(), trace.elements.end(),
        [](const ElementTrace& element) { return element.offset != 0.0; });
}

/// Exceptions are stored as numbers of their own, not as finer codes.
bool setsAside(const BlockTrace& trace)
{
    return std::any_of(
        trace.meta.begin(), trace.meta.end(), [](const MetaTrace& meta) { return meta.name == kExceptionValue; });
}

std::string remark(const ElementTrace& element, bool isSetAside)
{
    std::string text;
    const auto add = [&text](const std::string& more) { text += (text.empty() ? "" : ", ") + more; };
    if (element.exception && isSetAside)
        add("set aside as a 16-bit float");
    else if (element.exception)
        add("exception, refined to " + significant(element.refinedLevel, kValueDigits));
    if (element.use == CodeUse::Recycled)
        add("recycled code");
    if (element.clipped)
        add("clipped");
    return text;
}

std::string elementTable(const BlockTrace& trace)
{
    const bool showsOffset = hasOffset(trace);
    const bool isSetAside = setsAside(trace);
    std::vector<Align> columns{Align::Right, Align::Right, Align::Right, Align::Left, Align::Right, Align::Left,
        Align::Right, Align::Right, Align::Right, Align::Right, Align::Left};
    std::vector<std::string> heading{
        "I", "VALUE", "SCALED", "BOOK", "CODE", "BITS", "LEVEL", "SCALE", "DECODED", "ERROR", ""};
    constexpr std::ptrdiff_t kOffsetColumn = 8;  // behind the scale
    if (showsOffset) {
        columns.insert(columns.begin() + kOffsetColumn, Align::Right);
        heading.insert(heading.begin() + kOffsetColumn, "OFFSET");
    }
    TextTable table(std::move(columns));
    table.addRow(std::move(heading));
    for (const ElementTrace& element : trace.elements) {
        const std::string book
            = element.book < trace.bookNames.size() ? trace.bookNames[element.book] : std::to_string(element.book);
        std::vector<std::string> cells{std::to_string(element.index),
            significant(static_cast<double>(element.value), kValueDigits), significant(element.scaled, kValueDigits),
            book, std::to_string(element.code), element.bits, significant(element.level, kValueDigits),
            significant(element.scale, kValueDigits), significant(static_cast<double>(element.decoded), kValueDigits),
            significant(element.error, kValueDigits), remark(element, isSetAside)};
        if (showsOffset)
            cells.insert(cells.begin() + kOffsetColumn, significant(element.offset, kValueDigits));
        table.addRow(std::move(cells));
    }
    return table.text();
}

std::string badTable(const BlockTrace& trace)
{
    TextTable table({Align::Right, Align::Right});
    table.addRow({"I", "VALUE"});
    for (const ElementTrace& element : trace.elements) {
        const double value = static_cast<double>(element.value);
        table.addRow({std::to_string(element.index), std::to_string(value)});
    }
    return "The block holds NaN or infinity: it is left out of every figure and decodes to NaN.\n\n" + table.text();
}

}  // namespace

std::string explainTable(const BlockTrace& trace, const std::string& title)
{
    const std::string head = title + ", " + positionText(trace) + "\n\n";
    if (trace.bad)
        return head + badTable(trace);
    const std::string formula = hasOffset(trace) ? "decoded = level × scale + offset, scaled = (value - offset) / scale"
                                                 : "decoded = level × scale, scaled = value / scale";
    return head + headerTable(trace) + "\n" + formula + "\n\n" + elementTable(trace);
}

}  // namespace nanoscope::cli
