#include "core/analysis/spikes.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>

namespace nanoscope {
namespace {

constexpr std::size_t kPerCheck = 1 << 16;  // elements between looks at the stop token
constexpr int kTailBits = 15;               // of a magnitude's 31 bits; the others lead
constexpr std::size_t kLeads = std::size_t{1} << (31 - kTailBits);
constexpr std::size_t kTails = std::size_t{1} << kTailBits;
constexpr int kLowestOctave = -149;  // of the smallest float
constexpr std::size_t kOctaves = 149 + 128;

/// Calls visit(value) for every finite value.
template <typename Visit> void forEachFinite(std::span<const float> values, const std::stop_token& stop, Visit visit)
{
    for (std::size_t first = 0; first < values.size(); first += kPerCheck) {
        if (stop.stop_requested())
            throw Cancelled();
        for (const float value : values.subspan(first, std::min(kPerCheck, values.size() - first)))
            if (std::isfinite(value))
                visit(value);
    }
}

/// Bit pattern of |value|; patterns are in the order of the magnitudes.
std::uint32_t magnitudeBits(float value)
{
    return std::bit_cast<std::uint32_t>(std::fabs(value));
}

/// What the first reading finds.
struct FirstPass {
    std::uint64_t elements = 0;
    double sum = 0.0;
    double square = 0.0;
    std::uint32_t largest = 0;  // as a pattern
    std::vector<std::uint64_t> leads = std::vector<std::uint64_t>(kLeads);
    std::array<std::uint64_t, kOctaves> octaves{};
};

FirstPass readFirst(std::span<const float> values, const std::stop_token& stop)
{
    FirstPass pass;
    forEachFinite(values, stop, [&pass](float value) {
        const std::uint32_t bits = magnitudeBits(value);
        const auto exact = static_cast<double>(value);
        ++pass.elements;
        pass.sum += exact;
        pass.square += exact * exact;
        pass.largest = std::max(pass.largest, bits);
        ++pass.leads[bits >> kTailBits];
        if (bits == 0)
            return;
        // Exponent fields from 1 on are normal; below, the leading one of the pattern tells the octave.
        const auto field = static_cast<std::size_t>(bits >> 23U);
        ++pass.octaves[field > 0 ? field + 22 : static_cast<std::size_t>(std::bit_width(bits)) - 1];
    });
    return pass;
}

/// One of the middle elements: its leading bits, and its rank among the elements that share them.
struct Middle {
    std::uint32_t lead = 0;
    std::uint64_t rank = 0;
};

Middle middleAt(const std::vector<std::uint64_t>& leads, std::uint64_t rank)
{
    Middle middle{0, rank};
    while (middle.rank >= leads[middle.lead])
        middle.rank -= leads[middle.lead++];
    return middle;
}

/// What the second reading finds.
struct SecondPass {
    double second = 0.0;  // sum of (w - mean)^2
    double fourth = 0.0;
    std::uint64_t far = 0;
    std::array<std::vector<std::uint64_t>, 2> tails{
        std::vector<std::uint64_t>(kTails), std::vector<std::uint64_t>(kTails)};
};

SecondPass readSecond(std::span<const float> values, double mean, double limit, const std::array<Middle, 2>& middles,
    const std::stop_token& stop)
{
    SecondPass pass;
    forEachFinite(values, stop, [&](float value) {
        const double away = static_cast<double>(value) - mean;
        pass.second += away * away;
        pass.fourth += away * away * away * away;
        pass.far += std::fabs(static_cast<double>(value)) > limit ? 1U : 0U;
        const std::uint32_t bits = magnitudeBits(value);
        for (std::size_t i = 0; i < middles.size(); ++i)
            if (bits >> kTailBits == middles[i].lead)
                ++pass.tails[i][bits & (kTails - 1)];
    });
    return pass;
}

double magnitudeOf(const Middle& middle, const std::vector<std::uint64_t>& tails)
{
    std::uint64_t rank = middle.rank;
    std::uint32_t tail = 0;
    while (rank >= tails[tail])
        rank -= tails[tail++];
    return static_cast<double>(std::bit_cast<float>(middle.lead << kTailBits | tail));
}

std::vector<OctaveCount> octavesOf(const std::array<std::uint64_t, kOctaves>& counts)
{
    const auto isUsed = [](std::uint64_t count) { return count > 0; };
    const auto first = std::find_if(counts.begin(), counts.end(), isUsed);
    const auto last = std::find_if(counts.rbegin(), counts.rend(), isUsed).base();
    std::vector<OctaveCount> octaves;
    for (auto count = first; count < last; ++count)
        octaves.push_back({std::ldexp(1.0, static_cast<int>(count - counts.begin()) + kLowestOctave), *count});
    return octaves;
}

}  // namespace

SpikeFigures spikeFigures(std::span<const float> values, double threshold, const std::stop_token& stop)
{
    SpikeFigures figures;
    figures.threshold = threshold;
    const FirstPass first = readFirst(values, stop);
    figures.elements = first.elements;
    if (first.elements == 0)
        return figures;
    const auto elements = static_cast<double>(first.elements);
    figures.octaves = octavesOf(first.octaves);
    figures.rms = std::sqrt(first.square / elements);
    figures.maximum = static_cast<double>(std::bit_cast<float>(first.largest));

    const std::array<Middle, 2> middles{
        middleAt(first.leads, (first.elements - 1) / 2), middleAt(first.leads, first.elements / 2)};
    const SecondPass second = readSecond(values, first.sum / elements, kFarMultiple * figures.rms, middles, stop);
    figures.median = (magnitudeOf(middles[0], second.tails[0]) + magnitudeOf(middles[1], second.tails[1])) / 2;
    figures.farShare = static_cast<double>(second.far) / elements;
    if (second.second > 0)
        figures.kurtosis = second.fourth * elements / (second.second * second.second);
    if (figures.rms > 0)
        figures.crestFactor = figures.maximum / figures.rms;
    if (figures.median > 0)
        figures.maximumOverMedian = figures.maximum / figures.median;
    figures.isSpiky = figures.maximumOverMedian.value_or(0.0) > threshold;
    return figures;
}

}  // namespace nanoscope
