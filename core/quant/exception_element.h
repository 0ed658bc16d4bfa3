#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace nanoscope {

/// The finer ladder of MX+'s block maximum: 2^emax * (1 + j/2^bits), before scaling.
class ExceptionLadder {
public:
    ExceptionLadder(const Codebook& book, int mantissaBits, TieRule tie);

    /// Ladder index nearest to `scaled` >= 0; the first is the smallest that can be stored.
    [[nodiscard]] std::uint32_t nearest(double scaled) const;
    [[nodiscard]] double level(std::uint32_t index) const;
    /// Beyond the last step by more than half of it.
    [[nodiscard]] bool isClipped(double scaled) const;

private:
    double m_base = 1.0;  // 2^emax
    int m_mantissaBits = 1;
    TieRule m_tie = TieRule::Even;
};

/// MX++: by how much the exponent of all other elements is lowered (arXiv 2510.14557; the rule is inferred).
/// @param second  largest magnitude beside the block maximum
/// @param scale   scale of the block
[[nodiscard]] int othersOffset(const SpecialSpec& special, const Codebook& book, double second, double scale);

/// M2XFP top-1 refinement of one subgroup (arXiv 2601.19213 algorithm 1).
struct Top1Refinement {
    std::uint32_t meta = 0;  ///< as stored
    double level = 0.0;      ///< non-negative level on the fine ladder
};

/// Position of the largest magnitude code of a subgroup, ties to the lowest index.
[[nodiscard]] std::size_t top1Position(std::span<const std::uint32_t> codes, int codeBits);

/// Encodes the refinement of an element with magnitude code `magnitude`.
/// @param scaled  |element| / scale
[[nodiscard]] Top1Refinement encodeTop1(const Codebook& fine, int bits, std::uint32_t magnitude, double scaled);

/// Level that a magnitude code and its metadata stand for.
[[nodiscard]] double decodeTop1(const Codebook& fine, int bits, std::uint32_t magnitude, std::uint32_t meta);

}  // namespace nanoscope
