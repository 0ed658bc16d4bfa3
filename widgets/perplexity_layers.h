#pragma once

#include "core/lm/perplexity_session.h"

#include <QWidget>

class QAbstractTableModel;
class QCheckBox;
class QLabel;
class QTableView;

namespace nanoscope {

class ChartTableModel;

/// Layers of the language model by formats: weight error and output error side by side, the worst layers first, and
/// what the loss changes by when one layer alone is cast, if asked.
class PerplexityLayers : public QWidget {
    Q_OBJECT

public:
    explicit PerplexityLayers(QWidget* parent = nullptr);

    /// Null: nothing is known yet.
    void setState(const PerplexityState* state);
    [[nodiscard]] bool wantsSensitivities() const;
    [[nodiscard]] const QAbstractTableModel& tableModel() const;

signals:
    void sensitivityToggled(bool isWanted);

private:
    QCheckBox* m_sensitivity;
    QLabel* m_progress;
    QTableView* m_table;
    ChartTableModel* m_rows;
};

}  // namespace nanoscope
