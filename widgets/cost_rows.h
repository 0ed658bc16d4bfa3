#pragma once

#include "widgets/cost_result.h"

#include <QString>

#include <optional>
#include <vector>

namespace nanoscope {

/// A figure of the cost model for A and, if there is one, B.
struct CostRow {
    QString id;  ///< stays while values change: "ratio/MXFP4/area", "area/dot/multiplier"
    QString name;
    std::optional<CostTerm> a;
    std::optional<CostTerm> b;
    QString error;  ///< what the figure is good for, in words
};

/// Figures that belong together. Where they add up, `head` is their sum; else it has no values.
struct CostSection {
    CostRow head;
    std::vector<CostRow> rows;
};

/// Every number of the cost views, each with its formula.
/// @param layer  whose figures are listed beside those of the phases; an unknown one has no section
[[nodiscard]] std::vector<CostSection> costSections(const CostResult& result, const CostLayerId& layer);

/// Error bars of the headline ratios, as fractions.
struct CostRatioErrors {
    double area = 0.0;
    double energy = 0.0;         ///< per decoded token
    double prefillEnergy = 0.0;  ///< per token of the prompt
};

/// The larger error bar of a format and what it is compared with.
[[nodiscard]] CostRatioErrors ratioErrors(
    const FormatCost& cost, const FormatCost& baseline, const HardwareConstants& constants);

/// The layer of a phase; null when there is none.
[[nodiscard]] const LayerCost* findLayer(const FormatCost& cost, const CostLayerId& layer);

}  // namespace nanoscope
