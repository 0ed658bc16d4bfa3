#pragma once

#include "app/perplexity_desk.h"
#include "core/format/preset.h"
#include "widgets/theme.h"

#include <QObject>

#include <vector>

class QDockWidget;
class QSettings;

namespace nanoscope {

class PerplexityView;

/// The Perplexity dock: joins the view with the desk behind it and with the formats of the window.
class PerplexityDock : public QObject {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    PerplexityDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] PerplexityDesk& desk() { return m_desk; }
    /// False while the view can be seen and does not show the present answer.
    [[nodiscard]] bool isCurrent() const { return m_desk.isCurrent(); }
    void setTheme(const Theme& theme);
    void setPresets(const std::vector<Preset>& presets);

    /// @name The scope between starts
    /// @{
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);
    /// @}

signals:
    /// isCurrent() may have changed.
    void currentChanged();

private:
    void setScope(const PerplexityScope& scope);

    PerplexityDesk m_desk;
    PerplexityView* m_view;
};

}  // namespace nanoscope
