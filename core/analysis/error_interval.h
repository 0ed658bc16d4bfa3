#pragma once

#include "core/format/format_spec.h"
#include "core/quant/cast.h"
#include "core/quant/tensor_parameters.h"
#include "core/tensor.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace nanoscope {

/// Where a weight may lie while its quantized block stays (nearly) the same.
struct WeightInterval {
    double lowest = 0.0;
    double highest = 0.0;
    [[nodiscard]] double width() const { return highest - lowest; }
};

/// The box of each weight of a block: between itself and its dequantized value. The first largest and the first
/// smallest weight set the scale and may not move: their boxes are points.
/// Source: arXiv 2505.23786 ("Mind the Gap"); catalogue section 8, GGUF interval.
/// @param original, dequantized  of the same length, finite
[[nodiscard]] std::vector<WeightInterval> blockIntervals(
    std::span<const float> original, std::span<const float> dequantized);

/// How much room the weights of a tensor have.
struct ErrorIntervalFigures {
    std::uint64_t block = 0;          ///< weights that share a scale, for which two are frozen
    std::uint64_t elements = 0;       ///< in blocks without NaN or infinity
    double rms = 0.0;                 ///< of the original weights
    double freeShare = 0.0;           ///< share of weights whose box has a width
    double meanFreeWidth = 0.0;       ///< mean width of these boxes; 0 when there are none
    double largestWidth = 0.0;        ///< of all boxes
    std::vector<double> widthShares;  ///< share of all weights per bin of width; equal bins from 0 to largestWidth

    /// Mean free width / RMS; absent for a zero tensor.
    [[nodiscard]] std::optional<double> relativeWidth() const
    {
        return rms > 0 ? std::optional(meanFreeWidth / rms) : std::nullopt;
    }
};

/// Bins of ErrorIntervalFigures::widthShares.
inline constexpr std::size_t kWidthBins = 40;

/// Weights that share the finest scale of a format: a sub-block of the K types of GGUF, else a block.
/// @param rowLength  elements per row, for formats whose block is a row
[[nodiscard]] std::uint64_t intervalBlock(const FormatSpec& spec, std::uint64_t rowLength);

/// True where weights keep their quantized values one by one: not under a rotation, which mixes them, and not where
/// blocks are tiles of several rows.
[[nodiscard]] bool hasErrorIntervals(const FormatSpec& spec);

/// Boxes of a whole tensor, block by block along the rows as they were quantized. The same to the last bit for every
/// number of threads.
/// @param cast   of the tensor, under a format that hasErrorIntervals()
/// @param block  weights per block; a short last block of a row counts as one
/// @throws Cancelled
[[nodiscard]] ErrorIntervalFigures errorIntervals(
    const Tensor& tensor, const CastTensor& cast, std::uint64_t block, const PassOptions& options = {});

}  // namespace nanoscope
