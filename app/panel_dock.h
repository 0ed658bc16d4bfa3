#pragma once

#include "core/format/preset.h"
#include "widgets/theme.h"

#include <QObject>
#include <QString>

#include <vector>

class QSettings;

namespace nanoscope {

/// What stands behind a dock with work of its own: the window asks all of them alike whether they are done. The
/// defaults are those of a dock that has nothing to wait for, to offer or to remember.
class PanelDock : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// False while the dock can be seen and does not show the present answer.
    [[nodiscard]] virtual bool isCurrent() const { return true; }
    /// True while work runs.
    [[nodiscard]] virtual bool isBusy() const { return false; }
    /// Why isCurrent() is false although nothing runs.
    [[nodiscard]] virtual QString unsettled() const { return {}; }
    /// Stops the work; what is shown stays.
    virtual void cancel() { }

    virtual void setTheme(const Theme& theme) = 0;
    /// What may be chosen from.
    virtual void setPresets(const std::vector<Preset>& presets) { (void)presets; }

    /// @name What is remembered between starts
    /// @{
    virtual void save(QSettings& settings) const { (void)settings; }
    virtual void restore(const QSettings& settings) { (void)settings; }
    /// @}

signals:
    /// isCurrent() or isBusy() may have changed.
    void currentChanged();
    void failed(const QString& message);
};

}  // namespace nanoscope
