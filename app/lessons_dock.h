#pragma once

#include "app/panel_dock.h"

class QDockWidget;

namespace nanoscope {

class DockOutline;
class Explorer;
class LessonView;

/// The Lessons dock and the frame around what a lesson points at. Who plays lessons is the LessonPlayer.
class LessonsDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    LessonsDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] QDockWidget& dock() { return m_dock; }
    [[nodiscard]] LessonView& view() { return *m_view; }
    [[nodiscard]] DockOutline& outline() { return *m_outline; }
    void setTheme(const Theme& theme) override;

private:
    QDockWidget& m_dock;
    LessonView* m_view;
    DockOutline* m_outline;
};

}  // namespace nanoscope
