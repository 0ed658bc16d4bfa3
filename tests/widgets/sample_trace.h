#pragma once

#include "core/analysis/block_trace.h"
#include "core/format/preset.h"
#include "core/quant/block_view.h"
#include "core/quant/prepared_tensor.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace nanoscope::test {

/// The first worked block of mx_family 1.5: NxFP4 chooses E2M1 with NanoMantissa 1 and recycles -0 for the first
/// element.
inline const std::vector<float> kWorkedBlock{0.3F, -1.1F, 2.2F, -3.6F, 5.1F, 7.3F, -0.05F, 0.8F};

/// The first block of `values` under a shipped preset.
inline std::shared_ptr<const BlockTrace> tracePreset(const std::string& preset, const std::vector<float>& values)
{
    Tensor tensor;
    tensor.info.shape = {values.size()};
    tensor.info.elements = values.size();
    tensor.values = std::make_shared<const std::vector<float>>(values);
    const FormatSpec spec = findPreset(preset)->spec;
    return std::make_shared<const BlockTrace>(traceBlock(prepare(BlockView(tensor, -1, 1), spec), 0));
}

}  // namespace nanoscope::test
