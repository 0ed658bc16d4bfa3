#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"
#include "widgets/study_content.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kLeftOut = 0.001;  // share of the smallest elements, which would stretch the axis over many octaves

struct StudyText {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::StudyText)
};

QString optionalText(const std::optional<double>& value)
{
    return value ? shortNumberText(*value, 3) : QString(QChar(0x2013));
}

/// Index of the first octave that is shown: below lie only a few of the elements.
std::size_t firstShown(const std::vector<OctaveCount>& octaves)
{
    double all = 0.0;
    for (const OctaveCount& octave : octaves)
        all += static_cast<double>(octave.count);
    double below = 0.0;
    for (std::size_t i = 0; i < octaves.size(); ++i) {
        below += static_cast<double>(octaves[i].count);
        if (below > kLeftOut * all)
            return i;
    }
    return 0;
}

QString spikeNote(const SpikeFigures& figures)
{
    const QString limit = shortNumberText(figures.threshold, 3);
    QString verdict;
    if (!figures.maximumOverMedian)
        verdict = StudyText::tr("Not judged: at least half of the values are 0");
    else if (figures.isSpiky)
        verdict = StudyText::tr("⚑ Flagged: the largest is %1 times the median, more than %2")
                      .arg(optionalText(figures.maximumOverMedian), limit);
    else
        verdict = StudyText::tr("✓ Not flagged: the largest is %1 times the median, at most %2")
                      .arg(optionalText(figures.maximumOverMedian), limit);
    return StudyText::tr("%1. Crest factor %2, kurtosis %3 (Gaussian 3), %4 beyond 6 RMS")
        .arg(verdict, optionalText(figures.crestFactor), optionalText(figures.kurtosis), percentText(figures.farShare));
}

}  // namespace

StudyContent errorIntervalContent(const ErrorIntervalFigures& figures)
{
    if (figures.widthShares.empty() || !(figures.rms > 0))
        return emptyStudyContent(
            StudyPage::ErrorInterval, StudyText::tr("No weight has room: all values are exact, or there are none"));
    StudyContent content;
    content.title = StudyText::tr("How far a weight can move");
    content.detail
        = StudyText::tr("between itself and its quantized value · blocks of %1").arg(countText(figures.block));
    content.table.columns = {StudyText::tr("Width / RMS from"), StudyText::tr("to"), StudyText::tr("Weights")};
    StudySeries bars{StudyText::tr("share of weights"), StudyForm::Bars, StudyMark::None, StudyInk::A, {}, {}, false};
    const double width = figures.largestWidth / figures.rms / static_cast<double>(figures.widthShares.size());
    double highest = 0.0;
    for (std::size_t i = 0; i < figures.widthShares.size(); ++i) {
        const double from = width * static_cast<double>(i);
        const double share = figures.widthShares[i];
        bars.points << QPointF(from, 100 * share);
        highest = std::max(highest, 100 * share);
        content.table.rows.push_back({shortNumberText(from, 3), shortNumberText(from + width, 3), percentText(share)});
    }
    content.series = {std::move(bars)};
    content.x = {StudyText::tr("width of the interval / RMS of the tensor"), AxisScale::Linear, 0.0,
        figures.largestWidth / figures.rms, {}};
    content.y
        = {StudyText::tr("share of weights, %"), AxisScale::Linear, 0.0, niceCeiling(highest), QStringLiteral("%")};
    content.rules = {{StudyText::tr("mean of the free"), *figures.relativeWidth()}};
    content.note
        = StudyText::tr("%1 of the weights are free, by %2 RMS on average; the largest and the smallest weight of "
                        "each block are frozen")
              .arg(percentText(figures.freeShare), shortNumberText(*figures.relativeWidth(), 3));
    return content;
}

StudyContent spikeContent(const SpikeFigures& figures)
{
    if (figures.octaves.empty() || !(figures.rms > 0))
        return emptyStudyContent(StudyPage::Spikes, StudyText::tr("All values are 0: nothing stands out"));
    StudyContent content;
    content.title = StudyText::tr("Magnitudes of the tensor");
    content.detail = StudyText::tr("elements per octave · largest %1, median %2, RMS %3")
                         .arg(shortNumberText(figures.maximum, 3), shortNumberText(figures.median, 3),
                             shortNumberText(figures.rms, 3));
    content.table.columns
        = {StudyText::tr("|w| from"), StudyText::tr("to"), StudyText::tr("Elements"), StudyText::tr("Share")};
    StudySeries bars{StudyText::tr("elements"), StudyForm::Bars, StudyMark::None, StudyInk::A, {}, {}, false};
    const std::size_t first = firstShown(figures.octaves);
    double highest = 1.0;
    for (std::size_t i = 0; i < figures.octaves.size(); ++i) {
        const OctaveCount& octave = figures.octaves[i];
        content.table.rows.push_back(
            {shortNumberText(octave.lowest, 3), shortNumberText(2 * octave.lowest, 3), countText(octave.count),
                percentText(static_cast<double>(octave.count) / static_cast<double>(figures.elements))});
        if (i < first)
            continue;
        bars.points << QPointF(octave.lowest / figures.rms, static_cast<double>(octave.count));
        highest = std::max(highest, static_cast<double>(octave.count));
    }
    content.x
        = {StudyText::tr("magnitude / RMS"), AxisScale::Log2, bars.points.first().x(), 2 * bars.points.last().x(), {}};
    content.y = {StudyText::tr("elements"), AxisScale::Log10, 0.5, niceCeiling(1.2 * highest), {}};
    content.series = {std::move(bars)};
    if (figures.median > 0)
        content.rules.push_back({StudyText::tr("median"), figures.median / figures.rms});
    content.rules.push_back({StudyText::tr("RMS"), 1.0});
    content.rules.push_back({StudyText::tr("6 RMS"), kFarMultiple});
    content.rules.push_back({StudyText::tr("largest"), figures.maximum / figures.rms});
    content.note = spikeNote(figures);
    return content;
}

}  // namespace nanoscope
