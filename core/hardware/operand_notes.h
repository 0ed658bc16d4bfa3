#pragma once

#include "core/hardware/operand.h"

namespace nanoscope::detail {

/// Tells of an operand what of its format is not priced, and whose design its datapath is.
void addNotes(const FormatSpec& spec, Operand& operand);

}  // namespace nanoscope::detail
