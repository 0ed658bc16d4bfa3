#include "widgets/color_map.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nanoscope {

namespace {

constexpr std::size_t kStops = 10;
using Stops = std::array<QRgb, kStops>;
using Triple = std::array<double, 3>;

constexpr Stops kViridis{
    0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725};
constexpr Stops kCividis{
    0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838};

double decoded(int channel)
{
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

int encoded(double value)
{
    const double clamped = std::clamp(value, 0.0, 1.0);
    const double channel = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * std::pow(clamped, 1 / 2.4) - 0.055;
    return static_cast<int>(std::lround(channel * 255));
}

// Oklab, because equal steps in it look equal. Source: B. Ottosson, "A perceptual color space", 2020.
Triple toOklab(QRgb color)
{
    const double r = decoded(qRed(color));
    const double g = decoded(qGreen(color));
    const double b = decoded(qBlue(color));
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

QRgb fromOklab(const Triple& lab)
{
    const auto cubed = [](double x) { return x * x * x; };
    const double l = cubed(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    const double m = cubed(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    const double s = cubed(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    return qRgb(encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

ColorTable interpolated(const Stops& stops)
{
    std::array<Triple, kStops> labs;
    std::transform(stops.begin(), stops.end(), labs.begin(), toOklab);
    ColorTable table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double position = static_cast<double>(i) * (kStops - 1) / static_cast<double>(table.size() - 1);
        const std::size_t lower = std::min(static_cast<std::size_t>(position), kStops - 2);
        const double fraction = position - static_cast<double>(lower);
        Triple lab{};
        for (std::size_t k = 0; k < lab.size(); ++k)
            lab[k] = labs[lower][k] + fraction * (labs[lower + 1][k] - labs[lower][k]);
        table[i] = fromOklab(lab);
    }
    return table;
}

}  // namespace

const ColorTable& colorTable(ColorMap map)
{
    static const ColorTable viridis = interpolated(kViridis);
    static const ColorTable cividis = interpolated(kCividis);
    return map == ColorMap::Viridis ? viridis : cividis;
}

int colorIndex(double fraction)
{
    if (!(fraction > 0))
        return 0;
    return fraction >= 1 ? 255 : static_cast<int>(fraction * 256);
}

}  // namespace nanoscope
