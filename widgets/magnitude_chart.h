#pragma once

#include "core/analysis/report.h"
#include "widgets/chart_pane.h"

#include <memory>

namespace nanoscope {

/// Relative error of the elements of each magnitude, sqrt(sum (d-w)^2 / sum w^2) in percent, against |w|: where a
/// format spends its error. Elements that are rounded to zero stand at 100 %.
class MagnitudeChart : public ChartPane {
    Q_OBJECT

public:
    explicit MagnitudeChart(QWidget* parent = nullptr);

    /// Either may be null.
    void setReports(const std::shared_ptr<const Report>& a, const std::shared_ptr<const Report>& b);
};

}  // namespace nanoscope
