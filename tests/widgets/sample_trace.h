#pragma once

#include "core/analysis/block_trace.h"
#include "core/format/preset.h"
#include "core/quant/block_view.h"
#include "core/quant/prepared_tensor.h"
#include "tests/core/fitting_shape.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace nanoscope::test {

/// The first worked block of mx_family 1.5: NxFP4 chooses E2M1 with NanoMantissa 1 and recycles -0 for the first
/// element.
inline const std::vector<float> kWorkedBlock{0.3F, -1.1F, 2.2F, -3.6F, 5.1F, 7.3F, -0.05F, 0.8F};

/// The first block of `values` under a shipped preset. Formats that cannot take one row of so many elements get them
/// repeated.
inline std::shared_ptr<const BlockTrace> tracePreset(const std::string& preset, const std::vector<float>& values)
{
    const FormatSpec spec = findPreset(preset)->spec;
    const bool needsRows = spec.encoder.id == EncoderId::Phase;
    std::vector<float> repeated = values;
    Tensor tensor;
    tensor.info.shape = fittingShape(spec, needsRows ? Shape{1, values.size()} : Shape{values.size()});
    tensor.info.elements = elementCount(tensor.info.shape);
    for (std::size_t i = values.size(); i < tensor.info.elements; ++i)
        repeated.push_back(values[i % values.size()]);
    tensor.values = std::make_shared<const std::vector<float>>(std::move(repeated));
    return std::make_shared<const BlockTrace>(traceBlock(prepare(BlockView(tensor, -1, 1), spec), 0));
}

}  // namespace nanoscope::test
