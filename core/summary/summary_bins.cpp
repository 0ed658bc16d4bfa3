#include "core/summary/summary_bins.h"

#include <bit>
#include <cmath>

namespace nanoscope {
namespace {

constexpr int kDoubleMantissa = 52;
constexpr int kDoubleBias = 1023;

}  // namespace

double SummaryBins::smallest() const
{
    return std::ldexp(1.0, -m_binades);
}

double SummaryBins::edge(std::size_t bin) const
{
    const std::size_t perBinade = std::size_t{1} << m_mantissaBits;
    const double mantissa = 1.0 + static_cast<double>(bin % perBinade) / static_cast<double>(perBinade);
    return std::ldexp(mantissa, static_cast<int>(bin / perBinade) - m_binades);
}

bool SummaryBins::isEdge(double threshold) const
{
    const auto bits = std::bit_cast<std::uint64_t>(threshold);
    return (bits & ((std::uint64_t{1} << (kDoubleMantissa - m_mantissaBits)) - 1)) == 0;
}

SummaryCut SummaryBins::cut(double threshold, bool withEdge) const
{
    const auto bits = std::bit_cast<std::uint64_t>(threshold);
    const int bin
        = static_cast<int>(bits >> (kDoubleMantissa - m_mantissaBits)) - ((kDoubleBias - m_binades) << m_mantissaBits);
    if (bin < 0)
        return {1, 0.0, 0.0, 0.0};  // all that lies below the bins
    if (!std::isfinite(threshold) || bin >= static_cast<int>(bins()))
        return {static_cast<std::uint32_t>(positions()), 0.0, 0.0, 0.0};
    const std::uint32_t onEdge = 1 + 2 * static_cast<std::uint32_t>(bin);
    if (isEdge(threshold))
        return {onEdge + (withEdge ? 1U : 0U), 0.0, 0.0, 0.0};
    const double lower = edge(static_cast<std::size_t>(bin));
    const double width = std::ldexp(1.0, (bin >> m_mantissaBits) - m_binades - m_mantissaBits);
    return {onEdge + 1, (threshold - lower) / width, lower, width};
}

}  // namespace nanoscope
