#include "widgets/plot_view.h"

#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace nanoscope {

namespace {

constexpr double kSmallestPointSize = 9.0;
constexpr double kHeaderGap = 14.0;

/// As many of a line's parts as have room, whole; of a single part what has room.
QString fittingText(QString text, const QFontMetricsF& metrics, double width)
{
    const QString separator = QStringLiteral("  ·  ");
    while (metrics.horizontalAdvance(text) > width && text.contains(separator))
        text.truncate(text.lastIndexOf(separator));
    return metrics.elidedText(text, Qt::ElideRight, width);
}

}  // namespace

PlotView::PlotView(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    QFont plotFont = font();
    if (plotFont.pointSizeF() > 0 && plotFont.pointSizeF() < kSmallestPointSize) {
        plotFont.setPointSizeF(kSmallestPointSize);
        setFont(plotFont);
    }
}

void PlotView::setTheme(const Theme& theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    themeChanged();
    update();
}

void PlotView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.panel);
    paintPlot(painter, rect());
    paintOverlay(painter, rect());
    if (!hasFocus())
        return;
    // A one pixel frame at the very edge is clipped by rounding at fractional scales, hence the half pixel.
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.accent, 2));
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
}

void PlotView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void PlotView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void PlotView::paintOverlay(QPainter& /*painter*/, const QRectF& /*area*/) const { }

void PlotView::contentChanged()
{
    setAccessibleDescription(summary());
    update();
}

double PlotView::headerHeight(const QFontMetricsF& metrics)
{
    return metrics.height() + 8.0;
}

QRectF PlotView::paintHeader(QPainter& painter, const QRectF& area, const QString& name, const QString& detail) const
{
    painter.save();
    const QFont plain = painter.font();
    QFont bold = plain;
    bold.setBold(true);
    const QFontMetricsF boldMetrics(bold, painter.device());
    const QFontMetricsF metrics(plain, painter.device());
    const double height = headerHeight(metrics);
    QRectF line(area.left() + 10, area.top() + 4, area.width() - 20, height - 4);

    painter.setFont(bold);
    painter.setPen(m_theme.text);
    const QString shownName = boldMetrics.elidedText(name, Qt::ElideRight, line.width());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, shownName);
    line.setLeft(line.left() + boldMetrics.horizontalAdvance(shownName) + kHeaderGap);
    if (line.width() > 30) {
        painter.setFont(plain);
        painter.setPen(m_theme.mutedText);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, fittingText(detail, metrics, line.width()));
    }
    painter.restore();
    return area.adjusted(0, height, 0, 0);
}

void PlotView::paintEmpty(QPainter& painter, const QRectF& area, const QString& text) const
{
    painter.save();
    painter.setPen(m_theme.mutedText);
    painter.drawText(area.adjusted(16, 8, -16, -8), static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap, text);
    painter.restore();
}

}  // namespace nanoscope
