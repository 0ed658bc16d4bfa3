#pragma once

#include "core/fast/instruction_set.h"
#include "core/fast/worker_pool.h"
#include "core/tensor.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// What a measured pass works with.
struct SpeedSetting {
    const Tensor* tensor = nullptr;
    WorkerPool* pool = nullptr;
    unsigned threads = 1;
    KernelTarget target = KernelTarget::Portable;
    std::stop_token stop = {};
};

/// One pass over a tensor; returns a figure of its result, so that nothing of it is left out.
using SpeedPass = std::function<double()>;

/// A kernel to measure.
struct SpeedSubject {
    std::string name;  ///< as the benchmark's JSON calls it
    /// Everything that a pass needs, made once.
    std::function<SpeedPass(const SpeedSetting& setting)> prepare;
};

/// Every kernel that is built.
[[nodiscard]] const std::vector<SpeedSubject>& speedSubjects();

}  // namespace nanoscope
