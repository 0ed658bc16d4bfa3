#pragma once

#include "core/analysis/bit_flips.h"
#include "core/analysis/error_interval.h"
#include "core/analysis/float_split.h"
#include "core/analysis/l_mul.h"
#include "core/analysis/report.h"
#include "core/analysis/spikes.h"
#include "core/quant/block_view.h"
#include "core/tensor.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// Comparators of a tensor that are not formats. Immutable once made. Parts that were not asked for are absent.
struct StudyResult {
    std::string file;
    TensorInfo tensor;
    NamedFormat format;
    Shape shape;   ///< after --reshape
    int axis = 0;  ///< blocked axis, from the front

    std::optional<BitFlipStudy> bitFlips;                ///< of the format
    std::optional<ErrorIntervalFigures> errorIntervals;  ///< of the format; absent without hasErrorIntervals()
    std::optional<LMulStudy> lMul;                       ///< of the tensor alone
    std::optional<FloatSplitStudy> floatSplit;           ///< of the tensor alone
    std::optional<SpikeFigures> spikes;                  ///< of the tensor alone

    std::weak_ptr<const void> values;  ///< what was measured: tells results of the same tensor apart
};

/// How to run a study.
struct StudyOptions {
    unsigned threads = 0;                  ///< 0: as many as there are cores
    std::stop_token stop;                  ///< a stop throws Cancelled
    std::function<void(double)> progress;  ///< fraction done, from any worker; may be empty
    LMulOptions lMul;                      ///< its stop is ignored
    FloatSplitOptions floatSplit;          ///< its threads, stop and progress are ignored
    double spikeThreshold = kSpikeRatio;
    /// An earlier result; what depends on the tensor alone is taken from it when it is of the same values, shape and
    /// axis; it must come of the same options. May be null.
    std::shared_ptr<const StudyResult> previous;
};

/// Runs every comparator on a tensor under a format.
/// @param view    the tensor in the blocks of the format
/// @param report  analyze() of the same tensor, view and format
/// @throws Cancelled
[[nodiscard]] StudyResult study(const Tensor& tensor, const BlockView& view, const NamedFormat& format,
    const Report& report, const StudyOptions& options = {});

}  // namespace nanoscope
