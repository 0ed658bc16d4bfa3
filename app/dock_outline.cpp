#include "app/dock_outline.h"

#include "app/in_sight.h"

#include <QDockWidget>
#include <QEvent>
#include <QPainter>

namespace nanoscope {

DockOutline::DockOutline(QWidget* window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void DockOutline::setDock(QDockWidget* dock)
{
    if (m_dock)
        m_dock->removeEventFilter(this);
    m_dock = dock;
    if (m_dock)
        m_dock->installEventFilter(this);
    follow();
}

void DockOutline::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

/// A dock behind another tab, or one that floats, has no frame.
void DockOutline::follow()
{
    const QDockWidget* dock = m_dock.data();
    if (dock == nullptr || dock->isFloating() || !isInSight(*dock)) {
        hide();
        return;
    }
    setGeometry(QRect(dock->mapTo(parentWidget(), QPoint(0, 0)), dock->size()).adjusted(-2, -2, 2, 2));
    show();
    raise();
}

bool DockOutline::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::ParentChange:
        QMetaObject::invokeMethod(
            this, [this] { follow(); }, Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void DockOutline::paintEvent(QPaintEvent* /*event*/)
{
    constexpr double kWidth = 4.0;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.accent, kWidth));
    painter.drawRoundedRect(QRectF(rect()).adjusted(kWidth / 2, kWidth / 2, -kWidth / 2, -kWidth / 2), 3, 3);
}

}  // namespace nanoscope
