#include "core/preview/sample_figures.h"

#include <cmath>

namespace nanoscope {
namespace {

/// Calls `field` for every count, always in the same order; all but those by book and length.
template <typename Counts, typename Field> void forEachCount(Counts& counts, const Field& field)
{
    for (auto* count : {&counts.blocks, &counts.saturated, &counts.clipped, &counts.zero, &counts.underflow,
             &counts.blocksWithMaximum, &counts.pieces, &counts.unusedCodes, &counts.headroom})
        field(*count);
    for (auto* list : {&counts.codes, &counts.density, &counts.units, &counts.micro, &counts.offset, &counts.target,
             &counts.original, &counts.dequantized, &counts.magnitude})
        for (auto& count : *list)
            field(count);
}

void addScaled(std::vector<double>& sum, const std::vector<double>& terms, double weight)
{
    sum.resize(std::max(sum.size(), terms.size()));
    for (std::size_t i = 0; i < terms.size(); ++i)
        sum[i] += weight * terms[i];
}

}  // namespace

void WeighedFigures::add(const BlockCounts& counts, const TotalSums& sums, double weight)
{
    if (m_counts.empty()) {
        m_shape = counts;
        std::size_t size = 0;
        forEachCount(counts, [&](std::uint64_t) { ++size; });
        m_counts.assign(size, 0.0);
    }
    double* count = m_counts.data();
    forEachCount(counts, [&](std::uint64_t value) { *count++ += weight * static_cast<double>(value); });
    for (const auto& [key, value] : counts.piecesByBookAndLength)
        m_pieces[key] += weight * static_cast<double>(value);
    m_sums.squaredError += weight * sums.squaredError;
    m_sums.absoluteError += weight * sums.absoluteError;
    m_sums.error += weight * sums.error;
    m_sums.power += weight * sums.power;
    m_sums.dequantizedPower += weight * sums.dequantizedPower;
    m_sums.product += weight * sums.product;
    m_sums.blockMaxRelative += weight * sums.blockMaxRelative;
    m_sums.blockMaxSquared += weight * sums.blockMaxSquared;
    addScaled(m_sums.levelSquaredError, sums.levelSquaredError, weight);
    addScaled(m_sums.magnitudeSquaredError, sums.magnitudeSquaredError, weight);
    addScaled(m_sums.magnitudePower, sums.magnitudePower, weight);
}

BlockCounts WeighedFigures::counts() const
{
    BlockCounts counts = m_shape;
    const double* count = m_counts.data();
    forEachCount(counts, [&](std::uint64_t& value) { value = static_cast<std::uint64_t>(std::llround(*count++)); });
    counts.piecesByBookAndLength.clear();
    for (const auto& [key, value] : m_pieces)
        counts.piecesByBookAndLength[key] = static_cast<std::uint64_t>(std::llround(value));
    return counts;
}

}  // namespace nanoscope
