#pragma once

#include "app/explorer.h"
#include "app/model_desk.h"
#include "app/panel_dock.h"

class QDockWidget;

namespace nanoscope {

class ModelOverview;

/// The Model dock: joins the view with the desk behind it, with the open file, and with formats A to D.
class ModelDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    ModelDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override;
    [[nodiscard]] bool isBusy() const override;
    [[nodiscard]] QString unsettled() const override;
    void cancel() override;
    void setTheme(const Theme& theme) override;
    void setPresets(const std::vector<Preset>& presets) override;

private:
    Explorer& m_explorer;
    ModelDesk m_desk;
    ModelOverview* m_view;
    bool m_isVisible = false;
};

}  // namespace nanoscope
