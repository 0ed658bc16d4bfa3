#include "widgets/teach_cell.h"

#include "core/format/format_storage.h"
#include "widgets/bit_field_style.h"
#include "widgets/metadata_name.h"
#include "widgets/number_text.h"
#include "widgets/theme.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace nanoscope {
namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::TeachView)
};

TeachField fieldOf(BitField field)
{
    switch (field) {
    case BitField::Sign:
        return TeachField::Sign;
    case BitField::Exponent:
        return TeachField::Exponent;
    case BitField::Mantissa:
        return TeachField::Mantissa;
    case BitField::Magnitude:
        return TeachField::Magnitude;
    case BitField::Regime:
        return TeachField::Regime;
    case BitField::Index:
        return TeachField::Index;
    }
    return TeachField::Index;
}

BitField bitFieldOf(TeachField field)
{
    switch (field) {
    case TeachField::Sign:
        return BitField::Sign;
    case TeachField::Exponent:
        return BitField::Exponent;
    case TeachField::Mantissa:
        return BitField::Mantissa;
    case TeachField::Magnitude:
        return BitField::Magnitude;
    case TeachField::Regime:
        return BitField::Regime;
    default:
        return BitField::Index;
    }
}

bool isShared(TeachField field)
{
    return field == TeachField::SharedScale || field == TeachField::NanoMantissa || field == TeachField::Selector
        || field == TeachField::OtherMetadata;
}

TeachField fieldOfMetadata(const std::string& name)
{
    if (name == kNanoMantissa || name == kSubgroupMantissa || name == kMicroexponent)
        return TeachField::NanoMantissa;
    return name == kCodebook || name == kPart ? TeachField::Selector : TeachField::OtherMetadata;
}

/// As many digits as a cell has room for.
QString valueText(float value)
{
    const bool isTiny = value != 0.0F && std::fabs(value) < 1e-3F;
    return std::isnan(value) ? Text::tr("no number") : shortNumberText(static_cast<double>(value), isTiny ? 2 : 4);
}

/// "2^-3" as 2⁻³, and a long factor before it rounded.
QString scaleReading(const std::string& text)
{
    QString reading = QString::fromStdString(text);
    if (const QString factor = reading.section(QStringLiteral(" × "), 0, 0);
        factor.size() > 8 && factor.size() < reading.size())
        reading.replace(0, factor.size(), shortNumberText(factor.toDouble(), 5));
    const qsizetype power = reading.indexOf(u'^');
    bool isNumber = false;
    const int exponent = reading.mid(power + 1).toInt(&isNumber);
    return power < 0 || !isNumber ? reading : reading.left(power) + superscriptText(exponent);
}

/// Bits of one stored value, most significant first.
std::vector<TeachBit> bitsOf(const LabBlock& block, StoredBitKind kind, std::uint32_t field, std::uint32_t unit)
{
    std::vector<std::pair<int, TeachBit>> found;
    for (std::size_t place = 0; place < block.bits.size(); ++place) {
        const StoredBit& bit = block.bits[place];
        if (bit.kind == kind && bit.field == field && bit.unit == unit)
            found.push_back({bit.bit, {place, TeachField::SharedScale, bit.isSet, bit.isFlipped}});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<TeachBit> bits;
    for (const auto& [bit, drawn] : found)
        bits.push_back(drawn);
    return bits;
}

void setFields(std::vector<TeachBit>& bits, const std::vector<BitField>& fields, bool isException)
{
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (isException)  // sign and finer mantissa
            bits[i].field = i == 0 ? TeachField::Sign : TeachField::Mantissa;
        else
            bits[i].field = i < fields.size() ? fieldOf(fields[i]) : TeachField::Index;
    }
}

bool isFlipped(const TeachCell& cell)
{
    return std::any_of(cell.bits.begin(), cell.bits.end(), [](const TeachBit& bit) { return bit.isFlipped; });
}

}  // namespace

QChar teachLetter(TeachField field)
{
    switch (field) {
    case TeachField::SharedScale:
        return u'X';
    case TeachField::NanoMantissa:
        return u'N';
    case TeachField::Selector:
        return u'B';
    case TeachField::OtherMetadata:
        return u'D';
    default:
        return fieldLetter(bitFieldOf(field));
    }
}

QString teachFieldName(TeachField field)
{
    switch (field) {
    case TeachField::SharedScale:
        return Text::tr("shared scale");
    case TeachField::NanoMantissa:
        return Text::tr("NanoMantissa or micro-scale");
    case TeachField::Selector:
        return Text::tr("codebook selector");
    case TeachField::OtherMetadata:
        return Text::tr("other metadata");
    default:
        return fieldName(bitFieldOf(field));
    }
}

// Each is at least 4.5:1 to the text on it.
QColor teachColor(const Theme& theme, TeachField field)
{
    switch (field) {
    case TeachField::SharedScale:
        return theme.dark ? QColor(0xb4, 0xbd, 0xca) : QColor(0x4b, 0x55, 0x63);
    case TeachField::NanoMantissa:
        return theme.vacant;
    case TeachField::Selector:
        return theme.dark ? QColor(0xd9, 0xc2, 0x4d) : QColor(0x74, 0x5c, 0x00);
    case TeachField::OtherMetadata:
        return theme.dark ? QColor(0xe0, 0x9c, 0x8f) : QColor(0x8a, 0x3b, 0x2e);
    default:
        return fieldColor(theme, bitFieldOf(field));
    }
}

QString teachLegend(const Theme& theme, const std::vector<TeachCell>& cells)
{
    std::vector<TeachField> fields;
    for (const TeachCell& cell : cells)
        for (const TeachBit& bit : cell.bits)
            if (std::find(fields.begin(), fields.end(), bit.field) == fields.end())
                fields.push_back(bit.field);
    std::stable_sort(
        fields.begin(), fields.end(), [](TeachField a, TeachField b) { return isShared(a) && !isShared(b); });
    QStringList parts;
    for (const TeachField field : fields)
        parts << QStringLiteral("<span style=\"background-color:%1;color:%2;font-weight:bold;\">&nbsp;%3&nbsp;</span>"
                                "&nbsp;%4")
                     .arg(teachColor(theme, field).name(), theme.fieldText.name(), QString(teachLetter(field)),
                         teachFieldName(field).toHtmlEscaped().replace(u' ', QStringLiteral("&nbsp;")));
    return parts.join(QStringLiteral("&nbsp;&nbsp;&nbsp; "));
}

std::vector<TeachCell> sharedCells(const LabBlock& block)
{
    std::vector<TeachCell> cells;
    for (std::uint32_t s = 0; s < block.trace.scales.size(); ++s) {
        TeachCell cell;
        cell.title = block.trace.scales.size() == 1 ? Text::tr("shared scale")
            : s == 0                                ? Text::tr("scale of positives")
                                                    : Text::tr("scale of others");
        cell.bits = bitsOf(block, StoredBitKind::Scale, 0, s);
        cell.decoded = scaleReading(s < block.scaleText.size() ? block.scaleText[s] : block.trace.scaleText[s]);
        if (!cell.bits.empty())
            cells.push_back(cell);
    }
    const std::vector<MetaTrace>& meta = block.meta.empty() ? block.trace.meta : block.meta;
    for (const MetaTrace& value : meta) {
        const auto name = std::find(block.metaNames.begin(), block.metaNames.end(), value.name);
        if (name == block.metaNames.end())
            continue;
        TeachCell cell;
        const bool isOne = std::count_if(meta.begin(), meta.end(), [&value](const MetaTrace& other) {
            return other.name == value.name;
        }) == 1;
        cell.title = metadataName(value.name);
        if (!isOne)
            cell.title += u' ' + QString::number(value.unit);
        cell.bits = bitsOf(block, StoredBitKind::Metadata, static_cast<std::uint32_t>(name - block.metaNames.begin()),
            static_cast<std::uint32_t>(value.unit));
        for (TeachBit& bit : cell.bits)
            bit.field = fieldOfMetadata(value.name);
        cell.decoded = value.meaning.empty() ? QString::number(value.value) : scaleReading(value.meaning);
        if (!cell.bits.empty())
            cells.push_back(cell);
    }
    for (TeachCell& cell : cells)
        cell.isChanged = isFlipped(cell);
    return cells;
}

std::vector<TeachCell> elementCells(const LabBlock& block, int hidden)
{
    std::vector<TeachCell> cells;
    double largest = 0.0;
    for (const ElementTrace& element : block.trace.elements)
        largest = std::max(largest, std::fabs(static_cast<double>(element.value)));
    for (const ElementTrace& element : block.trace.elements) {
        const auto i = static_cast<std::size_t>(element.index);
        TeachCell cell;
        cell.element = static_cast<int>(i);
        cell.title = QString::number(cell.element);
        cell.bits = bitsOf(block, StoredBitKind::Code, 0, static_cast<std::uint32_t>(i));
        static const std::vector<BitField> none;
        const std::uint32_t book = block.books[i];
        const bool isSlot = element.exception
            && std::find(block.metaNames.begin(), block.metaNames.end(), kExceptionMantissa) != block.metaNames.end();
        setFields(cell.bits, book < block.trace.bitFields.size() ? block.trace.bitFields[book] : none, isSlot);
        cell.number = static_cast<double>(element.value);
        cell.value = valueText(element.value);
        cell.decoded = valueText(block.decoded[i]);
        cell.isChanged
            = !(block.decoded[i] == element.decoded) && !(std::isnan(block.decoded[i]) && std::isnan(element.decoded));
        cell.isLargest = largest > 0 && std::fabs(cell.number) == largest;
        cell.isHidden = cell.element == hidden;
        cells.push_back(cell);
    }
    return cells;
}

QString exactFloatText(float value)
{
    std::array<char, 32> text{};
    const std::to_chars_result end = std::to_chars(text.data(), text.data() + text.size(), value);
    return QString::fromLatin1(text.data(), end.ptr - text.data());
}

QString teachSentence(const TeachCell& cell)
{
    const QString name = cell.element < 0 ? cell.title : Text::tr("element %1, value %2").arg(cell.title, cell.value);
    if (cell.isHidden)
        return Text::tr("%1: its code is hidden").arg(name);
    QString bits;
    for (std::size_t i = 0; i < cell.bits.size(); ++i) {
        if (i == 0 || cell.bits[i].field != cell.bits[i - 1].field)
            bits += (i == 0 ? QString() : QStringLiteral(", ")) + teachFieldName(cell.bits[i].field) + u' ';
        bits += cell.bits[i].isSet ? u'1' : u'0';
    }
    QString text = Text::tr("%1: %2; decodes to %3").arg(name, bits, cell.decoded);
    if (cell.isChanged)
        text += Text::tr("; changed by flipped bits");
    return text;
}

}  // namespace nanoscope
