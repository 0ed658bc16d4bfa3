#include "widgets/number_list.h"

#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr std::size_t kMostOfRange = 4096;
constexpr std::size_t kFewestOfRange = 6;  // to be written as one
constexpr int kRangeDigits = 12;           // significant ones of the numbers of a range

const QRegularExpression& partPattern()
{
    static const QRegularExpression pattern(QStringLiteral("[^\\s,;\\[\\](){}]+"));
    return pattern;
}

QStringList partsOf(const QString& text)
{
    QStringList parts;
    for (auto match = partPattern().globalMatch(text); match.hasNext();)
        parts << match.next().captured();
    return parts;
}

std::optional<double> numberOf(QString text)
{
    text.replace(QChar(0x2212), u'-');
    if (text.size() > 1 && (text.endsWith(u'f') || text.endsWith(u'F'))
        && (text.at(text.size() - 2).isDigit() || text.at(text.size() - 2) == u'.'))
        text.chop(1);
    bool isNumber = false;
    const double value = QLocale::c().toDouble(text, &isNumber);
    return isNumber && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// Decimal numbers, so that 0.5 + 7 * 0.02 is 0.64 and not its neighbor.
double rounded(double value)
{
    return QString::number(value, 'g', kRangeDigits).toDouble();
}

std::optional<std::vector<double>> rangeOf(double from, double to, double step)
{
    if (!(step > 0) || from == to)
        return std::nullopt;
    constexpr double kSlack = 1e-9;  // of a step: the end is one of the numbers
    const double steps = std::floor(std::fabs(to - from) / step + kSlack);
    if (!(steps < static_cast<double>(kMostOfRange)))
        return std::nullopt;
    std::vector<double> values;
    for (int i = 0; i <= static_cast<int>(steps); ++i)
        values.push_back(rounded(from + (to > from ? step : -step) * i));
    return values;
}

/// The numbers of one part: one, or a range of them.
std::optional<std::vector<double>> numbersOf(const QString& part)
{
    const QStringList ends = part.split(QStringLiteral(".."));
    if (ends.size() == 1) {
        const auto value = numberOf(part);
        return value ? std::optional(std::vector<double>{*value}) : std::nullopt;
    }
    if (ends.size() != 3)
        return std::nullopt;
    const auto from = numberOf(ends[0]);
    const auto to = numberOf(ends[1]);
    const auto step = numberOf(ends[2]);
    return from && to && step ? rangeOf(*from, *to, *step) : std::nullopt;
}

/// "0.5..1..0.1"; empty where the numbers are no range.
QString rangeText(const std::vector<double>& values)
{
    if (values.size() < kFewestOfRange)
        return {};
    const double step = rounded(std::fabs(values[1] - values[0]));
    const auto range = rangeOf(values.front(), values.back(), step);
    if (!range || *range != values)
        return {};
    return QStringList{exactText(values.front()), exactText(values.back()), exactText(step)}.join(QStringLiteral(".."));
}

}  // namespace

std::optional<std::vector<int>> integersFromText(const QString& text)
{
    std::vector<int> values;
    for (QString part : partsOf(text)) {
        bool isNumber = false;
        values.push_back(QLocale::c().toInt(part.replace(QChar(0x2212), u'-'), &isNumber));
        if (!isNumber)
            return std::nullopt;
    }
    return values;
}

std::optional<std::vector<double>> numbersFromText(const QString& text)
{
    std::vector<double> values;
    for (const QString& part : partsOf(text)) {
        const auto numbers = numbersOf(part);
        if (!numbers)
            return std::nullopt;
        values.insert(values.end(), numbers->begin(), numbers->end());
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
    if (const QString range = rangeText(values); !range.isEmpty())
        return range;
    QStringList parts;
    for (const double value : values)
        parts << exactText(value);
    return parts.join(QStringLiteral(", "));
}

QString exactText(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

std::vector<NumberPart> numberParts(const QString& text)
{
    std::vector<NumberPart> parts;
    for (auto match = partPattern().globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch part = match.next();
        parts.push_back({part.capturedStart(), part.capturedLength(), numbersOf(part.captured()).has_value()});
    }
    return parts;
}

}  // namespace nanoscope
