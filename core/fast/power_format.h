#pragma once

#include "core/fast/code_table.h"
#include "core/format/codebook.h"
#include "core/format/format_spec.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace nanoscope {

/// A scale rule as a threshold on the mantissa of the block maximum.
struct ScaleThreshold {
    std::int32_t exponentShift = 0;         ///< exponent of the scale less that of the block maximum
    std::uint32_t bumpAbove = 0x00800000U;  ///< mantissa bits of the maximum from which the scale is one exponent up
};

/// @param book  the first codebook
[[nodiscard]] ScaleThreshold scaleThresholdOf(ScaleRule rule, const Codebook& book);

/// A format that the power-of-two kernel takes: blocks of 32 or 16, one codebook of 16 codes in sign and magnitude
/// (E2M1, or the integers -7 to 7), an E8M0 scale that follows from the block maximum, no search.
struct PowerFormat {
    enum class Book { E2M1, Integer };

    Book book = Book::E2M1;
    std::size_t block = 32;
    CodeTable table;
    std::int32_t exponentShift = -2;        ///< exponent of the scale less that of the block maximum
    std::uint32_t bumpAbove = 0x00800000U;  ///< mantissa bits of the maximum from which the scale is one exponent up
};

/// Nothing when the kernel does not take the format.
[[nodiscard]] std::optional<PowerFormat> powerFormatOf(const FormatSpec& spec);

}  // namespace nanoscope
