#pragma once

#include "core/analysis/block_statistics.h"
#include "core/format/codebook.h"
#include "core/preview/block_sample.h"
#include "core/quant/prepared_tensor.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// How much of a sample is quantized by the reference engine.
enum class PreviewDepth {
    Quick,  ///< so many blocks that it takes a few milliseconds; all of them where a kernel takes the format
    Full    ///< every block
};

struct PreviewOptions {
    PreviewDepth depth = PreviewDepth::Full;
    unsigned threads = 2;
    std::stop_token stop = {};
};

/// What a sample says of a whole tensor under a format.
struct SampleEstimate {
    BlockCounts counts;                ///< estimated for the tensor, rounded; blocks with NaN or infinity left out
    TotalSums sums;                    ///< estimated for the tensor
    double sampledPower = 0.0;         ///< the sample's own estimate of sum w^2, which is known exactly
    double errorDeviation = 0.0;       ///< standard error of sums.squaredError
    std::vector<Codebook> books;       ///< of the format
    std::uint64_t measuredBlocks = 0;  ///< that the squared error is taken from
};

/// Quantizes blocks of a sample and weighs them. The same to the last bit for every number of threads.
/// @param prepared  the format with its parameters for the whole tensor; its view does not matter
/// @throws Cancelled
[[nodiscard]] SampleEstimate estimateFrom(
    const BlockSample& sample, const PreparedTensor& prepared, const PreviewOptions& options);

}  // namespace nanoscope
