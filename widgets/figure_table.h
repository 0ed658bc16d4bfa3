#pragma once

#include "widgets/series_role.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace nanoscope {

class FigureModel;

/// Every figure of format A beside those of formats B to D, the best one marked.
class FigureTable : public QWidget {
    Q_OBJECT

public:
    explicit FigureTable(QWidget* parent = nullptr);

    /// Columns of formats without a report are hidden, A's excepted; the difference is shown of A and B alone.
    void setReports(RoleReports reports);

    [[nodiscard]] const FigureModel& model() const { return *m_model; }
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// The names take what the numbers leave: numbers get narrower and long names a second line where room is short.
    void fitColumns();
    void setNumberWidths(int number);
    void fitRows();

    FigureModel* m_model;
    QTableView* m_view;
    QLabel* m_title;
    int m_numberWidth = 0;      // of a format's column
    int m_narrowWidth = 0;      // of the same where room is short
    int m_differenceWidth = 0;  // of that with signs
};

}  // namespace nanoscope
