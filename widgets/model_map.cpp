#include "widgets/model_map.h"

#include "widgets/block_values.h"
#include "widgets/color_bar.h"
#include "widgets/color_map.h"
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
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kMargin = 10.0;
constexpr double kBarWidth = 12.0;
constexpr double kGap = 6.0;
constexpr double kMostNames = 0.34;     // of the width
constexpr double kUprightHeads = 96.0;  // height
constexpr std::size_t kLinesPerPage = 10;

constexpr QChar kBreak(0x200B);  // a line may end here

/// A name that may go on in a second line behind its separators.
QString breakable(QString name)
{
    for (const QChar separator : {QChar(u'_'), QChar(u':'), QChar(u','), QChar(u'=')})
        name.replace(separator, QString(separator) + kBreak);
    return name;
}

QColor colorOf(double fraction)
{
    return QColor(colorTable(ColorMap::Viridis)[static_cast<std::size_t>(colorIndex(fraction))]);
}

}  // namespace

ModelMap::ModelMap(QWidget* parent)
    : PlotView(parent)
{
    contentChanged();
}

void ModelMap::setState(std::shared_ptr<const ModelState> state, std::vector<std::size_t> order)
{
    const QString cursor = m_cursor && !isEmpty() ? QString::fromStdString(rowAt(*m_cursor).info.name) : QString();
    m_state = std::move(state);
    m_order = m_state ? std::move(order) : std::vector<std::size_t>();
    m_cursor = cursor.isEmpty() ? std::nullopt : lineOf(cursor);
    findRange();
    contentChanged();
}

void ModelMap::setCurrent(const QString& tensor)
{
    if (tensor == m_current)
        return;
    m_current = tensor;
    contentChanged();
}

void ModelMap::findRange()
{
    m_lowest = std::numeric_limits<double>::infinity();
    m_highest = -m_lowest;
    for (const std::size_t row : m_order)
        for (std::size_t column = 0; column < m_state->columns.size(); ++column)
            if (const std::optional<double> sqnr = m_state->rows[row].sqnr(column)) {
                m_lowest = std::min(m_lowest, *sqnr);
                m_highest = std::max(m_highest, *sqnr);
            }
    if (!(m_lowest < m_highest)) {  // none, or all alike
        m_lowest = std::isfinite(m_lowest) ? m_lowest - 0.5 : 0.0;
        m_highest = m_lowest + 1.0;
    }
}

/// The largest SQNR is dark, as the least error is in the error map.
double ModelMap::fractionOf(double decibel) const
{
    return (m_highest - decibel) / (m_highest - m_lowest);
}

QString ModelMap::plotTitle() const
{
    return tr("Model map");
}

std::optional<std::size_t> ModelMap::lineOf(const QString& tensor) const
{
    for (std::size_t line = 0; line < m_order.size(); ++line)
        if (QString::fromStdString(rowAt(line).info.name) == tensor)
            return line;
    return std::nullopt;
}

QString ModelMap::summary() const
{
    if (isEmpty())
        return tr("No tensor to show");
    QString text = tr("SQNR of %1 tensors under %2 formats, lighter is worse")
                       .arg(countText(m_order.size()), countText(m_state->columns.size()));
    if (m_cursor)
        text += tr("; selected: %1").arg(describe({*m_cursor, 0}));
    return text;
}

QString ModelMap::describe(const Cell& cell) const
{
    const ModelRow& row = rowAt(cell.line);
    QString text
        = tr("%1 under %2: ").arg(QString::fromStdString(row.info.name), m_state->columns[cell.column].label());
    if (const QString refusal = row.refusalAt(cell.column); !refusal.isEmpty())
        return text + refusal;
    if (row.isLossless(cell.column))
        return text + tr("exact");
    if (const std::optional<double> sqnr = row.sqnr(cell.column))
        return text + decibelText(sqnr);
    const bool isMeasured = cell.column < row.figures.size() && row.figures[cell.column];
    return text + (isMeasured ? tr("no SQNR, all values are zero") : tr("not measured yet"));
}

ModelMap::Parts ModelMap::partsOf(const QRectF& area, const QFontMetricsF& metrics) const
{
    Parts parts;
    double names = 0.0;
    for (std::size_t line = 0; line < m_order.size(); ++line)
        names = std::max(names, metrics.horizontalAdvance(QString::fromStdString(rowAt(line).info.name)));
    double heads = 0.0;
    double pieces = 0.0;  // of heads, which may be broken
    for (const ModelColumn& column : m_state->columns) {
        heads = std::max(heads, metrics.horizontalAdvance(column.label()));
        for (const QString& piece : breakable(column.label()).split(kBreak))
            pieces = std::max(pieces, metrics.horizontalAdvance(piece));
    }
    const double top = area.top() + headerHeight(metrics) + 2;
    const double ranks = metrics.horizontalAdvance(countText(m_order.size()));
    const double barLabels = metrics.horizontalAdvance(QStringLiteral("−00.0")) + 8;
    const double right = area.right() - kMargin / 2 - barLabels - kBarWidth;
    const double tallest = (area.bottom() - kMargin - top - metrics.height()) / static_cast<double>(m_order.size());
    parts.hasNames = tallest >= metrics.height() * 0.95;
    const double left
        = area.left() + kMargin + (parts.hasNames ? std::min(names, kMostNames * area.width()) : ranks) + kGap;
    const double width = (right - kGap - left) / static_cast<double>(m_state->columns.size());
    parts.areHeadsUpright = pieces + 6 > width;
    const double head = parts.areHeadsUpright ? std::min(heads + 6, kUprightHeads)
                                              : metrics.height() * (heads + 6 > width ? 2 : 1) + 4;
    parts.cells = QRectF(QPointF(left, top + head), QPointF(right - kGap, area.bottom() - kMargin));
    const double mostHigh = 2.2 * metrics.height() * static_cast<double>(m_order.size());
    parts.cells.setHeight(std::clamp(parts.cells.height(), 1.0, std::max(mostHigh, 60.0)));
    parts.cells.setWidth(std::max(parts.cells.width(), 1.0));
    parts.hasNames = parts.cells.height() / static_cast<double>(m_order.size()) >= metrics.height() * 0.85;
    parts.bar = QRectF(right, parts.cells.top(), kBarWidth, parts.cells.height());
    return parts;
}

QRectF ModelMap::cellRect(const Parts& parts, std::size_t line, std::size_t column) const
{
    const double width = parts.cells.width() / static_cast<double>(m_state->columns.size());
    const double height = parts.cells.height() / static_cast<double>(m_order.size());
    return {parts.cells.left() + width * static_cast<double>(column),
        parts.cells.top() + height * static_cast<double>(line), width, height};
}

void ModelMap::paintPlot(QPainter& painter, const QRectF& area) const
{
    if (isEmpty()) {
        paintEmpty(painter, area, tr("Open a file to see every tensor under every format"));
        return;
    }
    paintHeader(painter, area, tr("SQNR, dB"), tr("tensors × formats  ·  lighter is worse"));
    const Parts parts = partsOf(area, QFontMetricsF(painter.font(), painter.device()));
    painter.save();
    for (std::size_t line = 0; line < m_order.size(); ++line)
        for (std::size_t column = 0; column < m_state->columns.size(); ++column)
            paintCell(painter, cellRect(parts, line, column), rowAt(line), column);
    painter.setPen(QPen(theme().grid, 0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(parts.cells);
    paintHeads(painter, parts, area);
    paintNames(painter, parts, area);
    paintBar(painter, parts.bar);
    paintCursor(painter, parts);
    painter.restore();
}

void ModelMap::paintCell(QPainter& painter, const QRectF& rect, const ModelRow& row, std::size_t column) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double gap = rect.height() > 6 && rect.width() > 6 ? 0.5 : 0.0;
    const QRectF inner = rect.adjusted(gap, gap, -gap, -gap);
    QString text;
    QColor fill = theme().panel;
    if (const std::optional<double> sqnr = row.sqnr(column)) {
        fill = colorOf(fractionOf(*sqnr));
        text = fixedText(*sqnr, 1);
    } else if (!row.refusalAt(column).isEmpty()) {
        text = tr("refused");
    } else if (row.isLossless(column)) {
        fill = QColor(exactColor(theme()));
        text = tr("exact");
    }
    painter.fillRect(inner, fill);
    if (!row.refusalAt(column).isEmpty())
        painter.fillRect(inner, QBrush(theme().grid, Qt::BDiagPattern));
    if (text.isEmpty() || rect.height() < metrics.height() * 0.9 || rect.width() < metrics.horizontalAdvance(text) + 4)
        return;
    painter.setPen(contrastRatio(fill, Qt::white) > contrastRatio(fill, Qt::black) ? Qt::white : Qt::black);
    painter.drawText(rect, Qt::AlignCenter, text);
}

void ModelMap::paintHeads(QPainter& painter, const Parts& parts, const QRectF& area) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double top = area.top() + headerHeight(metrics) + 2;
    for (std::size_t column = 0; column < m_state->columns.size(); ++column) {
        const ModelColumn& head = m_state->columns[column];
        const QRectF cell = cellRect(parts, 0, column);
        const double height = parts.cells.top() - top;
        painter.setPen(head.role ? seriesColor(*head.role, theme()) : theme().mutedText);
        if (!parts.areHeadsUpright) {
            painter.drawText(QRectF(cell.left() + 2, top, cell.width() - 4, height),
                static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap, breakable(head.label()));
            continue;
        }
        painter.save();
        painter.translate(cell.center().x() - metrics.height() / 2, parts.cells.top() - 3);
        painter.rotate(-90);
        painter.drawText(QRectF(0, 0, height - 3, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(head.label(), Qt::ElideRight, height - 3));
        painter.restore();
    }
}

void ModelMap::paintNames(QPainter& painter, const Parts& parts, const QRectF& area) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double left = area.left() + kMargin;
    const double width = parts.cells.left() - kGap - left;
    const auto paintAt = [&](std::size_t line, const QString& text) {
        const QRectF cell = cellRect(parts, line, 0);
        painter.drawText(QRectF(left, cell.center().y() - metrics.height() / 2, width, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideLeft, width));
    };
    painter.setPen(theme().text);
    if (parts.hasNames) {
        for (std::size_t line = 0; line < m_order.size(); ++line)
            paintAt(line, QString::fromStdString(rowAt(line).info.name));
        return;
    }
    // Lines are too thin for names: their places, counted from 1.
    painter.setPen(theme().mutedText);
    const int most = std::max(2, static_cast<int>(parts.cells.height() / (2.2 * metrics.height())));
    for (const double place : niceTicks(1, static_cast<double>(m_order.size()), most).values)
        if (place >= 1 && place == std::floor(place))
            paintAt(static_cast<std::size_t>(place) - 1, countText(static_cast<std::uint64_t>(place)));
}

void ModelMap::paintBar(QPainter& painter, const QRectF& bar) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const NiceTicks nice
        = niceTicks(m_lowest, m_highest, std::max(2, static_cast<int>(bar.height() / (1.8 * metrics.height()))));
    std::vector<ColorBarTick> ticks;
    for (const double decibel : nice.values)
        ticks.push_back({fractionOf(decibel), fixedText(decibel, nice.decimals)});
    paintColorBar(painter, bar, ColorMap::Viridis, ticks, theme());
}

void ModelMap::paintCursor(QPainter& painter, const Parts& parts) const
{
    const auto frame = [&](std::size_t line, const QColor& color, double width) {
        const QRectF cell = cellRect(parts, line, 0);
        const double height = std::max(cell.height(), 6.0);
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(QRectF(parts.cells.left(), cell.center().y() - height / 2, parts.cells.width(), height));
    };
    painter.setBrush(Qt::NoBrush);
    if (const auto current = lineOf(m_current)) {  // black around white stands out from every color of the map
        frame(*current, Qt::black, 4);
        frame(*current, Qt::white, 2);
    }
    if (m_cursor)
        frame(*m_cursor, theme().accent, 2);
}

std::optional<QPointF> ModelMap::placeOf(std::size_t line, std::size_t column) const
{
    if (isEmpty() || line >= m_order.size() || column >= m_state->columns.size())
        return std::nullopt;
    return cellRect(partsOf(rect(), QFontMetricsF(font(), this)), line, column).center();
}

std::optional<ModelMap::Cell> ModelMap::cellAt(QPointF point) const
{
    if (isEmpty())
        return std::nullopt;
    const QRectF cells = partsOf(rect(), QFontMetricsF(font(), this)).cells;
    const bool isBeside = point.x() < cells.left() && point.x() > 0;  // a name stands for its line
    if (point.y() < cells.top() || point.y() >= cells.bottom() || (point.x() >= cells.right()))
        return std::nullopt;
    const auto at = [](double position, double extent, std::size_t count) {
        return std::min(
            count - 1, static_cast<std::size_t>(std::max(0.0, position) / extent * static_cast<double>(count)));
    };
    return Cell{at(point.y() - cells.top(), cells.height(), m_order.size()),
        isBeside ? 0 : at(point.x() - cells.left(), cells.width(), m_state->columns.size())};
}

void ModelMap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return PlotView::mousePressEvent(event);
    if (const auto cell = cellAt(event->position())) {
        m_cursor = cell->line;
        contentChanged();
        Q_EMIT tensorChosen(QString::fromStdString(rowAt(cell->line).info.name));
    }
}

void ModelMap::keyPressEvent(QKeyEvent* event)
{
    if (isEmpty())
        return PlotView::keyPressEvent(event);
    const std::size_t last = m_order.size() - 1;
    const std::size_t line = m_cursor.value_or(lineOf(m_current).value_or(0));
    switch (event->key()) {
    case Qt::Key_Up:
        m_cursor = line > 0 && m_cursor ? line - 1 : line;
        break;
    case Qt::Key_Down:
        m_cursor = m_cursor ? std::min(last, line + 1) : line;
        break;
    case Qt::Key_PageUp:
        m_cursor = line > kLinesPerPage ? line - kLinesPerPage : 0;
        break;
    case Qt::Key_PageDown:
        m_cursor = std::min(last, line + kLinesPerPage);
        break;
    case Qt::Key_Home:
        m_cursor = 0;
        break;
    case Qt::Key_End:
        m_cursor = last;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor)
            Q_EMIT tensorChosen(QString::fromStdString(rowAt(*m_cursor).info.name));
        return;
    default:
        return PlotView::keyPressEvent(event);
    }
    contentChanged();
}

bool ModelMap::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return PlotView::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto cell = cellAt(help->pos()))
        QToolTip::showText(help->globalPos(), describe(*cell), this);
    else
        QToolTip::hideText();
    return true;
}

PlotData ModelMap::plotData() const
{
    if (isEmpty())
        return {};
    std::vector<PlotColumn> columns{{tr("tensor")}, {tr("elements")}};
    for (const ModelColumn& column : m_state->columns)
        columns.push_back({tr("SQNR of %1").arg(column.label()), QStringLiteral("dB")});
    std::vector<std::vector<PlotValue>> rows;
    for (std::size_t line = 0; line < m_order.size(); ++line) {
        const ModelRow& row = rowAt(line);
        rows.push_back({QString::fromStdString(row.info.name), row.info.elements});
        for (std::size_t column = 0; column < m_state->columns.size(); ++column)
            rows.back().push_back(row.isLossless(column) ? PlotValue(std::numeric_limits<double>::infinity())
                                                         : plotValue(row.sqnr(column)));
    }
    return tableData(plotTitle(), std::move(columns), std::move(rows));
}

}  // namespace nanoscope
