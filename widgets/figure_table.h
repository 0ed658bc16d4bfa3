#pragma once

#include "core/analysis/report.h"

#include <QWidget>

#include <memory>

class QLabel;
class QTableView;

namespace nanoscope {

class FigureModel;

/// Every figure of format A beside those of format B, the better one marked.
class FigureTable : public QWidget {
    Q_OBJECT

public:
    explicit FigureTable(QWidget* parent = nullptr);

    /// Either report may be null; without B its columns are hidden.
    void setReports(std::shared_ptr<const Report> a, std::shared_ptr<const Report> b);

    [[nodiscard]] const FigureModel& model() const { return *m_model; }
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// The names take what the numbers leave.
    void fitNames();

    FigureModel* m_model;
    QTableView* m_view;
    QLabel* m_title;
};

}  // namespace nanoscope
