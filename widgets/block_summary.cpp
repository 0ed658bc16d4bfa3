#include "widgets/block_summary.h"

#include "widgets/number_text.h"

#include <QCoreApplication>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::BlockBits)
};

QString placeOf(const BlockTrace& trace)
{
    const auto first = static_cast<qulonglong>(trace.column);
    const auto length = static_cast<qulonglong>(trace.elements.size());
    return Text::tr("row %1, columns %2 to %3")
        .arg(static_cast<qulonglong>(trace.row))
        .arg(first)
        .arg(first + length - 1);
}

/// Values of one metadata field over all units: "NanoMantissa 1: × 1.25".
QString metaDescription(const BlockTrace& trace, std::size_t first)
{
    QStringList values;
    QStringList meanings;
    for (std::size_t i = first; i < trace.meta.size(); ++i) {
        if (trace.meta[i].name != trace.meta[first].name)
            continue;
        values << QString::number(trace.meta[i].value);
        if (!trace.meta[i].meaning.empty())
            meanings << QString::fromStdString(trace.meta[i].meaning);
    }
    const QString name = QString::fromStdString(trace.meta[first].name) + u' ' + values.join(u' ');
    return meanings.isEmpty() ? name : name + QStringLiteral(": ") + meanings.join(QStringLiteral(", "));
}

bool isFirstOfItsName(const BlockTrace& trace, std::size_t index)
{
    for (std::size_t i = 0; i < index; ++i)
        if (trace.meta[i].name == trace.meta[index].name)
            return false;
    return true;
}

}  // namespace

QString scaleDescription(const BlockTrace& trace, std::size_t index)
{
    const int hexDigits = (trace.scaleBits + 3) / 4;
    const QString code = QStringLiteral("0x%1").arg(trace.scales[index].code, hexDigits, 16, QLatin1Char('0'));
    const QString text = index < trace.scaleText.size() ? QString::fromStdString(trace.scaleText[index])
                                                        : shortNumberText(trace.scales[index].value, 6);
    return QStringLiteral("%1 = %2").arg(code, text);
}

QStringList blockSummary(const BlockTrace& trace)
{
    QStringList parts;
    if (!trace.elements.empty())
        parts << placeOf(trace);
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
    for (std::size_t i = 0; i < trace.meta.size(); ++i)
        if (isFirstOfItsName(trace, i))
            parts << metaDescription(trace, i);
    parts << Text::tr("SQNR %1").arg(decibelText(trace.sqnrDecibel));
    return parts;
}

}  // namespace nanoscope
