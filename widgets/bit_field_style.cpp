#include "widgets/bit_field_style.h"

#include "widgets/theme.h"

#include <QCoreApplication>
#include <QStringList>

namespace nanoscope {
namespace {

/// Text on a field's color, which does not break at its blanks.
QString chip(const Theme& theme, BitField field, const QString& text)
{
    return QStringLiteral("<span style=\"background-color:%1;color:%2;font-weight:bold;\">&nbsp;%3&nbsp;</span>")
        .arg(fieldColor(theme, field).name(), theme.fieldText.name(), text);
}

}  // namespace

std::vector<BitGroup> bitGroups(const std::vector<BitField>& fields)
{
    std::vector<BitGroup> groups;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (groups.empty() || groups.back().field != fields[i])
            groups.push_back({fields[i], i, 0});
        ++groups.back().length;
    }
    return groups;
}

QChar fieldLetter(BitField field)
{
    switch (field) {
    case BitField::Sign:
        return u'S';
    case BitField::Exponent:
        return u'E';
    case BitField::Mantissa:
        return u'M';
    case BitField::Magnitude:
        return u'I';
    case BitField::Regime:
        return u'P';
    case BitField::Index:
        return u'T';
    }
    return u'?';
}

QString fieldName(BitField field)
{
    switch (field) {
    case BitField::Sign:
        return QCoreApplication::translate("nanoscope::BitField", "sign");
    case BitField::Exponent:
        return QCoreApplication::translate("nanoscope::BitField", "exponent");
    case BitField::Mantissa:
        return QCoreApplication::translate("nanoscope::BitField", "mantissa");
    case BitField::Magnitude:
        return QCoreApplication::translate("nanoscope::BitField", "integer magnitude");
    case BitField::Regime:
        return QCoreApplication::translate("nanoscope::BitField", "posit regime, exponent and fraction");
    case BitField::Index:
        return QCoreApplication::translate("nanoscope::BitField", "place in a table");
    }
    return {};
}

QColor fieldColor(const Theme& theme, BitField field)
{
    switch (field) {
    case BitField::Sign:
        return theme.signField;
    case BitField::Exponent:
        return theme.exponentField;
    case BitField::Mantissa:
        return theme.mantissaField;
    case BitField::Magnitude:
        return theme.magnitudeField;
    case BitField::Regime:
        return theme.exponentField;
    case BitField::Index:
        return theme.mantissaField;
    }
    return theme.text;
}

QString bitsHtml(const Theme& theme, const QString& bits, const std::vector<BitField>& fields)
{
    QStringList parts;
    for (const BitGroup& group : bitGroups(fields)) {
        const QString digits
            = bits.mid(static_cast<qsizetype>(group.first), static_cast<qsizetype>(group.length)).toHtmlEscaped();
        parts << QString(fieldLetter(group.field)) + QStringLiteral("&nbsp;") + chip(theme, group.field, digits);
    }
    return parts.join(QStringLiteral("&nbsp; "));
}

QString fieldLegendHtml(const Theme& theme, const std::vector<BitField>& fields)
{
    QStringList parts;
    for (const BitField field : fields)
        parts << chip(theme, field, QString(fieldLetter(field))) + QStringLiteral("&nbsp;")
                + fieldName(field).toHtmlEscaped().replace(u' ', QStringLiteral("&nbsp;"));
    return parts.join(QStringLiteral("&nbsp;&nbsp; "));
}

}  // namespace nanoscope
