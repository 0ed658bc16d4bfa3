#pragma once

#include "app/cost_desk.h"
#include "app/panel_dock.h"
#include "widgets/plot_export.h"

#include <optional>

class QDockWidget;

namespace nanoscope {

class CostPanel;

/// The Cost dock: joins the panel with the desk behind it and with the formats of the window.
class CostDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the panel as its content
    CostDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] CostDesk& desk() { return m_desk; }
    [[nodiscard]] bool isCurrent() const override { return m_desk.isCurrent(); }
    [[nodiscard]] bool isBusy() const override { return m_desk.isBusy(); }
    [[nodiscard]] QString unsettled() const override;
    void setTheme(const Theme& theme) override;
    void setPresets(const std::vector<Preset>& presets) override;
    void save(QSettings& settings) const override;
    void restore(const QSettings& settings) override;

    /// What a plot of this dock was made from; nothing for other plots and before the first figures.
    [[nodiscard]] std::optional<PlotRecipe> recipeOf(const PlotView& plot) const;

signals:
    /// The user edited the choice; controlId tells edits by the same control apart from others.
    void choiceEdited(const nanoscope::CostChoice& choice, const QString& controlId);

private:
    Explorer& m_explorer;
    CostDesk m_desk;
    CostPanel* m_panel;
};

}  // namespace nanoscope
