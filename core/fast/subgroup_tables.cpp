#include "core/fast/subgroup_tables.h"

#include <bit>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr int kMantissaBits = 23;
constexpr double kPartsPerScale = 16.0;  ///< as SearchFormat has them for the first codebook

/// Where a bin starts, and ends, in thirty-seconds of the base scale.
int edgeOf(std::size_t bin)
{
    const auto b = static_cast<int>(bin);
    return b < 64 ? b : b < 96 ? 2 * (b - 32) : 4 * (b - 64);
}

/// @return false: a threshold lies within a bin, or a distance is no number of a byte
bool fillDistances(
    std::array<std::int8_t, SubgroupTables::kBins>& distances, const Codebook& book, double micro, int offset)
{
    constexpr double kInside = 1e-6;
    const double scale = std::ldexp(micro, offset);
    for (std::size_t bin = 0; bin < distances.size(); ++bin) {
        const double start = edgeOf(bin) / 32.0;
        const double width = (edgeOf(bin + 1) - edgeOf(bin)) / 32.0;
        const auto levelAt
            = [&](double part) { return book.level(book.nearest((start + part * width) / scale)) * scale; };
        const double level = levelAt(0.5);
        const double distance = (std::floor(start * 8.0) / 8.0 - level) * 16.0;
        if (level != levelAt(kInside) || level != levelAt(1.0 - kInside) || distance != std::nearbyint(distance)
            || std::fabs(distance) > std::numeric_limits<std::int8_t>::max())
            return false;
        distances[bin] = static_cast<std::int8_t>(distance);
    }
    return true;
}

/// Whether |x| * inverse - kNudge, rounded once, lies on the side of every threshold that |x| / scale does. The
/// product grows with x, so that the numbers next to a threshold decide.
bool isFirm(const std::vector<double>& magnitudes, double half, float unit, float inverse)
{
    const auto product = [inverse](float x) { return std::fma(x, inverse, -SubgroupTables::kNudge); };
    for (std::size_t i = 0; i + 1 < magnitudes.size(); ++i) {
        const auto threshold = static_cast<float>((magnitudes[i] + magnitudes[i + 1]) / (2.0 * half));
        const float x = threshold * unit;  // exact: both have a few bits
        const bool isTieUp = i % 2 == 1;   // to the even code
        const bool below = isTieUp ? product(std::nextafter(x, 0.0F)) < threshold : product(x) <= threshold;
        const bool above = isTieUp ? product(x) >= threshold : product(std::nextafter(x, 2.0F * x)) > threshold;
        if (!below || !above)
            return false;
    }
    return true;
}

}  // namespace

SubgroupTables subgroupTablesOf(
    const Codebook& book, const std::vector<double>& micros, const std::vector<int>& offsets, bool isBase)
{
    SubgroupTables tables;
    const auto& magnitudes = book.magnitudes();
    const bool isFloat = book.element().kind == BookKind::Float;
    const double half = (magnitudes.back() - magnitudes[magnitudes.size() - 2]) / 2;
    const double step = magnitudes[1] / half;
    tables.smallest = std::bit_cast<std::uint32_t>(static_cast<float>(isFloat ? 2 * step : 4 * step));
    tables.steps = static_cast<float>(std::ldexp(1.0, kMantissaBits - (isFloat ? 1 : 2)));
    tables.largest = static_cast<float>(book.largest() / half);
    tables.unitsPerPart = static_cast<float>(half * kPartsPerScale);
    tables.isScored = isBase;
    tables.isFirm = true;
    for (std::size_t slot = 0; slot < micros.size() * offsets.size(); ++slot) {
        const double micro = micros[slot / offsets.size()];
        const int offset = offsets[slot % offsets.size()];
        tables.unit[slot] = static_cast<float>(std::ldexp(micro * half, offset));
        tables.inverse[slot] = 1.0F / tables.unit[slot];
        tables.isFirm = tables.isFirm && isFirm(magnitudes, half, tables.unit[slot], tables.inverse[slot]);
        tables.isScored = tables.isScored && fillDistances(tables.distance[slot], book, micro, offset);
    }
    return tables;
}

}  // namespace nanoscope
