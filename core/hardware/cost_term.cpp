#include "core/hardware/cost_term.h"

#include <array>
#include <charconv>

namespace nanoscope {

double sumOf(const std::vector<CostTerm>& terms)
{
    double sum = 0.0;
    for (const CostTerm& term : terms)
        sum += term.value;
    return sum;
}

double sumOf(const std::vector<CostTerm>& terms, TermGroup group)
{
    double sum = 0.0;
    for (const CostTerm& term : terms)
        if (term.group == group)
            sum += term.value;
    return sum;
}

const CostTerm* findTerm(const std::vector<CostTerm>& terms, std::string_view name)
{
    for (const CostTerm& term : terms)
        if (term.name == name)
            return &term;
    return nullptr;
}

const char* groupName(TermGroup group)
{
    switch (group) {
    case TermGroup::Dot:
        return "dot";
    case TermGroup::Scale:
        return "scale";
    case TermGroup::Accumulator:
        return "accumulator";
    case TermGroup::Registers:
        return "registers";
    case TermGroup::Feature:
        break;
    }
    return "feature";
}

std::string formulaNumber(double value, int digits)
{
    // Not snprintf: a window runs in the user's locale, whose comma would be read as a list.
    std::array<char, 64> text{};
    const auto end
        = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, digits).ptr;
    return {text.data(), end};
}

}  // namespace nanoscope
