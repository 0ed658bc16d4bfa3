#pragma once

#include "widgets/pareto_points.h"
#include "widgets/pareto_scene_chart.h"

#include <QRectF>
#include <QSet>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace nanoscope {

/// What is shown of a state.
struct ParetoFilter {
    ParetoAxis axis = ParetoAxis::Bits;
    ParetoFigure merit = MeritFigure::Sqnr;
    bool isLogarithmic = false;
    QString text;  ///< part of a name or title; empty: all
    QSet<int> hiddenGroups;
    bool onlyFront = false;
    bool showsBounds = true;
    bool operator==(const ParetoFilter&) const = default;
};

/// What passes a filter, and where it lies.
struct ParetoSelection {
    std::vector<std::size_t> shown;  ///< presets with a symbol, by their index, from left to right
    std::vector<std::size_t> front;  ///< presets that no other of the filter beats, from left to right
    ParetoScene::Groups groups;      ///< places of the symbols
    QList<QPointF> line;             ///< corners of the front: a step from one to the next
};

/// True for an entry whose name and group pass; onlyFront does not count.
[[nodiscard]] bool passesFilter(const ParetoEntry& entry, const ParetoFilter& filter);

/// True where bounds are drawn: SQNR or NMSE against bits.
[[nodiscard]] bool hasBounds(const ParetoFilter& filter);

/// A bound on what any quantizer can do, as a line.
enum class ParetoBound { Shannon, PanterDite, LloydMax };
inline constexpr std::array kParetoBounds{ParetoBound::Shannon, ParetoBound::PanterDite, ParetoBound::LloydMax};
[[nodiscard]] QString paretoBoundName(ParetoBound bound);
/// In dB; nothing where it is not given.
[[nodiscard]] std::optional<double> paretoBoundValue(const Bounds& bounds, ParetoBound bound);
/// Places of each bound, in the order of kParetoBounds; empty where none are drawn.
[[nodiscard]] ParetoScene::Bounds paretoBoundLines(const ParetoState& state, const ParetoFilter& filter);

/// Where an entry lies: the value of each axis, or its power of ten; nothing when it has no place.
[[nodiscard]] std::optional<QPointF> paretoPlace(const ParetoEntry& entry, const ParetoFilter& filter);

/// One standard error below and above an entry with a place, as places on the vertical axis: of SQNR and of the loss
/// change. On the logarithmic axis of the loss the lower end may be far below the plot. Nothing where it is not known.
[[nodiscard]] std::optional<std::pair<double, double>> paretoErrorSpan(
    const ParetoEntry& entry, const ParetoFilter& filter);

[[nodiscard]] ParetoSelection paretoSelection(const ParetoState& state, const ParetoFilter& filter);

/// What is shown, in one line: the axis, how many formats, how many are still to come or known from samples only.
[[nodiscard]] QString paretoDetail(
    const ParetoState& state, const ParetoSelection& selection, const ParetoFilter& filter);

/// @name Ranges of places, with a margin; the unit square when nothing is shown
/// @{
/// Most formats of up to nine bits that are better than nothing, and A and B. On axes of costs the dearest twentieth is
/// left out: it would squeeze the rest. Losses within their standard error are, too: their height is chance.
[[nodiscard]] QRectF usualParetoRange(
    const ParetoState& state, const ParetoSelection& selection, const ParetoFilter& filter);
/// Everything that is shown.
[[nodiscard]] QRectF wholeParetoRange(
    const ParetoState& state, const ParetoSelection& selection, const ParetoFilter& filter);
/// @}

}  // namespace nanoscope
