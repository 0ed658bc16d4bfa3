#pragma once

#include "core/format/format_spec.h"
#include "core/hardware/cost_term.h"

#include <vector>

namespace nanoscope {

/// What a format stores per element in bits: codes, shared scales and each metadata field. The values add up to
/// nominalBitsPerElement(); each formula ends in `= ` and arithmetic with numbers.
[[nodiscard]] std::vector<CostTerm> storageTerms(const FormatSpec& spec);

}  // namespace nanoscope
