#include "core/hardware/validation.h"

#include "core/hardware/hardware_files.h"
#include "core/hardware/validation_figures.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

using detail::Figures;
using nlohmann::json;

constexpr double kSimilar = 1.15;  // "similar" in the text of a paper

ToleranceKind kindOf(const std::string& name)
{
    if (name == "exact")
        return ToleranceKind::Exact;
    if (name == "digits")
        return ToleranceKind::Digits;
    if (name == "relative")
        return ToleranceKind::Relative;
    if (name == "points")
        return ToleranceKind::Points;
    if (name == "order")
        return ToleranceKind::Order;
    return name == "bound" ? ToleranceKind::Bound : ToleranceKind::Shown;
}

/// MX-OliVe is the slowest and the other three are similar; MX4 takes less than MX6, and MX6 less than FP8.
bool orderHolds(const std::string& row, const Figures& ours)
{
    if (row == "V16")
        return ours.at("MX4") < ours.at("MX6") && ours.at("MX6") < 1.0;
    double least = ours.at("MicroScopiQ");
    double most = least;
    for (const char* name : {"MX-ANT", "MX-M-ANT"}) {
        least = std::min(least, ours.at(name));
        most = std::max(most, ours.at(name));
    }
    return ours.at("MX-OliVe") > most && most < kSimilar * least;
}

Verdict verdictOf(const ValidationFigure& figure, const std::string& row, const Figures& ours)
{
    const auto within = [](bool holds) { return holds ? Verdict::Reproduced : Verdict::NotReproduced; };
    const double difference = std::abs(figure.difference().value_or(0.0));
    switch (figure.kind) {
    case ToleranceKind::Exact:
        return within(difference < 1e-9);
    case ToleranceKind::Digits:
        return within(difference <= 0.5 * std::pow(10.0, -figure.digits));
    case ToleranceKind::Relative:
        return within(std::abs(figure.relativeDifference().value_or(0.0)) <= figure.tolerance);
    case ToleranceKind::Points:
        return within(difference <= figure.tolerance);
    case ToleranceKind::Order:
        return orderHolds(row, ours) ? Verdict::OrderHolds : Verdict::OrderFails;
    case ToleranceKind::Bound:
        return figure.high.value_or(0.0) <= figure.ours ? Verdict::BoundHolds : Verdict::BoundFails;
    case ToleranceKind::Shown:
        break;
    }
    return Verdict::Shown;
}

ValidationFigure figureFrom(const json& entry, const json& rowTolerance, double ours)
{
    ValidationFigure figure;
    figure.label = entry.at("label");
    figure.ours = ours;
    figure.unit = entry.value("unit", "");
    figure.digits = entry.at("digits");
    if (entry.contains("published"))
        figure.low = figure.high = entry.at("published").get<double>();
    if (entry.contains("low")) {
        figure.low = entry.at("low").get<double>();
        figure.high = entry.at("high").get<double>();
    }
    const json& tolerance = entry.contains("tolerance") ? entry.at("tolerance") : rowTolerance;
    figure.kind = kindOf(tolerance.at("kind"));
    figure.tolerance = tolerance.value("value", 0.0);
    return figure;
}

}  // namespace

std::optional<double> ValidationFigure::difference() const
{
    if (!low || !high)
        return std::nullopt;
    return ours - std::clamp(ours, *low, *high);
}

std::optional<double> ValidationFigure::relativeDifference() const
{
    if (!low || !high)
        return std::nullopt;
    return *difference() / std::abs(std::clamp(ours, *low, *high));
}

std::vector<ValidationRow> validationRows(const HardwareConstants& constants)
{
    std::map<std::string, Figures> ours = detail::storageFigures();
    ours.merge(detail::systemFigures());
    ours.merge(detail::circuitFigures(constants));
    std::vector<ValidationRow> rows;
    const json& document = hardwareDocument("table", "published");
    for (const json& entry : document.at("rows")) {
        ValidationRow row{entry.at("id"), entry.at("title"), entry.at("source"), entry.at("how"), {}};
        const Figures& values = ours.at(row.id);
        for (const json& figure : entry.at("figures")) {
            row.figures.push_back(figureFrom(figure, entry.at("tolerance"), values.at(figure.at("label"))));
            row.figures.back().verdict = verdictOf(row.figures.back(), row.id, values);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace nanoscope
