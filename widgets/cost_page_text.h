#pragma once

#include "widgets/cost_rows.h"
#include "widgets/theme.h"

#include <QString>

namespace nanoscope {

/// @name Texts of the cost panel
/// @{

/// Which of A and B were synthesized, with the figure of the netlist and the formula's difference from it, and what is
/// to be said about NxFP. Empty when there is nothing.
[[nodiscard]] QString costBadgeText(const CostResult& result);

/// Limits of the model and notes of the formats, one a line.
/// @param result  null: the limits alone
[[nodiscard]] QString costNotesText(const CostResult* result);

/// What bounds a layer and how much of the phase it takes, for A and B.
[[nodiscard]] QString costLayerText(const CostResult& result, const CostLayerId& layer);

/// A figure with its values, formulas, sources and error bar.
[[nodiscard]] QString costDetailHtml(const CostRow& row, const Theme& theme);
/// @}

}  // namespace nanoscope
