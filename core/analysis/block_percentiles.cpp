#include "core/analysis/block_percentiles.h"

#include "core/analysis/report.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace nanoscope {
namespace {

constexpr unsigned kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr unsigned kSignBit
    = 63;  // of a double; below it stand four digits, the exponent and 33 bits of the significand
constexpr unsigned kDropped = 19;

/// One of the ratios in ascending order, found digit by digit.
struct Wanted {
    std::uint64_t rank = 0;    ///< among the ratios that begin with the digits known, 0 is the smallest
    std::uint64_t digits = 0;  ///< known so far

    [[nodiscard]] double value() const { return std::bit_cast<double>(digits << kDropped); }
};

/// Power over squared error of each block that has an SQNR.
class Ratios {
public:
    Ratios(const CompactDoubles& squaredError, const CompactDoubles& power)
        : m_squaredError(squaredError)
        , m_power(power)
    {
        for (const double each : power.values())
            m_count += each > 0 ? 1U : 0U;
    }

    [[nodiscard]] std::uint64_t count() const { return m_count; }

    /// How many begin with each of the digits and then go on with each digit; [digits][next digit].
    /// @param begins  ascending, no two alike
    /// @param shift   bits below the next digit
    [[nodiscard]] std::vector<std::uint64_t> counts(const std::vector<std::uint64_t>& begins, unsigned shift) const
    {
        constexpr double kSmallestError = 1e-300;
        std::vector<std::uint64_t> counts(begins.size() * kDigits, 0);
        for (std::size_t block = 0; block < m_power.size(); ++block) {
            const double power = m_power[block];
            if (!(power > 0))
                continue;
            const double ratio = power / std::max(m_squaredError[block], kSmallestError);
            const std::uint64_t digits = std::bit_cast<std::uint64_t>(ratio) >> shift;
            const auto at = std::lower_bound(begins.begin(), begins.end(), digits >> kDigitBits);
            if (at != begins.end() && *at == digits >> kDigitBits)
                ++counts[static_cast<std::size_t>(at - begins.begin()) * kDigits + digits % kDigits];
        }
        return counts;
    }

private:
    const CompactDoubles& m_squaredError;
    const CompactDoubles& m_power;
    std::uint64_t m_count = 0;
};

void findNextDigit(std::vector<Wanted>& wanted, const Ratios& ratios, unsigned shift)
{
    std::vector<std::uint64_t> begins;
    for (const Wanted& each : wanted)
        begins.push_back(each.digits);
    std::sort(begins.begin(), begins.end());
    begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
    const std::vector<std::uint64_t> counts = ratios.counts(begins, shift);
    for (Wanted& each : wanted) {
        const auto table = std::lower_bound(begins.begin(), begins.end(), each.digits) - begins.begin();
        const std::uint64_t* count = counts.data() + static_cast<std::size_t>(table) * kDigits;
        std::uint64_t digit = 0;
        for (; each.rank >= count[digit]; ++digit)
            each.rank -= count[digit];
        each.digits = each.digits << kDigitBits | digit;
    }
}

double decibel(const Wanted& ratio)
{
    return 10.0 * std::log10(ratio.value());
}

}  // namespace

std::vector<std::pair<double, double>> blockSqnrPercentiles(
    const CompactDoubles& squaredError, const CompactDoubles& power)
{
    const Ratios ratios(squaredError, power);
    if (ratios.count() == 0)
        return {};
    const std::uint64_t last = ratios.count() - 1;
    const auto positionOf = [last](double percent) { return percent / 100.0 * static_cast<double>(last); };
    std::vector<Wanted> wanted;
    for (const double percent : kBlockPercentiles) {
        const auto low = static_cast<std::uint64_t>(positionOf(percent));
        wanted.push_back({low, 0});
        wanted.push_back({std::min(low + 1, last), 0});
    }
    for (unsigned shift = kSignBit; shift > kDropped;)
        findNextDigit(wanted, ratios, shift -= kDigitBits);
    std::vector<std::pair<double, double>> result;
    for (std::size_t i = 0; i < kBlockPercentiles.size(); ++i) {
        const double lower = decibel(wanted[2 * i]);
        const double upper = decibel(wanted[2 * i + 1]);
        const double position = positionOf(kBlockPercentiles[i]);
        const double between = upper > lower ? (upper - lower) * (position - std::floor(position)) : 0.0;
        result.emplace_back(kBlockPercentiles[i], lower + between);
    }
    return result;
}

}  // namespace nanoscope
