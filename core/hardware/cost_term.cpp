#include "core/hardware/cost_term.h"

#include <cstdio>

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
    char text[32];
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    return text;
}

}  // namespace nanoscope
