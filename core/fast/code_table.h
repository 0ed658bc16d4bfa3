#pragma once

#include "core/fast/tile_run.h"
#include "core/format/codebook.h"

#include <array>
#include <cstdint>

namespace nanoscope {

inline constexpr std::uint32_t kNoCode = 16;

/// What counting needs to know of a codebook of 16 codes.
struct CodeTable {
    std::array<std::uint32_t, kCodes> rankBit{};  ///< 1 << position of the code's level, lowest level first; 0: never
                                                  ///< written
    std::uint32_t levels = 0;                     ///< distinct levels
    std::uint32_t zeroCode = 0;                   ///< code of the level 0; kNoCode: zeros are counted elsewhere
};

[[nodiscard]] inline CodeTable codeTableOf(const Codebook& book)
{
    CodeTable table;
    table.levels = static_cast<std::uint32_t>(book.sortedLevels().size());
    table.zeroCode = book.nearest(0.0);
    for (std::uint32_t code = 0; code < book.codeCount(); ++code)
        if (!book.isStructurallyVacant(code))
            table.rankBit[code] = std::uint32_t{1} << book.levelRank(code);
    return table;
}

}  // namespace nanoscope
