#include "widgets/number_list.h"

#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <cmath>

namespace nanoscope {
namespace {

QStringList partsOf(QString text)
{
    static const QRegularExpression separator(QStringLiteral("[\\s,;\\[\\]]+"));
    text.replace(QChar(0x2212), u'-');
    return text.split(separator, Qt::SkipEmptyParts);
}

}  // namespace

std::optional<std::vector<int>> integersFromText(const QString& text)
{
    std::vector<int> values;
    for (const QString& part : partsOf(text)) {
        bool isNumber = false;
        values.push_back(QLocale::c().toInt(part, &isNumber));
        if (!isNumber)
            return std::nullopt;
    }
    return values;
}

std::optional<std::vector<double>> numbersFromText(const QString& text)
{
    std::vector<double> values;
    for (const QString& part : partsOf(text)) {
        bool isNumber = false;
        values.push_back(QLocale::c().toDouble(part, &isNumber));
        if (!isNumber || !std::isfinite(values.back()))
            return std::nullopt;
    }
    return values;
}

QString textFromIntegers(const std::vector<int>& values)
{
    QStringList parts;
    for (const int value : values)
        parts << QString::number(value);
    return parts.join(QStringLiteral(", "));
}

QString textFromNumbers(const std::vector<double>& values)
{
    QStringList parts;
    for (const double value : values)
        parts << exactText(value);
    return parts.join(QStringLiteral(", "));
}

QString exactText(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

}  // namespace nanoscope
