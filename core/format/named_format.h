#pragma once

#include "core/format/format_spec.h"
#include "core/format/format_storage.h"

#include <vector>

namespace nanoscope {

/// What a named encoder fixes of its spec: block and subgroup, codebook, how the scale is stored. The rest of the spec
/// takes its defaults, so that equal formats have equal canonical text.
[[nodiscard]] FormatSpec settledByEncoder(FormatSpec spec);

/// Metadata fields of a named encoder or of mixed blocks, behind the scale.
[[nodiscard]] std::vector<MetaField> namedMetaFields(const FormatSpec& spec);

}  // namespace nanoscope
