#include "core/preview/parameter_sweep.h"

#include "core/error.h"

#include <utility>

namespace nanoscope {
namespace {

/// The name of an edited format as the command line takes it.
std::string nameOfEdited(const NamedFormat& base, const FormatSpec& spec)
{
    const std::string overrides = overridesBetween(base.spec, spec);
    if (overrides.empty())
        return base.name;
    return base.name + (base.name.find(':') == std::string::npos ? ":" : ",") + overrides;
}

SweepPoint pointAt(const SweepPlan& plan, double x, std::optional<double> curve, std::size_t curveNumber)
{
    SweepPoint point{x, curve, curveNumber, plan.base, {}, std::nullopt};
    try {
        FormatSpec spec = plan.base.spec;
        if (curve)
            spec = withParameter(spec, plan.curves->path, *curve);
        point.format.spec = withParameter(spec, plan.x.path, x);
        point.format.name = nameOfEdited(plan.base, point.format.spec);
    } catch (const Error& error) {
        point.refusal = error.what();
    }
    return point;
}

}  // namespace

std::vector<SweepPoint> sweepPoints(const SweepPlan& plan)
{
    std::vector<std::optional<double>> curves{std::nullopt};
    if (plan.curves)
        curves.assign(plan.curves->values.begin(), plan.curves->values.end());
    std::vector<SweepPoint> points;
    for (std::size_t number = 0; number < curves.size(); ++number)
        for (const double x : plan.x.values)
            points.push_back(pointAt(plan, x, curves[number], number));
    return points;
}

void measureSweep(std::vector<SweepPoint>& points, MeritMeter& meter, MeritFigure wanted, unsigned threads,
    const std::stop_token& stop, const std::function<void(std::size_t)>& measured)
{
    for (std::size_t i = 0; i < points.size(); ++i) {
        SweepPoint& point = points[i];
        if (!point.refusal.empty() || (point.merit && figureOf(*point.merit, wanted)))
            continue;
        if (stop.stop_requested())
            throw Cancelled();
        FormatMerit merit = meter.measureOften(point.format, wanted, threads, stop);
        point.refusal = merit.refusal;
        if (point.refusal.empty())
            point.merit = std::move(merit);
        measured(i);
    }
}

}  // namespace nanoscope
