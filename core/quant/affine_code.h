#pragma once

#include "core/format/format_spec.h"
#include "core/quant/block_figure.h"

#include <cstdint>
#include <optional>
#include <span>

namespace nanoscope {

/// Unsigned codes with an offset of their block (catalogue 3.1).
/// ZeroPoint: z = clip(rne(-min / s), 0, n), code = clip(rne(w / s) + z, 0, n), x^ = (code - z) s.
/// Minimum: m = FP16 minimum, code = clip(floor((w - m) / s + 1/2), 0, n), x^ = code s + m.
/// Codes are those of a two's complement book: code 0 is its lowest level, -2^(b-1), so that the levels shown are
/// code - 2^(b-1). With a seed, w / s and (w - m) / s are rounded to either neighbour at random.
class AffineCode {
public:
    explicit AffineCode(const FormatSpec& spec);

    /// Settles the offset of a block for a scale.
    void setOffset(const BlockFigure& figure, double scale);
    /// Raw bits of the offset: the zero point, or the FP16 minimum.
    [[nodiscard]] std::uint32_t storedOffset() const { return m_stored; }
    /// Takes an offset from its raw bits.
    void restore(std::uint32_t stored);

    /// @param position  of the first value in the tensor, for random rounding
    void encode(std::span<const double> values, std::uint64_t position, double scale, std::span<std::uint32_t> codes,
        std::span<double> scaled, std::span<double> decoded) const;
    [[nodiscard]] double decode(std::uint32_t code, double scale) const;

private:
    [[nodiscard]] std::uint32_t storedCode(double unsignedCode) const;
    [[nodiscard]] double rounded(double steps, std::uint64_t position) const;

    OffsetKind m_kind;
    std::optional<std::uint32_t> m_seed;  // of random rounding
    double m_highest;                     // n
    double m_half;                        // 2^(b-1)
    std::uint32_t m_mask;                 // of a code
    std::uint32_t m_stored = 0;
    double m_offset = 0.0;  // z, or the minimum
};

}  // namespace nanoscope
