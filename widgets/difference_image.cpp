#include "widgets/difference_image.h"

#include "widgets/block_values.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nanoscope {
namespace {

constexpr std::size_t kSampled = 65536;  // cells that the reach is estimated from
constexpr double kWithin = 0.95;
constexpr double kSmallestReach = 0.1;  // dB
constexpr double kLargestReach = 50.0;
constexpr std::size_t kShades = 256;  // of each side
constexpr float kNothing = -1e30F;    // pixels that no cell is on

/// The colors of every shade, plain and within a stripe.
class Shades {
public:
    Shades(double reach, const DifferenceSides& sides, const Theme& theme)
        : m_reach(reach)
    {
        for (std::size_t i = 0; i <= 2 * kShades; ++i) {
            const double decibel = (static_cast<double>(i) / kShades - 1) * reach;
            m_plain[i] = differenceColor(decibel, reach, sides, theme, 0, 1);
            m_stripe[i] = differenceColor(decibel, reach, sides, theme, 0, 0);
        }
    }

    [[nodiscard]] QRgb at(float decibel, bool isStripe) const
    {
        const double place = std::clamp(static_cast<double>(decibel) / m_reach, -1.0, 1.0);
        const auto index = static_cast<std::size_t>(std::lround((place + 1) * kShades));
        return isStripe ? m_stripe[index] : m_plain[index];
    }

private:
    double m_reach;
    std::array<QRgb, 2 * kShades + 1> m_plain{};
    std::array<QRgb, 2 * kShades + 1> m_stripe{};
};

bool isOnStripe(int x, int y)
{
    return ((x + y) & 3) == 0;
}

}  // namespace

double differenceReach(const BlockDifference& difference)
{
    const std::size_t stride = difference.decibel.size() / kSampled + 1;
    std::vector<double> sizes;
    for (std::size_t i = 0; i < difference.decibel.size(); i += stride)
        if (std::isfinite(difference.decibel[i]))
            sizes.push_back(std::fabs(static_cast<double>(difference.decibel[i])));
    if (sizes.empty())
        return 1.0;
    const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(kWithin * static_cast<double>(sizes.size() - 1));
    std::nth_element(sizes.begin(), at, sizes.end());
    const double wanted = std::clamp(*at, kSmallestReach, kLargestReach);
    const double decade = std::pow(10.0, std::floor(std::log10(wanted)));
    for (const double step : {1.0, 2.0, 5.0})
        if (step * decade >= wanted)
            return step * decade;
    return 10.0 * decade;
}

QRgb differenceColor(double decibel, double reach, const DifferenceSides& sides, const Theme& theme, int x, int y)
{
    if (std::isnan(decibel))
        return excludedColor(theme, x, y);
    const double strength = std::min(1.0, std::fabs(decibel) / reach);
    const bool isFirst = decibel > 0;
    const QColor side = seriesColor(isFirst ? sides.firstRole : sides.secondRole, theme);
    const bool isStriped = !isFirst && isOnStripe(x, y);
    return blended(theme.panel, side, strength * (isStriped ? 0.45 : 1.0)).rgb();
}

QImage differenceImage(const BlockDifference& difference, const BlockLayout& layout, double reach,
    const DifferenceSides& sides, const Theme& theme, QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(theme.panel);
    if (layout.gridColumns() == 0 || layout.gridLines() == 0 || size.isEmpty())
        return image;
    const std::uint64_t columns = std::min(layout.gridColumns(), static_cast<std::uint64_t>(size.width()));
    const std::uint64_t lines = std::min(layout.gridLines(), static_cast<std::uint64_t>(size.height()));
    std::vector<float> shown(columns * lines, kNothing);
    for (std::uint64_t i = 0; i < difference.decibel.size(); ++i) {
        const GridCell cell = layout.cellOf(i);
        float& largest
            = shown[cell.line * lines / layout.gridLines() * columns + cell.column * columns / layout.gridColumns()];
        const float value = difference.decibel[i];
        if (largest == kNothing || std::isnan(value) || std::fabs(value) > std::fabs(largest))
            largest = value;
    }
    const Shades shades(reach, sides, theme);
    for (int y = 0; y < size.height(); ++y) {
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(y));
        const float* line = shown.data()
            + static_cast<std::uint64_t>(y) * lines / static_cast<std::uint64_t>(size.height()) * columns;
        for (int x = 0; x < size.width(); ++x) {
            const float value
                = line[static_cast<std::uint64_t>(x) * columns / static_cast<std::uint64_t>(size.width())];
            if (std::isnan(value))
                pixels[x] = excludedColor(theme, x, y);
            else if (value != kNothing)
                pixels[x] = shades.at(value, isOnStripe(x, y));
        }
    }
    return image;
}

}  // namespace nanoscope
