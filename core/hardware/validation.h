#pragma once

#include "core/hardware/constants.h"

#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// What a published figure must be like ours in.
enum class ToleranceKind {
    Exact,     ///< equal
    Digits,    ///< equal when rounded as published
    Relative,  ///< within a fraction
    Points,    ///< within percentage points
    Order,     ///< only the order of a row's figures counts
    Bound,     ///< ours is an upper bound
    Shown      ///< another reading of the same text, for comparison
};

enum class Verdict { Reproduced, NotReproduced, OrderHolds, OrderFails, BoundHolds, BoundFails, Shown };

/// One published figure beside ours.
struct ValidationFigure {
    std::string label;
    std::optional<double> low;  ///< published; equal to `high` for a single value, absent where only an order is given
    std::optional<double> high;
    double ours = 0.0;
    std::string unit;
    int digits = 2;
    ToleranceKind kind = ToleranceKind::Exact;
    double tolerance = 0.0;  ///< fraction or points
    Verdict verdict = Verdict::NotReproduced;

    /// Ours less the nearest published value, as a fraction of it; 0 inside a published range.
    [[nodiscard]] std::optional<double> relativeDifference() const;
    /// The same in the figure's own unit.
    [[nodiscard]] std::optional<double> difference() const;
};

/// A published statement, where it stands and how ours was computed.
struct ValidationRow {
    std::string id;
    std::string title;
    std::string source;
    std::string how;
    std::vector<ValidationFigure> figures;
};

/// Every row of the page, computed now.
[[nodiscard]] std::vector<ValidationRow> validationRows(const HardwareConstants& constants);

/// The page core/hardware/VALIDATION.md.
[[nodiscard]] std::string validationPage(const std::vector<ValidationRow>& rows);

}  // namespace nanoscope
