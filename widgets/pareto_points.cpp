#include "widgets/pareto_points.h"

#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace nanoscope {
namespace {

constexpr double kMilli = 1e3;
constexpr double kGiga = 1e9;

/// Texts of this file are translated with those of the view.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::ParetoView)
};

}  // namespace

ParetoCost paretoCost(const FormatCost& cost)
{
    return {cost.unit.area(), kMilli * cost.decode.joulePerToken(), kMilli * cost.decode.latencySeconds,
        kMilli * cost.prefill.joulePerToken(), cost.prefill.latencySeconds, cost.footprint.total() / kGiga};
}

ParetoGroup paretoGroup(const QString& family)
{
    static const std::array<std::pair<QLatin1String, ParetoGroup>, 9> kFamilies{{
        {QLatin1String("OCP MX"), ParetoGroup::Mx},
        {QLatin1String("MX variants"), ParetoGroup::Mx},
        {QLatin1String("NxFP"), ParetoGroup::NxFp},
        {QLatin1String("M2XFP"), ParetoGroup::M2xFp},
        {QLatin1String("NVFP4 and kin"), ParetoGroup::Nv},
        {QLatin1String("Special values"), ParetoGroup::Nv},
        {QLatin1String("Integers"), ParetoGroup::Integer},
        {QLatin1String("Fixed and block floating point"), ParetoGroup::Integer},
        {QLatin1String("GGUF"), ParetoGroup::Gguf},
    }};
    for (const auto& [name, group] : kFamilies)
        if (family == name)
            return group;
    return ParetoGroup::Other;
}

QString paretoGroupName(ParetoGroup group)
{
    switch (group) {
    case ParetoGroup::Mx:
        return Text::tr("MX");
    case ParetoGroup::NxFp:
        return Text::tr("NxFP");
    case ParetoGroup::M2xFp:
        return Text::tr("M2XFP");
    case ParetoGroup::Nv:
        return Text::tr("NVFP4, special values");
    case ParetoGroup::Integer:
        return Text::tr("Integer, fixed point");
    case ParetoGroup::Gguf:
        return Text::tr("GGUF");
    case ParetoGroup::Other:
        break;
    }
    return Text::tr("Other");
}

QString paretoAxisName(ParetoAxis axis)
{
    switch (axis) {
    case ParetoAxis::Bits:
        return Text::tr("Bits per element");
    case ParetoAxis::Area:
        return Text::tr("Area of a unit");
    case ParetoAxis::DecodeEnergy:
        return Text::tr("Energy per token");
    case ParetoAxis::DecodeLatency:
        return Text::tr("Latency per token");
    case ParetoAxis::PrefillEnergy:
        return Text::tr("Energy of prefill");
    case ParetoAxis::PrefillLatency:
        return Text::tr("Latency of prefill");
    case ParetoAxis::Footprint:
        break;
    }
    return Text::tr("Memory footprint");
}

QString paretoAxisTitle(ParetoAxis axis)
{
    switch (axis) {
    case ParetoAxis::Bits:
        return Text::tr("bits per element, all-in");
    case ParetoAxis::Area:
        return Text::tr("area of a dot-product unit, NAND2");
    case ParetoAxis::DecodeEnergy:
        return Text::tr("energy per decoded token, mJ");
    case ParetoAxis::DecodeLatency:
        return Text::tr("latency of a decoding step, ms");
    case ParetoAxis::PrefillEnergy:
        return Text::tr("energy per token of the prefill, mJ");
    case ParetoAxis::PrefillLatency:
        return Text::tr("latency of the prefill, s");
    case ParetoAxis::Footprint:
        break;
    }
    return Text::tr("footprint of the model with its KV cache, GB");
}

QString meritFigureName(ParetoFigure figure)
{
    if (figure.isLossChange())
        return Text::tr("Loss change of the language model");
    switch (*figure.merit()) {
    case MeritFigure::Sqnr:
        return Text::tr("SQNR");
    case MeritFigure::Nmse:
        return Text::tr("NMSE");
    case MeritFigure::MaximumError:
        return Text::tr("Largest error");
    case MeritFigure::VacantLevels:
        return Text::tr("Vacant levels of the tensor");
    case MeritFigure::VacantInBlock:
        return Text::tr("Vacant levels of a block");
    case MeritFigure::Utilisation:
        return Text::tr("Utilization of the codes");
    case MeritFigure::Bits:
        break;
    }
    return Text::tr("Bits per element");
}

QString meritFigureTitle(ParetoFigure figure)
{
    if (figure.isLossChange())
        return Text::tr("loss change, nats per token");
    switch (*figure.merit()) {
    case MeritFigure::Sqnr:
        return Text::tr("SQNR, dB");
    case MeritFigure::Nmse:
        return Text::tr("NMSE");
    case MeritFigure::MaximumError:
        return Text::tr("largest error of an element");
    case MeritFigure::VacantLevels:
        return Text::tr("levels that the tensor leaves vacant");
    case MeritFigure::VacantInBlock:
        return Text::tr("levels that a block leaves vacant, mean");
    case MeritFigure::Utilisation:
        return Text::tr("entropy of the codes over their bits");
    case MeritFigure::Bits:
        break;
    }
    return Text::tr("bits per element, all-in");
}

std::optional<double> paretoValue(const ParetoEntry& entry, ParetoAxis axis)
{
    if (axis == ParetoAxis::Bits)
        return entry.merit && entry.merit->refusal.empty() ? std::optional(entry.merit->bitsPerElement) : std::nullopt;
    if (!entry.cost)
        return std::nullopt;
    switch (axis) {
    case ParetoAxis::Area:
        return entry.cost->area;
    case ParetoAxis::DecodeEnergy:
        return entry.cost->decodeEnergy;
    case ParetoAxis::DecodeLatency:
        return entry.cost->decodeLatency;
    case ParetoAxis::PrefillEnergy:
        return entry.cost->prefillEnergy;
    case ParetoAxis::PrefillLatency:
        return entry.cost->prefillLatency;
    default:
        return entry.cost->footprint;
    }
}

std::optional<double> paretoMerit(const ParetoEntry& entry, ParetoFigure figure)
{
    if (figure.isLossChange())
        return entry.loss ? std::optional(entry.loss->change) : std::nullopt;
    return entry.merit ? figureOf(*entry.merit, *figure.merit()) : std::nullopt;
}

bool isMoreBetter(ParetoFigure figure)
{
    return figure == MeritFigure::Sqnr || figure == MeritFigure::Utilisation;
}

bool spansDecades(ParetoFigure figure)
{
    return figure == MeritFigure::Nmse || figure == MeritFigure::MaximumError || figure.isLossChange();
}

QString paretoLossText(const ParetoLoss& loss)
{
    const QString change = (loss.change > 0 ? QStringLiteral("+") : QString()) + fixedText(loss.change, 5);
    const QString text = std::isfinite(loss.standardError)
        ? Text::tr("%1 ± %2 nats").arg(change, fixedText(loss.standardError, 5))
        : Text::tr("%1 nats").arg(change);
    return loss.gridSpread ? Text::tr("%1; over shifted block grids ± %2").arg(text, fixedText(*loss.gridSpread, 5))
                           : Text::tr("%1; spread over shifted block grids not evaluated yet").arg(text);
}

namespace {

/// The same for the loss; an entry without a place on the horizontal axis says why.
QString lossStanding(const ParetoEntry& entry, ParetoAxis axis)
{
    if (!entry.loss)
        return entry.lossRefusal.isEmpty() ? Text::tr("not evaluated") : entry.lossRefusal;
    if (axis == ParetoAxis::Bits && !entry.merit)
        return Text::tr("not measured yet");
    if (axis == ParetoAxis::Bits && !entry.merit->refusal.empty())
        return QString::fromStdString(entry.merit->refusal);
    if (axis != ParetoAxis::Bits && !entry.cost)
        return entry.costRefusal.isEmpty() ? Text::tr("not priced yet") : entry.costRefusal;
    if (entry.loss->change <= 0)
        return Text::tr("no loss on these tokens: below a logarithmic axis");
    if (entry.loss->isWithinError())
        return Text::tr("within one standard error of no loss: its height is chance");
    return Text::tr("evaluated, weights of linear layers cast; ± is over windows, without the luck of one block grid");
}

}  // namespace

QString paretoStanding(const ParetoEntry& entry, ParetoAxis axis, ParetoFigure figure)
{
    if (figure.isLossChange())
        return lossStanding(entry, axis);
    if (!entry.merit)
        return Text::tr("not measured yet");
    if (!entry.merit->refusal.empty())
        return QString::fromStdString(entry.merit->refusal);
    if (entry.merit->isLossless && (figure == MeritFigure::Sqnr || spansDecades(figure)))
        return Text::tr("no error: beyond the plot");
    if (!entry.merit->sqnrDecibel && !entry.merit->isLossless)
        return Text::tr("no SQNR: the tensor is zero, or every block holds NaN or infinity");
    if (axis != ParetoAxis::Bits && !entry.cost)
        return entry.costRefusal.isEmpty() ? Text::tr("not priced yet") : entry.costRefusal;
    if (!paretoMerit(entry, figure))
        return Text::tr("%1 is not known from a sample").arg(meritFigureName(figure));
    if (entry.merit->tier == ReportTier::Preview)
        return Text::tr("preview ± %1 dB").arg(QLocale().toString(entry.merit->standardError, 'f', 3));
    return Text::tr("exact");
}

QString paretoTip(const ParetoEntry& entry, ParetoAxis axis, ParetoFigure figure)
{
    const double merit = *paretoMerit(entry, figure);
    const QString bits = fixedText(entry.merit ? entry.merit->bitsPerElement : entry.nominalBits, 4);
    QString text = figure.isLossChange()
        ? Text::tr("%1: %2, %3 bits").arg(entry.name, paretoLossText(*entry.loss), bits)
        : figure == MeritFigure::Sqnr
        ? Text::tr("%1: %2 dB, %3 bits").arg(entry.name, fixedText(merit, 2), bits)
        : Text::tr("%1: %2 %3, %4 bits").arg(entry.name, meritFigureName(figure), shortNumberText(merit), bits);
    if (axis != ParetoAxis::Bits)
        text += Text::tr(", %1 %2").arg(
            shortNumberText(*paretoValue(entry, axis)), paretoAxisTitle(axis).section(QStringLiteral(", "), -1));
    text += u'\n' + entry.title + u'\n' + Text::tr("%1; %2").arg(paretoStanding(entry, axis, figure), entry.standing);
    return axis == ParetoAxis::Bits || entry.costNote.isEmpty() ? text : text + u'\n' + entry.costNote;
}

}  // namespace nanoscope
