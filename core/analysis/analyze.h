#pragma once

#include "core/analysis/report.h"
#include "core/quant/block_view.h"

#include <functional>
#include <stop_token>
#include <string>

namespace nanoscope {

/// How to run an analysis.
struct AnalyzeOptions {
    unsigned threads = 0;                  ///< 0: as many as there are cores
    std::stop_token stop;                  ///< a stop throws Cancelled within a chunk (about 64 Ki elements)
    std::function<void(double)> progress;  ///< fraction done, from any worker, in no order; may be empty
};

/// Quantizes the whole tensor and measures it. Figures are identical to the last bit for every number of threads.
/// @throws Cancelled
[[nodiscard]] Report analyze(
    const Tensor& tensor, const BlockView& view, const NamedFormat& format, const AnalyzeOptions& options = {});

}  // namespace nanoscope
