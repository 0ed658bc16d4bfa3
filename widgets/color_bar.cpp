#include "widgets/color_bar.h"

#include <QFontMetricsF>
#include <QImage>
#include <QLineF>
#include <QPainter>

#include <algorithm>

namespace nanoscope {

namespace {

constexpr double kTickLength = 4.0;

}  // namespace

void paintColorBar(
    QPainter& painter, const QRectF& bar, ColorMap map, const std::vector<ColorBarTick>& ticks, const Theme& theme)
{
    paintColorBar(painter, bar, colorTable(map), ticks, theme);
}

void paintColorBar(QPainter& painter, const QRectF& bar, const ColorTable& colors,
    const std::vector<ColorBarTick>& ticks, const Theme& theme)
{
    const int height = std::max(1, static_cast<int>(bar.height()));
    QImage gradient(std::max(1, static_cast<int>(bar.width())), height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        std::fill_n(reinterpret_cast<QRgb*>(gradient.scanLine(y)), gradient.width(),
            colors[static_cast<std::size_t>(colorIndex(1.0 - (y + 0.5) / height))]);
    paintColorBar(painter, bar, gradient, ticks, theme);
}

void paintColorBar(QPainter& painter, const QRectF& bar, const QImage& gradient, const std::vector<ColorBarTick>& ticks,
    const Theme& theme)
{
    painter.drawImage(bar, gradient);
    const QFontMetricsF metrics(painter.font(), painter.device());
    for (const ColorBarTick& tick : ticks) {
        const double y = bar.bottom() - bar.height() * std::clamp(tick.fraction, 0.0, 1.0);
        painter.setPen(QPen(theme.mutedText, 0));
        painter.drawLine(QLineF(bar.right(), y, bar.right() + kTickLength, y));
        painter.drawText(QRectF(bar.right() + kTickLength + 3, y - metrics.height() / 2, 120, metrics.height()),
            Qt::AlignLeft | Qt::AlignVCenter, tick.text);
    }
}

}  // namespace nanoscope
