#pragma once

#include "app/figure_lane.h"
#include "app/panel_dock.h"
#include "core/analysis/error_share.h"

class QDockWidget;

namespace nanoscope {

class ErrorShareView;

/// The Error share dock: ranks the blocks of every report while the dock can be seen.
class ErrorShareDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    ErrorShareDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override { return !m_isVisible || !m_isStale; }
    [[nodiscard]] bool isBusy() const override { return m_lane.isBusy(); }
    [[nodiscard]] QString unsettled() const override;
    void cancel() override { m_lane.cancel(); }
    void setTheme(const Theme& theme) override;

private:
    void request();
    void show(const FigureLane<ErrorShare>::Entries& entries);

    Explorer& m_explorer;
    ErrorShareView* m_view;
    bool m_isVisible = false;
    bool m_isStale = false;
    FigureLane<ErrorShare> m_lane;
};

}  // namespace nanoscope
