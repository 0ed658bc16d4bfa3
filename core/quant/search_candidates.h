#pragma once

#include "core/format/format_spec.h"

#include <cstddef>
#include <vector>

namespace nanoscope {

/// One combination of everything that a search tries, as indices into the spec's lists.
struct SearchCandidate {
    std::size_t offset = 0;  ///< into scale.offsets
    std::size_t target = 0;  ///< into scale.targets
    std::size_t book = 0;    ///< into elements
    std::size_t micro = 0;   ///< into micro.grid()
};

/// What is tried once per block, or inside each block once per subgroup, in the order of the nested loops that
/// spec.order gives, the first one outermost. What is not searched at that level stays 0.
[[nodiscard]] std::vector<SearchCandidate> searchCandidates(const FormatSpec& spec, Unit unit);

}  // namespace nanoscope
