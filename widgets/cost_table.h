#pragma once

#include "widgets/cost_rows.h"

#include <QWidget>

#include <vector>

class QTreeView;

namespace nanoscope {

class CostModel;

/// The tree of every figure. Choosing one tells its id, for the formula beneath and the marks in the charts.
class CostTable : public QWidget {
    Q_OBJECT

public:
    explicit CostTable(QWidget* parent = nullptr);

    /// @param hasB  whether there are columns for B
    void setSections(std::vector<CostSection> sections, bool hasB);
    /// Selects a figure and scrolls to it; emits nothing.
    void select(const QString& id);
    /// The figure of an id; null when there is none.
    [[nodiscard]] const CostRow* find(const QString& id) const;
    [[nodiscard]] const CostModel& model() const { return *m_model; }

Q_SIGNALS:
    void figureSelected(const QString& id);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitColumns();

    CostModel* m_model;
    QTreeView* m_view;
    QString m_selected;
    bool m_hasB = false;
    bool m_isFilling = false;
};

}  // namespace nanoscope
