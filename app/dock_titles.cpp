#include "app/dock_titles.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QTimer>

#include <algorithm>

namespace nanoscope {

DockTitles::DockTitles(QMainWindow& window, const QList<QDockWidget*>& docks)
    : QObject(&window)
    , m_window(window)
    , m_soon(new QTimer(this))
{
    window.setDockOptions(window.dockOptions() | QMainWindow::GroupedDragging);  // tabs can be dragged out
    m_soon->setSingleShot(true);
    m_soon->setInterval(0);  // many docks move at once
    connect(m_soon, &QTimer::timeout, this, &DockTitles::update);
    const auto soon = [this] { m_soon->start(); };
    for (QDockWidget* dock : docks) {
        auto* none = new QWidget(dock);
        none->setFixedHeight(0);
        none->hide();
        m_none.insert(dock, none);
        connect(dock, &QDockWidget::dockLocationChanged, this, soon);
        connect(dock, &QDockWidget::topLevelChanged, this, soon);
        connect(dock, &QDockWidget::visibilityChanged, this, soon);
    }
}

bool DockTitles::isDocked(const QDockWidget& dock) const
{
    return !dock.isFloating() && dock.parentWidget() == &m_window;
}

bool DockTitles::isTab(QDockWidget* dock) const
{
    if (!isDocked(*dock))
        return false;
    const QList<QDockWidget*> others = m_window.tabifiedDockWidgets(dock);  // and those that float now
    return std::any_of(others.begin(), others.end(),
        [this](const QDockWidget* other) { return !other->isHidden() && isDocked(*other); });
}

void DockTitles::update()
{
    for (auto entry = m_none.cbegin(); entry != m_none.cend(); ++entry) {
        QWidget* wanted = isTab(entry.key()) ? entry.value() : nullptr;
        if (entry.key()->titleBarWidget() == wanted)
            continue;
        entry.key()->setTitleBarWidget(wanted);
        entry.value()->setVisible(wanted != nullptr);
    }
}

}  // namespace nanoscope
