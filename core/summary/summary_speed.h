#pragma once

#include "core/tensor.h"

#include <map>
#include <stop_token>
#include <string>

namespace nanoscope {

/// How fast an exact summary is made and asked, and how near its answers are to a pass over the tensor.
struct SummarySpeed {
    double buildGelems = 0.0;           ///< 1e9 elements a second of processor time, one thread, power-of-two units
    double buildByMaximumGelems = 0.0;  ///< the same with units that are block maxima
    /// By preset; processor time of one answer, median of batches, nanoseconds.
    std::map<std::string, double> evaluateNanoseconds;
    std::map<std::string, double> queryNanoseconds;        ///< of turning the format into a query, once per format
    std::map<std::string, double> histogramDifference;     ///< sum over codes of |summary - pass|, elements
    std::map<std::string, double> squaredErrorDifference;  ///< relative to the pass
};

/// Measures on one thread, for a few formats of each kind of scale.
/// @throws Cancelled
[[nodiscard]] SummarySpeed measureSummary(const Tensor& tensor, const std::stop_token& stop = {});

}  // namespace nanoscope
