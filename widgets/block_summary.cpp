#include "widgets/block_summary.h"

#include "core/format/format_storage.h"
#include "widgets/basis_text.h"
#include "widgets/metadata_name.h"
#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::BlockBits)
};

/// A meaning that is a long number is rounded.
QString shortMeaning(const std::string& meaning)
{
    const QString text = QString::fromStdString(meaning);
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return isNumber ? shortNumberText(number, 4) : text;
}

QString placeOf(const BlockTrace& trace)
{
    const auto first = static_cast<qulonglong>(trace.column);
    const auto length = static_cast<qulonglong>(trace.elements.size());
    return Text::tr("row %1, columns %2 to %3")
        .arg(static_cast<qulonglong>(trace.row))
        .arg(first)
        .arg(first + length - 1);
}

constexpr qsizetype kLongFactor = 9;     // digits of a scale's mantissa, beyond which it is rounded
constexpr std::size_t kShownValues = 8;  // of a metadata field; a row can hold thousands

/// Values of one metadata field over all units.
struct MetaValues {
    QString name;
    QStringList values;
    QStringList meanings;
    std::size_t count = 0;
};

/// Fields in their order, each with its first values.
std::vector<MetaValues> metaByName(const BlockTrace& trace)
{
    std::vector<MetaValues> fields;
    QHash<QString, std::size_t> places;
    for (const MetaTrace& meta : trace.meta) {
        const QString name = QString::fromStdString(meta.name);
        const auto place = places.constFind(name);
        if (place == places.cend()) {
            places.insert(name, fields.size());
            fields.push_back({name, {}, {}, 0});
        }
        MetaValues& field = fields[place == places.cend() ? fields.size() - 1 : *place];
        if (++field.count > kShownValues)
            continue;
        field.values << QString::number(meta.value);
        if (!meta.meaning.empty() && meta.name != kExceptionIndex)  // which says the same again
            field.meanings << shortMeaning(meta.meaning);
    }
    return fields;
}

/// "NanoMantissa 1: × 1.25"; what stands for itself as a number is not repeated as a code.
QString metaDescription(const MetaValues& field)
{
    const bool hasNumbers = !field.meanings.isEmpty()
        && std::all_of(field.meanings.begin(), field.meanings.end(), [](const QString& meaning) {
               return !meaning.isEmpty() && (meaning.front().isDigit() || meaning.front() == QChar(0x2212));
           });
    QString text = metadataName(field.name.toStdString()) + u' ';
    if (hasNumbers)
        text += field.meanings.join(QStringLiteral(", "));
    else
        text += field.values.join(u' ')
            + (field.meanings.isEmpty() ? QString() : QStringLiteral(": ") + field.meanings.join(QStringLiteral(", ")));
    return field.count > kShownValues ? Text::tr("%1 … (%2 in all)").arg(text).arg(field.count) : text;
}

}  // namespace

QString scaleDescription(const BlockTrace& trace, std::size_t index)
{
    const int hexDigits = (trace.scaleBits + 3) / 4;
    const QString code = QStringLiteral("0x%1").arg(trace.scales[index].code, hexDigits, 16, QLatin1Char('0'));
    QString text = index < trace.scaleText.size() ? QString::fromStdString(trace.scaleText[index])
                                                  : shortNumberText(trace.scales[index].value, 6);
    const QString factor = text.section(QStringLiteral(" × "), 0, 0);
    if (factor.size() > kLongFactor && factor.size() < text.size())
        text.replace(0, factor.size(), shortNumberText(factor.toDouble(), 7));
    return QStringLiteral("%1 = %2").arg(code, text);
}

QStringList blockSummary(const BlockTrace& trace)
{
    QStringList parts;
    if (!trace.elements.empty())
        parts << placeOf(trace);
    if (const QString basis = basisSentence(QString::fromStdString(trace.basis)); !basis.isEmpty())
        parts << basis;
    if (trace.bad)
        return parts << Text::tr("holds NaN or infinity: left out of every figure");
    if (trace.scales.size() == 1) {
        parts << Text::tr("scale %1").arg(scaleDescription(trace, 0));
    } else if (trace.scales.size() > 1) {
        parts << Text::tr("scale of positives %1").arg(scaleDescription(trace, 0));
        parts << Text::tr("scale of others %1").arg(scaleDescription(trace, 1));
    }
    if (trace.tensorScale != 1.0)
        parts << Text::tr("tensor scale %1").arg(shortNumberText(trace.tensorScale, 5));
    for (const MetaValues& field : metaByName(trace))
        if (field.count > 0)
            parts << metaDescription(field);
    parts << Text::tr("SQNR %1").arg(decibelText(trace.sqnrDecibel));
    return parts;
}

}  // namespace nanoscope
