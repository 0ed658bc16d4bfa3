#pragma once

#include "core/analysis/outliers.h"
#include "core/analysis/report.h"
#include "widgets/outlier_view.h"
#include "widgets/pick_plot.h"

namespace nanoscope {

/// Plot and table of a study.
[[nodiscard]] StudyContent outlierContent(const OutlierStudy& study, const Report& report, OutlierQuantity quantity);

/// One pick an outlier, largest first; not finite where the quantity is not known.
[[nodiscard]] QList<PickPoint> outlierPicks(const OutlierStudy& study, OutlierQuantity quantity);

/// Name of a quantity as choices have it.
[[nodiscard]] QString outlierQuantityName(OutlierQuantity quantity);

/// Name of a measure as choices have it.
[[nodiscard]] QString outlierMeasureName(OutlierMeasure measure);

}  // namespace nanoscope
