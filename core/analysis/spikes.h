#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// Largest over median magnitude from which a tensor counts as one with spikes. Our choice, for there is no agreed
/// one: a billion Gaussian values reach about 9, a billion Laplacian ones 30, a million of Student's t with five
/// degrees of freedom about 35.
inline constexpr double kSpikeRatio = 100.0;

/// Multiples of the RMS beyond which an element is counted as far out.
inline constexpr double kFarMultiple = 6.0;

/// How many elements have a magnitude in [lowest, 2 lowest).
struct OctaveCount {
    double lowest = 0.0;
    std::uint64_t count = 0;
};

/// How far the largest elements of a tensor stand out from the others: what decides whether it is kept at a higher
/// precision. Elements that are NaN or infinite are left out.
/// Source: arXiv 2504.21553 (spike-aware mixed precision, for activations); the rule for tensors is ours (catalogue 5).
struct SpikeFigures {
    std::uint64_t elements = 0;
    double maximum = 0.0;  ///< max |w|
    double median = 0.0;   ///< median |w|, exact; the mean of the middle two for an even number
    double rms = 0.0;
    std::optional<double> maximumOverMedian;  ///< absent when the median is 0
    std::optional<double> crestFactor;        ///< max |w| / RMS; absent for a zero tensor
    std::optional<double> kurtosis;  ///< mean (w-m)^4 / (mean (w-m)^2)^2: 3 for a Gaussian; absent without a spread
    double farShare = 0.0;           ///< share of elements with |w| > kFarMultiple RMS
    double threshold = kSpikeRatio;
    bool isSpiky = false;              ///< maximumOverMedian > threshold; false where that is absent
    std::vector<OctaveCount> octaves;  ///< ascending, without gaps; zeros are left out
};

/// Reads the values twice and copies none: the median comes from counting bit patterns, their leading half first.
/// @throws Cancelled
[[nodiscard]] SpikeFigures spikeFigures(
    std::span<const float> values, double threshold = kSpikeRatio, const std::stop_token& stop = {});

}  // namespace nanoscope
