#include "widgets/teach_line.h"

#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace nanoscope {
namespace {

constexpr std::size_t kAllLevels = 40;  // of more, only the neighborhood is drawn
constexpr std::size_t kNeighbors = 10;  // on either side, then
constexpr double kSteps = 200;          // key presses across the line

double asDouble(float value)
{
    return static_cast<double>(value);
}

void drawTriangle(QPainter& painter, QPointF tip, double size, const QColor& color)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({tip, tip + QPointF(-size * 0.6, -size), tip + QPointF(size * 0.6, -size)}));
    painter.setBrush(Qt::NoBrush);
}

}  // namespace

TeachLine::TeachLine(QWidget* parent)
    : PlotView(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMaximumHeight(320);  // more would only lengthen the lines
}

void TeachLine::setBlock(std::shared_ptr<const LabBlock> block)
{
    m_block = std::move(block);
    m_levels.clear();
    if (m_block) {
        for (const SlotLevel& level : m_block->levels)
            if (!std::isnan(level.value))
                m_levels.push_back(level);
        std::stable_sort(
            m_levels.begin(), m_levels.end(), [](const SlotLevel& a, const SlotLevel& b) { return a.value < b.value; });
        const auto last = std::unique(m_levels.begin(), m_levels.end(),
            [](const SlotLevel& a, const SlotLevel& b) { return a.value == b.value; });
        m_levels.erase(last, m_levels.end());
    }
    contentChanged();
}

void TeachLine::setQuestion(bool isOpen)
{
    m_isQuestion = isOpen;
    contentChanged();
}

void TeachLine::setPick(std::optional<std::uint32_t> code)
{
    m_pick = code;
    contentChanged();
}

const ElementTrace* TeachLine::element() const
{
    return m_block && m_block->element < m_block->trace.elements.size() && !m_block->trace.bad
        ? &m_block->trace.elements[m_block->element]
        : nullptr;
}

QString TeachLine::plotTitle() const
{
    return m_block ? tr("Levels of element %1").arg(m_block->element) : tr("Number line");
}

QString TeachLine::summary() const
{
    const ElementTrace* shown = element();
    if (!shown)
        return tr("no element");
    const QString value = shortNumberText(asDouble(shown->value), 4);
    if (m_isQuestion)
        return tr("value %1, %n levels: which one does it take?", nullptr, static_cast<int>(m_levels.size()))
            .arg(value);
    return tr("value %1 becomes %2, one of %n levels", nullptr, static_cast<int>(m_levels.size()))
        .arg(value, shortNumberText(asDouble(m_block->decoded[m_block->element]), 4));
}

std::pair<double, double> TeachLine::range() const
{
    if (m_frozen)
        return *m_frozen;
    const ElementTrace& shown = *element();
    double lowest = std::min(asDouble(shown.value), 0.0);
    double highest = std::max(asDouble(shown.value), 0.0);
    const float now = m_block->decoded[m_block->element];
    if (std::isfinite(now)) {
        lowest = std::min(lowest, asDouble(now));
        highest = std::max(highest, asDouble(now));
    }
    if (!m_levels.empty() && m_levels.size() <= kAllLevels) {
        lowest = std::min(lowest, asDouble(m_levels.front().value));
        highest = std::max(highest, asDouble(m_levels.back().value));
    } else if (!m_levels.empty()) {
        const auto above = std::lower_bound(m_levels.begin(), m_levels.end(), shown.value,
            [](const SlotLevel& level, float value) { return level.value < value; });
        const auto at = static_cast<std::size_t>(above - m_levels.begin());
        const std::size_t first = at < kNeighbors ? 0 : at - kNeighbors;
        const std::size_t last = std::min(m_levels.size() - 1, at + kNeighbors);
        lowest = std::min(asDouble(m_levels[first].value), asDouble(shown.value));
        highest = std::max(asDouble(m_levels[last].value), asDouble(shown.value));
    }
    if (!(highest > lowest))
        return {lowest - 1, highest + 1};
    const double margin = (highest - lowest) * 0.04;
    return {lowest - margin, highest + margin};
}

TeachLine::Frame TeachLine::frameOf(const QRectF& area, const QFont& font) const
{
    const QFontMetricsF metrics(font);
    Frame frame;
    frame.plot = area.adjusted(24, headerHeight(metrics), -24, -6);
    frame.axis = frame.plot.bottom() - 2 * metrics.height() - 16;
    std::tie(frame.lowest, frame.highest) = range();
    return frame;
}

void TeachLine::paintPlot(QPainter& painter, const QRectF& area) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (!element()) {
        paintEmpty(painter, area, tr("No element to show"));
        painter.restore();
        return;
    }
    const QString unit = m_isQuestion ? tr("click the level that the value takes, or press ← → and Return")
                                      : tr("drag the value, or press ← →; small ticks: where rounding changes");
    paintHeader(painter, area, plotTitle(), unit);
    const Frame frame = frameOf(area, painter.font());
    painter.setClipRect(area);
    paintAxis(painter, frame);
    paintLevelLabels(painter, frame);
    paintValue(painter, frame);
    painter.restore();
}

void TeachLine::paintAxis(QPainter& painter, const Frame& frame) const
{
    painter.setPen(QPen(theme().mutedText, 1.5));
    painter.drawLine(QPointF(frame.plot.left(), frame.axis), QPointF(frame.plot.right(), frame.axis));
    for (const double bound : m_block->bounds) {
        const double x = frame.x(bound);
        if (x < frame.plot.left() || x > frame.plot.right())
            continue;
        painter.setPen(QPen(theme().mutedText, 1));
        painter.drawLine(QPointF(x, frame.axis - 5), QPointF(x, frame.axis + 5));
    }
    const float now = m_block->decoded[m_block->element];
    for (const SlotLevel& level : m_levels) {
        const double x = frame.x(asDouble(level.value));
        if (x < frame.plot.left() - 1 || x > frame.plot.right() + 1)
            continue;
        const bool isPicked = m_isQuestion && m_pick == level.code;
        const bool isNow = !m_isQuestion && level.value == now;
        const bool isRecycled = level.use == CodeUse::Recycled;
        const QColor color = isPicked ? theme().accent : isNow ? theme().seriesA : theme().text;
        painter.setPen(QPen(color, isPicked || isNow ? 4 : 2, isRecycled ? Qt::DotLine : Qt::SolidLine));
        painter.drawLine(QPointF(x, frame.axis - (isPicked || isNow ? 20 : 13)), QPointF(x, frame.axis + 9));
        if (isPicked) {
            painter.setBrush(theme().panel);
            painter.setPen(QPen(theme().accent, 3));
            painter.drawEllipse(QPointF(x, frame.axis - 24), 7, 7);
            painter.setBrush(Qt::NoBrush);
        }
    }
}

/// Values under their levels: the chosen one, the ends and zero first, then what finds room, in two rows.
void TeachLine::paintLevelLabels(QPainter& painter, const Frame& frame) const
{
    const QFontMetricsF metrics(painter.font());
    struct Label {
        double x;
        QString text;
        int rank;
    };
    std::vector<Label> labels;
    const float now = m_block->decoded[m_block->element];
    for (std::size_t i = 0; i < m_levels.size(); ++i) {
        const bool isNow = !m_isQuestion && m_levels[i].value == now;
        const bool isPicked = m_isQuestion && m_pick == m_levels[i].code;
        const int rank = isNow || isPicked       ? 0
            : m_levels[i].value == 0.0F          ? 1
            : i == 0 || i + 1 == m_levels.size() ? 2
                                                 : 3;
        labels.push_back({frame.x(asDouble(m_levels[i].value)), shortNumberText(asDouble(m_levels[i].value), 4), rank});
    }
    std::stable_sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.rank < b.rank; });
    std::vector<QRectF> taken;
    for (const Label& label : labels) {
        if (label.x < frame.plot.left() - 1 || label.x > frame.plot.right() + 1)
            continue;
        const double width = metrics.horizontalAdvance(label.text) + 8;
        for (int row = 0; row < 2; ++row) {
            QRectF box(label.x - width / 2, frame.axis + 11 + row * metrics.height(), width, metrics.height());
            if (std::any_of(taken.begin(), taken.end(), [&box](const QRectF& other) { return other.intersects(box); }))
                continue;
            if (row == 1) {
                painter.setPen(QPen(theme().grid, 1));
                painter.drawLine(QPointF(label.x, frame.axis + 9), QPointF(label.x, box.top() + 3));
            }
            painter.setPen(label.rank == 0 ? theme().text : theme().mutedText);
            QFont font = painter.font();
            font.setBold(label.rank == 0);
            painter.save();
            painter.setFont(font);
            painter.drawText(box, Qt::AlignCenter, label.text);
            painter.restore();
            taken.push_back(box);
            break;
        }
    }
}

void TeachLine::paintValue(QPainter& painter, const Frame& frame) const
{
    const ElementTrace& shown = *element();
    const QFontMetricsF metrics(painter.font());
    const double x = std::clamp(frame.x(asDouble(shown.value)), frame.plot.left(), frame.plot.right());
    const float now = m_block->decoded[m_block->element];
    if (!m_isQuestion && std::isfinite(now))
        paintArrow(painter, frame, x, frame.x(asDouble(now)), theme().seriesA);
    drawTriangle(painter, QPointF(x, frame.axis - 2), 16, theme().signField);
    const QString text = tr("value %1").arg(shortNumberText(asDouble(shown.value), 4));
    QFont bold = painter.font();
    bold.setBold(true);
    painter.setFont(bold);
    const double width = QFontMetricsF(bold).horizontalAdvance(text) + 10;
    QRectF box(x - width / 2, frame.plot.top() + 2, width, metrics.height() + 2);
    box.moveLeft(std::clamp(box.left(), frame.plot.left() - 20, frame.plot.right() + 20 - width));
    painter.setPen(QPen(theme().signField, 1.5));
    painter.drawLine(QPointF(x, box.bottom()), QPointF(x, frame.axis - 16));
    painter.setPen(theme().text);
    painter.drawText(box, Qt::AlignCenter, text);
}

void TeachLine::paintArrow(QPainter& painter, const Frame& frame, double from, double to, const QColor& color) const
{
    const double height = std::clamp((frame.axis - frame.plot.top()) * 0.45, 26.0, 90.0);
    const double top = frame.axis - height;
    if (std::fabs(from - to) < 1.5)
        return;
    QPainterPath path(QPointF(from, frame.axis - 18));
    path.cubicTo(QPointF(from, top), QPointF(to, top), QPointF(to, frame.axis - 30));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 3));
    painter.drawPath(path);
    drawTriangle(painter, QPointF(to, frame.axis - 20), 11, color);
}

void TeachLine::paintOverlay(QPainter& /*painter*/, const QRectF& /*area*/) const { }

void TeachLine::moveTo(double x)
{
    const Frame frame = frameOf(rect(), font());
    if (!m_isQuestion) {
        const double digits = (frame.highest - frame.lowest) / 400;
        Q_EMIT valueMoved(std::round(frame.value(x) / digits) * digits);
        return;
    }
    double nearest = INFINITY;
    std::optional<std::uint32_t> code;
    for (const SlotLevel& level : m_levels)
        if (const double distance = std::fabs(frame.x(asDouble(level.value)) - x); distance < nearest) {
            nearest = distance;
            code = level.code;
        }
    if (code)
        Q_EMIT levelPicked(*code);
}

void TeachLine::mousePressEvent(QMouseEvent* event)
{
    PlotView::mousePressEvent(event);
    if (event->button() != Qt::LeftButton || !element())
        return;
    if (!m_isQuestion)
        m_frozen = range();
    moveTo(event->position().x());
}

void TeachLine::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton) && element() && !m_isQuestion)
        moveTo(event->position().x());
}

void TeachLine::mouseReleaseEvent(QMouseEvent* event)
{
    PlotView::mouseReleaseEvent(event);
    m_frozen.reset();
    update();
}

void TeachLine::step(int by)
{
    if (!m_isQuestion) {
        const auto [lowest, highest] = range();
        Q_EMIT valueMoved(asDouble(element()->value) + by * (highest - lowest) / kSteps);
        return;
    }
    if (m_levels.empty())
        return;
    const auto picked = std::find_if(
        m_levels.begin(), m_levels.end(), [this](const SlotLevel& level) { return m_pick == level.code; });
    const auto count = static_cast<int>(m_levels.size());
    int at = static_cast<int>(picked - m_levels.begin());
    at = picked == m_levels.end() ? count / 2 : std::clamp(at + by, 0, count - 1);
    Q_EMIT levelPicked(m_levels[static_cast<std::size_t>(at)].code);
}

void TeachLine::keyPressEvent(QKeyEvent* event)
{
    if (element() && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        step(event->key() == Qt::Key_Left ? -1 : 1);
    else if (m_isQuestion && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        Q_EMIT revealRequested();
    else
        PlotView::keyPressEvent(event);
}

}  // namespace nanoscope
