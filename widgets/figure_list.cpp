#include "widgets/figure_list.h"

#include "widgets/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace nanoscope {
namespace {

    QString tr(const char* text)
    {
        return QCoreApplication::translate("nanoscope::FigureTable", text);
    }

    using Value = std::optional<double>;

    double count(std::uint64_t number)
    {
        return static_cast<double>(number);
    }

    void addCost(std::vector<Figure>& list)
    {
        list.push_back({"bits", tr("Bits per element, all-in"), tr("bit"), tr("Codes, scales, metadata and tensor scale, over all elements"),
                        Better::Lower, FigureStyle::Fixed, [](const Report& r) -> Value { return r.bitsPerElement; }});
        list.push_back({"payload", tr("Payload bits"), tr("bit"), tr("Bits of the element code alone"), Better::Lower,
                        FigureStyle::Number, [](const Report& r) -> Value { return r.payloadBits; }});
    }

    void addError(std::vector<Figure>& list)
    {
        list.push_back({"sqnr", tr("SQNR"), tr("dB"), tr("Signal-to-quantization-noise ratio: −10 log₁₀ NMSE"), Better::Higher,
                        FigureStyle::Decibel, [](const Report& r) { return r.error.sqnrDecibel; }});
        list.push_back({"mse", tr("MSE"), {}, tr("Mean squared error"), Better::Lower, FigureStyle::Number,
                        [](const Report& r) -> Value { return r.error.mse; }});
        list.push_back({"nmse", tr("NMSE"), {}, tr("Squared error over squared values"), Better::Lower, FigureStyle::Number,
                        [](const Report& r) { return r.error.nmse; }});
        list.push_back({"mae", tr("MAE"), {}, tr("Mean absolute error"), Better::Lower, FigureStyle::Number,
                        [](const Report& r) -> Value { return r.error.meanAbsolute; }});
        list.push_back({"maximum", tr("Largest |error|"), {}, tr("Largest absolute error of any element"), Better::Lower,
                        FigureStyle::Number, [](const Report& r) -> Value { return r.error.maximum; }});
        list.push_back({"bias", tr("Bias"), {}, tr("Mean error, decoded minus original"), Better::NearerToZero, FigureStyle::Number,
                        [](const Report& r) -> Value { return r.error.bias; }});
        list.push_back({"cosine", tr("Cosine"), {}, tr("Cosine of the angle between the original and the decoded tensor"),
                        Better::Higher, FigureStyle::Fixed, [](const Report& r) { return r.error.cosine; }});
        list.push_back({"gain", tr("Gain"), {}, tr("Projection of the decoded tensor on the original"), Better::NearerToOne,
                        FigureStyle::Fixed, [](const Report& r) { return r.error.gain; }});
    }

    void addFractions(std::vector<Figure>& list)
    {
        list.push_back({"clipped", tr("Clipped"), QStringLiteral("%"), tr("Elements beyond the outermost level by more than half its step"),
                        Better::Lower, FigureStyle::Percent, [](const Report& r) -> Value { return r.clippedFraction; }});
        list.push_back({"zero", tr("Decoded to zero"), QStringLiteral("%"), tr("Elements that decode to zero"), Better::Neither,
                        FigureStyle::Percent, [](const Report& r) -> Value { return r.zeroFraction; }});
        list.push_back({"underflow", tr("Underflow"), QStringLiteral("%"), tr("Elements that were not zero and decode to zero"),
                        Better::Lower, FigureStyle::Percent, [](const Report& r) -> Value { return r.underflowFraction; }});
        list.push_back({"blockMax", tr("Block maximum, relative error"), QStringLiteral("%"),
                        tr("Relative error of each block's largest element, mean over blocks"), Better::Lower, FigureStyle::Percent,
                        [](const Report& r) -> Value { return r.blockMaxRelativeError; }});
        list.push_back({"blockMaxShare", tr("Block maximum, share of error"), QStringLiteral("%"),
                        tr("Share of the squared error that the blocks' largest elements make"), Better::Neither,
                        FigureStyle::Percent, [](const Report& r) -> Value { return r.blockMaxErrorShare; }});
        list.push_back({"entropy", tr("Code entropy"), tr("bit"), tr("Entropy of the codes, all codebooks pooled"), Better::Neither,
                        FigureStyle::Fixed, [](const Report& r) -> Value { return r.entropyBits; }});
        list.push_back({"utilisation", tr("Utilization"), QStringLiteral("%"), tr("Code entropy over code bits"), Better::Higher,
                        FigureStyle::Percent, [](const Report& r) -> Value { return r.utilisation; }});
        list.push_back({"kl", tr("KL divergence"), tr("bit"), tr("Original against decoded values in 512 bins; for display only"),
                        Better::Lower, FigureStyle::Number, [](const Report& r) -> Value { return r.klDivergenceBits; }});
    }

    void addVacancies(std::vector<Figure>& list)
    {
        list.push_back({"vacantStructural", tr("Vacant, structural"), {}, tr("Codes that are never written or repeat a level"),
                        Better::Lower, FigureStyle::Count, [](const Report& r) -> Value { return count(r.vacant.structural); }});
        list.push_back({"vacantTensor", tr("Vacant, tensor"), {}, tr("Other codes that no element of the tensor has"), Better::Lower,
                        FigureStyle::Count, [](const Report& r) -> Value { return count(r.vacant.tensor); }});
        list.push_back({"vacantBlock", tr("Vacant, block mean"), {}, tr("Codes unused in a block, mean over blocks"), Better::Lower,
                        FigureStyle::Fixed, [](const Report& r) -> Value { return r.vacant.blockMean; }});
        list.push_back({"vacantExpected", tr("Vacant, block expected"), {},
                        tr("The same for elements drawn independently with the tensor's frequencies"), Better::Neither,
                        FigureStyle::Fixed, [](const Report& r) -> Value { return r.vacant.blockExpected; }});
        list.push_back({"vacantHeadroom", tr("Vacant, headroom mean"), {},
                        tr("Levels beyond a block's highest and lowest used level, mean over blocks"), Better::Lower,
                        FigureStyle::Fixed, [](const Report& r) -> Value { return r.vacant.headroomMean; }});
    }

    void addInput(std::vector<Figure>& list)
    {
        list.push_back({"excluded", tr("Excluded elements"), {}, tr("Elements of blocks that hold a NaN or infinity"), Better::Lower,
                        FigureStyle::Count, [](const Report& r) -> Value { return count(r.excluded); }});
        list.push_back({"nan", tr("NaN"), {}, tr("NaN in the tensor"), Better::Neither, FigureStyle::Count,
                        [](const Report& r) -> Value { return count(r.nanCount); }});
        list.push_back({"infinity", tr("Infinity"), {}, tr("Infinities in the tensor"), Better::Neither, FigureStyle::Count,
                        [](const Report& r) -> Value { return count(r.infinityCount); }});
        list.push_back({"saturated", tr("Saturated"), {}, tr("Elements that decode beyond the largest float32"), Better::Lower,
                        FigureStyle::Count, [](const Report& r) -> Value { return count(r.saturated); }});
    }

    void addBounds(std::vector<Figure>& list)
    {
        list.push_back({"shannon", tr("Bound: Shannon"), tr("dB"), tr("Highest SQNR that any code of the payload bits can reach"),
                        Better::Neither, FigureStyle::Decibel, [](const Report& r) { return r.bounds.shannonDecibel; }});
        list.push_back({"panterDite", tr("Bound: Panter-Dite"), tr("dB"),
                        tr("SQNR of the best fixed-rate scalar quantizer with many levels"), Better::Neither, FigureStyle::Decibel,
                        [](const Report& r) { return r.bounds.panterDiteDecibel; }});
        list.push_back({"lloydMax", tr("Bound: Lloyd-Max"), tr("dB"), tr("SQNR of the best codebook for the tensor as a whole"),
                        Better::Neither, FigureStyle::Decibel, [](const Report& r) { return r.bounds.lloydMaxDecibel; }});
        list.push_back({"time", tr("Time"), tr("ms"), tr("Wall time of this analysis, not of the format in hardware"), Better::Neither,
                        FigureStyle::Number, [](const Report& r) -> Value { return r.seconds * 1000; }});
    }

}  // namespace

std::vector<Figure> figureList()
{
    std::vector<Figure> list;
    addCost(list);
    addError(list);
    addFractions(list);
    addVacancies(list);
    addInput(list);
    addBounds(list);
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

}  // namespace nanoscope
