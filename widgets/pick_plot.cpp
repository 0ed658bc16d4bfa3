#include "widgets/pick_plot.h"

#include "widgets/study_painter.h"

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

constexpr double kReach = 16.0;  // pixels beside a point that still mean it
constexpr double kRing = 8.0;    // radius of the mark
constexpr int kPage = 16;

}  // namespace

PickPlot::PickPlot(QWidget* parent)
    : StudyPlot(parent)
{
}

void PickPlot::setPicks(QList<PickPoint> picks)
{
    m_picks = std::move(picks);
    m_chosen = -1;
    m_place.reset();
    contentChanged();
}

void PickPlot::setChosen(int index)
{
    m_chosen = index < m_picks.size() ? index : -1;
    m_place.reset();
    contentChanged();
}

void PickPlot::setPlace(const PickPoint& place)
{
    m_chosen = -1;
    m_place = place;
    contentChanged();
}

const PickPoint* PickPlot::marked() const
{
    if (m_place)
        return &*m_place;
    return m_chosen >= 0 ? &m_picks[m_chosen] : nullptr;
}

QString PickPlot::summary() const
{
    const PickPoint* mark = marked();
    if (mark == nullptr)
        return StudyPlot::summary();
    return tr("%1; selected: %2").arg(StudyPlot::summary(), QString(mark->text).replace(u'\n', QLatin1String(", ")));
}

void PickPlot::paintPlot(QPainter& painter, const QRectF& area) const
{
    StudyPlot::paintPlot(painter, area);
    const PickPoint* mark = marked();
    if (mark == nullptr || content().series.empty())
        return;
    const QFontMetricsF metrics(painter.font(), painter.device());
    const StudyPainter places(content(), theme(), area.adjusted(0, headerHeight(metrics), 0, 0), metrics);
    const QPointF at = places.placeOf(mark->place);
    if (!std::isfinite(at.x()) || !std::isfinite(at.y()))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().panel, 5));  // stands off from what lies under it
    painter.drawEllipse(at, kRing, kRing);
    painter.setPen(QPen(theme().text, 2));
    painter.drawEllipse(at, kRing, kRing);
    painter.restore();
}

QPointF PickPlot::positionOf(int index) const
{
    const QFontMetricsF metrics(font(), this);
    const QRectF rest = QRectF(rect()).adjusted(0, headerHeight(metrics), 0, 0);
    return StudyPainter(content(), theme(), rest, metrics).placeOf(m_picks[index].place);
}

int PickPlot::nearest(QPointF point) const
{
    const QFontMetricsF metrics(font(), this);
    const QRectF rest = QRectF(rect()).adjusted(0, headerHeight(metrics), 0, 0);
    const StudyPainter places(content(), theme(), rest, metrics);
    int found = -1;
    double least = kReach;
    for (int i = 0; i < m_picks.size(); ++i) {
        const QPointF away = places.placeOf(m_picks[i].place) - point;
        const double distance = std::hypot(away.x(), away.y());
        if (distance < least) {
            least = distance;
            found = i;
        }
    }
    return found;
}

void PickPlot::pickByUser(int index)
{
    setChosen(index);
    emit picked(index);
}

void PickPlot::mousePressEvent(QMouseEvent* event)
{
    const int index = event->button() == Qt::LeftButton && !content().series.empty() ? nearest(event->position()) : -1;
    if (index < 0)
        return StudyPlot::mousePressEvent(event);
    setFocus(Qt::MouseFocusReason);
    pickByUser(index);
}

void PickPlot::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_picks.size()) - 1;
    if (last < 0)
        return StudyPlot::keyPressEvent(event);
    int current = m_chosen;
    if (current < 0 && m_place)  // between two picks: keys go on from the one beside it
        for (current = 0; current < last && m_picks[current].place.x() < m_place->place.x(); ++current) { }
    int target = current;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        target -= 1;
        break;
    case Qt::Key_Right:
    case Qt::Key_Down:
        target += 1;
        break;
    case Qt::Key_PageUp:
        target -= kPage;
        break;
    case Qt::Key_PageDown:
        target += kPage;
        break;
    case Qt::Key_Home:
        target = 0;
        break;
    case Qt::Key_End:
        target = last;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        break;
    default:
        return StudyPlot::keyPressEvent(event);
    }
    pickByUser(current < 0 ? 0 : std::clamp(target, 0, last));
}

bool PickPlot::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !content().series.empty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const int index = nearest(help->pos()); index >= 0) {
            QToolTip::showText(help->globalPos(), m_picks[index].text, this);
            return true;
        }
    }
    return StudyPlot::event(event);
}

}  // namespace nanoscope
