#pragma once

#include "core/format/format_spec.h"
#include "core/quant/block_view.h"
#include "core/tensor.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// Fewest and most bits of an element that are split.
inline constexpr int kFewestSplitBits = 3;
inline constexpr int kMostSplitBits = 8;

/// How many elements share a scale.
struct SplitBlock {
    std::optional<int> length;  ///< absent: a whole row
    bool operator==(const SplitBlock&) const = default;
};

/// One way to split a number of bits into sign, exponent and mantissa.
struct FloatSplitPoint {
    int exponentBits = 0;  ///< 0: an integer, sign and magnitude
    int mantissaBits = 0;
    std::optional<double> clipDecibel;     ///< SQNR with the clip searched per block; absent without error or power
    std::optional<double> maximumDecibel;  ///< SQNR with the block maximum on the largest level

    [[nodiscard]] int bits() const { return 1 + exponentBits + mantissaBits; }
};

/// All splits of one number of bits under one block length.
struct FloatSplitLine {
    SplitBlock block;
    int bits = 0;
    std::vector<FloatSplitPoint> points;  ///< by exponent bits, from 0
    std::size_t best = 0;                 ///< point with the largest SQNR with clip search; the first of equal ones
    std::size_t bestMaximum = 0;          ///< the same for the block maximum
};

struct FloatSplitStudy {
    std::uint64_t elements = 0;   ///< measured; fewer than the tensor's where it was sampled
    std::uint64_t rowLength = 0;  ///< of the rows that were measured
    bool isSampled = false;
    std::vector<double> clips;          ///< ratios that were tried, in order
    std::vector<FloatSplitLine> lines;  ///< by block, then bits

    /// The line of this block and number of bits; nothing if it was not asked for.
    [[nodiscard]] const FloatSplitLine* line(const SplitBlock& block, int bits) const;
};

struct FloatSplitOptions {
    std::vector<int> bits{3, 4, 5, 6, 7, 8};
    std::vector<SplitBlock> blocks{{16}, {32}, {128}, {std::nullopt}};
    std::vector<double> clips = standardClips();
    /// Elements to measure: rows are taken evenly until they hold this many; of a single longer row a run in the
    /// middle. 0: all.
    std::uint64_t mostElements = 1 << 15;
    unsigned threads = 0;                  ///< 0: as many as there are cores
    std::stop_token stop;                  ///< a stop throws Cancelled
    std::function<void(double)> progress;  ///< fraction done, from any worker; may be empty

    /// 0.3 to 1 in steps of 0.05: the grid of catalogue T3.
    [[nodiscard]] static std::vector<double> standardClips();
};

/// The format of one split: all codes are numbers, float32 scale, ties to the lower level, block maximum times the best
/// of `clips` on the largest level (the first smallest squared error wins).
/// Source: catalogue 3.4 and T3.
/// @param exponentBits  0 (an integer) to bits - 1
/// @param clips         empty: the maximum itself
[[nodiscard]] FormatSpec floatSplitSpec(
    int bits, int exponentBits, const SplitBlock& block, const std::vector<double>& clips);

/// SQNR of every split. The tensor is measured in the rows of `view`.
/// @throws Cancelled
[[nodiscard]] FloatSplitStudy floatSplitStudy(
    const Tensor& tensor, const BlockView& view, const FloatSplitOptions& options = {});

}  // namespace nanoscope
