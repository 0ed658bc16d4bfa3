#include "widgets/outlier_content.h"

#include "widgets/basis_text.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::OutlierContent)
};

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeastCost = 0.01;  // ends of what the plot places; beyond lies on the edge
constexpr double kMostCost = 1000.0;
constexpr double kLeastPercent = 0.01;
constexpr double kWidest = 1.12;  // room beside the outermost symbols, as a factor

/// How many times the others' error has grown; infinite where they had none, NaN where it is not known.
double costOf(const Outlier& outlier)
{
    if (!outlier.restWithout)
        return kNone;
    if (*outlier.restWithout > 0)
        return outlier.restSquaredError / *outlier.restWithout;
    return outlier.restSquaredError > 0 ? std::numeric_limits<double>::infinity() : 1.0;
}

/// In percent.
double ownErrorOf(const Outlier& outlier)
{
    return 100 * std::fabs(outlier.error) / std::fabs(static_cast<double>(outlier.value));
}

/// Place above the multiple.
double heightOf(const Outlier& outlier, OutlierQuantity quantity)
{
    switch (quantity) {
    case OutlierQuantity::RestCost:
        return std::isnan(costOf(outlier)) ? kNone : std::clamp(costOf(outlier), kLeastCost, kMostCost);
    case OutlierQuantity::OwnError:
        return std::max(ownErrorOf(outlier), kLeastPercent);
    case OutlierQuantity::RestShare:
        return 100 * outlier.restShare();
    }
    return kNone;
}

QString multipleText(const Outlier& outlier, const OutlierStudy& study)
{
    const QString multiple = shortNumberText(outlier.multiple, 3);
    return study.measure == OutlierMeasure::TensorRms ? Text::tr("%1 times the RMS of the tensor").arg(multiple)
                                                      : Text::tr("%1 times the RMS of its block").arg(multiple);
}

QString costText(const Outlier& outlier)
{
    const double cost = costOf(outlier);
    if (std::isnan(cost))
        return {};
    return std::isinf(cost) ? QStringLiteral("∞") : shortNumberText(cost, 3);
}

QString scaleText(const Outlier& outlier)
{
    if (!outlier.setsScale)
        return QStringLiteral("–");
    return *outlier.setsScale ? Text::tr("yes") : Text::tr("no");
}

QString describe(const Outlier& outlier, const OutlierStudy& study)
{
    QStringList lines;
    lines << Text::tr("Block %1, element %2").arg(countText(outlier.block), countText(outlier.element));
    lines << Text::tr("%1 is decoded as %2, error %3")
                 .arg(shortNumberText(static_cast<double>(outlier.value)),
                     shortNumberText(static_cast<double>(outlier.decoded)), shortNumberText(outlier.error, 3));
    lines << multipleText(outlier, study);
    if (outlier.setsScale)
        lines << (*outlier.setsScale ? Text::tr("It sets the scale of its block")
                                     : Text::tr("It does not set the scale of its block alone"));
    lines << Text::tr("The others carry %1 of the block's squared error").arg(percentText(outlier.restShare()));
    if (!costText(outlier).isEmpty())
        lines << Text::tr("%1 times what they would carry were it 0").arg(costText(outlier));
    return lines.join(u'\n');
}

ChartTable tableOf(const OutlierStudy& study)
{
    ChartTable table;
    table.columns = {Text::tr("Rank"), Text::tr("Value"),
        study.measure == OutlierMeasure::TensorRms ? Text::tr("× RMS") : Text::tr("× block RMS"), Text::tr("Block"),
        Text::tr("Element"), Text::tr("Decoded"), Text::tr("Error"), Text::tr("Error, %"), Text::tr("Sets scale"),
        Text::tr("Others' share, %"), Text::tr("Others' cost, times")};
    for (std::size_t i = 0; i < study.outliers.size(); ++i) {
        const Outlier& outlier = study.outliers[i];
        table.rows.push_back({countText(i + 1), shortNumberText(static_cast<double>(outlier.value)),
            shortNumberText(outlier.multiple), countText(outlier.block), countText(outlier.element),
            shortNumberText(static_cast<double>(outlier.decoded)), shortNumberText(outlier.error, 3),
            shortNumberText(ownErrorOf(outlier), 3), scaleText(outlier), shortNumberText(100 * outlier.restShare(), 3),
            costText(outlier)});
    }
    return table;
}

/// A range on a logarithmic axis with room beside its ends.
void setRange(ChartAxis& axis, double lowest, double highest)
{
    axis.lowest = lowest / kWidest;
    axis.highest = highest * kWidest;
}

ChartAxis multipleAxis(const OutlierStudy& study)
{
    ChartAxis axis;
    axis.title = study.measure == OutlierMeasure::TensorRms ? Text::tr("|w| over the RMS of the tensor")
                                                            : Text::tr("|w| over the RMS of its block");
    const double highest = study.outliers.front().multiple;
    const double lowest = study.outliers.back().multiple;
    const double room = std::max(0.04 * (highest - lowest), 0.01 * highest);
    axis.lowest = std::max(0.0, lowest - room);
    axis.highest = highest + room;
    return axis;
}

ChartAxis heightAxis(const OutlierStudy& study, OutlierQuantity quantity)
{
    ChartAxis axis;
    if (quantity == OutlierQuantity::RestShare) {
        axis = {Text::tr("share of the others, %"), AxisScale::Linear, 0.0, 100.0, QStringLiteral("%")};
        return axis;
    }
    double lowest = std::numeric_limits<double>::infinity();
    double highest = 0.0;
    for (const Outlier& outlier : study.outliers) {
        const double height = heightOf(outlier, quantity);
        if (std::isnan(height))
            continue;
        lowest = std::min(lowest, height);
        highest = std::max(highest, height);
    }
    axis.scale = AxisScale::Log10;
    if (quantity == OutlierQuantity::RestCost) {
        axis.title = Text::tr("error of the others, times");
        setRange(axis, niceFloor(std::min(lowest, 0.5)), niceCeiling(std::max(highest, 2.0)));
    } else {
        axis.title = Text::tr("its relative error, %");
        axis.unit = QStringLiteral("%");
        setRange(axis, niceFloor(std::min(lowest, 0.1)), niceCeiling(std::max(highest, 10.0)));
    }
    return axis;
}

/// What the list says as a whole.
QString findingOf(const OutlierStudy& study)
{
    std::size_t setting = 0;
    for (const Outlier& outlier : study.outliers)
        setting += outlier.setsScale.value_or(false) ? 1U : 0U;
    QStringList parts;
    if (study.retried > 0)
        parts << Text::tr("%1 of %2 set the scale of their block").arg(countText(setting), countText(study.retried));
    else
        parts << Text::tr("blocks are too long to be tried without them");
    parts << Text::tr("their %1 blocks hold %2 of the squared error")
                 .arg(countText(study.blocks), percentText(study.blockErrorShare));
    return parts.join(QStringLiteral("  ·  "));
}

}  // namespace

QString outlierQuantityName(OutlierQuantity quantity)
{
    switch (quantity) {
    case OutlierQuantity::RestCost:
        return Text::tr("Cost to the others");
    case OutlierQuantity::OwnError:
        return Text::tr("Own error");
    case OutlierQuantity::RestShare:
        return Text::tr("Others' share");
    }
    return {};
}

QString outlierMeasureName(OutlierMeasure measure)
{
    return measure == OutlierMeasure::TensorRms ? Text::tr("Tensor RMS") : Text::tr("Block RMS");
}

StudyContent outlierContent(const OutlierStudy& study, const Report& report, OutlierQuantity quantity)
{
    StudyContent content;
    content.title = Text::tr("Outliers");
    content.emptyText = Text::tr("Every element is zero: there are no outliers");
    if (study.outliers.empty())
        return content;
    content.detail = QStringLiteral("%1  ·  %2").arg(QString::fromStdString(report.format.name), findingOf(study));
    content.note = Text::tr("the %1 largest elements of %2 under %3: %4")
                       .arg(countText(study.outliers.size()), QString::fromStdString(report.tensor.name),
                           QString::fromStdString(report.format.name), findingOf(study));
    if (const QString basis = basisSentence(QString::fromStdString(report.basis)); !basis.isEmpty())
        content.note += QStringLiteral("; ") + basis;
    content.x = multipleAxis(study);
    content.y = heightAxis(study, quantity);
    content.table = tableOf(study);
    StudySeries sets{Text::tr("sets the scale"), StudyForm::Marks, StudyMark::Disk, StudyInk::A, {}, {}};
    StudySeries others{Text::tr("does not"), StudyForm::Marks, StudyMark::OutlinedSquare, StudyInk::Muted, {}, {}};
    for (auto outlier = study.outliers.rbegin(); outlier != study.outliers.rend(); ++outlier) {
        const QPointF place(outlier->multiple, heightOf(*outlier, quantity));
        if (std::isfinite(place.y()))
            (outlier->setsScale.value_or(false) ? sets : others).points << place;
    }
    content.series.push_back(std::move(sets));
    content.series.push_back(std::move(others));
    return content;
}

QList<PickPoint> outlierPicks(const OutlierStudy& study, OutlierQuantity quantity)
{
    QList<PickPoint> picks;
    for (const Outlier& outlier : study.outliers)
        picks.append({QPointF(outlier.multiple, heightOf(outlier, quantity)), describe(outlier, study)});
    return picks;
}

}  // namespace nanoscope
