#pragma once

#include "core/format/spec_parameters.h"
#include "core/preview/format_merit.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// A parameter (SpecParameter::path) and the values it takes.
struct SweepAxis {
    std::string path;
    std::vector<double> values;
    bool operator==(const SweepAxis&) const = default;
};

/// A format with one parameter varied, once for every value of a second one where there is one.
struct SweepPlan {
    NamedFormat base;
    SweepAxis x;
    std::optional<SweepAxis> curves;
    bool operator==(const SweepPlan&) const = default;
};

/// One format of a sweep.
struct SweepPoint {
    double x = 0.0;
    std::optional<double> curve;       ///< value of the second parameter
    std::size_t curveNumber = 0;       ///< which curve it belongs to
    NamedFormat format;                ///< with its overrides in the name; the base where the values are refused
    std::string refusal;               ///< why there is no such format, or why it cannot take the tensor; empty: it can
    std::optional<FormatMerit> merit;  ///< absent until it was measured, and where it is refused
};

/// The formats of a plan, curve by curve, each as withParameter() makes it: first the second parameter, then the first.
[[nodiscard]] std::vector<SweepPoint> sweepPoints(const SweepPlan& plan);

/// Measures the points that are not refused, each by the soonest way (MeritMeter::measureOften). What has a merit that
/// tells the figure is kept, so that a sweep can go on.
/// @param measured  is told the place of each point that was measured
/// @throws Cancelled
void measureSweep(std::vector<SweepPoint>& points, MeritMeter& meter, MeritFigure wanted, unsigned threads,
    const std::stop_token& stop, const std::function<void(std::size_t)>& measured);

}  // namespace nanoscope
