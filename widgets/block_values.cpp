#include "widgets/block_values.h"

#include "widgets/cell_grid.h"
#include "widgets/color_map.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

namespace nanoscope {

namespace {

constexpr std::size_t kSampled = 65536;  // values that the low end of the scale is estimated from
constexpr double kLowPercentile = 0.01;
constexpr double kWidestScale = 1e8;  // beyond that a color says nothing
constexpr double kNarrowestScale = 1.05;

double lowPercentile(const BlockValues& values)
{
    const std::size_t stride = values.size() / kSampled + 1;
    std::vector<double> sample;
    for (std::size_t i = 0; i < values.size(); i += stride)
        if (values[i] > 0 && std::isfinite(values[i]))
            sample.push_back(values[i]);
    if (sample.empty())
        return 0;
    const auto at = sample.begin() + static_cast<std::ptrdiff_t>(kLowPercentile * static_cast<double>(sample.size()));
    std::nth_element(sample.begin(), at, sample.end());
    return *at;
}

}  // namespace

std::uint64_t blockLength(const Report& report, std::uint64_t block)
{
    const std::uint64_t whole = report.blockLength;
    const std::uint64_t start = block % report.blocksPerRow * whole;
    return std::min(whole, report.rowLength - start);
}

double blockSqnr(const Report& report, std::uint64_t block)
{
    const auto error = report.blockSquaredError[block];
    const auto power = report.blockPower[block];
    if (error == 0)
        return std::numeric_limits<double>::infinity();
    return 10 * std::log10(power / error);
}

BlockValues::BlockValues(std::shared_ptr<const Report> report, BlockQuantity quantity)
    : m_report(std::move(report))
    , m_quantity(quantity)
    , m_endsShort(m_report->blockLength > 0 && m_report->rowLength % m_report->blockLength != 0)
{
    double worst = 0;
    for (std::size_t block = 0; block < size(); ++block) {
        const double value = (*this)[block];
        m_hasExact = m_hasExact || value == 0;
        m_hasExcluded = m_hasExcluded || std::isinf(value);
        if (value > worst && std::isfinite(value)) {
            worst = value;
            m_worst = block;
        }
    }
    if (!(worst > 0))
        return;
    m_highest = worst;
    m_lowest = std::max(lowPercentile(*this), m_highest / kWidestScale);
    if (m_highest < m_lowest * kNarrowestScale)
        m_lowest = m_highest / 10;
}

double BlockValues::operator[](std::size_t block) const
{
    const double value = figure(block);
    return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
}

double BlockValues::figure(std::size_t block) const
{
    if (m_quantity == BlockQuantity::MaxError)
        return static_cast<double>(m_report->blockMaxError[block]);
    const double error = m_report->blockSquaredError[block];
    if (m_quantity == BlockQuantity::Sqnr)
        return error == 0 ? 0.0 : error / m_report->blockPower[block];
    const std::uint64_t length = m_endsShort ? blockLength(*m_report, block) : m_report->blockLength;
    return error / static_cast<double>(length);
}

double BlockValues::fractionOf(double value) const
{
    return std::log(value / m_lowest) / std::log(m_highest / m_lowest);
}

QRgb excludedColor(const Theme& theme, int x, int y)
{
    const bool stripe = ((x + y) & 7) < 3;
    return blended(theme.panel, theme.text, stripe ? 0.55 : 0.18).rgb();
}

QRgb exactColor(const Theme& theme)
{
    return blended(theme.panel, theme.text, 0.06).rgb();
}

QImage blockImage(const BlockValues& values, const BlockLayout& layout, QSize size, const Theme& theme)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(theme.panel);
    if (layout.gridColumns() == 0 || layout.gridLines() == 0 || size.isEmpty())
        return image;
    const CellGrid grid(values, layout, size);
    const ColorTable& colors = colorTable(ColorMap::Viridis);
    const QRgb empty = theme.panel.rgb();
    const QRgb exact = exactColor(theme);
    constexpr QRgb kStriped = 0;  // no opaque color has this value
    const auto width = static_cast<std::uint64_t>(size.width());
    const auto height = static_cast<std::uint64_t>(size.height());

    std::vector<QRgb> cellColors(grid.columns());
    const std::uint64_t none = grid.lines();
    std::uint64_t shown = none;
    for (std::uint64_t y = 0; y < height; ++y) {
        const std::uint64_t line = y * grid.lines() / height;
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(y)));
        if (line == shown && !values.hasExcluded()) {
            std::memcpy(pixels, image.constScanLine(static_cast<int>(y - 1)), width * sizeof(QRgb));
            continue;
        }
        if (line != shown) {
            for (std::uint64_t i = 0; i < cellColors.size(); ++i) {
                const double value = grid.line(line)[i];
                cellColors[i] = value < 0 ? empty
                    : value == 0          ? exact
                    : std::isinf(value)
                    ? kStriped
                    : colors[static_cast<std::size_t>(colorIndex(values.fractionOf(static_cast<double>(value))))];
            }
            shown = line;
        }
        for (std::uint64_t x = 0; x < width; ++x) {
            const QRgb color = cellColors[x * grid.columns() / width];
            pixels[x] = color == kStriped ? excludedColor(theme, static_cast<int>(x), static_cast<int>(y)) : color;
        }
    }
    return image;
}

}  // namespace nanoscope
