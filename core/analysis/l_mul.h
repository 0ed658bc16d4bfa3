#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// Fewest and most mantissa bits for which L-Mul is studied.
inline constexpr int kFewestLMulBits = 2;
inline constexpr int kMostLMulBits = 10;

/// L-Mul: a product by integer addition of the operands' codes. Significands are rounded to m bits first (ties to
/// even); then (1 + x_m + y_m + 2^-l) 2^(x_e + y_e), l = m up to 3, 3 for m = 4, 4 above. 0 where an operand is 0.
/// Source: arXiv 2410.00907; catalogue 6.1.
/// @param x, y  finite
[[nodiscard]] double lMulProduct(double x, double y, int mantissaBits);

/// Errors of approximate products z of pairs whose exact product is p.
struct ProductError {
    double relativeMeanSquare = 0.0;  ///< mean (z-p)^2 / mean p^2
    double bias = 0.0;                ///< mean z/p - 1 over the pairs with p other than 0
};

struct LMulPoint {
    int mantissaBits = 0;
    ProductError error;
};

/// Products of operands that are rounded to a small float first. Left and right operands and products are scaled before
/// rounding so that the RMS of the operands is 8 (E5M2) or 4 (E4M3): far from both ends of the range.
struct RoundedProducts {
    std::string format;    ///< "E5M2", "E4M3"
    ProductError exact;    ///< of the exact product of rounded operands
    ProductError rounded;  ///< with the product rounded to the same format
};

struct LMulStudy {
    std::uint64_t pairs = 0;
    std::vector<LMulPoint> points;            ///< by mantissa bits, kFewestLMulBits to kMostLMulBits
    std::vector<RoundedProducts> references;  ///< E5M2, E4M3
};

/// Errors over given pairs left[i] * right[i]; both finite and of the same length.
/// @throws Cancelled
[[nodiscard]] LMulStudy lMulErrors(
    std::span<const double> left, std::span<const double> right, const std::stop_token& stop = {});

/// Which pairs of a tensor's own values are multiplied.
struct LMulOptions {
    std::uint64_t mostPairs = 1 << 18;  ///< elements beyond are sampled evenly
    std::uint32_t seed = 1;             ///< of the partners
    std::stop_token stop;
};

/// Errors on a tensor's own values: each element times a pseudo-random partner, the same for equal seeds on every
/// machine. NaN and infinity are left out.
/// @throws Cancelled
[[nodiscard]] LMulStudy lMulStudy(std::span<const float> values, const LMulOptions& options = {});

}  // namespace nanoscope
