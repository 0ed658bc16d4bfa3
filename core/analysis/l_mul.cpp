#include "core/analysis/l_mul.h"

#include "core/error.h"
#include "core/format/codebook.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

namespace nanoscope {
namespace {

constexpr std::size_t kPairsPerCheck = 1 << 14;  // between looks at the stop token

/// Mantissa in [0, 1), rounded to some bits, and exponent: |v| = (1 + mantissa) 2^exponent.
struct Significand {
    double mantissa = 0.0;
    int exponent = 0;
};

Significand significandOf(double value, int mantissaBits)
{
    Significand parts;
    const double fraction = std::frexp(std::fabs(value), &parts.exponent);
    --parts.exponent;
    parts.mantissa = std::ldexp(std::nearbyint(std::ldexp(2 * fraction - 1, mantissaBits)), -mantissaBits);
    if (parts.mantissa >= 1.0) {
        parts.mantissa = 0.0;
        ++parts.exponent;
    }
    return parts;
}

/// Sums of the errors of one way to multiply.
class ErrorSum {
public:
    void add(double approximate, double exact)
    {
        const double difference = approximate - exact;
        m_square += difference * difference;
        m_power += exact * exact;
        if (exact == 0.0)
            return;
        m_relative += approximate / exact - 1.0;
        ++m_products;
    }

    [[nodiscard]] ProductError error() const
    {
        return {m_power > 0 ? m_square / m_power : 0.0,
            m_products > 0 ? m_relative / static_cast<double>(m_products) : 0.0};
    }

private:
    double m_square = 0.0;
    double m_power = 0.0;
    double m_relative = 0.0;
    std::uint64_t m_products = 0;
};

/// Calls visit(x, y) for all pairs.
template <typename Visit>
void forEachPair(std::span<const double> left, std::span<const double> right, const std::stop_token& stop, Visit visit)
{
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (i % kPairsPerCheck == 0 && stop.stop_requested())
            throw Cancelled();
        visit(left[i], right[i]);
    }
}

double rootMeanSquare(std::span<const double> values)
{
    double sum = 0.0;
    for (const double value : values)
        sum += value * value;
    return values.empty() ? 0.0 : std::sqrt(sum / static_cast<double>(values.size()));
}

struct Reference {
    const char* name;
    int exponentBits;
    int mantissaBits;
    TopCodes top;
    double operandRms;  // of the scaled operands
};
constexpr Reference kReferences[]{{"E5M2", 5, 2, TopCodes::Ieee, 8.0}, {"E4M3", 4, 3, TopCodes::OneNan, 4.0}};

RoundedProducts roundedProducts(const Reference& reference, std::span<const double> left, std::span<const double> right,
    const std::stop_token& stop)
{
    ElementBook element;
    element.id = reference.name;
    element.exponentBits = reference.exponentBits;
    element.mantissaBits = reference.mantissaBits;
    element.top = reference.top;
    const Codebook book(element, TieRule::Even);
    const auto rounded = [&book](double value) { return book.level(book.nearest(value)); };

    RoundedProducts products;
    products.format = reference.name;
    const double rmsLeft = rootMeanSquare(left);
    const double rmsRight = rootMeanSquare(right);
    if (!(rmsLeft > 0) || !(rmsRight > 0))
        return products;
    // Operands and product are kept as multiples of these units: dividing and multiplying again would break ties, and
    // products of short significands are often ties.
    const double unitLeft = rmsLeft / reference.operandRms;
    const double unitRight = rmsRight / reference.operandRms;
    ErrorSum exactSum;
    ErrorSum roundedSum;
    forEachPair(left, right, stop, [&](double x, double y) {
        const double product = rounded(x / unitLeft) * rounded(y / unitRight);
        const double roundedProduct = rounded(product / reference.operandRms) * reference.operandRms;
        exactSum.add(product * unitLeft * unitRight, x * y);
        roundedSum.add(roundedProduct * unitLeft * unitRight, x * y);
    });
    products.exact = exactSum.error();
    products.rounded = roundedSum.error();
    return products;
}

/// Mixes the bits of a number well enough to pick partners. Source: the SplitMix64 generator (Steele et al., 2014).
std::uint64_t mixed(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

}  // namespace

double lMulProduct(double x, double y, int mantissaBits)
{
    if (x == 0.0 || y == 0.0)
        return 0.0;
    const int offset = mantissaBits <= 3 ? mantissaBits : mantissaBits == 4 ? 3 : 4;
    const Significand a = significandOf(x, mantissaBits);
    const Significand b = significandOf(y, mantissaBits);
    const double magnitude
        = std::ldexp(1.0 + a.mantissa + b.mantissa + std::ldexp(1.0, -offset), a.exponent + b.exponent);
    return std::signbit(x) == std::signbit(y) ? magnitude : -magnitude;
}

LMulStudy lMulErrors(std::span<const double> left, std::span<const double> right, const std::stop_token& stop)
{
    LMulStudy study;
    study.pairs = left.size();
    for (int bits = kFewestLMulBits; bits <= kMostLMulBits; ++bits) {
        ErrorSum sum;
        forEachPair(left, right, stop, [&](double x, double y) { sum.add(lMulProduct(x, y, bits), x * y); });
        study.points.push_back({bits, sum.error()});
    }
    for (const Reference& reference : kReferences)
        study.references.push_back(roundedProducts(reference, left, right, stop));
    return study;
}

LMulStudy lMulStudy(std::span<const float> values, const LMulOptions& options)
{
    std::vector<float> copied;  // only where something has to be left out
    const auto isFinite = [](float value) { return std::isfinite(value); };
    std::span<const float> finite = values;
    if (!std::all_of(values.begin(), values.end(), isFinite)) {
        std::copy_if(values.begin(), values.end(), std::back_inserter(copied), isFinite);
        finite = copied;
    }

    const std::uint64_t elements = finite.size();
    const std::uint64_t pairs = std::min(elements, options.mostPairs);
    std::vector<double> left;
    std::vector<double> right;
    left.reserve(pairs);
    right.reserve(pairs);
    for (std::uint64_t i = 0; i < pairs; ++i) {
        const double place = static_cast<double>(i) / static_cast<double>(pairs) * static_cast<double>(elements);
        const std::uint64_t partner = mixed((std::uint64_t{options.seed} << 32U) ^ i) % elements;
        left.push_back(static_cast<double>(finite[static_cast<std::size_t>(place)]));
        right.push_back(static_cast<double>(finite[partner]));
    }
    return lMulErrors(left, right, options.stop);
}

}  // namespace nanoscope
