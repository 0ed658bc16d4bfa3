#pragma once

#include "core/hardware/constants.h"
#include "core/hardware/cost_term.h"
#include "core/hardware/operand.h"

namespace nanoscope {

/// @name Converters beside the array; they are no part of a unit's area
/// @{
/// Quantizer of results into `operand`, `lanes` elements per cycle. A search over candidates is not priced.
[[nodiscard]] std::vector<CostTerm> quantizerTerms(
    const Operand& operand, int lanes, const HardwareConstants& constants);

/// Dequantizer of `operand` to BF16, `lanes` elements per cycle.
[[nodiscard]] std::vector<CostTerm> dequantizerTerms(
    const Operand& operand, int lanes, const HardwareConstants& constants);
/// @}

}  // namespace nanoscope
