#pragma once

#include "core/fast/code_table.h"
#include "core/format/format_spec.h"

#include <array>
#include <cstdint>
#include <optional>

namespace nanoscope {

/// Sixteen ascending levels from -1 to 1 in blocks of 64 under an FP32 scale, the block maximum (NF4 and its kin).
/// An element's place among the levels is looked up in equal bins, none of which holds two thresholds.
struct TableFormat {
    static constexpr std::size_t kBins = 32;
    static constexpr float kBinsPerUnit = 15.0F;
    /// A quotient that float32 puts this near a threshold is decided in double.
    static constexpr float kNear = 1e-6F;

    CodeTable table;
    alignas(64) std::array<float, kCodes> levels{};
    std::array<double, kCodes - 1> thresholds{};             ///< smallest quotient of each code from 1 on
    alignas(64) std::array<float, kBins> binThreshold{};     ///< the one in the bin; 2 where there is none
    alignas(64) std::array<std::uint32_t, kBins> binCode{};  ///< code below it
    std::uint32_t scaleOfZero = 0;                           ///< scale code of an all-zero block
};

/// Nothing when the kernel does not take the format.
[[nodiscard]] std::optional<TableFormat> tableFormatOf(const FormatSpec& spec);

}  // namespace nanoscope
