#pragma once

#include "core/format/preset.h"

#include <QComboBox>

#include <vector>

namespace nanoscope {

/// A choice of presets grouped by family. Typing any part of a name, an alias or a title
/// lists what matches.
class PresetBox : public QComboBox {
    Q_OBJECT

public:
    explicit PresetBox(QWidget* parent = nullptr);

    void setPresets(const std::vector<Preset>& presets);
    /// Shows a name, a preset's or any other ("NxFP4 (edited)"). Emits nothing.
    void showName(const QString& name);
    /// The row of the preset with this name or alias, in any case of letters; -1 when there is none.
    [[nodiscard]] int rowOf(const QString& name) const;

Q_SIGNALS:
    void presetChosen(const QString& name);

private:
    void takeTyped();

    QString m_shown;
};

}  // namespace nanoscope
