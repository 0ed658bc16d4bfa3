#include "app/cli/text_table.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdio>

namespace nanoscope::cli {
namespace {

constexpr const char* kNoNumber = "-";

/// Characters, not bytes: continuation bytes of UTF-8 take no room.
std::size_t width(std::string_view text)
{
    const auto startsCharacter = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), startsCharacter));
}

std::string formatted(const char* format, int precision, double value)
{
    if (!std::isfinite(value))
        return kNoNumber;
    std::array<char, 400> text{};  // the largest double has 309 digits
    const int length = std::snprintf(text.data(), text.size(), format, precision, value);
    const std::string_view digits(text.data(), static_cast<std::size_t>(std::max(length, 0)));
    const bool isMinusZero = digits.starts_with('-') && digits.find_first_of("123456789") == std::string_view::npos;
    return std::string(isMinusZero ? digits.substr(1) : digits);
}

}  // namespace

TextTable::TextTable(std::vector<Align> columns)
    : m_columns(std::move(columns))
{
}

void TextTable::addRow(std::vector<std::string> cells)
{
    assert(cells.size() <= m_columns.size());
    cells.resize(m_columns.size());
    for (std::string& cell : cells)
        cell = printable(cell);
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text() const
{
    std::vector<std::size_t> widths(m_columns.size(), 0);
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    }
    std::string text;
    for (const auto& row : m_rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - width(row[i]), ' ');
            line += i == 0 ? "" : "  ";
            line += m_columns[i] == Align::Left ? row[i] + padding : padding + row[i];
        }
        line.resize(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

std::string printable(std::string_view text)
{
    constexpr const char* kHexadecimal = "0123456789abcdef";
    std::string shown;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            shown += "\\n";
        else if (byte < 0x20U || byte == 0x7FU)
            shown += {'\\', 'x', kHexadecimal[byte >> 4U], kHexadecimal[byte & 0xFU]};
        else
            shown += c;
    }
    return shown;
}

std::string significant(double value, int digits)
{
    return formatted("%.*g", digits, value);
}

std::string fixed(double value, int decimals)
{
    return formatted("%.*f", decimals, value);
}

std::string percent(double fraction)
{
    return std::isfinite(fraction) ? significant(100.0 * fraction, 3) + " %" : kNoNumber;
}

}  // namespace nanoscope::cli
