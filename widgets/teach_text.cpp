#include "widgets/teach_text.h"

#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::TeachView)
};

QString number(double value)
{
    return shortNumberText(value, 4);
}

/// "above 2.5 and up to 3.5", or one end of it.
QString intervalText(const ElementTrace& element)
{
    if (std::isinf(element.lowerBound) && std::isinf(element.upperBound))
        return Text::tr("any value");
    if (std::isinf(element.upperBound))
        return Text::tr("beyond %1").arg(number(element.lowerBound));
    if (std::isinf(element.lowerBound))
        return Text::tr("below %1").arg(number(element.upperBound));
    return Text::tr("between %1 and %2").arg(number(element.lowerBound), number(element.upperBound));
}

QString encodedText(const ElementTrace& element)
{
    const QString value = number(static_cast<double>(element.value));
    const QString decoded = number(static_cast<double>(element.decoded));
    if (element.scale == 0.0)
        return Text::tr("%1 is stored as %2: nothing scales it.").arg(value, decoded);
    const QString scale = number(element.scale);
    QString text = element.offset != 0.0
        ? Text::tr("(%1 − %2) ÷ scale %3 = %4").arg(value, number(element.offset), scale, number(element.scaled))
        : Text::tr("%1 ÷ scale %2 = %3").arg(value, scale, number(element.scaled));
    if (element.exception)
        text += Text::tr("; stored more finely than its neighbors: %1").arg(number(element.refinedLevel));
    else
        text += Text::tr(", %1, takes level %2 (code %3)")
                    .arg(intervalText(element), levelText(element.level), QString::fromStdString(element.bits));
    text += element.offset != 0.0 ? Text::tr("; × %1 + %2 = %3").arg(scale, number(element.offset), decoded)
                                  : Text::tr("; × %1 = %2").arg(scale, decoded);
    text += Text::tr("; error %1").arg(number(element.error));
    if (element.clipped)
        text += Text::tr(" (clipped: beyond the outermost level)");
    return text + u'.';
}

bool differs(float now, float before)
{
    return !(now == before) && !(std::isnan(now) && std::isnan(before));
}

QString flippedText(const LabBlock& block)
{
    const auto flips
        = std::count_if(block.bits.begin(), block.bits.end(), [](const StoredBit& bit) { return bit.isFlipped; });
    if (flips == 0)
        return {};
    if (!block.isReadable)
        return Text::tr("With the flipped bits the block ends too early: it cannot be read.");
    int others = 0;
    for (std::size_t i = 0; i < block.decoded.size(); ++i)
        others += i != block.element && differs(block.decoded[i], block.trace.elements[i].decoded) ? 1 : 0;
    const float now = block.decoded[block.element];
    const float before = block.trace.elements[block.element].decoded;
    QString text = Text::tr("%n bit(s) flipped: ", nullptr, static_cast<int>(flips));
    text += differs(now, before) ? Text::tr("this value is now %1 instead of %2")
                                       .arg(std::isnan(now) ? Text::tr("no number") : number(static_cast<double>(now)),
                                           number(static_cast<double>(before)))
                                 : Text::tr("this value stays %1").arg(number(static_cast<double>(before)));
    return text + Text::tr("; %n other value(s) changed.", nullptr, others);
}

const SlotLevel* levelOf(const LabBlock& block, std::uint32_t code)
{
    const auto found = std::find_if(
        block.levels.begin(), block.levels.end(), [code](const SlotLevel& level) { return level.code == code; });
    return found == block.levels.end() ? nullptr : &*found;
}

}  // namespace

QString derivationText(const LabBlock& block)
{
    if (block.trace.bad)
        return Text::tr("The block holds NaN or infinity: it is left out and decodes to NaN.");
    const QString flipped = flippedText(block);
    const QString encoded = encodedText(block.trace.elements[block.element]);
    return flipped.isEmpty() ? encoded : encoded + u'\n' + flipped;
}

TeachVerdict verdictOn(const LabBlock& block, std::uint32_t code)
{
    const SlotLevel* answer = levelOf(block, code);
    const float now = block.decoded[block.element];
    const ElementTrace& element = block.trace.elements[block.element];
    const auto value = static_cast<double>(element.value);
    if (!answer)
        return {false, Text::tr("That is no code of this element.")};
    const QString derivation = encodedText(element);
    if (answer->value == now)
        return {true, Text::tr("Right: %1").arg(derivation)};
    const double away = std::fabs(static_cast<double>(answer->value) - value);
    const double best = std::fabs(static_cast<double>(now) - value);
    QString text = Text::tr("Not quite: %1 is %2 away from the value, %3 is %4 away.")
                       .arg(number(static_cast<double>(answer->value)), number(away), number(static_cast<double>(now)),
                           number(best));
    if (away == best)
        text += u' ' + Text::tr("Both are as near; the format's rule for ties decides.");
    return {false, text + u' ' + derivation};
}

std::optional<std::uint32_t> codeFromText(const LabBlock& block, const QString& text)
{
    QString digits = text;
    digits.remove(u' ');
    bool isNumber = false;
    const std::uint32_t code = digits.toUInt(&isNumber, 2);
    const bool fits = isNumber && digits.size() == codeText(block, 0).size() && levelOf(block, code);
    return fits ? std::optional(code) : std::nullopt;
}

QString codeText(const LabBlock& block, std::uint32_t code)
{
    int width = 0;
    while ((std::size_t{1} << width) < block.levels.size())
        ++width;
    return QStringLiteral("%1").arg(code, width, 2, QLatin1Char('0'));
}

}  // namespace nanoscope
