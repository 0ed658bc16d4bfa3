#include "core/format/preset_table.h"

#include "core/error.h"
#include "core/format/codebook.h"
#include "core/format/format_storage.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

namespace nanoscope {
namespace {

/// At most six decimals, without zeros at the end, in the C locale.
std::string shortNumber(double value)
{
    std::array<char, 64> digits{};
    constexpr int kDecimals = 6;
    const auto end
        = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, kDecimals);
    std::string text(digits.data(), end.ptr);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

/// All bits of a row of `length` elements that is one block.
double rowBits(FormatSpec spec, int length)
{
    spec.geometry.block = length;  // as wide as fields that count elements become
    return static_cast<double>(storedBlockBits(spec, static_cast<std::uint64_t>(length)));
}

/// What a row that is one block takes per element and once per row.
std::string rowBitsText(const FormatSpec& spec)
{
    constexpr int kLength = 4096;  // the length that nominal figures stand for
    const double once = rowBits(spec, kLength);
    // Fields that count or number elements widen by a bit or two with the length; that is no share of an element.
    constexpr double kFinest = 64;
    const double perElement = std::round((rowBits(spec, 2 * kLength) - once) / kLength * kFinest) / kFinest;
    const double perRow = once - perElement * kLength;
    return perRow == 0.0 ? shortNumber(perElement) : shortNumber(perElement) + " + " + shortNumber(perRow) + "/row";
}

std::size_t levelCount(const ElementBook& book, TieRule tie)
{
    if (book.kind == BookKind::Fitted)  // as many as codes, wherever they come to lie
        return std::size_t{1} << book.bits;
    return Codebook(book, tie).sortedLevels().size();
}

/// Equal neighbors are counted: "15, 15, 16" is "2 × 15, 16".
std::string countsText(const std::vector<std::size_t>& counts)
{
    std::string text;
    for (std::size_t i = 0; i < counts.size();) {
        std::size_t same = 1;
        while (i + same < counts.size() && counts[i + same] == counts[i])
            ++same;
        text += text.empty() ? "" : ", ";
        if (same > 1)
            text += std::to_string(same) + " × ";
        text += std::to_string(counts[i]);
        i += same;
    }
    return text;
}

/// Text as a cell of a Markdown table: a bar would end it.
std::string cell(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out.append(c == '|' ? "\\|" : std::string_view(&c, 1));
    return out;
}

}  // namespace

std::string bitsText(const FormatSpec& spec)
{
    const std::string bits
        = spec.geometry.wholeRow && !spec.mix ? rowBitsText(spec) : shortNumber(nominalBitsPerElement(spec));
    return hasVariableBlocks(spec) ? "from " + bits : bits;
}

std::string levelsText(const FormatSpec& spec)
{
    if (spec.mix) {
        std::string text;
        for (const FormatSpec& part : spec.mix->parts)
            text.append(text.empty() ? "" : " | ").append(levelsText(part));
        return text;
    }
    std::vector<std::size_t> counts;
    for (const ElementBook& book : spec.elements)
        counts.push_back(levelCount(book, spec.tie));
    return countsText(counts);
}

std::string presetTable(std::span<const Preset> presets)
{
    std::string table = "| family | name | bits | levels | standing | source |\n|---|---|---|---|---|---|\n";
    for (const Preset& preset : presets) {
        for (const std::string& text : {preset.family, "`" + preset.name + "`", bitsText(preset.spec),
                 levelsText(preset.spec), preset.standing, preset.source})
            table += "| " + cell(text) + " ";
        table += "|\n";
    }
    return table;
}

std::string withPresetTable(std::string_view document, std::string_view table)
{
    const std::size_t begin = document.find(kTableBegin);
    const std::size_t end = document.find(kTableEnd);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin
        || document.find(kTableBegin, begin + 1) != std::string_view::npos
        || document.find(kTableEnd, end + 1) != std::string_view::npos)
        throw Error({}, "the document has no place for the table of presets",
            std::string("put the lines ").append(kTableBegin).append(" and ").append(kTableEnd).append(" into it"));
    std::string text(document.substr(0, begin + kTableBegin.size()));
    return text.append("\n\n").append(table).append("\n").append(document.substr(end));
}

}  // namespace nanoscope
