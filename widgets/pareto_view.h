#pragma once

#include "widgets/pareto_selection.h"
#include "widgets/theme.h"

#include <QString>
#include <QWidget>

#include <memory>

class QAbstractItemModel;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QProgressBar;
class QSortFilterProxyModel;
class QTableView;
class QTabWidget;
class QToolButton;

namespace nanoscope {

class ParetoChart;
class ParetoLossBar;
class ParetoModel;

/// The error of every preset against what it costs, as a chart and as a table; a point or row becomes format B.
class ParetoView : public QWidget {
    Q_OBJECT

public:
    explicit ParetoView(QWidget* parent = nullptr);

    /// Null: no tensor.
    void setState(std::shared_ptr<const ParetoState> state);
    void setTheme(const Theme& theme);
    void setAxis(ParetoAxis axis);
    [[nodiscard]] ParetoAxis axis() const { return m_filter.axis; }
    /// The figure on the vertical axis, one of kParetoFigures.
    void setMerit(ParetoFigure merit);
    /// What the costs refer to: language model, memory and accelerator.
    void setSetupText(const QString& text);

    [[nodiscard]] ParetoChart& chart() { return *m_chart; }
    /// Rows as they are shown: sorted, and only those that pass the filter.
    [[nodiscard]] const QAbstractItemModel& tableModel() const;
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

signals:
    /// The user chose a preset, to become B.
    void formatChosen(const QString& name);
    /// The user stopped the measuring, or wants it to go on.
    void runAsked(bool run);
    /// The user wants the losses of these presets: those of the SQNR front that pass the filter.
    void lossesAsked(const QStringList& presets);
    void lossStopAsked();

private:
    [[nodiscard]] QWidget* makeControls();
    void fillGroups(QMenu& menu);
    void applyFilter();
    void showState();
    void showLosses();
    [[nodiscard]] QStringList sqnrFront() const;

    std::shared_ptr<const ParetoState> m_state;
    ParetoFilter m_filter;
    QString m_setupText;
    QComboBox* m_merit;
    QComboBox* m_axis;
    QLineEdit* m_text;
    QCheckBox* m_onlyFront;
    QCheckBox* m_bounds;
    QCheckBox* m_logarithmic;
    QToolButton* m_groups;
    QToolButton* m_whole;
    QLabel* m_setup;
    QProgressBar* m_progress;
    QToolButton* m_run;
    ParetoLossBar* m_losses;
    QTabWidget* m_pages;
    ParetoChart* m_chart;
    ParetoModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
};

}  // namespace nanoscope
