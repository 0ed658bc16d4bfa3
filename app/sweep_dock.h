#pragma once

#include "app/panel_dock.h"
#include "app/sweep_desk.h"
#include "widgets/format_naming.h"

class QDockWidget;

namespace nanoscope {

class ParameterSweepView;

/// The Sweep dock: joins the view with the desk behind it, with the tensor and with format A.
class SweepDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    SweepDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override;
    [[nodiscard]] bool isBusy() const override;
    [[nodiscard]] QString unsettled() const override;
    void cancel() override;
    void setTheme(const Theme& theme) override;
    void setPresets(const std::vector<Preset>& presets) override;
    void save(QSettings& settings) const override;
    void restore(const QSettings& settings) override;
    void setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations);

signals:
    /// The user wants a point as format A.
    void formatChosen(const nanoscope::NamedFormat& format);

private:
    Explorer& m_explorer;
    FormatNaming m_naming;
    SweepDesk m_desk;
    ParameterSweepView* m_view;
    bool m_isVisible = false;
};

}  // namespace nanoscope
