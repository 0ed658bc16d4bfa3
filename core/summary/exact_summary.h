#pragma once

#include "core/quant/block_view.h"
#include "core/quant/tensor_parameters.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace nanoscope {

/// Which scale the magnitudes of a summary are relative to.
enum class SummaryKind {
    PowerOfTwo,  ///< 2^floor(log2 max |w|) of the block: formats with a power-of-two scale
    Maximum      ///< max |w| of the block: formats whose scale is the block maximum times a constant
};

/// Counts and sums of the elements of one sign in one bin of relative magnitude t = |w| / u, u the unit of its block.
struct SummaryCell {
    double count = 0.0;
    double unit = 0.0;                 ///< sum of u
    double unitMagnitude = 0.0;        ///< sum of u t = sum of |w| / 1
    double unitSquare = 0.0;           ///< sum of u^2
    double unitSquareMagnitude = 0.0;  ///< sum of u^2 t

    SummaryCell& operator+=(const SummaryCell& other);
    [[nodiscard]] SummaryCell operator-(const SummaryCell& other) const;
    [[nodiscard]] SummaryCell scaled(double share) const;
};

/// A threshold among the bins: where relative magnitudes below it end.
struct SummaryCut {
    std::uint32_t position = 0;  ///< cells before this one lie below
    double share = 0.0;          ///< of the cell at `position`, where the threshold lies inside its bin; 0 on an edge
    double middle = 0.0;         ///< mean magnitude of that share, as if elements were spread evenly
};

/// @param threshold  relative magnitude, positive; infinite: everything lies below
/// @param withEdge   whether magnitudes equal to the threshold lie below
[[nodiscard]] SummaryCut summaryCut(double threshold, bool withEdge);
/// True when a threshold lies on the edge of a bin, so that its cut is exact.
[[nodiscard]] bool isOnSummaryEdge(double threshold);
/// Smallest relative magnitude that is told apart from 0.
[[nodiscard]] double smallestSummaryMagnitude();

/// A tensor for one block length, reduced to what an elementwise format with one scale per block needs: for each sign
/// and bin of relative magnitude (seven mantissa bits of each binade) counts and sums, elements exactly on the lower
/// edge of a bin apart from those inside it.
///
/// Why that is enough: such a format gives every element of a cell between two thresholds the same level q, so
///
///     sum (w - q u)^2 = sum w^2 - 2 q sum u^2 t + q^2 sum u^2
///
/// needs the three sums of the cell alone, however long the tensor. Thresholds on the edges of bins (all of E2M1, BFP4,
/// E3M0, E2M3 and so on at every scale offset) cut the bins exactly, ties included; any other threshold is set within
/// its bin as if the elements were spread evenly there, an error of second order (performance.md section 4).
///
/// Sums of PowerOfTwo are exact integers until they are turned into double. Immutable; shared by threads.
class ExactSummary {
public:
    static constexpr int kMantissaBits = 7;
    static constexpr int kBinades = 24;  ///< below the unit; what is smaller is counted apart
    static constexpr std::size_t kBins = static_cast<std::size_t>(kBinades + 1) << kMantissaBits;

    /// Looks at every element once.
    /// @param view  plain rows cut into blocks
    /// @throws Cancelled
    ExactSummary(const BlockView& view, SummaryKind kind, const PassOptions& options = {});

    [[nodiscard]] SummaryKind kind() const { return m_kind; }
    [[nodiscard]] int block() const { return m_block; }
    /// False when blocks are too small in magnitude for the bins (below 2^-100): nothing can be answered then.
    [[nodiscard]] bool isComplete() const { return m_isComplete; }

    [[nodiscard]] std::uint64_t elements() const { return m_elements; }  ///< blocks with NaN or infinity left out
    [[nodiscard]] std::uint64_t excluded() const { return m_excluded; }
    [[nodiscard]] std::uint64_t zeros() const { return m_zeros; }
    [[nodiscard]] double power() const { return m_power; }             ///< sum w^2
    [[nodiscard]] int smallestExponent() const { return m_smallest; }  ///< of the blocks' maxima
    [[nodiscard]] int largestExponent() const { return m_largest; }

    /// Sums of all elements of a sign on zero's side of a cut.
    [[nodiscard]] SummaryCell below(bool negative, const SummaryCut& cut) const
    {
        const std::vector<SummaryCell>& prefix = m_prefix[negative ? 1 : 0];
        return cut.share == 0.0 ? prefix[cut.position] : belowInside(prefix, cut);
    }
    /// All elements of a sign but zeros.
    [[nodiscard]] const SummaryCell& whole(bool negative) const { return m_prefix[negative ? 1 : 0].back(); }
    /// Counts by relative magnitude for a histogram: element counts of equal bins from -reach to reach, in units of t.
    [[nodiscard]] std::vector<double> histogram(double reach, std::size_t bins) const;

private:
    struct Worker;
    [[nodiscard]] static SummaryCell belowInside(const std::vector<SummaryCell>& prefix, const SummaryCut& cut);
    void collapse(const std::vector<std::unique_ptr<Worker>>& workers);

    SummaryKind m_kind;
    int m_block;
    bool m_isComplete = true;
    std::uint64_t m_elements = 0;
    std::uint64_t m_excluded = 0;
    std::uint64_t m_zeros = 0;
    double m_power = 0.0;
    int m_smallest = 0;
    int m_largest = 0;
    // Per sign: sums of everything before position p; positions are: what is below the bins, then per bin its edge and
    // its inside.
    std::array<std::vector<SummaryCell>, 2> m_prefix;
};

}  // namespace nanoscope
