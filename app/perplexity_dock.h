#pragma once

#include "app/panel_dock.h"
#include "app/perplexity_desk.h"

class QDockWidget;

namespace nanoscope {

class PerplexityView;

/// The Perplexity dock: joins the view with the desk behind it and with the formats of the window.
class PerplexityDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    PerplexityDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] PerplexityDesk& desk() { return m_desk; }
    [[nodiscard]] bool isCurrent() const override { return m_desk.isCurrent(); }
    [[nodiscard]] bool isBusy() const override { return m_desk.isBusy(); }
    [[nodiscard]] QString unsettled() const override;
    void cancel() override { m_desk.cancel(); }
    void setTheme(const Theme& theme) override;
    void setPresets(const std::vector<Preset>& presets) override;
    void save(QSettings& settings) const override;
    void restore(const QSettings& settings) override;

private:
    void setScope(const PerplexityScope& scope);
    void chooseFiles();

    PerplexityDesk m_desk;
    PerplexityView* m_view;
};

}  // namespace nanoscope
