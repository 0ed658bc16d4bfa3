#include "widgets/figure_list.h"

#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QSet>

#include <cmath>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FigureTable)
};

using Value = std::optional<double>;

double count(std::uint64_t number)
{
    return static_cast<double>(number);
}

void addCost(std::vector<Figure>& list)
{
    list.push_back({"bits", Text::tr("Bits per element, all-in"), Text::tr("bit"),
        Text::tr("Codes, scales, metadata and tensor scale, over all elements"), Better::Lower, FigureStyle::Fixed,
        [](const Report& r) -> Value { return r.bitsPerElement; }, {}});
    list.push_back({"payload", Text::tr("Payload bits"), Text::tr("bit"), Text::tr("Bits of the element code alone"),
        Better::Lower, FigureStyle::Number, [](const Report& r) -> Value { return r.payloadBits; }, {}});
    list.push_back({"basis", Text::tr("Basis"), {},
        Text::tr(
            "What the error, the levels and the blocks are measured in: the values as stored, or after a transform"),
        Better::Neither, FigureStyle::Number, [](const Report&) -> Value { return std::nullopt; },
        [](const Report& r) {
            return r.basis == "as stored" ? Text::tr("as stored") : QString::fromStdString(r.basis);
        }});
}

void addError(std::vector<Figure>& list)
{
    list.push_back(
        {"sqnr", Text::tr("SQNR"), Text::tr("dB"), Text::tr("Signal-to-quantization-noise ratio: −10 log₁₀ NMSE"),
            Better::Higher, FigureStyle::Decibel, [](const Report& r) { return r.error.sqnrDecibel; }, {}});
    list.push_back({"mse", Text::tr("MSE"), {}, Text::tr("Mean squared error"), Better::Lower, FigureStyle::Number,
        [](const Report& r) -> Value { return r.error.mse; }, {}});
    list.push_back({"nmse", Text::tr("NMSE"), {}, Text::tr("Squared error over squared values"), Better::Lower,
        FigureStyle::Number, [](const Report& r) { return r.error.nmse; }, {}});
    list.push_back({"mae", Text::tr("MAE"), {}, Text::tr("Mean absolute error"), Better::Lower, FigureStyle::Number,
        [](const Report& r) -> Value { return r.error.meanAbsolute; }, {}});
    list.push_back({"maximum", Text::tr("Largest |error|"), {}, Text::tr("Largest absolute error of any element"),
        Better::Lower, FigureStyle::Number, [](const Report& r) -> Value { return r.error.maximum; }, {}});
    list.push_back({"bias", Text::tr("Bias"), {}, Text::tr("Mean error, decoded minus original"), Better::NearerToZero,
        FigureStyle::Number, [](const Report& r) -> Value { return r.error.bias; }, {}});
    list.push_back(
        {"cosine", Text::tr("Cosine"), {}, Text::tr("Cosine of the angle between the original and the decoded tensor"),
            Better::Higher, FigureStyle::Fixed, [](const Report& r) { return r.error.cosine; }, {}});
    list.push_back({"gain", Text::tr("Gain"), {}, Text::tr("Projection of the decoded tensor on the original"),
        Better::NearerToOne, FigureStyle::Fixed, [](const Report& r) { return r.error.gain; }, {}});
}

void addFractions(std::vector<Figure>& list)
{
    list.push_back({"clipped", Text::tr("Clipped"), QStringLiteral("%"),
        Text::tr("Elements beyond the outermost level by more than half its step"), Better::Lower, FigureStyle::Percent,
        [](const Report& r) -> Value { return r.clippedFraction; }, {}});
    list.push_back({"zero", Text::tr("Decoded to zero"), QStringLiteral("%"), Text::tr("Elements that decode to zero"),
        Better::Neither, FigureStyle::Percent, [](const Report& r) -> Value { return r.zeroFraction; }, {}});
    list.push_back({"underflow", Text::tr("Underflow"), QStringLiteral("%"),
        Text::tr("Elements that were not zero and decode to zero"), Better::Lower, FigureStyle::Percent,
        [](const Report& r) -> Value { return r.underflowFraction; }, {}});
    list.push_back({"blockMax", Text::tr("Block maximum, relative error"), QStringLiteral("%"),
        Text::tr("Relative error of each block's largest element, mean over blocks"), Better::Lower,
        FigureStyle::Percent, [](const Report& r) -> Value { return r.blockMaxRelativeError; }, {}});
    list.push_back({"blockMaxShare", Text::tr("Block maximum, share of error"), QStringLiteral("%"),
        Text::tr("Share of the squared error that the blocks' largest elements make"), Better::Neither,
        FigureStyle::Percent, [](const Report& r) -> Value { return r.blockMaxErrorShare; }, {}});
    list.push_back(
        {"entropy", Text::tr("Code entropy"), Text::tr("bit"), Text::tr("Entropy of the codes, all codebooks pooled"),
            Better::Neither, FigureStyle::Fixed, [](const Report& r) -> Value { return r.entropyBits; }, {}});
    list.push_back(
        {"utilisation", Text::tr("Utilization"), QStringLiteral("%"), Text::tr("Code entropy over code bits"),
            Better::Higher, FigureStyle::Percent, [](const Report& r) -> Value { return r.utilisation; }, {}});
    list.push_back({"kl", Text::tr("KL divergence"), Text::tr("bit"),
        Text::tr("Original against decoded values in 512 bins; for display only"), Better::Lower, FigureStyle::Number,
        [](const Report& r) -> Value { return r.klDivergenceBits; }, {}});
}

void addVacancies(std::vector<Figure>& list)
{
    list.push_back({"vacantStructural", Text::tr("Vacant, structural"), {},
        Text::tr("Codes that are never written or repeat a level"), Better::Lower, FigureStyle::Count,
        [](const Report& r) -> Value { return count(r.vacant.structural); }, {}});
    list.push_back(
        {"vacantTensor", Text::tr("Vacant, tensor"), {}, Text::tr("Other codes that no element of the tensor has"),
            Better::Lower, FigureStyle::Count, [](const Report& r) -> Value { return count(r.vacant.tensor); }, {}});
    list.push_back(
        {"vacantBlock", Text::tr("Vacant, block mean"), {}, Text::tr("Codes unused in a block, mean over blocks"),
            Better::Lower, FigureStyle::Fixed, [](const Report& r) -> Value { return r.vacant.blockMean; }, {}});
    list.push_back({"vacantExpected", Text::tr("Vacant, block expected"), {},
        Text::tr("The same for elements drawn independently with the tensor's frequencies"), Better::Neither,
        FigureStyle::Fixed, [](const Report& r) -> Value { return r.vacant.blockExpected; }, {}});
    list.push_back({"vacantHeadroom", Text::tr("Vacant, headroom mean"), {},
        Text::tr("Levels beyond a block's highest and lowest used level, mean over blocks"), Better::Lower,
        FigureStyle::Fixed, [](const Report& r) -> Value { return r.vacant.headroomMean; }, {}});
}

void addInput(std::vector<Figure>& list)
{
    list.push_back(
        {"excluded", Text::tr("Excluded elements"), {}, Text::tr("Elements of blocks that hold a NaN or infinity"),
            Better::Lower, FigureStyle::Count, [](const Report& r) -> Value { return count(r.excluded); }, {}});
    list.push_back({"nan", Text::tr("NaN"), {}, Text::tr("NaN in the tensor"), Better::Neither, FigureStyle::Count,
        [](const Report& r) -> Value { return count(r.nanCount); }, {}});
    list.push_back({"infinity", Text::tr("Infinity"), {}, Text::tr("Infinities in the tensor"), Better::Neither,
        FigureStyle::Count, [](const Report& r) -> Value { return count(r.infinityCount); }, {}});
    list.push_back({"saturated", Text::tr("Saturated"), {}, Text::tr("Elements that decode beyond the largest float32"),
        Better::Lower, FigureStyle::Count, [](const Report& r) -> Value { return count(r.saturated); }, {}});
}

/// The same three bounds at one number of bits per element.
/// @param id      prefix of the figures' names for tests
/// @param name    with a place for the bound's name
/// @param budget  which bits, for the explanations
void addBoundsAt(
    std::vector<Figure>& list, const QString& id, const QString& name, const QString& budget, Bounds Report::*bounds)
{
    list.push_back({id + QStringLiteral("shannon"), name.arg(Text::tr("Shannon")), Text::tr("dB"),
        Text::tr("Bound: the highest SQNR that any code of this many bits can reach. %1").arg(budget), Better::Neither,
        FigureStyle::Decibel, [bounds](const Report& r) { return (r.*bounds).shannonDecibel; }, {}});
    list.push_back({id + QStringLiteral("panterDite"), name.arg(Text::tr("Panter-Dite")), Text::tr("dB"),
        Text::tr("Bound: SQNR of the best fixed-rate scalar quantizer with many levels. %1").arg(budget),
        Better::Neither, FigureStyle::Decibel, [bounds](const Report& r) { return (r.*bounds).panterDiteDecibel; },
        {}});
    list.push_back({id + QStringLiteral("lloydMax"), name.arg(Text::tr("Lloyd-Max")), Text::tr("dB"),
        Text::tr("Bound: SQNR of the best codebook for the tensor as a whole. %1").arg(budget), Better::Neither,
        FigureStyle::Decibel, [bounds](const Report& r) { return (r.*bounds).lloydMaxDecibel; }, {}});
}

void addBounds(std::vector<Figure>& list)
{
    addBoundsAt(list, {}, Text::tr("%1, code bits"),
        Text::tr("At the bits of the element codes alone: a block format may beat it with its scales"),
        &Report::bounds);
    addBoundsAt(list, QStringLiteral("allIn_"), Text::tr("%1, all-in bits"),
        Text::tr("At all bits that are stored, scales and metadata included: the fair comparison"),
        &Report::boundsAllIn);
    list.push_back({"time", Text::tr("Time"), Text::tr("ms"),
        Text::tr("Wall time of this analysis, not of the format in hardware"), Better::Neither, FigureStyle::Number,
        [](const Report& r) -> Value { return r.seconds * 1000; }, {}});
}

/// The earliest tier whose figures are exact; the rest is exact from a kernel's pass on.
KnownFrom knownFrom(const QString& id)
{
    static const QSet<QString> kOfFormat{QStringLiteral("bits"), QStringLiteral("payload"), QStringLiteral("basis")};
    static const QSet<QString> kOfReport{QStringLiteral("mae"), QStringLiteral("bias"), QStringLiteral("cosine"),
        QStringLiteral("gain"), QStringLiteral("blockMax"), QStringLiteral("blockMaxShare"), QStringLiteral("kl"),
        QStringLiteral("vacantExpected"), QStringLiteral("saturated")};
    return kOfFormat.contains(id) ? KnownFrom::Format : kOfReport.contains(id) ? KnownFrom::Report : KnownFrom::Pass;
}

/// True for what only measured elements give; the others hold also where every block has a NaN or infinity.
bool isOfElements(const Figure& figure)
{
    static const QSet<QString> kOfTensor{QStringLiteral("excluded"), QStringLiteral("nan"), QStringLiteral("infinity"),
        QStringLiteral("saturated"), QStringLiteral("time")};
    return figure.known != KnownFrom::Format && !kOfTensor.contains(figure.id);
}

bool isEstimate(const Figure& figure, const Report& report)
{
    switch (report.tier) {
    case ReportTier::Exact:
    case ReportTier::Summary:
        return false;
    case ReportTier::Pass:
        return figure.known == KnownFrom::Report;
    case ReportTier::Preview:
        return figure.known != KnownFrom::Format;
    }
    return true;
}

}  // namespace

std::vector<Figure> figureList()
{
    static const QSet<QString> kSquaredErrors{QStringLiteral("sqnr"), QStringLiteral("mse"), QStringLiteral("nmse")};
    std::vector<Figure> list;
    addCost(list);
    addError(list);
    addFractions(list);
    addVacancies(list);
    addInput(list);
    addBounds(list);
    for (Figure& figure : list) {
        figure.known = knownFrom(figure.id);
        figure.isSquaredError = kSquaredErrors.contains(figure.id);
        if (isOfElements(figure))  // a mean of no element is no figure
            figure.value = [value = figure.value](
                               const Report& report) { return report.hasMeasured() ? value(report) : std::nullopt; };
    }
    return list;
}

QString figureText(const Figure& figure, const std::optional<double>& value)
{
    if (!value || std::isnan(*value))
        return QStringLiteral("–");
    switch (figure.style) {
    case FigureStyle::Number:
        return shortNumberText(*value, 4);
    case FigureStyle::Fixed:
        return fixedText(*value, 4);
    case FigureStyle::Percent:
        return std::fabs(*value) < 1e-5 && *value != 0 ? shortNumberText(*value * 100, 2) : fixedText(*value * 100, 3);
    case FigureStyle::Decibel:
        return fixedText(*value, 2);
    case FigureStyle::Count:
        return *value < 0 ? QStringLiteral("−") + countText(static_cast<std::uint64_t>(-*value))
                          : countText(static_cast<std::uint64_t>(*value));
    }
    return {};
}

QString differenceText(const Figure& figure, const std::optional<double>& value)
{
    const QString text = figureText(figure, value);
    return value && *value > 0 ? u'+' + text : text;
}

int betterSide(Better better, const std::optional<double>& a, const std::optional<double>& b)
{
    if (better == Better::Neither || !a || !b || std::isnan(*a) || std::isnan(*b))
        return 0;
    // The smaller key is the better one.
    const auto key = [better](double value) {
        switch (better) {
        case Better::Higher:
            return -value;
        case Better::NearerToZero:
            return std::fabs(value);
        case Better::NearerToOne:
            return std::fabs(value - 1);
        default:
            return value;
        }
    };
    const double keyA = key(*a);
    const double keyB = key(*b);
    return keyA < keyB ? -1 : keyB < keyA ? 1 : 0;
}

bool isDifferenceSure(const Figure& figure, const Report& a, const Report& b)
{
    const bool isEstimated = isEstimate(figure, a) || isEstimate(figure, b);
    if (!isEstimated)
        return true;
    if (!figure.isSquaredError || !a.error.sqnrDecibel || !b.error.sqnrDecibel)
        return false;
    const auto standardErrorOf = [](const Report& report) -> std::optional<double> {
        return report.tier == ReportTier::Preview ? report.sqnrStandardError : 0.0;
    };
    const std::optional<double> errorA = standardErrorOf(a);
    const std::optional<double> errorB = standardErrorOf(b);
    return errorA && errorB
        && std::fabs(*a.error.sqnrDecibel - *b.error.sqnrDecibel) > 2 * std::hypot(*errorA, *errorB);
}

}  // namespace nanoscope
