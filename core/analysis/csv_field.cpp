#include "core/analysis/csv_field.h"

#include <charconv>

namespace nanoscope {
namespace {

bool isNumber(std::string_view text)
{
    if (text.front() == '+')
        text.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error != std::errc::invalid_argument && end == text.data() + text.size();
}

bool isFormula(std::string_view text)
{
    constexpr std::string_view kStarts = "=+-@\t\r";
    return text.size() > 1 && kStarts.find(text.front()) != std::string_view::npos && !isNumber(text);
}

}  // namespace

std::string csvField(std::string_view text)
{
    std::string field = isFormula(text) ? "'" : "";
    field += text;
    if (field.find_first_of(",\"\r\n") == std::string::npos)
        return field;
    std::string quoted = "\"";
    for (const char c : field)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

}  // namespace nanoscope
