#pragma once

#include "widgets/chart_pane.h"

namespace nanoscope {

/// Relative error of the elements of each magnitude, sqrt(sum (d-w)^2 / sum w^2) in percent, against |w|: where a
/// format spends its error. Elements that are rounded to zero stand at 100 %.
class MagnitudeChart : public ChartPane {
    Q_OBJECT

public:
    explicit MagnitudeChart(QWidget* parent = nullptr);

    void setReports(const RoleReports& reports);
};

}  // namespace nanoscope
