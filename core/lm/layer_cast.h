#pragma once

#include "core/format/format_spec.h"
#include "core/lm/cast_method.h"
#include "core/lm/language_model.h"

#include <cstddef>
#include <stop_token>

namespace nanoscope {

/// A linear layer after a cast.
struct LayerCast {
    LinearWeights weights;
    double bitsPerElement = 0.0;  ///< of the weights, all-in; channel scales and biases are not counted
};

/// How one layer is cast.
struct LayerCastOptions {
    CastMethod method = CastMethod::Direct;
    bool correctsBias = false;
    const LayerInputs* inputs = nullptr;  ///< may be null for Direct without bias correction
    LayerAdjustment adjustment;           ///< channel scales and shifts; empty: none
    std::size_t gridShift = 0;            ///< columns by which rows are turned to the left, cast and turned back
    std::stop_token stop;
};

/// Casts the weights of one linear layer. With a channel scale s and shift z the weights W diag(s) are quantized and a
/// bias W z is added, so that nothing but rounding changes what the layer computes.
/// @throws Cancelled; Error naming the tensor that the format or the method refuses
[[nodiscard]] LayerCast castLayer(
    const LinearWeights& weights, const FormatSpec& spec, const LayerCastOptions& options = {});

}  // namespace nanoscope
