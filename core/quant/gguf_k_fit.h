#pragma once

#include <cstddef>
#include <span>

namespace nanoscope {

// Searches of the K types for one sub-block: pure functions, float32, the order of operations as in catalogue 3.19.

/// What the affine fit minimises, weighted per element.
enum class AffineError { Squared, Absolute };

/// The trial scales of an affine fit: range / (first + 0.1 k + top), k = 0 .. steps.
struct AffineGrid {
    float top = 15.0F;  ///< largest code
    float first = -1.0F;
    int steps = 20;
    AffineError error = AffineError::Squared;
};

/// x^ = scale * code - minimum, minimum >= 0.
struct AffineFit {
    float scale = 0.0F;
    float minimum = 0.0F;
};

/// Scale and minimum of one sub-block of Q2_K, Q4_K or Q5_K. Starts from the range; each trial scale proposes codes
/// (from the last accepted minimum), these codes a weighted least-squares line, which is kept when the error drops.
/// @tparam n  elements: 16 or 32
template <std::size_t n>
[[nodiscard]] AffineFit fitAffine(
    std::span<const float, n> values, std::span<const float, n> weights, const AffineGrid& grid);

/// Elements of a sub-block of Q3_K and Q6_K.
inline constexpr std::size_t kSignedSub = 16;

/// Scale of one sub-block of Q6_K: codes -32 .. 31, errors weighted by the squared elements, the best least-squares
/// scale of nineteen trial scales -(32 + 0.1 t) / extreme, t = 0 first.
/// @return 0 for a sub-block without an element of 1e-15
[[nodiscard]] float fitQ6Scale(std::span<const float, kSignedSub> values);

/// Scale of one sub-block of Q3_K: codes -4 .. 3, errors weighted by the squared elements, at most five rounds in which
/// each code moves to where the least-squares fit of the others wants it.
/// @param codes  gets the codes of the fit; they are stored only where the sub-block's stored scale is zero
/// @return 0 for a sub-block without an element of 1e-15
[[nodiscard]] float fitQ3Scale(std::span<const float, kSignedSub> values, std::span<float, kSignedSub> codes);

}  // namespace nanoscope
