#pragma once

#include "app/explorer.h"
#include "app/panel_dock.h"
#include "widgets/error_share_view.h"
#include "widgets/latest_job.h"

#include <memory>
#include <vector>

class QDockWidget;

namespace nanoscope {

/// The Error share dock: ranks the blocks of every report on a lane of its own while the dock can be seen. A report
/// that was ranked already is not ranked again.
class ErrorShareDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    ErrorShareDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override { return !m_isVisible || !m_isStale; }
    [[nodiscard]] bool isBusy() const override { return m_job.isBusy(); }
    [[nodiscard]] QString unsettled() const override;
    void cancel() override;
    void setTheme(const Theme& theme) override;

private:
    using Lines = std::vector<ErrorShareLine>;

    void request();
    void receive(Lines lines);

    Explorer& m_explorer;
    ErrorShareView* m_view;
    Lines m_lines;  // on show
    bool m_isVisible = false;
    bool m_isStale = false;
    LatestJob<Lines> m_job;
};

}  // namespace nanoscope
