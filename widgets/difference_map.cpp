#include "widgets/difference_map.h"

#include "widgets/block_map_geometry.h"
#include "widgets/color_bar.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kMargin = 12.0;
constexpr double kBarWidth = 12.0;
constexpr double kBarGap = 10.0;
constexpr double kSmallestFrame = 8.0;  // of the selected cell, pixels

}  // namespace

QString cellDifferenceText(float decibel, const DifferenceSides& sides)
{
    if (std::isnan(decibel))
        return DifferenceMap::tr("left out: holds NaN or infinity");
    if (decibel == 0)
        return DifferenceMap::tr("equal");
    const QString better = seriesLetter(decibel > 0 ? sides.firstRole : sides.secondRole);
    if (std::isinf(decibel))
        return DifferenceMap::tr("only %1 is exact").arg(better);
    return DifferenceMap::tr("%1 better by %2 dB").arg(better, fixedText(std::fabs(static_cast<double>(decibel)), 2));
}

DifferenceMap::DifferenceMap(QWidget* parent)
    : PlotView(parent)
    , m_emptyText(tr("Compare with format B to see where each is better"))
{
    contentChanged();
}

void DifferenceMap::setDifference(std::shared_ptr<const BlockDifference> difference, const DifferenceSides& sides)
{
    m_difference = std::move(difference);
    m_sides = sides;
    m_picture = QImage();
    if (m_difference)
        m_reach = differenceReach(*m_difference);
    if (m_selected && (!m_difference || *m_selected >= m_difference->decibel.size()))
        m_selected.reset();
    contentChanged();
}

void DifferenceMap::setEmptyText(const QString& text)
{
    m_emptyText = text;
    contentChanged();
}

void DifferenceMap::setSelectedCell(std::optional<quint64> cell)
{
    if (cell && (!m_difference || *cell >= m_difference->decibel.size()))
        cell.reset();
    if (cell == m_selected)
        return;
    m_selected = cell;
    contentChanged();
}

void DifferenceMap::themeChanged()
{
    m_picture = QImage();
}

QString DifferenceMap::summary() const
{
    if (!m_difference)
        return m_emptyText;
    const auto cells = static_cast<double>(std::max<std::size_t>(1, m_difference->decibel.size()));
    QString text
        = tr("Difference map, SQNR of %1 minus %2: %3 better in %4 of the cells, %5 in %6")
              .arg(m_sides.first, m_sides.second, seriesLetter(m_sides.firstRole),
                  percentText(static_cast<double>(m_difference->firstBetter) / cells), seriesLetter(m_sides.secondRole),
                  percentText(static_cast<double>(m_difference->secondBetter) / cells));
    if (m_selected)
        text += tr("; selected: %1").arg(tipOf(*m_selected));
    return text;
}

DifferenceMap::Parts DifferenceMap::partsOf(const QRectF& area, const QFontMetricsF& metrics) const
{
    const double top = area.top() + headerHeight(metrics) + 4;
    const double caption = metrics.height() + 8;
    const double barLabels = metrics.horizontalAdvance(QStringLiteral("−0.05 dB")) + 8;
    const double right = area.right() - kMargin / 2 - barLabels - kBarWidth;
    Parts parts;
    parts.map = QRectF(QRectF(QPointF(area.left() + kMargin, top), QPointF(right - kBarGap, area.bottom() - caption))
                           .toRect());  // whole pixels, or the picture is resampled
    if (parts.map.width() < 1 || parts.map.height() < 1)
        parts.map.setSize(QSizeF(1, 1));
    parts.bar = QRectF(right, parts.map.top(), kBarWidth, parts.map.height());
    parts.caption = QRectF(area.left() + kMargin, parts.map.bottom() + 2, area.width() - 2 * kMargin, caption);
    return parts;
}

QRectF DifferenceMap::screenMap() const
{
    return partsOf(rect(), QFontMetricsF(font(), this)).map;
}

BlockLayout DifferenceMap::layoutOn(const QRectF& map) const
{
    return BlockLayout(m_difference->rows, m_difference->cellsPerRow, map.size());
}

void DifferenceMap::paintPlot(QPainter& painter, const QRectF& area) const
{
    if (!m_difference || m_difference->decibel.empty()) {
        paintEmpty(painter, area, m_emptyText);
        return;
    }
    const QString name = seriesLetter(m_sides.firstRole) + QStringLiteral(" − ") + seriesLetter(m_sides.secondRole);
    paintHeader(painter, area, name, tr("difference of SQNR  ·  %1 − %2").arg(m_sides.first, m_sides.second));
    const QFontMetricsF metrics(painter.font(), painter.device());
    const Parts parts = partsOf(area, metrics);
    const BlockLayout layout = layoutOn(parts.map);
    painter.save();
    paintMap(painter, parts.map, layout);
    paintBar(painter, parts.bar);
    const auto cells = static_cast<double>(m_difference->decibel.size());
    const QString caption
        = tr("cells of %1 elements  ·  %2 better in %3, %4 (striped) in %5")
              .arg(countText(m_difference->cellLength), seriesLetter(m_sides.firstRole),
                  percentText(static_cast<double>(m_difference->firstBetter) / cells), seriesLetter(m_sides.secondRole),
                  percentText(static_cast<double>(m_difference->secondBetter) / cells));
    painter.setPen(theme().mutedText);
    painter.drawText(parts.caption, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(caption, Qt::ElideRight, parts.caption.width()));
    paintSelected(painter, parts.map, layout);
    painter.restore();
}

void DifferenceMap::paintMap(QPainter& painter, const QRectF& map, const BlockLayout& layout) const
{
    const QSize size = (map.size() * painter.device()->devicePixelRatioF()).toSize();
    if (m_picture.size() != size)
        m_picture = differenceImage(*m_difference, layout, m_reach, m_sides, theme(), size);
    painter.drawImage(map, m_picture);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(theme().grid, 0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(map.adjusted(-1, -1, 0, 0));
}

void DifferenceMap::paintBar(QPainter& painter, const QRectF& bar) const
{
    QImage gradient(
        std::max(1, static_cast<int>(bar.width())), std::max(1, static_cast<int>(bar.height())), QImage::Format_RGB32);
    for (int y = 0; y < gradient.height(); ++y) {
        const double decibel = m_reach * (1.0 - 2.0 * (y + 0.5) / gradient.height());
        for (int x = 0; x < gradient.width(); ++x)
            gradient.setPixel(x, y, differenceColor(decibel, m_reach, m_sides, theme(), x, y));
    }
    const QFontMetricsF metrics(painter.font(), painter.device());
    const NiceTicks nice
        = niceTicks(-m_reach, m_reach, std::max(2, static_cast<int>(bar.height() / (2.2 * metrics.height()))));
    std::vector<ColorBarTick> ticks;
    for (const double value : nice.values) {
        const QString text = (value > 0 ? QStringLiteral("+") : QString()) + fixedText(value, nice.decimals);
        ticks.push_back({(value + m_reach) / (2 * m_reach), value == 0 ? tr("0 dB") : text});
    }
    paintColorBar(painter, bar, gradient, ticks, theme());
}

void DifferenceMap::paintSelected(QPainter& painter, const QRectF& map, const BlockLayout& layout) const
{
    if (!m_selected)
        return;
    const QRectF cell = BlockMapGeometry(layout, map).cellOf(*m_selected);
    QRectF frame(0, 0, std::max(cell.width(), kSmallestFrame), std::max(cell.height(), kSmallestFrame));
    frame.moveCenter(cell.center());
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setBrush(Qt::NoBrush);
    for (const auto& [color, width] : {std::pair(theme().panel, 4), std::pair(theme().text, 2)}) {
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(frame);
    }
}

std::optional<QRectF> DifferenceMap::cellRect(quint64 cell) const
{
    if (!m_difference || cell >= m_difference->decibel.size())
        return std::nullopt;
    const QRectF map = screenMap();
    const BlockLayout layout = layoutOn(map);
    return BlockMapGeometry(layout, map).cellOf(cell);
}

std::optional<quint64> DifferenceMap::cellAt(QPointF point) const
{
    if (!m_difference || m_difference->decibel.empty())
        return std::nullopt;
    const QRectF map = screenMap();
    const BlockLayout layout = layoutOn(map);
    const auto range = BlockMapGeometry(layout, map).cellsAt(point);
    if (!range)
        return std::nullopt;
    std::optional<quint64> largest;
    for (std::uint64_t line = range->firstLine; line <= range->lastLine; ++line)
        for (std::uint64_t column = range->firstColumn; column <= range->lastColumn; ++column) {
            const auto cell = layout.blockAt({column, line});
            if (cell && *cell < m_difference->decibel.size()
                && (!largest || std::fabs(m_difference->decibel[*cell]) > std::fabs(m_difference->decibel[*largest])))
                largest = cell;
        }
    return largest;
}

QString DifferenceMap::tipOf(quint64 cell) const
{
    const quint64 row = cell / m_difference->cellsPerRow;
    const quint64 column = cell % m_difference->cellsPerRow * m_difference->cellLength;
    return tr("row %1, from column %2: %3")
        .arg(countText(row), countText(column), cellDifferenceText(m_difference->decibel[cell], m_sides));
}

void DifferenceMap::selectByUser(quint64 cell)
{
    setSelectedCell(cell);
    emit cellSelected(cell);
}

void DifferenceMap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return PlotView::mousePressEvent(event);
    if (const auto cell = cellAt(event->position()))
        selectByUser(*cell);
}

void DifferenceMap::keyPressEvent(QKeyEvent* event)
{
    const auto cells = static_cast<qint64>(m_difference ? m_difference->decibel.size() : 0);
    qint64 step = 0;
    switch (event->key()) {
    case Qt::Key_Left:
        step = -1;
        break;
    case Qt::Key_Right:
        step = 1;
        break;
    case Qt::Key_Up:
        step = m_difference ? -static_cast<qint64>(m_difference->cellsPerRow) : 0;
        break;
    case Qt::Key_Down:
        step = m_difference ? static_cast<qint64>(m_difference->cellsPerRow) : 0;
        break;
    default:
        return PlotView::keyPressEvent(event);
    }
    const qint64 target = m_selected ? static_cast<qint64>(*m_selected) + step : 0;
    if (target >= 0 && target < cells)
        selectByUser(static_cast<quint64>(target));
}

bool DifferenceMap::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto cell = cellAt(help->pos()))
            QToolTip::showText(help->globalPos(), tipOf(*cell), this);
        else
            QToolTip::hideText();
        return true;
    }
    return PlotView::event(event);
}

PlotData DifferenceMap::plotData() const
{
    if (!m_difference)
        return {};
    const auto row = [difference = m_difference](std::size_t cell) -> std::vector<PlotValue> {
        const std::uint64_t perRow = std::max<std::uint64_t>(1, difference->cellsPerRow);
        return {std::uint64_t{cell}, std::uint64_t{cell / perRow}, std::uint64_t{cell % perRow},
            static_cast<double>(difference->decibel[cell])};
    };
    return {plotTitle(),
        {{tr("cell")}, {tr("row")}, {tr("cell of the row")},
            {tr("SQNR of %1 less that of %2").arg(m_sides.first, m_sides.second), QStringLiteral("dB")}},
        m_difference->decibel.size(), row};
}

}  // namespace nanoscope
