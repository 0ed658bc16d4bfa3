#pragma once

#include "core/analysis/outliers.h"
#include "core/analysis/report.h"
#include "widgets/chart_table.h"
#include "widgets/theme.h"

#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;

namespace nanoscope {

class PickPlot;
class TwinPane;

/// What the outlier plot shows above the multiples.
enum class OutlierQuantity {
    RestCost,  ///< squared error of the block's other elements, over what it would be without the outlier
    OwnError,  ///< relative error of the outlier itself
    RestShare  ///< share of the block's squared error that lies on the others
};

/// The largest elements of a tensor and what they cost their blocks, as a plot of symbols and a table. Disks set the
/// scale of their block, squares do not. An outlier that is chosen names its block and element.
class OutlierView : public QWidget {
    Q_OBJECT

public:
    explicit OutlierView(QWidget* parent = nullptr);

    /// Null empties the view.
    /// @param report  that the study is of
    void setStudy(std::shared_ptr<const OutlierStudy> study, std::shared_ptr<const Report> report);
    /// Marks an element if it is listed.
    void setSelected(quint64 block, int element);
    void setMeasure(OutlierMeasure measure);
    void setTheme(const Theme& theme);

    [[nodiscard]] OutlierMeasure measure() const;
    [[nodiscard]] OutlierQuantity quantity() const;
    [[nodiscard]] const PickPlot& plot() const { return *m_plot; }
    [[nodiscard]] const QAbstractTableModel& tableModel() const { return *m_model; }
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

Q_SIGNALS:
    /// The user chose an element on the plot or in the table.
    void elementChosen(quint64 block, int element);
    /// The user wants the other list.
    void measureChanged(nanoscope::OutlierMeasure measure);

private:
    void rebuild();
    void showSelected();
    void chooseOutlier(std::size_t rank);

    std::shared_ptr<const OutlierStudy> m_study;
    std::shared_ptr<const Report> m_report;
    std::optional<std::pair<quint64, int>> m_selected;
    PickPlot* m_plot;
    ChartTableModel* m_model;
    QComboBox* m_measure;
    QComboBox* m_quantity;
    TwinPane* m_pane;
};

}  // namespace nanoscope
