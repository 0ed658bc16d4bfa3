#include "app/lessons_dock.h"

#include "app/dock_outline.h"
#include "widgets/lesson_view.h"

#include <QDockWidget>

namespace nanoscope {

LessonsDock::LessonsDock(QDockWidget& dock, Explorer& /*explorer*/)
    : PanelDock(&dock)
    , m_dock(dock)
    , m_view(new LessonView)
    , m_outline(new DockOutline(dock.parentWidget()))
{
    dock.setWidget(m_view);
}

void LessonsDock::setTheme(const Theme& theme)
{
    m_outline->setTheme(theme);
}

}  // namespace nanoscope
