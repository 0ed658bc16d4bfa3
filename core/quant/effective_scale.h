#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"

#include <cmath>
#include <limits>
#include <span>

namespace nanoscope {

/// The tensor scale t and what follows from it, as the arithmetic of the format computes them (mx_family 6.1).
struct TensorScale {
    float stored = 1.0F;   ///< t as written to a file
    double value = 1.0;    ///< t
    double encode = 1.0;   ///< target / maximum in float32 (TransformerEngine's S_enc)
    double decode = 1.0;   ///< 1 / encode in float32
    double maximum = 0.0;  ///< the tensor's figure that it is made of; 0 where it is fixed or absent
};

/// Tensor scale for a tensor whose figure (largest magnitude or mean magnitude, blocks with NaN or infinity left out)
/// is `figure`.
/// @param candidate  index into tensor_scale.offsets or tensor_scale.clips
[[nodiscard]] TensorScale tensorScaleFor(const FormatSpec& spec, double figure, std::size_t candidate = 0);

/// The tensor scale that a file stores; enough for decoding.
[[nodiscard]] TensorScale tensorScaleFromStored(float stored);

/// Multiplier of the levels that a stored scale stands for: the tensor scale included, rounded as the arithmetic says.
[[nodiscard]] double realScale(const FormatSpec& spec, double storedScale, const TensorScale& tensorScale);

/// What the stored scale is multiplied by for codebook `book`. Where each block chooses its codebook by search the
/// stored scale is that of the chosen one and the factor is 1; elsewhere it is that of codebook 0.
[[nodiscard]] double bookScaleFactor(const FormatSpec& spec, std::span<const Codebook> books, std::size_t book);

/// One rounding to float32 where the arithmetic asks for it.
[[nodiscard]] inline double roundAs(Arithmetic arithmetic, double value)
{
    return arithmetic == Arithmetic::Exact ? value : static_cast<double>(static_cast<float>(value));
}

/// The dequantized value as stored: the double result rounded once to float32.
struct StoredValue {
    float value = 0.0F;
    bool saturated = false;  ///< finite, but beyond the largest float32, which it became
};
[[nodiscard]] inline StoredValue roundToStored(double value)
{
    constexpr float kLargest = std::numeric_limits<float>::max();
    const float rounded = static_cast<float>(value) + 0.0F;  // what is too small for float32 is +0, whatever its sign
    if (std::isinf(rounded) && std::isfinite(value))
        return {std::copysign(kLargest, rounded), true};
    return {rounded, false};
}

}  // namespace nanoscope
