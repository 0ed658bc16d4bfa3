#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"
#include "widgets/study_content.h"

#include "core/format/format_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

constexpr int kRatioDigits = 5;  // 65536 in full

struct StudyText {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::StudyText)
};

/// Field of each bit as letters, most significant first: S sign, E exponent, M mantissa, I integer. Empty where bits
/// have no fields of their own (posits, tables).
QString fieldsOf(const ElementBook& book)
{
    switch (book.kind) {
    case BookKind::Float:
        return QStringLiteral("S") + QString(book.exponentBits, QLatin1Char('E'))
            + QString(book.mantissaBits, QLatin1Char('M'));
    case BookKind::Integer:
        return book.midRise ? QString(book.bits, QLatin1Char('I'))
                            : QStringLiteral("S") + QString(book.bits - 1, QLatin1Char('I'));
    default:
        return {};
    }
}

QString fieldsOf(ScaleCodecId codec)
{
    const auto fields = [](int sign, int exponent, int mantissa) {
        return QString(sign, QLatin1Char('S')) + QString(exponent, QLatin1Char('E'))
            + QString(mantissa, QLatin1Char('M'));
    };
    switch (codec) {
    case ScaleCodecId::E8M0:
        return fields(0, 8, 0);
    case ScaleCodecId::E5M0:
        return fields(0, 5, 0);
    case ScaleCodecId::E8M1:
        return fields(0, 8, 1);
    case ScaleCodecId::E8M2:
        return fields(0, 8, 2);
    case ScaleCodecId::E8M3:
        return fields(0, 8, 3);
    case ScaleCodecId::E4M3:
        return fields(1, 4, 3);
    case ScaleCodecId::UE5M3:
        return fields(0, 5, 3);
    case ScaleCodecId::E5M2:
        return fields(1, 5, 2);
    case ScaleCodecId::E3M3:
        return fields(0, 3, 3);
    case ScaleCodecId::FP16:
        return fields(1, 5, 10);
    case ScaleCodecId::BF16:
        return fields(1, 8, 7);
    case ScaleCodecId::FP32:
        return fields(1, 8, 23);
    default:
        return {};
    }
}

QString fieldName(QChar letter)
{
    switch (letter.toLatin1()) {
    case 'S':
        return StudyText::tr("sign");
    case 'E':
        return StudyText::tr("exponent");
    case 'M':
        return StudyText::tr("mantissa");
    case 'I':
        return StudyText::tr("integer");
    default:
        return QString(QChar(0x2013));
    }
}

/// Letter of a bit counted from the least significant one; null without fields.
QChar letterOf(const QString& fields, int bit)
{
    const auto at = fields.size() - 1 - bit;
    return at >= 0 && at < fields.size() ? fields[at] : QChar();
}

/// Which letters of `fields` mean what, for the title line.
QString letterKey(const QString& fields)
{
    QStringList parts;
    for (const char letter : {'S', 'E', 'M', 'I'})
        if (fields.contains(QLatin1Char(letter)))
            parts << QStringLiteral("%1 %2").arg(QLatin1Char(letter)).arg(fieldName(QLatin1Char(letter)));
    return parts.join(QStringLiteral(", "));
}

/// What one bit does: in units of RMS.
struct BitBar {
    int bit = 0;
    double mean = 0.0;
    double largest = 0.0;
};

/// Axes, categories and both series; the most significant bit stands on the left, as in a code that is written down.
void addBars(StudyContent& content, const std::vector<BitBar>& bars, const QString& fields)
{
    const int count = static_cast<int>(bars.size());
    double lowest = std::numeric_limits<double>::infinity();
    double highest = 0.0;
    StudySeries means{StudyText::tr("mean"), StudyForm::Bars, StudyMark::None, StudyInk::A, {}, {}, true};
    StudySeries largest{StudyText::tr("largest"), StudyForm::Marks, StudyMark::Diamond, StudyInk::B, {}, {}, true};
    for (int i = 0; i < count; ++i) {
        const BitBar& bar = bars[static_cast<std::size_t>(count - 1 - i)];
        const QChar letter = letterOf(fields, bar.bit);
        content.categories << (letter.isNull() ? QString::number(bar.bit)
                                               : QStringLiteral("%1\n%2").arg(bar.bit).arg(letter));
        means.points << QPointF(i, bar.mean);
        largest.points << QPointF(i, bar.largest);
        for (const double value : {bar.mean, bar.largest})
            if (value > 0 && std::isfinite(value)) {
                lowest = std::min(lowest, value);
                highest = std::max(highest, value);
            }
    }
    content.x = {StudyText::tr("bit of the code"), AxisScale::Linear, -0.6, count - 0.4, {}};
    content.y.scale = AxisScale::Log10;
    content.y.lowest = highest > 0 ? niceFloor(0.6 * lowest) : 0.1;
    content.y.highest = highest > 0 ? niceCeiling(1.2 * highest) : 1.0;
    content.series = {std::move(means), std::move(largest)};
}

QString worstBitText(const std::vector<BitBar>& bars, const QString& fields)
{
    const auto worst
        = std::max_element(bars.begin(), bars.end(), [](const BitBar& a, const BitBar& b) { return a.mean < b.mean; });
    const QChar letter = letterOf(fields, worst->bit);
    const QString name = letter.isNull() ? QString::number(worst->bit)
                                         : StudyText::tr("%1 (%2)").arg(worst->bit).arg(fieldName(letter));
    return StudyText::tr("Bit %1 does most on average: %2 RMS").arg(name, shortNumberText(worst->mean, 3));
}

StudyContent codeFlipContent(const CodeFlips& flips, const QString& name, const QString& fields)
{
    StudyContent content;
    content.title = StudyText::tr("One flipped bit of an element code");
    content.detail = fields.isEmpty() ? name : StudyText::tr("%1 · %2").arg(name, letterKey(fields));
    content.y.title = StudyText::tr("change of the level / RMS");
    content.table.columns
        = {StudyText::tr("Bit"), StudyText::tr("Field"), StudyText::tr("Mean / RMS"), StudyText::tr("Largest / RMS"),
            StudyText::tr("Mean, levels"), StudyText::tr("Largest, levels"), StudyText::tr("No number")};
    std::vector<BitBar> bars;
    double invalid = 0.0;
    for (const CodeBitFlip& flip : flips.bits) {
        bars.push_back({flip.bit, flip.meanRelative, flip.largestRelative});
        invalid = std::max(invalid, flip.invalidShare);
        content.table.rows.push_back({QString::number(flip.bit), fieldName(letterOf(fields, flip.bit)),
            shortNumberText(flip.meanRelative), shortNumberText(flip.largestRelative), shortNumberText(flip.meanChange),
            shortNumberText(flip.largestChange), percentText(flip.invalidShare)});
    }
    if (bars.empty())
        return emptyStudyContent(StudyPage::BitFlips, StudyText::tr("No element has a level of its own"));
    std::reverse(content.table.rows.begin(), content.table.rows.end());  // the highest bit first
    addBars(content, bars, fields);
    content.note = worstBitText(bars, fields)
        + (invalid > 0 ? StudyText::tr("; one bit makes no number of up to %1 of the codes").arg(percentText(invalid))
                       : StudyText::tr("; no flip leaves the range of the codes"));
    return content;
}

StudyContent scaleFlipContent(const ScaleFlips& flips, const FormatSpec& spec)
{
    const QString fields = fieldsOf(spec.scale.codec);
    StudyContent content;
    content.title = StudyText::tr("One flipped bit of a shared scale");
    content.detail = fields.isEmpty()
        ? StudyText::tr("all elements of the block change at once")
        : StudyText::tr("all elements of the block change at once · %1").arg(letterKey(fields));
    content.y.title = StudyText::tr("change / RMS of the block");
    content.table.columns = {StudyText::tr("Bit"), StudyText::tr("Field"), StudyText::tr("Scale after / before, least"),
        StudyText::tr("most"), StudyText::tr("Mean change / RMS"), StudyText::tr("No number")};
    std::vector<BitBar> bars;
    for (const ScaleBitFlip& flip : flips.bits) {
        // The RMS change of a block is |ratio - 1| of its own RMS.
        const double worst = std::max(std::fabs(flip.smallestRatio - 1), std::fabs(flip.largestRatio - 1));
        bars.push_back({flip.bit, flip.meanChange, worst});
        content.table.rows.push_back({QString::number(flip.bit), fieldName(letterOf(fields, flip.bit)),
            shortNumberText(flip.smallestRatio, kRatioDigits), shortNumberText(flip.largestRatio, kRatioDigits),
            shortNumberText(flip.meanChange), percentText(flip.invalidShare)});
    }
    std::reverse(content.table.rows.begin(), content.table.rows.end());  // the highest bit first
    addBars(content, bars, fields);
    content.series.front().name = StudyText::tr("mean |change| over blocks");
    content.series.back().name = StudyText::tr("RMS change of the worst block");
    content.note = worstBitText(bars, fields) + StudyText::tr(" of the block");
    return content;
}

QString bookName(const FormatSpec& spec, std::uint32_t book)
{
    return book < spec.elements.size() ? QString::fromStdString(spec.elements[book].id)
                                       : StudyText::tr("codebook %1").arg(book);
}

}  // namespace

QStringList bitFlipParts(const BitFlipStudy& study, const FormatSpec& spec)
{
    QStringList parts;
    if (study.books.size() != 1)
        parts << StudyText::tr("Element code, all codebooks");
    for (const CodeFlips& flips : study.books)
        parts << StudyText::tr("Element code %1").arg(bookName(spec, flips.book.value_or(0)));
    if (!study.scale.bits.empty())
        parts << StudyText::tr("Shared scale");
    return parts;
}

StudyContent bitFlipContent(const BitFlipStudy& study, const FormatSpec& spec, int part)
{
    const bool hasScale = !study.scale.bits.empty();
    const int count = static_cast<int>(bitFlipParts(study, spec).size());
    if (hasScale && part == count - 1)
        return scaleFlipContent(study.scale, spec);
    const int book = study.books.size() == 1 ? 0 : part - 1;
    if (book < 0 || book >= static_cast<int>(study.books.size()))
        return codeFlipContent(study.pooled, StudyText::tr("all codebooks"), {});
    const CodeFlips& flips = study.books[static_cast<std::size_t>(book)];
    const std::uint32_t index = flips.book.value_or(0);
    const bool isOwn = !spec.mix && index < spec.elements.size();
    return codeFlipContent(flips, bookName(spec, index), isOwn ? fieldsOf(spec.elements[index]) : QString());
}

}  // namespace nanoscope
