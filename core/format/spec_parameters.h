#pragma once

#include "core/format/format_spec.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// A number in a spec that can be varied while the rest stays.
struct SpecParameter {
    std::string path;             ///< as an override takes it: "geometry.block"; kCodeBitsPath is none
    std::string meaning;          ///< in plain words
    std::optional<double> value;  ///< what the spec has; absent where a whole row is a block
    std::vector<double> usual;    ///< values worth a look, ascending, with the present one; some may be refused
    bool operator==(const SpecParameter&) const = default;
};

/// The width of all element codes, which has several fields or none of its own.
inline constexpr std::string_view kCodeBitsPath = "bits";

/// The numbers of a spec that can be varied, the most telling first: those of its canonical JSON of which at least one
/// other usual value is accepted, and widths and micro-scales that an edit can bring. Left out: the axis, which belongs
/// to the tensor; seeds; lists; formats within a mix.
[[nodiscard]] std::vector<SpecParameter> parametersOf(const FormatSpec& spec);

/// The spec with another value of a parameter. Edits that keep a spec in order are used where there is one (withBlock,
/// withCodeBits, withMicroBits, withExponentBits), so that what depends on the value follows it; else an override.
/// @throws Error (Refused) naming the path, the value and what is allowed
[[nodiscard]] FormatSpec withParameter(const FormatSpec& spec, std::string_view path, double value);

}  // namespace nanoscope
