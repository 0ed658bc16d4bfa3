#pragma once

#include "core/analysis/report.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// What an element's magnitude is compared with to call it an outlier. Both are ours; the papers that set outliers
/// apart use multiples of the standard deviation (OliVe, arXiv 2304.07493; MicroScopiQ, arXiv 2411.05282), which is the
/// RMS where the mean is 0.
enum class OutlierMeasure {
    TensorRms,  ///< RMS of the tensor: how rare the element is
    BlockRms    ///< RMS of its own block: how alone it is there; at most the root of the block's length
};

/// One of the largest elements, and what it costs the others of its block.
struct Outlier {
    std::uint64_t block = 0;    ///< number, row by row
    std::uint64_t element = 0;  ///< position in the block
    float value = 0.0F;         ///< w, in the basis of the format
    double multiple = 0.0;      ///< |w| over the measure
    float decoded = 0.0F;       ///< d
    double error = 0.0;         ///< d - w
    bool isException = false;   ///< stored more finely than its neighbors
    double blockSquaredError = 0.0;
    double restSquaredError = 0.0;  ///< of the block's other elements
    /// What restSquaredError would be were this element 0; absent where that was not tried (OutlierStudy::retried).
    std::optional<double> restWithout;
    /// True when another element of the block would have another scale were this element 0: it set the scale. Absent
    /// where that was not tried.
    std::optional<bool> setsScale;

    /// Share of the block's squared error that lies on the other elements; 0 for an exact block.
    [[nodiscard]] double restShare() const
    {
        return blockSquaredError > 0 ? restSquaredError / blockSquaredError : 0.0;
    }
};

/// The largest elements of a tensor under one format.
struct OutlierStudy {
    OutlierMeasure measure = OutlierMeasure::TensorRms;
    double tensorRms = 0.0;         ///< blocks with NaN or infinity left out
    std::vector<Outlier> outliers;  ///< largest multiple first; of equal ones the first in the tensor first
    std::size_t retried = 0;        ///< how many, from the front, were tried as 0
    double blockErrorShare = 0.0;   ///< squared error of the blocks that hold them over that of the tensor
    std::uint64_t blocks = 0;       ///< how many blocks hold them
};

/// How to look for outliers.
struct OutlierOptions {
    std::size_t count = 200;  ///< elements to list
    /// Elements that may be quantized again to see a block without its outlier; of very long blocks fewer outliers, or
    /// none, are tried.
    std::uint64_t mostRetried = std::uint64_t{1} << 24;
    unsigned threads = 0;                       ///< 0: as many as there are cores
    std::stop_token stop;                       ///< a stop throws Cancelled
    std::function<void(double)> progress = {};  ///< fraction done, from any worker; may be empty
};

/// Reads the tensor once to find its largest elements, then quantizes their blocks, with each of them and without it.
/// What was found over the whole tensor (tensor scale, fitted levels) stays as it is. The same for every number of
/// threads.
/// @param report  exact, with its prepared tensor
/// @throws Cancelled
[[nodiscard]] OutlierStudy outlierStudy(
    const Report& report, OutlierMeasure measure, const OutlierOptions& options = {});

}  // namespace nanoscope
