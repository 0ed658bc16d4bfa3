#pragma once

#include "core/analysis/sweep_row.h"
#include "core/format/format_json.h"
#include "core/io/tensor_source.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// How to run a sweep.
struct SweepOptions {
    std::optional<int> axis;  ///< replaces geometry.axis of every format
    unsigned threads = 0;     ///< 0: as many as there are cores
    std::stop_token stop;
    std::function<void(double)> progress;  ///< fraction done, from any worker, in no order; may be empty
};

/// Names that match at least one pattern, in the order of the file. Without patterns: all that can be explored.
/// @param globs  with * ? [ ]; * takes slashes, too. What they match is taken even where it cannot be explored.
/// @throws Error (Refused) for a pattern that matches nothing; Error when there is nothing to explore
[[nodiscard]] std::vector<std::string> tensorsMatching(
    const TensorSource& source, const std::string& file, const std::vector<std::string>& globs);

/// A tensor in memory under one format; a refusal when the format cannot take it.
/// @throws Cancelled
[[nodiscard]] SweepFigures sweepFigures(
    const Tensor& tensor, const NamedFormat& format, const SweepOptions& options = {});

/// Reads tensor after tensor, one in memory at a time, and delivers its row. One that cannot be read is a row with its
/// reason.
/// @param deliver  called on this thread, in the order of `tensors`
/// @throws Cancelled; rows delivered before stay good
void sweepModel(const TensorSource& source, const std::vector<std::string>& tensors,
    const std::vector<NamedFormat>& formats, const SweepOptions& options, const std::function<void(SweepRow)>& deliver);

}  // namespace nanoscope
