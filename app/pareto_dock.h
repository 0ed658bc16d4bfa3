#pragma once

#include "app/loss_desk.h"
#include "app/panel_dock.h"
#include "app/pareto_desk.h"

#include <vector>

class QDockWidget;

namespace nanoscope {

class ParetoView;

/// The Pareto dock: joins the view with the desk behind it, with the tensor, and with formats A and B.
class ParetoDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    ParetoDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override;
    [[nodiscard]] bool isBusy() const override;
    [[nodiscard]] QString unsettled() const override;
    void cancel() override;
    void setTheme(const Theme& theme) override;
    void setPresets(const std::vector<Preset>& presets) override;
    /// What losses are evaluated on; an empty model: the bundled one.
    void setLanguageModel(const PerplexityFiles& files);
    void setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations);

signals:
    /// The user wants a preset as format B.
    void formatChosen(const nanoscope::NamedFormat& format);

private:
    void showMarks();
    void showState();
    /// Presets by their names, and the formats of the window that have a place in the view.
    void evaluateLosses(const QStringList& presets);

    Explorer& m_explorer;
    QDockWidget& m_dock;
    ParetoDesk m_desk;
    LossDesk m_losses;
    ParetoView* m_view;
    std::vector<Preset> m_presets;
    bool m_isVisible = false;
};

}  // namespace nanoscope
