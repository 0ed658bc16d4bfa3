#pragma once

#include "app/explorer.h"
#include "app/panel_dock.h"
#include "core/analysis/block_codes.h"
#include "widgets/latest_job.h"
#include "widgets/level_id.h"

#include <memory>
#include <optional>

class QDockWidget;

namespace nanoscope {

class BlockBits;
class HeatMap;
class LevelStack;
class LevelTable;

/// The views that speak of levels; all but the plots of B to D are about format A.
struct LevelViews {
    LevelStack& levels;
    LevelTable& table;
    BlockBits& block;
    HeatMap& map;
    QDockWidget& mapDock;
};

/// What links the levels of format A through the views. A level of B to D stands for the nearest of A. Three sources,
/// the first that is there counts: the level under the pointer; the level that the user chose in plot, table or block;
/// the level of the selected element. The map shows the blocks of the first two. To know them the tensor is quantized
/// once more, when a level is first asked for and the map can be seen, on a lane of its own; the codes are kept until
/// the next report.
class LevelLink : public PanelDock {
    Q_OBJECT

public:
    LevelLink(const LevelViews& views, Explorer& explorer);

    /// The level of the selected element.
    void follow(const std::optional<LevelId>& level);
    /// The level that the user chose; nothing: none.
    void choose(const std::optional<LevelId>& level);
    [[nodiscard]] std::optional<LevelId> chosen() const { return m_chosen; }
    /// Forgets the level that the user chose.
    void release();

    [[nodiscard]] bool isCurrent() const override;
    [[nodiscard]] bool isBusy() const override;
    [[nodiscard]] QString unsettled() const override;
    void cancel() override;
    void setTheme(const Theme& /*theme*/) override { }

private:
    void hover(const std::optional<LevelId>& level);
    void chooseElement(int element);
    void showLevel();
    void showBlocks();
    void takeReport();
    void requestCodes();
    void requestCells();
    void receiveCells(std::shared_ptr<const LevelCells> cells);
    void fail(const std::exception_ptr& exception);
    /// The level whose blocks the map is to show.
    [[nodiscard]] std::optional<LevelId> wanted() const { return m_hovered ? m_hovered : m_chosen; }
    [[nodiscard]] QString nameOf(const LevelId& level) const;

    LevelViews m_views;
    Explorer& m_explorer;
    std::optional<LevelId> m_hovered;
    std::optional<LevelId> m_chosen;
    std::optional<LevelId> m_followed;
    bool m_isMapVisible = false;
    std::shared_ptr<const Report> m_report;                 // that the codes are of, or will be
    std::shared_ptr<const BlockCodes> m_codes;              // null until they are made
    std::shared_ptr<const LevelCells> m_cells;              // the newest
    LatestJob<std::shared_ptr<const BlockCodes>> m_encode;  // not stopped by another level, or it would never end
    LatestJob<std::shared_ptr<const LevelCells>> m_count;
};

}  // namespace nanoscope
