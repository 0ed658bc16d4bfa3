#pragma once

#include "core/quant/prepared_tensor.h"

#include <cstdint>
#include <optional>
#include <stop_token>

namespace nanoscope {

/// The next block of which a subgroup chose a codebook: from the one after `from` on, past the last one to the first,
/// and to `from` itself at the end. Blocks are quantized one after the other until one fits.
/// @param book  counted as in Report::levels
/// @return nothing when no block chose it; a block with NaN or infinity chooses none
/// @throws Cancelled
[[nodiscard]] std::optional<std::uint64_t> nextBlockWithBook(
    const PreparedTensor& prepared, std::uint64_t from, std::uint32_t book, const std::stop_token& stop = {});

}  // namespace nanoscope
