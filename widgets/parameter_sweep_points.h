#pragma once

#include "core/preview/parameter_sweep.h"
#include "widgets/pareto_points.h"

#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace nanoscope {

/// What the vertical axis of a sweep shows: figures of the error, then of hardware.
enum class SweepFigure {
    Sqnr,
    Nmse,
    MaximumError,
    VacantLevels,
    VacantInBlock,
    Utilisation,
    Bits,
    Area,
    DecodeEnergy,
    DecodeLatency,
    PrefillEnergy,
    PrefillLatency,
    Footprint
};
inline constexpr std::array kSweepFigures{SweepFigure::Sqnr, SweepFigure::Nmse, SweepFigure::MaximumError,
    SweepFigure::VacantLevels, SweepFigure::VacantInBlock, SweepFigure::Utilisation, SweepFigure::Bits,
    SweepFigure::Area, SweepFigure::DecodeEnergy, SweepFigure::DecodeLatency, SweepFigure::PrefillEnergy,
    SweepFigure::PrefillLatency, SweepFigure::Footprint};

/// What is asked of a sweep. Empty values: the usual ones of the parameter.
struct SweepChoice {
    QString xPath = QStringLiteral("geometry.block");
    std::vector<double> xValues;
    QString curvePath;  ///< empty: one curve
    std::vector<double> curveValues;
    SweepFigure figure = SweepFigure::Sqnr;
    bool operator==(const SweepChoice&) const = default;
};

/// A point of a sweep with what it costs.
struct SweepEntry {
    SweepPoint point;
    std::optional<ParetoCost> cost;  ///< absent: not priced yet, or refused
    QString costRefusal;
};

/// Everything that the view shows of a sweep.
struct SweepState {
    SweepPlan plan;
    std::vector<SweepEntry> entries;  ///< curve by curve
    std::size_t done = 0;             ///< entries that are measured or refused
    bool isRunning = false;           ///< more follow
};

[[nodiscard]] QString sweepFigureName(SweepFigure figure);   ///< "SQNR"
[[nodiscard]] QString sweepFigureTitle(SweepFigure figure);  ///< with its unit
/// True for figures that span decades.
[[nodiscard]] bool isLogarithmic(SweepFigure figure);
/// The figure of the error that has to be measured for it.
[[nodiscard]] MeritFigure meritFigureOf(SweepFigure figure);
/// Nothing while the figure is not known.
[[nodiscard]] std::optional<double> sweepValue(const SweepEntry& entry, SweepFigure figure);

/// How an entry was measured, or why it is not there.
[[nodiscard]] QString sweepStanding(const SweepEntry& entry, SweepFigure figure);

/// A parameter in words with a capital, for combo boxes and axes.
[[nodiscard]] QString parameterText(const std::string& meaning);

/// The axis of a choice: its values, or the usual ones; nothing where the format has no such parameter.
[[nodiscard]] std::optional<SweepAxis> sweepAxis(
    const std::vector<SpecParameter>& parameters, const QString& path, const std::vector<double>& values);

}  // namespace nanoscope
