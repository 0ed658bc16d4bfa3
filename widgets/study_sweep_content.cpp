#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"
#include "widgets/study_content.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

struct StudyText {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::StudyText)
};

QString biasText(double bias)
{
    return fixedText(100 * bias, 2) + QChar(0x00a0) + QLatin1Char('%');
}

/// Extremes of what a picture shows.
struct Extent {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();

    void add(double value)
    {
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    }
};

QString splitName(const FloatSplitPoint& point)
{
    return point.exponentBits == 0 ? QStringLiteral("INT%1").arg(point.bits())
                                   : QStringLiteral("E%1M%2").arg(point.exponentBits).arg(point.mantissaBits);
}

/// Blocks of a study in the order of its lines, each once.
std::vector<SplitBlock> blocksOf(const FloatSplitStudy& study)
{
    std::vector<SplitBlock> blocks;
    for (const FloatSplitLine& line : study.lines)
        if (std::find(blocks.begin(), blocks.end(), line.block) == blocks.end())
            blocks.push_back(line.block);
    return blocks;
}

QString blockName(const SplitBlock& block)
{
    return block.length ? StudyText::tr("Blocks of %1").arg(*block.length) : StudyText::tr("Whole rows");
}

StudySeries splitSeries(
    const FloatSplitLine& line, std::optional<double> FloatSplitPoint::*figure, StudySeries style, Extent& extent)
{
    for (const FloatSplitPoint& point : line.points) {
        if (!(point.*figure))
            continue;
        style.points << QPointF(point.exponentBits, *(point.*figure));
        extent.add(*(point.*figure));
    }
    return style;
}

void addSplitRows(ChartTable& table, const FloatSplitLine& line)
{
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        const FloatSplitPoint& point = line.points[i];
        table.rows.push_back({QString::number(line.bits), splitName(point), decibelText(point.clipDecibel),
            decibelText(point.maximumDecibel), i == line.best ? QStringLiteral("★") : QString()});
    }
}

}  // namespace

StudyContent lMulContent(const LMulStudy& study)
{
    StudyContent content;
    content.title = StudyText::tr("Products by integer addition");
    content.detail = StudyText::tr("%1 pairs of this tensor's values").arg(countText(study.pairs));
    content.table.columns = {
        StudyText::tr("Product"), StudyText::tr("Relative mean squared error"), StudyText::tr("Mean relative error")};
    Extent extent;
    const auto addRow = [&](const QString& name, const ProductError& error) {
        content.table.rows.push_back({name, shortNumberText(error.relativeMeanSquare, 3), biasText(error.bias)});
        if (error.relativeMeanSquare > 0)
            extent.add(error.relativeMeanSquare);
    };
    StudySeries lMul{StudyText::tr("L-Mul"), StudyForm::Line, StudyMark::Disk, StudyInk::A, {}, {}, true};
    for (const LMulPoint& point : study.points) {
        content.categories << QString::number(point.mantissaBits);
        lMul.points << QPointF(static_cast<double>(lMul.points.size()), point.error.relativeMeanSquare);
        addRow(StudyText::tr("L-Mul, %1 mantissa bits").arg(point.mantissaBits), point.error);
    }
    const double last = static_cast<double>(lMul.points.size()) - 1;
    content.series.push_back(std::move(lMul));
    const auto addReference
        = [&](const QString& name, const ProductError& error, StudyForm form, StudyMark mark, StudyInk ink) {
              StudySeries series{name, form, mark, ink, {}, {}, true};
              for (const double x : {0.0, last})
                  series.points << QPointF(x, error.relativeMeanSquare);
              content.series.push_back(std::move(series));
              addRow(name, error);
          };
    for (std::size_t i = 0; i < study.references.size(); ++i) {
        const RoundedProducts& reference = study.references[i];
        const QString format = QString::fromStdString(reference.format);
        const StudyInk ink = i == 0 ? StudyInk::B : StudyInk::Muted;
        addReference(StudyText::tr("%1, rounded product").arg(format), reference.rounded, StudyForm::Line,
            i == 0 ? StudyMark::Square : StudyMark::Diamond, ink);
        addReference(StudyText::tr("%1, exact product").arg(format), reference.exact, StudyForm::Dashed,
            i == 0 ? StudyMark::OutlinedSquare : StudyMark::OutlinedDiamond, ink);
    }
    if (study.pairs == 0 || extent.highest <= 0)
        return emptyStudyContent(StudyPage::LMul, StudyText::tr("All products of this tensor's values are 0"));
    content.x = {StudyText::tr("mantissa bits of L-Mul's operands"), AxisScale::Linear, -0.4, last + 0.4, {}};
    content.y = {StudyText::tr("relative mean squared error"), AxisScale::Log10, niceFloor(0.8 * extent.lowest),
        niceCeiling(1.2 * extent.highest), {}};
    const auto best = std::min_element(study.points.begin(), study.points.end(),
        [](const auto& a, const auto& b) { return a.error.relativeMeanSquare < b.error.relativeMeanSquare; });
    content.note
        = StudyText::tr("Smallest error with %1 mantissa bits: %2; the product of the mantissas is dropped, so more "
                        "bits do not help")
              .arg(best->mantissaBits)
              .arg(shortNumberText(best->error.relativeMeanSquare, 3));
    return content;
}

QStringList floatSplitParts(const FloatSplitStudy& study)
{
    QStringList parts;
    for (const SplitBlock& block : blocksOf(study))
        parts << blockName(block);
    return parts;
}

StudyContent floatSplitContent(const FloatSplitStudy& study, std::uint64_t elements, int part)
{
    const std::vector<SplitBlock> blocks = blocksOf(study);
    if (blocks.empty())
        return emptyStudyContent(StudyPage::FloatSplit, StudyText::tr("No split was measured"));
    const SplitBlock& block
        = blocks[part >= 0 && part < static_cast<int>(blocks.size()) ? static_cast<std::size_t>(part) : 0];

    StudyContent content;
    content.title = StudyText::tr("SQNR of every split into exponent and mantissa");
    content.detail = study.isSampled
        ? StudyText::tr("%1 · %2 of %3 elements").arg(blockName(block), countText(study.elements), countText(elements))
        : StudyText::tr("%1 · all elements").arg(blockName(block));
    content.table.columns = {StudyText::tr("Bits"), StudyText::tr("Split"), StudyText::tr("Clip searched"),
        StudyText::tr("Block maximum"), StudyText::tr("Best")};
    Extent extent;
    QStringList best;
    int widest = 0;
    StudySeries stars{StudyText::tr("best split"), StudyForm::Marks, StudyMark::Star, StudyInk::A, {}, {}, true};
    for (const FloatSplitLine& line : study.lines) {
        if (!(line.block == block))
            continue;
        const bool isFirst = content.series.empty();
        content.series.push_back(splitSeries(line, &FloatSplitPoint::maximumDecibel,
            {StudyText::tr("block maximum on the largest level"), StudyForm::Dashed, StudyMark::OutlinedSquare,
                StudyInk::B, {}, {}, isFirst},
            extent));
        content.series.push_back(splitSeries(line, &FloatSplitPoint::clipDecibel,
            {StudyText::tr("clip searched per block"), StudyForm::Line, StudyMark::Disk, StudyInk::A, {},
                StudyText::tr("%1 bits").arg(line.bits), isFirst},
            extent));
        addSplitRows(content.table, line);
        widest = std::max(widest, line.bits);
        if (line.best < line.points.size() && line.points[line.best].clipDecibel) {
            const FloatSplitPoint& point = line.points[line.best];
            stars.points << QPointF(point.exponentBits, *point.clipDecibel);
            best << splitName(point);
        }
    }
    if (best.isEmpty())
        return emptyStudyContent(
            StudyPage::FloatSplit, StudyText::tr("Every split holds these values exactly: there is no error to show"));
    content.series.push_back(std::move(stars));
    content.categories << StudyText::tr("INT");
    for (int e = 1; e < widest; ++e)
        content.categories << QString::number(e);
    content.x = {StudyText::tr("exponent bits"), AxisScale::Linear, -0.9, widest - 0.6, {}};
    content.y = {StudyText::tr("SQNR, dB"), AxisScale::Linear, std::min(extent.lowest - 1, 0.95 * extent.lowest),
        extent.highest + 2, QStringLiteral("dB")};
    content.note
        = StudyText::tr("Best on these values, by width: %1. This is the error of the values as they are; training, "
                        "with its wider gradients, asks for more exponent bits")
              .arg(best.join(QStringLiteral(", ")));
    return content;
}

}  // namespace nanoscope
