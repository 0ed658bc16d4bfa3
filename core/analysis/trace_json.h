#pragma once

#include "core/analysis/block_trace.h"

#include <nlohmann/json_fwd.hpp>

namespace nanoscope {

/// A block's derivation as `nanoscope-cli explain --json` prints it. NaN and infinity are null.
[[nodiscard]] nlohmann::json toJson(const BlockTrace& trace);

}  // namespace nanoscope
