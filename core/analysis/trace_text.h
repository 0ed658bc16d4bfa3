#pragma once

#include "core/format/format_spec.h"
#include "core/format/format_storage.h"
#include "core/format/scale_codec.h"

#include <cstdint>
#include <string>

namespace nanoscope {

/// How a stored scale reads: "2^-8", "1.25 × 2^-8", "0" or "NaN".
[[nodiscard]] std::string scaleText(const StoredScale& scale);

/// What one stored value of a metadata field stands for, for example "× 1.25" or "E2M1"; empty where the number says
/// it.
/// @param value  fits the width of the field
[[nodiscard]] std::string metaMeaning(const MetaField& field, std::uint32_t value, const FormatSpec& spec);

}  // namespace nanoscope
