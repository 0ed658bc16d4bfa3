#pragma once

#include "core/quant/block_view.h"
#include "core/quant/tensor_parameters.h"

#include <cstdint>
#include <span>
#include <vector>

namespace nanoscope {

/// Blocks of one length whose largest magnitudes lie in one binade, and those of them that were drawn.
struct SampleStratum {
    std::uint64_t population = 0;  ///< blocks of the tensor
    double weight = 0.0;           ///< 4^exponent of the maxima, what the error of a block goes with; 0 for zero blocks
    BlockView drawn;               ///< one block a row, ascending by the leading bits of their maxima
};

/// Part of a tensor that stands for all of it: blocks drawn with a probability that grows with the square of their
/// magnitude, because the squared error does. Plain random blocks miss the few that carry the error of a heavy-tailed
/// tensor.
///
/// Strata are the binades of the blocks' maxima (and apart from them short last blocks). Within a stratum blocks stand
/// in the order of the leading bits of their maxima, then of their place; that order is cut into as many equal
/// stretches as blocks are to be drawn, and one is taken from each by a fixed generator: a fixed step would meet the
/// length of the rows. Made once, by one look at each element; immutable; shared by threads.
class BlockSample {
public:
    /// About how many elements are held.
    static constexpr std::uint64_t kElements = std::uint64_t{1} << 19;

    /// @param view      plain rows cut into blocks; not tiles
    /// @param elements  about how many are drawn
    /// @throws Cancelled
    explicit BlockSample(const BlockView& view, const PassOptions& options = {}, std::uint64_t elements = kElements);

    [[nodiscard]] int block() const { return m_block; }
    [[nodiscard]] std::uint64_t rows() const { return m_rows; }
    [[nodiscard]] std::uint64_t rowLength() const { return m_rowLength; }
    /// From the smallest maxima to the largest. Blocks with NaN or infinity are in none.
    [[nodiscard]] const std::vector<SampleStratum>& strata() const { return m_strata; }
    /// @name Of the whole tensor, exactly
    /// @{
    [[nodiscard]] std::uint64_t elements() const { return m_rows * m_rowLength; }
    [[nodiscard]] std::uint64_t excluded() const { return m_excluded; }  ///< elements of blocks with NaN or infinity
    [[nodiscard]] std::uint64_t nanCount() const { return m_nan; }
    [[nodiscard]] std::uint64_t infinityCount() const { return m_infinity; }
    [[nodiscard]] double power() const { return m_power; }      ///< sum w^2 of the other blocks
    [[nodiscard]] double maximum() const { return m_maximum; }  ///< largest |w| of the other blocks
    /// @}

private:
    struct Scan;
    [[nodiscard]] static Scan scan(const BlockView& view, const PassOptions& options);
    void exclude(std::span<const float> values);
    void draw(const BlockView& view, const std::vector<std::uint16_t>& keys, std::uint64_t elements);

    int m_block;
    std::uint64_t m_rows;
    std::uint64_t m_rowLength;
    std::vector<SampleStratum> m_strata;
    std::uint64_t m_excluded = 0;
    std::uint64_t m_nan = 0;
    std::uint64_t m_infinity = 0;
    double m_power = 0.0;
    double m_maximum = 0.0;
};

}  // namespace nanoscope
