#pragma once

#include "core/analysis/model_sweep.h"

namespace nanoscope {

class WorkerPool;

/// As sweepFigures(), by one pass of a kernel where there is one for the format, the values are finite and their basis
/// is the file's: an order of magnitude or two sooner. Bits, counts, largest error and utilization are those of the
/// report; errors are added in another order and agree to about 1e-12 of themselves.
/// @param statistics  of the tensor
/// @param pool        its threads; nobody else's meanwhile
/// @throws Cancelled
[[nodiscard]] SweepFigures quickSweepFigures(const Tensor& tensor, const NamedFormat& format,
    const TensorStatistics& statistics, WorkerPool& pool, const SweepOptions& options = {});

}  // namespace nanoscope
