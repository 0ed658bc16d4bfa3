#pragma once

#include "core/analysis/report.h"
#include "widgets/twin_pane.h"

#include <memory>
#include <optional>

class QComboBox;

namespace nanoscope {

class HeatMap;
class PlotDataModel;

/// The error map with the choice of what it shows, and the table of its blocks.
class ErrorMapView : public TwinPane {
    Q_OBJECT

public:
    explicit ErrorMapView(QWidget* parent = nullptr);

    [[nodiscard]] HeatMap& map() const { return *m_map; }
    [[nodiscard]] const PlotDataModel& tableModel() const { return *m_model; }
    /// Null empties the view.
    void setReport(const std::shared_ptr<const Report>& report);
    void setSelectedBlock(std::optional<quint64> block);

Q_SIGNALS:
    /// The user chose a block on the map or in the table.
    void blockSelected(quint64 block);

private:
    ErrorMapView(HeatMap* map, PlotDataModel* model, QWidget* parent);
    /// Rows are filled in while they can be seen.
    void fillTable();
    void showRow();

    HeatMap* m_map;
    PlotDataModel* m_model;
    QComboBox* m_quantity;
    bool m_isFilled = false;
};

}  // namespace nanoscope
