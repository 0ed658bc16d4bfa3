#include "widgets/pareto_selection.h"

#include "core/analysis/pareto.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

/// Texts of this file, for translation.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::ParetoView)
};

constexpr double kMostUsualBits = 9.0;
constexpr double kFewestUsualBits = 1.5;

/// Widened on all sides, and never empty.
QRectF padded(QRectF range, double share)
{
    const double width = std::max(range.width(), 1e-3 * std::max(1.0, std::fabs(range.left())));
    const double height = std::max(range.height(), 1e-3);
    return range.adjusted(0, 0, width - range.width(), height - range.height())
        .adjusted(-share * width, -share * height, share * width, share * height);
}

/// The smallest range that holds all places, with a margin.
QRectF rangeOf(const std::vector<QPointF>& places)
{
    if (places.empty())
        return {0, 0, 1, 1};
    QRectF range(places.front(), QSizeF(0, 0));
    for (const QPointF& place : places) {
        range.setLeft(std::min(range.left(), place.x()));
        range.setRight(std::max(range.right(), place.x()));
        range.setTop(std::min(range.top(), place.y()));
        range.setBottom(std::max(range.bottom(), place.y()));
    }
    return padded(range, 0.05);
}

}  // namespace

bool passesFilter(const ParetoEntry& entry, const ParetoFilter& filter)
{
    const bool matches = filter.text.isEmpty() || entry.name.contains(filter.text, Qt::CaseInsensitive)
        || entry.title.contains(filter.text, Qt::CaseInsensitive);
    return matches && !filter.hiddenGroups.contains(static_cast<int>(entry.group));
}

std::optional<QPointF> paretoPlace(const ParetoEntry& entry, const ParetoFilter& filter)
{
    const std::optional<double> value = paretoValue(entry, filter.axis);
    const std::optional<double> merit = paretoMerit(entry, filter.merit);
    if (!value || !merit || !std::isfinite(*value) || !std::isfinite(*merit) || (filter.isLogarithmic && *value <= 0))
        return std::nullopt;
    if (spansDecades(filter.merit) && *merit <= 0)
        return std::nullopt;
    return QPointF(
        filter.isLogarithmic ? std::log10(*value) : *value, spansDecades(filter.merit) ? std::log10(*merit) : *merit);
}

std::optional<std::pair<double, double>> paretoErrorSpan(const ParetoEntry& entry, const ParetoFilter& filter)
{
    constexpr double kLeastLoss = 1e-9;  // nats: a loss that reaches zero has no end on a logarithmic axis
    if (filter.merit.isLossChange()) {
        if (!entry.loss || !(entry.loss->standardError > 0))
            return std::nullopt;
        const double change = entry.loss->change;
        const double error = entry.loss->standardError;
        return std::pair(std::log10(std::max(kLeastLoss, change - error)), std::log10(change + error));
    }
    if (filter.merit != MeritFigure::Sqnr || !entry.merit || !entry.merit->sqnrDecibel
        || entry.merit->standardError <= 0)
        return std::nullopt;
    return std::pair(
        *entry.merit->sqnrDecibel - entry.merit->standardError, *entry.merit->sqnrDecibel + entry.merit->standardError);
}

bool hasBounds(const ParetoFilter& filter)
{
    const bool isOfError = filter.merit == MeritFigure::Sqnr || filter.merit == MeritFigure::Nmse;
    return filter.showsBounds && filter.axis == ParetoAxis::Bits && isOfError;
}

QString paretoBoundName(ParetoBound bound)
{
    switch (bound) {
    case ParetoBound::Shannon:
        return Text::tr("Shannon limit");
    case ParetoBound::PanterDite:
        return Text::tr("Panter-Dite");
    case ParetoBound::LloydMax:
        break;
    }
    return Text::tr("Lloyd-Max");
}

std::optional<double> paretoBoundValue(const Bounds& bounds, ParetoBound bound)
{
    return bound == ParetoBound::Shannon   ? bounds.shannonDecibel
        : bound == ParetoBound::PanterDite ? bounds.panterDiteDecibel
                                           : bounds.lloydMaxDecibel;
}

ParetoScene::Bounds paretoBoundLines(const ParetoState& state, const ParetoFilter& filter)
{
    ParetoScene::Bounds lines;
    if (!state.bounds || !hasBounds(filter))
        return lines;
    constexpr double kPerDecade = -10.0;  // dB of SQNR for a power of ten of NMSE
    for (const ParetoBound bound : kParetoBounds)
        for (std::size_t i = 0; i < state.bounds->bits.size(); ++i) {
            const double bits = state.bounds->bits[i];
            if (const auto decibel = paretoBoundValue(state.bounds->bounds[i], bound))
                lines[static_cast<std::size_t>(bound)] << QPointF(filter.isLogarithmic ? std::log10(bits) : bits,
                    filter.merit == MeritFigure::Nmse ? *decibel / kPerDecade : *decibel);
        }
    return lines;
}

ParetoSelection paretoSelection(const ParetoState& state, const ParetoFilter& filter)
{
    ParetoSelection selection;
    std::vector<CostAndMerit> places;
    for (std::size_t i = 0; i < state.presets.size(); ++i) {
        const auto place = paretoPlace(state.presets[i], filter);
        if (!place || !passesFilter(state.presets[i], filter))
            continue;
        selection.shown.push_back(i);
        places.push_back({place->x(), isMoreBetter(filter.merit) ? place->y() : -place->y()});
    }
    for (const std::size_t i : paretoFront(places)) {
        selection.front.push_back(selection.shown[i]);
        if (!selection.line.isEmpty())
            selection.line << QPointF(places[i].cost, selection.line.back().y());  // until here nothing gives more
        selection.line << *paretoPlace(state.presets[selection.front.back()], filter);
    }
    if (filter.onlyFront)
        selection.shown = selection.front;
    std::stable_sort(selection.shown.begin(), selection.shown.end(), [&](std::size_t a, std::size_t b) {
        return paretoPlace(state.presets[a], filter)->x() < paretoPlace(state.presets[b], filter)->x();
    });
    for (const std::size_t i : selection.shown)
        selection.groups[static_cast<std::size_t>(state.presets[i].group)] << *paretoPlace(state.presets[i], filter);
    return selection;
}

QString paretoDetail(const ParetoState& state, const ParetoSelection& selection, const ParetoFilter& filter)
{
    QString detail = Text::tr("%1 against %2 · %3 formats")
                         .arg(meritFigureName(filter.merit), paretoAxisName(filter.axis),
                             countText(selection.shown.size()));
    if (state.bounds && hasBounds(filter))
        detail += Text::tr(" · limits for values drawn independently as this tensor's");
    if (state.measured < state.presets.size())
        detail += Text::tr(" · %1 of %2 measured").arg(state.measured).arg(state.presets.size());
    if (filter.merit.isLossChange()) {
        const auto evaluated = std::count_if(state.presets.begin(), state.presets.end(),
            [](const ParetoEntry& entry) { return entry.loss.has_value(); });
        return detail + Text::tr(" · %1 of %2 presets evaluated").arg(evaluated).arg(state.presets.size());
    }
    const auto previews = std::count_if(selection.shown.begin(), selection.shown.end(),
        [&state](std::size_t i) { return state.presets[i].merit->tier == ReportTier::Preview; });
    if (previews > 0)
        detail += Text::tr(" · %1 of them from samples").arg(previews);
    return detail;
}

QRectF usualParetoRange(const ParetoState& state, const ParetoSelection& selection, const ParetoFilter& filter)
{
    std::vector<QPointF> places;
    for (const std::size_t i : selection.shown) {
        const ParetoEntry& entry = state.presets[i];
        const QPointF place = *paretoPlace(entry, filter);
        if (entry.nominalBits >= kFewestUsualBits && entry.nominalBits <= kMostUsualBits
            && (filter.merit != MeritFigure::Sqnr || place.y() >= 0)
            && !(filter.merit.isLossChange() && entry.loss->isWithinError()))
            places.push_back(place);
    }
    if (filter.axis != ParetoAxis::Bits && places.size() > 20) {
        std::sort(places.begin(), places.end(), [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); });
        places.resize(places.size() - places.size() / 20);
    }
    for (const std::optional<ParetoEntry>& entry : {state.a, state.b})
        if (const auto place = entry ? paretoPlace(*entry, filter) : std::nullopt)
            places.push_back(*place);
    return rangeOf(places.empty() && !selection.shown.empty()
            ? std::vector<QPointF>{*paretoPlace(state.presets[selection.shown.front()], filter)}
            : places);
}

QRectF wholeParetoRange(const ParetoState& state, const ParetoSelection& selection, const ParetoFilter& filter)
{
    std::vector<QPointF> places;
    for (const std::size_t i : selection.shown)
        places.push_back(*paretoPlace(state.presets[i], filter));
    return rangeOf(places);
}

}  // namespace nanoscope
