#pragma once

#include "app/explorer.h"
#include "app/panel_dock.h"
#include "core/analysis/block_difference.h"
#include "widgets/latest_job.h"

#include <memory>

class QDockWidget;

namespace nanoscope {

class DifferenceView;

/// The Difference dock: compares two of the formats cell by cell on a lane of its own while it can be seen.
class DifferenceDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    DifferenceDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override { return !m_isVisible || !m_isStale; }
    [[nodiscard]] bool isBusy() const override { return m_job.isBusy(); }
    [[nodiscard]] QString unsettled() const override;
    void cancel() override;
    void setTheme(const Theme& theme) override;

private:
    void request();
    void receive(std::shared_ptr<const BlockDifference> difference, const QString& problem);
    void showBlock(quint64 cell);

    Explorer& m_explorer;
    DifferenceView* m_view;
    std::shared_ptr<const BlockDifference> m_difference;
    bool m_isVisible = false;
    bool m_isStale = true;
    LatestJob<std::shared_ptr<const BlockDifference>> m_job;
};

}  // namespace nanoscope
