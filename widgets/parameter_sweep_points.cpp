#include "widgets/parameter_sweep_points.h"

#include "widgets/field_meaning_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::ParameterSweepView)
};

/// The axis of the Pareto view that shows a figure of hardware.
std::optional<ParetoAxis> costAxisOf(SweepFigure figure)
{
    switch (figure) {
    case SweepFigure::Area:
        return ParetoAxis::Area;
    case SweepFigure::DecodeEnergy:
        return ParetoAxis::DecodeEnergy;
    case SweepFigure::DecodeLatency:
        return ParetoAxis::DecodeLatency;
    case SweepFigure::PrefillEnergy:
        return ParetoAxis::PrefillEnergy;
    case SweepFigure::PrefillLatency:
        return ParetoAxis::PrefillLatency;
    case SweepFigure::Footprint:
        return ParetoAxis::Footprint;
    default:
        return std::nullopt;
    }
}

}  // namespace

QString sweepFigureName(SweepFigure figure)
{
    if (const auto axis = costAxisOf(figure))
        return paretoAxisName(*axis);
    return meritFigureName(meritFigureOf(figure));
}

QString sweepFigureTitle(SweepFigure figure)
{
    if (const auto axis = costAxisOf(figure))
        return paretoAxisTitle(*axis);
    return meritFigureTitle(meritFigureOf(figure));
}

bool isLogarithmic(SweepFigure figure)
{
    return spansDecades(meritFigureOf(figure));
}

MeritFigure meritFigureOf(SweepFigure figure)
{
    switch (figure) {
    case SweepFigure::Sqnr:
        return MeritFigure::Sqnr;
    case SweepFigure::Nmse:
        return MeritFigure::Nmse;
    case SweepFigure::MaximumError:
        return MeritFigure::MaximumError;
    case SweepFigure::VacantLevels:
        return MeritFigure::VacantLevels;
    case SweepFigure::VacantInBlock:
        return MeritFigure::VacantInBlock;
    case SweepFigure::Utilisation:
        return MeritFigure::Utilisation;
    default:
        return MeritFigure::Bits;
    }
}

std::optional<double> sweepValue(const SweepEntry& entry, SweepFigure figure)
{
    if (!entry.point.merit)
        return std::nullopt;
    const auto axis = costAxisOf(figure);
    if (!axis)
        return figureOf(*entry.point.merit, meritFigureOf(figure));
    ParetoEntry priced;
    priced.cost = entry.cost;
    return paretoValue(priced, *axis);
}

QString sweepStanding(const SweepEntry& entry, SweepFigure figure)
{
    if (!entry.point.refusal.empty())
        return QString::fromStdString(entry.point.refusal);
    if (!entry.point.merit)
        return Text::tr("not measured yet");
    const FormatMerit& merit = *entry.point.merit;
    if (costAxisOf(figure) && !entry.cost)
        return entry.costRefusal.isEmpty() ? Text::tr("not priced yet") : entry.costRefusal;
    if (figure == SweepFigure::Sqnr && merit.isLossless)
        return Text::tr("no error: beyond the plot");
    if (!sweepValue(entry, figure))
        return Text::tr("%1 is not known from a sample").arg(sweepFigureName(figure));
    switch (merit.tier) {
    case ReportTier::Preview:
        return Text::tr("preview ± %1 dB").arg(QLocale().toString(merit.standardError, 'f', 3));
    case ReportTier::Summary:
        return Text::tr("exact summary");
    default:
        return Text::tr("exact");
    }
}

QString parameterText(const std::string& meaning)
{
    QString text = fieldMeaningText(meaning);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

std::optional<SweepAxis> sweepAxis(
    const std::vector<SpecParameter>& parameters, const QString& path, const std::vector<double>& values)
{
    const auto found = std::find_if(parameters.begin(), parameters.end(),
        [&path](const SpecParameter& each) { return each.path == path.toStdString(); });
    if (found == parameters.end())
        return std::nullopt;
    return SweepAxis{found->path, values.empty() ? found->usual : values};
}

}  // namespace nanoscope
