#pragma once

#include "app/cost_desk.h"
#include "core/format/preset.h"
#include "widgets/plot_export.h"
#include "widgets/theme.h"

#include <QObject>

#include <optional>
#include <vector>

class QDockWidget;
class QSettings;

namespace nanoscope {

class CostPanel;

/// The Cost dock: joins the panel with the desk behind it and with the formats of the window.
class CostDock : public QObject {
    Q_OBJECT

public:
    /// @param dock  gets the panel as its content
    CostDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] CostDesk& desk() { return m_desk; }
    /// False while the panel can be seen and does not show the present answer.
    [[nodiscard]] bool isCurrent() const { return m_desk.isCurrent(); }
    void setTheme(const Theme& theme);
    void setPresets(const std::vector<Preset>& presets);

    /// What a plot of this dock was made from; nothing for other plots and before the first figures.
    [[nodiscard]] std::optional<PlotRecipe> recipeOf(const PlotView& plot) const;

    /// @name The choice between starts
    /// @{
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);
    /// @}

signals:
    /// The user edited the choice; controlId tells edits by the same control apart from others.
    void choiceEdited(const nanoscope::CostChoice& choice, const QString& controlId);
    /// isCurrent() may have changed.
    void currentChanged();

private:
    Explorer& m_explorer;
    CostDesk m_desk;
    CostPanel* m_panel;
};

}  // namespace nanoscope
