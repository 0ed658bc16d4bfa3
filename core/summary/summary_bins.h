#pragma once

#include <cstddef>
#include <cstdint>

namespace nanoscope {

/// Which scale the magnitudes of a summary are relative to.
enum class SummaryKind {
    PowerOfTwo,  ///< 2^floor(log2 max |w|) of the block: formats with a power-of-two scale
    Maximum      ///< max |w| of the block: formats whose scale is the block maximum times a constant
};

/// A threshold among the bins: where relative magnitudes below it end.
struct SummaryCut {
    std::uint32_t position = 0;  ///< cells before this one lie below
    double share = 0.0;          ///< how far into the bin the threshold lies, of its width; 0 on an edge
    double lower = 0.0;          ///< lower edge of that bin
    double width = 0.0;          ///< of that bin
};

/// How relative magnitudes t = |w| / u are binned: binades below the unit, each in 2^mantissaBits equal bins. The cells
/// of a sign are numbered: what lies below all bins; then of each bin, ascending, what lies exactly on its lower edge
/// and what lies inside.
///
/// Thresholds of power-of-two formats lie on edges of seven mantissa bits; those of real-valued scales lie anywhere,
/// and the error of a cut inside a bin falls with the square of the bin's width.
class SummaryBins {
public:
    explicit constexpr SummaryBins(SummaryKind kind)
        : m_mantissaBits(kind == SummaryKind::PowerOfTwo ? 7 : 10)
        , m_binades(kind == SummaryKind::PowerOfTwo ? 24 : 20)
    {
    }

    [[nodiscard]] constexpr int mantissaBits() const { return m_mantissaBits; }
    /// Binades below the unit; the unit's own is one more.
    [[nodiscard]] constexpr int binades() const { return m_binades; }
    [[nodiscard]] constexpr std::size_t bins() const
    {
        return static_cast<std::size_t>(m_binades + 1) << m_mantissaBits;
    }
    /// Cells of a sign.
    [[nodiscard]] constexpr std::size_t positions() const { return 1 + 2 * bins(); }

    /// Smallest relative magnitude that is told apart from 0.
    [[nodiscard]] double smallest() const;
    /// Lower edge of a bin.
    [[nodiscard]] double edge(std::size_t bin) const;
    /// True when a threshold lies on the edge of a bin, so that its cut is exact.
    [[nodiscard]] bool isEdge(double threshold) const;
    /// @param threshold  relative magnitude, positive; infinite: everything lies below
    /// @param withEdge   whether magnitudes equal to the threshold lie below
    [[nodiscard]] SummaryCut cut(double threshold, bool withEdge) const;

private:
    int m_mantissaBits;
    int m_binades;
};

}  // namespace nanoscope
