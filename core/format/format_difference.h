#pragma once

#include "core/format/format_spec.h"

#include <string>
#include <vector>

namespace nanoscope {

/// One field in which two formats differ.
struct FieldDifference {
    std::string path;     ///< as an override takes it: "scale.rule", "elements.0.m"
    std::string a;        ///< value as people read it: "ceil", "none", "bits 2, rule search"; empty: no such field
    std::string b;        ///< the same of the other format
    std::string meaning;  ///< what the field says, in plain words; empty when it has no entry in our table
    bool operator==(const FieldDifference&) const = default;
};

/// Where two formats differ, field by field of their canonical JSON, from geometry to rounding. A part that only one
/// of them has is one entry. Empty when the formats are equal.
[[nodiscard]] std::vector<FieldDifference> differences(const FormatSpec& a, const FormatSpec& b);

}  // namespace nanoscope
