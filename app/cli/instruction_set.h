#pragma once

#include <string>

namespace nanoscope::cli {

/// Checks the value of `--isa`. Results are the same on every instruction set, so that any of them may be asked for
/// where the machine has it; today one portable kernel serves them all.
/// @throws Error (Refused) for an unknown name or one that this machine does not support
void requireInstructionSet(const std::string& name);

}  // namespace nanoscope::cli
