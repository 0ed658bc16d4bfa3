#include "core/preview/sample_allocation.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kEvenShare = 0.1;
constexpr std::uint64_t kFewest = 2;  // one block tells nothing of how blocks differ

/// Each stratum's part of the budget that is left for those not yet taken whole; 0 for the others.
std::vector<double> sharesOf(const std::vector<StratumSize>& strata, const std::vector<bool>& isWhole)
{
    double blocks = 0.0;
    double weight = 0.0;
    for (std::size_t i = 0; i < strata.size(); ++i)
        if (!isWhole[i]) {
            blocks += static_cast<double>(strata[i].population);
            weight += static_cast<double>(strata[i].population) * strata[i].weight;
        }
    std::vector<double> shares(strata.size(), 0.0);
    for (std::size_t i = 0; i < strata.size(); ++i) {
        if (isWhole[i] || blocks == 0.0)
            continue;
        const auto population = static_cast<double>(strata[i].population);
        const double even = population / blocks;
        shares[i] = weight > 0 ? kEvenShare * even + (1 - kEvenShare) * population * strata[i].weight / weight : even;
    }
    return shares;
}

}  // namespace

std::vector<std::uint64_t> allocateSample(const std::vector<StratumSize>& strata, std::uint64_t budget)
{
    std::vector<bool> isWhole(strata.size(), false);
    auto left = static_cast<double>(budget);
    while (true) {
        const std::vector<double> shares = sharesOf(strata, isWhole);
        double taken = 0.0;
        for (std::size_t i = 0; i < strata.size(); ++i) {
            const auto population = static_cast<double>(strata[i].population);
            if (!isWhole[i] && shares[i] * left >= population) {
                isWhole[i] = true;
                taken += population;
            }
        }
        if (taken > 0.0) {
            left = std::max(0.0, left - taken);
            continue;
        }
        std::vector<std::uint64_t> drawn;
        for (std::size_t i = 0; i < strata.size(); ++i) {
            const std::uint64_t population = strata[i].population;
            const auto share = static_cast<std::uint64_t>(std::ceil(shares[i] * left));
            drawn.push_back(isWhole[i] ? population : std::min(population, std::max(share, kFewest)));
        }
        return drawn;
    }
}

}  // namespace nanoscope
