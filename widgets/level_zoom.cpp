#include "widgets/level_zoom.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kSmallest = 1e-4;  // of the line: deeper, its labels would be digits without meaning
constexpr double kKeyStep = 1.5;
constexpr double kKeyMove = 0.25;
constexpr double kWheelStep = 120.0;  // QWheelEvent counts eighths of a degree, a notch is 15 degrees

}  // namespace

LevelZoom LevelZoom::closer(double times, double place) const
{
    const double fixed = from + place * length();
    const double wanted = std::clamp(length() / times, kSmallest, 1.0);
    if (wanted >= 1.0)
        return {};
    LevelZoom zoom{fixed - place * wanted, fixed + (1.0 - place) * wanted};
    const double over = std::max(0.0, -zoom.from) - std::max(0.0, zoom.to - 1.0);
    zoom.from = std::max(0.0, zoom.from + over);
    zoom.to = std::min(1.0, zoom.to + over);
    return zoom;
}

LevelZoom LevelZoom::moved(double share) const
{
    const double by = std::clamp(share * length(), -from, 1.0 - to);
    return {from + by, to + by};
}

LevelZoomInput::LevelZoomInput(QWidget& plot)
    : QObject(&plot)
{
    plot.installEventFilter(this);
}

void LevelZoomInput::setLine(double left, double width)
{
    m_left = left;
    m_width = std::max(1.0, width);
}

double LevelZoomInput::placeAt(double x) const
{
    return std::clamp((x - m_left) / m_width, 0.0, 1.0);
}

void LevelZoomInput::ask(const LevelZoom& zoom)
{
    if (zoom == m_zoom)
        return;
    m_zoom = zoom;
    emit zoomed(zoom);
}

bool LevelZoomInput::turn(const QWheelEvent& event)
{
    const double notches = event.angleDelta().y() / kWheelStep;
    if (notches == 0)
        return false;
    ask(m_zoom.closer(std::pow(kKeyStep, notches), placeAt(event.position().x())));
    return true;
}

/// A drag moves a zoomed line; a click stays a click.
bool LevelZoomInput::drag(const QMouseEvent& event)
{
    if (m_zoom.isWhole() || (event.buttons() & Qt::MiddleButton) == 0)
        return false;
    const double share = (m_dragX - event.position().x()) / m_width;
    m_dragX = event.position().x();
    ask(m_zoom.moved(share));
    return true;
}

bool LevelZoomInput::press(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        ask(m_zoom.closer(kKeyStep, 0.5));
        return true;
    case Qt::Key_Minus:
        ask(m_zoom.closer(1 / kKeyStep, 0.5));
        return true;
    case Qt::Key_0:
        ask({});
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if ((event.modifiers() & Qt::ShiftModifier) == 0)
            return false;
        ask(m_zoom.moved(event.key() == Qt::Key_Left ? -kKeyMove : kKeyMove));
        return true;
    default:
        return false;
    }
}

bool LevelZoomInput::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Wheel:
        return turn(*static_cast<QWheelEvent*>(event));
    case QEvent::MouseButtonPress:
        m_dragX = static_cast<QMouseEvent*>(event)->position().x();
        break;
    case QEvent::MouseMove:
        return drag(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonDblClick:
        ask({});
        break;
    case QEvent::KeyPress:
        return press(*static_cast<QKeyEvent*>(event));
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace nanoscope
