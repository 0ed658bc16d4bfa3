#pragma once

#include "core/lm/perplexity_session.h"

#include <QWidget>

class QAbstractTableModel;
class QCheckBox;
class QComboBox;
class QLabel;
class QTableView;

namespace nanoscope {

class ChartTableModel;

/// Layers of the language model by formats: weight error and output error side by side, the worst layers first, and
/// what the loss changes by when one layer alone is cast, if asked. A list of methods with which codes may be chosen.
class PerplexityLayers : public QWidget {
    Q_OBJECT

public:
    explicit PerplexityLayers(QWidget* parent = nullptr);

    /// Null: nothing is known yet.
    void setState(const PerplexityState* state);
    [[nodiscard]] bool wantsSensitivities() const;
    /// @param method  as methodName() has it; empty: direct cast
    void setMethod(const QString& method, bool correctsBias);
    [[nodiscard]] QString method() const;
    [[nodiscard]] bool correctsBias() const;
    [[nodiscard]] const QAbstractTableModel& tableModel() const;

signals:
    void sensitivityToggled(bool isWanted);
    /// The user has changed method() or correctsBias().
    void methodEdited();

private:
    [[nodiscard]] QWidget* makeControls();

    QComboBox* m_method;
    QCheckBox* m_bias;
    QCheckBox* m_sensitivity;
    QLabel* m_mean;
    QLabel* m_progress;
    QTableView* m_table;
    ChartTableModel* m_rows;
};

}  // namespace nanoscope
