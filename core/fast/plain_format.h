#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"

namespace nanoscope {

/// @name What kernels ask of a spec
/// @{
/// One codebook in whole blocks along a row, nearest level, no search and nothing beside the scale.
[[nodiscard]] bool isPlainFormat(const FormatSpec& spec);
[[nodiscard]] bool isE2M1(const ElementBook& book);
/// -7 to 7 in sign and magnitude.
[[nodiscard]] bool isInteger4(const ElementBook& book);
/// Code 8 up is the negative of the code 8 below; -0 is never written.
[[nodiscard]] bool isSignMagnitude(const Codebook& book);
/// The scale is maximum / target, stored by `codec`.
[[nodiscard]] bool isScaledByMaximum(const ScaleSpec& scale, ScaleCodecId codec);
/// @}

}  // namespace nanoscope
