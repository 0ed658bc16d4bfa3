#pragma once

#include "app/pareto_desk.h"
#include "widgets/theme.h"

#include <QObject>

#include <vector>

class QDockWidget;

namespace nanoscope {

class ParetoView;

/// The Pareto dock: joins the view with the desk behind it, with the tensor, and with formats A and B.
class ParetoDock : public QObject {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    ParetoDock(QDockWidget& dock, Explorer& explorer);

    /// False while the view can be seen and presets are still to be measured.
    [[nodiscard]] bool isCurrent() const;
    [[nodiscard]] bool isBusy() const;
    /// The user stopped the measuring.
    void stop();
    void setTheme(const Theme& theme);
    void setPresets(const std::vector<Preset>& presets);
    void setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations);

signals:
    /// The user wants a preset as format B.
    void formatChosen(const nanoscope::NamedFormat& format);
    /// isCurrent() may have changed.
    void currentChanged();

private:
    void showMarks();

    Explorer& m_explorer;
    QDockWidget& m_dock;
    ParetoDesk m_desk;
    ParetoView* m_view;
    std::vector<Preset> m_presets;
    bool m_isVisible = false;
};

}  // namespace nanoscope
