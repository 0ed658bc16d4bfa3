#pragma once

#include "core/format/preset.h"

#include <QComboBox>

#include <vector>

namespace nanoscope {

/// The family that a preset is listed under, by its name: "NxFP", "MX", ...
[[nodiscard]] QString presetFamily(const QString& name);

/// A choice of presets grouped by family. Typing any part of a name or title lists what matches.
class PresetBox : public QComboBox {
    Q_OBJECT

public:
    explicit PresetBox(QWidget* parent = nullptr);

    void setPresets(const std::vector<Preset>& presets);
    /// Shows a name, a preset's or any other ("NxFP4 (edited)"). Emits nothing.
    void showName(const QString& name);

Q_SIGNALS:
    void presetChosen(const QString& name);

private:
    void takeTyped();

    QString m_shown;
};

}  // namespace nanoscope
