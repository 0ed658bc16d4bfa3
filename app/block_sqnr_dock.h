#pragma once

#include "app/figure_lane.h"
#include "app/panel_dock.h"
#include "core/analysis/block_sqnr.h"

class QDockWidget;

namespace nanoscope {

class BlockSqnrChart;

/// The Per block dock: bins the blocks of every report by their SQNR while the dock can be seen.
class BlockSqnrDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the chart and its table as content
    BlockSqnrDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override { return !m_isVisible || !m_isStale; }
    [[nodiscard]] bool isBusy() const override { return m_lane.isBusy(); }
    [[nodiscard]] QString unsettled() const override;
    void cancel() override { m_lane.cancel(); }
    void setTheme(const Theme& theme) override;

private:
    void request();
    void show(const FigureLane<BlockSqnrSpread>::Entries& entries);

    Explorer& m_explorer;
    BlockSqnrChart* m_chart;
    bool m_isVisible = false;
    bool m_isStale = false;
    FigureLane<BlockSqnrSpread> m_lane;
};

}  // namespace nanoscope
