#pragma once

#include "core/analysis/block_trace.h"

#include <string>

namespace nanoscope::cli {

/// The derivation of one block, for people: its scales and metadata, then a line per element.
/// @param title  what the block belongs to, for example "FILE: TENSOR, NxFP4"
[[nodiscard]] std::string explainTable(const BlockTrace& trace, const std::string& title);

}  // namespace nanoscope::cli
