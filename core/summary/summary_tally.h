#pragma once

#include "core/summary/summary_bins.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace nanoscope {

/// Counts and sums of the elements of one sign in one bin of relative magnitude t = |w| / u, u the unit of its block.
struct SummaryCell {
    double count = 0.0;
    double unit = 0.0;                 ///< sum of u
    double unitMagnitude = 0.0;        ///< sum of u t = sum of |w|
    double unitSquare = 0.0;           ///< sum of u^2
    double unitSquareMagnitude = 0.0;  ///< sum of u^2 t

    SummaryCell& operator+=(const SummaryCell& other);
    [[nodiscard]] SummaryCell operator-(const SummaryCell& other) const;
};

/// What is known of the blocks as a whole.
struct SummaryTotals {
    std::uint64_t elements = 0;  ///< of blocks without NaN and infinity
    std::uint64_t excluded = 0;  ///< of the others
    std::uint64_t zeros = 0;
    bool hasTooSmall = false;  ///< blocks whose maximum is too small for the bins (below 2^-100)
    int smallest = 1 << 20;    ///< exponents of the blocks' maxima
    int largest = -(1 << 20);

    void add(const SummaryTotals& other);
};

/// Adds blocks up, cell by cell. One per worker or partition, then merged.
///
/// Units that are powers of two: per exponent an integer per cell holds the count and the exact sum of the mantissa
/// bits below the bin, so that the order of the blocks does not matter. Units that are maxima: sums in double, so that
/// it does.
class SummaryTally {
public:
    explicit SummaryTally(SummaryKind kind);

    /// @return sum w^2 of the block; 0 when it is left out
    double addBlock(std::span<const float> values);
    void merge(const SummaryTally& other);
    /// Cells of both signs, positive first.
    [[nodiscard]] std::array<std::vector<SummaryCell>, 2> cells() const;
    /// Blocks by the upper bits of their maximum (float32's bits by kMaximumShift to the right); of units that are
    /// maxima only.
    [[nodiscard]] const std::vector<std::uint64_t>& maxima() const { return m_maxima; }
    static constexpr unsigned kMaximumShift = 17;  ///< six bits of the mantissa are left
    /// Zeros included once everything is merged.
    [[nodiscard]] const SummaryTotals& totals() const { return m_totals; }

private:
    static constexpr std::size_t kExponents = 255;
    /// The cells of one exponent, [sign][position].
    struct Exponent {
        explicit Exponent(std::size_t cells)
            : recent(cells)
            , count(cells)
            , lowBits(cells)
        {
        }
        std::vector<std::uint64_t> recent;  ///< count in the upper bits, sum of mantissa bits in the lower
        std::vector<std::uint64_t> count;
        std::vector<std::uint64_t> lowBits;
    };

    void addByExponent(std::span<const float> values, std::size_t exponent);
    void addByMaximum(std::span<const float> values, double maximum);
    void flush();
    [[nodiscard]] Exponent& slotOf(std::size_t exponent);

    SummaryKind m_kind;
    SummaryBins m_bins;
    std::size_t m_stride;  // cells of a sign, zeros counted in the last
    std::array<std::unique_ptr<Exponent>, kExponents> m_exponents;
    std::vector<SummaryCell> m_cells;     // of units that are maxima
    std::vector<std::uint64_t> m_maxima;  // likewise
    std::uint64_t m_sinceFlush = 0;
    SummaryTotals m_totals;
};

}  // namespace nanoscope
