#include "widgets/heat_map.h"

#include "widgets/block_map_geometry.h"
#include "widgets/block_text.h"
#include "widgets/color_bar.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QLineF>
#include <QPaintEngine>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nanoscope {

namespace {

constexpr double kMargin = 12.0;
constexpr double kBarWidth = 12.0;
constexpr double kBarGap = 10.0;
constexpr double kTickLength = 4.0;
constexpr double kSwatch = 28.0;        // box and gaps beside its text
constexpr double kSmallestFrame = 8.0;  // of the selected block, pixels

}  // namespace

HeatMap::HeatMap(QWidget* parent)
    : PlotView(parent)
{
    contentChanged();
}

void HeatMap::setReport(std::shared_ptr<const Report> report)
{
    if (report == m_report)
        return;
    m_report = std::move(report);
    rebuildValues();
    if (m_selected && *m_selected >= m_values.size())
        m_selected.reset();
    if (m_level && m_level->cells && m_level->cells->counts.size() != m_values.size())
        m_level.reset();
    contentChanged();
}

void HeatMap::setQuantity(BlockQuantity quantity)
{
    if (quantity == m_quantity)
        return;
    m_quantity = quantity;
    rebuildValues();
    contentChanged();
}

void HeatMap::rebuildValues()
{
    m_values = m_report ? BlockValues(m_report, m_quantity) : BlockValues();
    m_picture = QImage();
    m_levelPicture = QImage();
}

void HeatMap::themeChanged()
{
    m_picture = QImage();
    m_levelPicture = QImage();
}

void HeatMap::setLevel(std::optional<LevelOverlay> level)
{
    if (level && level->cells && level->cells->counts.size() != m_values.size())
        level.reset();  // of another report
    if (level == m_level)
        return;
    m_level = std::move(level);
    m_levelPicture = QImage();
    contentChanged();
}

bool HeatMap::showsLevel() const
{
    return m_level && m_level->cells;
}

QStringList HeatMap::describe(quint64 block) const
{
    QStringList lines = describeBlock(*m_report, block);
    if (showsLevel())
        lines << levelOverlayTextOf(*m_level, block, blockLength(*m_report, block));
    return lines;
}

void HeatMap::setSelectedBlock(std::optional<quint64> block)
{
    if (block && *block >= m_values.size())
        block.reset();
    if (block == m_selected)
        return;
    m_selected = block;
    contentChanged();
}

QString HeatMap::plotTitle() const
{
    return tr("Error map");
}

QString HeatMap::summary() const
{
    if (!m_report)
        return tr("No tensor is open");
    QString text
        = tr("Error map of %1 under %2: %3, %4 × %5 blocks")
              .arg(QString::fromStdString(m_report->tensor.name), QString::fromStdString(m_report->format.name),
                  quantityName(m_quantity), countText(m_report->rows), countText(m_report->blocksPerRow));
    if (!m_values.empty())
        text += tr("; worst is block %1").arg(countText(m_values.worst()));
    if (m_selected)
        text += tr("; selected: %1").arg(describe(*m_selected).join(QStringLiteral(", ")));
    if (m_level)
        text += tr("; %1 %2").arg(m_level->cells ? m_level->name : QString(), levelOverlayText(*m_level));
    return text;
}

HeatMap::Parts HeatMap::partsOf(const QRectF& area, const QFontMetricsF& metrics) const
{
    const double header = headerHeight(metrics);
    double rowLabels = metrics.horizontalAdvance(countText(m_report ? m_report->rows : 0)) + kTickLength + 4;
    const double barLabels = metrics.horizontalAdvance(QStringLiteral("5×10⁻¹⁰")) + kTickLength + 4;
    Parts parts;
    const double right = area.right() - kMargin / 2 - barLabels - kBarWidth;
    QSizeF widest(right - kBarGap - area.left() - kMargin, area.height() - header - 4 - metrics.height() - 8);
    const double caption = captionLines(widest, area.width() - 2 * kMargin, metrics) * metrics.height() + 8;
    widest.setHeight(area.height() - header - 4 - caption);
    if (m_report && BlockLayout(m_report->rows, m_report->blocksPerRow, widest).isFolded())
        rowLabels = kMargin / 2;  // rows have no place of their own to be labelled at
    parts.map = QRectF(QPointF(area.left() + kMargin / 2 + rowLabels, area.top() + header + 4),
        QPointF(right - kBarGap, area.bottom() - caption));
    parts.map = QRectF(parts.map.toRect());  // whole pixels, or the picture is resampled
    if (parts.map.width() < 1 || parts.map.height() < 1)
        parts.map = QRectF(parts.map.topLeft(), QSizeF(1, 1));
    parts.bar = QRectF(right, parts.map.top(), kBarWidth, parts.map.height());
    parts.caption = QRectF(area.left() + kMargin, parts.map.bottom() + 4, area.width() - 2 * kMargin, caption - 6);
    return parts;
}

/// Lines that the caption takes under a map of about this size.
int HeatMap::captionLines(QSizeF map, double width, const QFontMetricsF& metrics) const
{
    constexpr int kMost = 3;
    if (!m_report)
        return 1;
    if (m_values.hasExcluded() && !showsLevel())
        width -= metrics.horizontalAdvance(tr("excluded")) + kSwatch;
    if (m_values.hasExact() && !showsLevel())
        width -= metrics.horizontalAdvance(tr("exact")) + kSwatch;
    const BlockLayout layout(m_report->rows, m_report->blocksPerRow, map);
    const QRectF text = metrics.boundingRect(
        QRectF(0, 0, std::max(1.0, width), 10 * kMost * metrics.height()), Qt::TextWordWrap, captionText(layout, map));
    return std::clamp(static_cast<int>(std::round(text.height() / metrics.height())), 1, kMost);
}

QString HeatMap::captionText(const BlockLayout& layout, QSizeF map) const
{
    const QString key = showsLevel() ? tr("stronger is more often") : tr("lighter is worse");
    const QString text = m_level ? levelOverlayText(*m_level) : describeLayout(*m_report, layout, map);
    return tr("%1  ·  %2")
        .arg(key, text)
        .replace(QStringLiteral("  ·"), QStringLiteral("\u00a0\u00a0·"));  // no line starts so
}

HeatMap::Parts HeatMap::screenParts() const
{
    return partsOf(rect(), QFontMetricsF(font(), this));
}

BlockLayout HeatMap::layoutOn(const QRectF& map) const
{
    return BlockLayout(m_report->rows, m_report->blocksPerRow, map.size());
}

void HeatMap::paintPlot(QPainter& painter, const QRectF& area) const
{
    if (!m_report || m_values.empty()) {
        paintEmpty(painter, area, tr("Nothing to show yet: open a tensor, or choose a format that fits it"));
        return;
    }
    paintHeader(painter, area, QString::fromStdString(m_report->format.name),
        showsLevel() ? tr("blocks with %1").arg(m_level->name) : quantityName(m_quantity));
    const Parts parts = partsOf(area, QFontMetricsF(painter.font(), painter.device()));
    const BlockLayout layout = layoutOn(parts.map);
    painter.save();
    paintMap(painter, parts.map, layout);
    if (!layout.isFolded())
        paintRowLabels(painter, parts.map);
    paintBar(painter, parts.bar);
    paintCaption(painter, parts, layout);
    paintSelected(painter, parts.map, layout);
    painter.restore();
}

void HeatMap::paintMap(QPainter& painter, const QRectF& map, const BlockLayout& layout) const
{
    // Vector files get twice the pixels, because they are looked at enlarged.
    const double ratio = std::max(
        painter.device()->devicePixelRatioF(), painter.paintEngine()->type() == QPaintEngine::SVG ? 2.0 : 1.0);
    const QSize size = (map.size() * ratio).toSize();
    if (m_picture.size() != size)
        m_picture = blockImage(m_values, layout, size, theme());
    if (showsLevel() && m_levelPicture.size() != size)
        m_levelPicture = levelImage(*m_level->cells, layout, size, theme(), m_picture);
    painter.drawImage(map, showsLevel() ? m_levelPicture : m_picture);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(theme().grid, 0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(map.adjusted(-1, -1, 0, 0));
}

void HeatMap::paintRowLabels(QPainter& painter, const QRectF& map) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const auto rows = static_cast<double>(m_report->rows);
    const int most = std::max(2, static_cast<int>(map.height() / (2.2 * metrics.height())));
    const double cell = map.height() / rows;
    double drawnTo = map.top() - metrics.height();
    for (const double row : niceTicks(0, std::max(1.0, rows - 1), most).values) {
        if (row != std::floor(row))
            continue;
        const double y = map.top() + cell * (row + 0.5);
        if (y - metrics.height() / 2 < drawnTo)
            continue;
        drawnTo = y + metrics.height() / 2;
        painter.setPen(QPen(theme().mutedText, 0));
        painter.drawLine(QLineF(map.left() - kTickLength - 1, y, map.left() - 1, y));
        painter.setPen(theme().mutedText);
        painter.drawText(QRectF(map.left() - 104, y - metrics.height() / 2, 100 - kTickLength, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, countText(static_cast<std::uint64_t>(row)));
    }
}

void HeatMap::paintBar(QPainter& painter, const QRectF& bar) const
{
    if (showsLevel())
        return paintLevelBar(painter, bar);
    const QFontMetricsF metrics(painter.font(), painter.device());
    const int most = std::max(2, static_cast<int>(bar.height() / (1.8 * metrics.height())));
    std::vector<ColorBarTick> ticks;
    if (m_quantity == BlockQuantity::Sqnr) {
        const auto decibelOf = [](double inverseRatio) { return -10 * std::log10(inverseRatio); };
        const NiceTicks nice = niceTicks(decibelOf(m_values.highest()), decibelOf(m_values.lowest()), most);
        for (const double decibel : nice.values)
            ticks.push_back({m_values.fractionOf(std::pow(10.0, -decibel / 10)), fixedText(decibel, nice.decimals)});
    } else {
        for (const double value : logTicks(m_values.lowest(), m_values.highest(), most))
            ticks.push_back({m_values.fractionOf(value), logTickText(value)});
    }
    paintColorBar(painter, bar, ColorMap::Viridis, ticks, theme());
}

void HeatMap::paintLevelBar(QPainter& painter, const QRectF& bar) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const int most = static_cast<int>(bar.height() / (1.8 * metrics.height()));
    paintColorBar(painter, bar, levelColors(theme()), levelTicks(*m_level->cells, most), theme());
}

void HeatMap::paintCaption(QPainter& painter, const Parts& parts, const BlockLayout& layout) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    QRectF line = parts.caption;
    const auto swatch = [&](const QString& text, bool excluded) {
        const double width = metrics.horizontalAdvance(text) + 18;
        const QRectF box(line.right() - width, line.top() + (metrics.height() - 10) / 2, 10, 10);
        QImage pattern(10, 10, QImage::Format_RGB32);
        for (int y = 0; y < 10; ++y)
            for (int x = 0; x < 10; ++x)
                pattern.setPixel(x, y, excluded ? excludedColor(theme(), x, y) : exactColor(theme()));
        painter.drawImage(box, pattern);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().mutedText, 0));
        painter.drawRect(box);
        painter.setPen(theme().mutedText);
        painter.drawText(
            QRectF(box.right() + 4, line.top(), width, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        line.setRight(box.left() - 10);
    };
    if (m_values.hasExcluded() && !showsLevel())
        swatch(tr("excluded"), true);
    if (m_values.hasExact() && !showsLevel())
        swatch(tr("exact"), false);
    painter.setPen(theme().mutedText);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, captionText(layout, parts.map.size()));
}

void HeatMap::paintSelected(QPainter& painter, const QRectF& map, const BlockLayout& layout) const
{
    if (!m_selected)
        return;
    const QRectF cell = BlockMapGeometry(layout, map).cellOf(*m_selected);
    const double width = std::max(cell.width(), kSmallestFrame);
    const double height = std::max(cell.height(), kSmallestFrame);
    const QRectF frame(cell.center().x() - width / 2, cell.center().y() - height / 2, width, height);
    // Black around white stands out from every color of the map.
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 4, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(frame);
    painter.setPen(QPen(Qt::white, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(frame);
}

std::optional<QRectF> HeatMap::cellOf(quint64 block) const
{
    if (!m_report || block >= m_values.size())
        return std::nullopt;
    const QRectF map = screenParts().map;
    const BlockLayout layout = layoutOn(map);
    return BlockMapGeometry(layout, map).cellOf(block);
}

}  // namespace nanoscope
