#pragma once

#include "widgets/parameter_sweep_points.h"
#include "widgets/theme.h"

#include <QWidget>

#include <memory>
#include <vector>

class QAbstractItemModel;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QSortFilterProxyModel;
class QTableView;
class QTabWidget;

namespace nanoscope {

class ParameterSweepChart;
class ParameterSweepModel;

/// A figure of format A against one of its parameters, for each value of a second one, as a chart and as a table; what
/// is varied is chosen here. A point or row becomes format A.
class ParameterSweepView : public QWidget {
    Q_OBJECT

public:
    explicit ParameterSweepView(QWidget* parent = nullptr);

    /// What format A lets vary. A choice that it does not have stays for formats that do; another one stands in.
    void setParameters(const std::vector<SpecParameter>& parameters);
    void setChoice(const SweepChoice& choice);
    [[nodiscard]] const SweepChoice& choice() const { return m_choice; }
    /// Null: no tensor.
    void setState(std::shared_ptr<const SweepState> state);
    void setTheme(const Theme& theme);

    [[nodiscard]] ParameterSweepChart& chart() { return *m_chart; }
    /// Rows as they are shown: sorted.
    [[nodiscard]] const QAbstractItemModel& tableModel() const;
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

signals:
    void choiceEdited(const nanoscope::SweepChoice& choice);
    /// The user chose a point, to become A.
    void formatChosen(const nanoscope::NamedFormat& format);

private:
    [[nodiscard]] QWidget* makeControls();
    void showChoice();
    void showNames();
    void edit(const SweepChoice& choice);
    void editValues(QLineEdit& line, std::vector<double> SweepChoice::*values);
    void choose(std::size_t entry);

    std::vector<SpecParameter> m_parameters;
    SweepChoice m_choice;
    std::shared_ptr<const SweepState> m_state;
    QComboBox* m_x;
    QLineEdit* m_xValues;
    QComboBox* m_curve;
    QLineEdit* m_curveValues;
    QComboBox* m_figure;
    QCheckBox* m_againstBits;
    QLabel* m_problem;
    QProgressBar* m_progress;
    QTabWidget* m_pages;
    ParameterSweepChart* m_chart;
    ParameterSweepModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
};

}  // namespace nanoscope
