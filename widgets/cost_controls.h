#pragma once

#include "widgets/cost_result.h"

#include <QHash>
#include <QStringList>
#include <QWidget>

#include <vector>

class QComboBox;

namespace nanoscope {

class CostFields;
class PresetBox;
struct Preset;

/// The controls that are always there: DRAM energy first, then accelerator, language model, activations and context.
class CostControls : public QWidget {
    Q_OBJECT

public:
    /// @param last  stands behind the last control
    explicit CostControls(QWidget* last, QWidget* parent = nullptr);

    void setPresets(const std::vector<Preset>& presets);
    /// @param texts  parameterTexts() of its parameters
    void setChoice(const CostChoice& choice, const QHash<QString, QString>& texts);
    [[nodiscard]] QStringList paths() const;

Q_SIGNALS:
    void settingAsked(const QString& controlId, const QString& setting);
    void refused(const QString& why);
    void acceleratorChosen(const QString& name);
    void workloadChosen(const QString& name);
    /// Empty: as the weights.
    void activationsChosen(const QString& preset);

private:
    CostFields* m_fields;
    QComboBox* m_accelerator;
    QComboBox* m_workload;
    PresetBox* m_activations;
};

}  // namespace nanoscope
