#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/format/scale_codec.h"
#include "core/quant/effective_scale.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace nanoscope {

/// How a real-valued scale follows from a block maximum under one codebook, as steps that registers take: what
/// sharedScaleFor() does for floating-point codecs of 6 to 16 bits.
struct RealScale {
    /// The maximum is divided or multiplied, each time rounded as the arithmetic of the format says.
    struct Step {
        bool divides = true;
        double by = 1.0;
    };
    std::array<Step, 3> steps;
    std::size_t stepCount = 0;
    double smallest = 0.0;  ///< ideal scales below and beyond are these
    double largest = 0.0;
    int mantissaBits = 0;        ///< of the codec
    int smallestNormal = 0;      ///< exponent
    bool isNeverZero = false;    ///< codecs that give a block which is not zero a scale that is not
    bool roundsToFloat = false;  ///< every step, quotients too
    bool roundsProduct = false;  ///< stored scale times tensor scale
    double tensorScale = 1.0;
    bool multiplies = false;        ///< elements are multiplied by a reciprocal ...
    double reciprocalFactor = 1.0;  ///< ... of the stored scale times this
    double reciprocalNumerator = 1.0;
};

/// Nothing for other codecs.
[[nodiscard]] std::optional<RealScale> realScaleOf(
    const FormatSpec& spec, const ScaleCodec& codec, const TensorScale& tensorScale, const Codebook& book);

}  // namespace nanoscope
