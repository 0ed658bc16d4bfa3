#pragma once

#include "core/fast/code_table.h"
#include "core/format/format_spec.h"

#include <cstdint>
#include <optional>

namespace nanoscope {

/// Symmetric integers -7 to 7 in groups of 32 with an FP16 scale: maximum / target.
struct IntegerFormat {
    CodeTable table;
    double target = 7.0;
    std::uint32_t scaleOfZero = 0;  ///< scale code of an all-zero block
};

/// Nothing when the kernel does not take the format.
[[nodiscard]] std::optional<IntegerFormat> integerFormatOf(const FormatSpec& spec);

}  // namespace nanoscope
