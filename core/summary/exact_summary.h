#pragma once

#include "core/quant/block_view.h"
#include "core/quant/tensor_parameters.h"
#include "core/summary/summary_bins.h"
#include "core/summary/summary_tally.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nanoscope {

/// A tensor for one block length, reduced to what an elementwise format with one scale per block needs: for each sign
/// and bin of relative magnitude counts and sums, elements exactly on the lower edge of a bin apart from those inside.
///
/// Why that is enough: such a format gives every element of a cell between two thresholds the same level q, so
///
///     sum (w - q u)^2 = sum w^2 - 2 q sum u^2 t + q^2 sum u^2
///
/// needs the three sums of the cell alone, however long the tensor. Thresholds on the edges of bins (all of E2M1, BFP4,
/// E3M0, E2M3 and so on at every scale offset) cut the bins exactly, ties included; any other threshold is set within
/// its bin as if elements were spread evenly there, an error of second order (performance.md section 4).
///
/// Sums of PowerOfTwo are exact integers until they are turned into double. Immutable; shared by threads.
class ExactSummary {
public:
    /// Looks at every element once.
    /// @param view  plain rows cut into blocks
    /// @throws Cancelled
    ExactSummary(const BlockView& view, SummaryKind kind, const PassOptions& options = {});

    [[nodiscard]] SummaryKind kind() const { return m_kind; }
    [[nodiscard]] SummaryBins bins() const { return SummaryBins(m_kind); }
    [[nodiscard]] int block() const { return m_block; }
    /// False when blocks are too small in magnitude for the bins (below 2^-100): nothing can be answered then.
    [[nodiscard]] bool isComplete() const { return !m_totals.hasTooSmall; }

    [[nodiscard]] std::uint64_t elements() const
    {
        return m_totals.elements;
    }  ///< blocks with NaN or infinity left out
    [[nodiscard]] std::uint64_t excluded() const { return m_totals.excluded; }
    [[nodiscard]] std::uint64_t zeros() const { return m_totals.zeros; }
    [[nodiscard]] double power() const { return m_power; }                    ///< sum w^2
    [[nodiscard]] int smallestExponent() const { return m_totals.smallest; }  ///< of the blocks' maxima
    [[nodiscard]] int largestExponent() const { return m_totals.largest; }

    /// Sums of all elements of a sign on zero's side of a cut.
    [[nodiscard]] SummaryCell below(bool negative, const SummaryCut& cut) const
    {
        const std::vector<SummaryCell>& prefix = m_prefix[negative ? 1 : 0];
        return cut.share == 0.0 ? prefix[cut.position] : belowInside(prefix, cut);
    }
    /// All elements of a sign but zeros.
    [[nodiscard]] const SummaryCell& whole(bool negative) const { return m_prefix[negative ? 1 : 0].back(); }
    /// Elements as large as their block's maximum where that is less than a magnitude; of SummaryKind::Maximum. Maxima
    /// are taken as spread evenly over a 64th of a binade.
    [[nodiscard]] double maximaBelow(double magnitude) const;
    /// Counts by relative magnitude for a histogram: element counts of equal bins from -reach to reach, in units of t.
    [[nodiscard]] std::vector<double> histogram(double reach, std::size_t bins) const;

private:
    [[nodiscard]] static SummaryCell belowInside(const std::vector<SummaryCell>& prefix, const SummaryCut& cut);
    void collapse(const std::vector<SummaryTally>& tallies);
    void collapseMaxima(const std::vector<std::uint64_t>& blocks);

    SummaryKind m_kind;
    int m_block;
    SummaryTotals m_totals;
    double m_power = 0.0;
    // Per sign: sums of everything before position p of SummaryBins; one more, for all.
    std::array<std::vector<SummaryCell>, 2> m_prefix;
    std::vector<double> m_maxima;  // elements that are maxima, of all blocks before a bin of SummaryTally::maxima()
};

}  // namespace nanoscope
