#include "widgets/cost_text.h"

#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>
#include <utility>

namespace nanoscope {
namespace {

constexpr int kDigits = 4;
const QChar kNoBreakSpace(0x00a0);

/// 1.5e-3 J as "1.5 mJ".
QString prefixedText(double value, const QString& unit)
{
    constexpr std::array<std::pair<double, const char*>, 10> kPrefixes{{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"},
        {1.0, ""}, {1e-3, "m"}, {1e-6, "µ"}, {1e-9, "n"}, {1e-12, "p"}, {1e-15, "f"}}};
    const double magnitude = std::fabs(value);
    for (const auto& [factor, prefix] : kPrefixes)
        if (magnitude >= factor)
            return shortNumberText(value / factor, kDigits) + kNoBreakSpace + QString::fromUtf8(prefix) + unit;
    return shortNumberText(value, kDigits) + kNoBreakSpace + unit;
}

/// Grouped digits from 100 on, four digits below.
QString countedText(double value)
{
    constexpr double kWhole = 100.0;
    constexpr double kMostWhole = 1e9;
    const double magnitude = std::fabs(value);
    if (magnitude >= kMostWhole || magnitude < kWhole)
        return shortNumberText(value, kDigits);
    return QLocale().toString(value, 'f', 0).replace(QLatin1Char('-'), QChar(0x2212));
}

QString unitText(const std::string& unit)
{
    QString text = QString::fromStdString(unit);
    return text.replace(QLatin1String("mm2"), QStringLiteral("mm²")).replace(QLatin1String("byte"), QLatin1String("B"));
}

}  // namespace

QString costValueText(double value, const std::string& unit)
{
    if (unit == "NAND2" || unit == "cycles" || unit == "MAC")
        return countedText(value);
    if (unit == "J" || unit == "J/token")
        return prefixedText(value, QStringLiteral("J"));
    if (unit == "pJ" || unit == "fJ")
        return prefixedText(value * (unit == "pJ" ? 1e-12 : 1e-15), QStringLiteral("J"));
    if (unit == "s")
        return prefixedText(value, QStringLiteral("s"));
    if (unit == "byte")
        return prefixedText(value, QStringLiteral("B"));
    if (unit == "share")
        return percentText(value);
    if (unit == "x" || unit.empty())
        return fixedText(value, value < 9.995 ? 3 : 1);
    return shortNumberText(value, kDigits) + kNoBreakSpace + unitText(unit);
}

QString costValueWithUnit(double value, const std::string& unit)
{
    const QString text = costValueText(value, unit);
    if (unit == "NAND2" || unit == "cycles" || unit == "MAC")
        return text + kNoBreakSpace + QString::fromStdString(unit);
    return unit == "J/token" ? QCoreApplication::translate("CostText", "%1 per token").arg(text) : text;
}

QString costDifferenceText(double difference, const std::string& unit)
{
    const QString text = unit == "x" ? fixedText(difference, 3)
        : unit == "share"            ? fixedText(100 * difference, 1) + kNoBreakSpace + QLatin1Char('%')
                                     : costValueText(difference, unit);
    return difference > 0 ? QLatin1Char('+') + text : text;
}

QString costChangeText(double a, double b)
{
    if (a == 0)
        return {};
    const double percent = 100 * (b / a - 1);
    const QString text = fixedText(percent, 1) + kNoBreakSpace + QLatin1Char('%');
    return percent > 0 ? QLatin1Char('+') + text : text;
}

QString ratioText(double ratio, double error)
{
    const int decimals = ratio < 9.995 ? 2 : 1;
    if (error <= 0)
        return fixedText(ratio, decimals);
    return QStringLiteral("%1 ± %2").arg(fixedText(ratio, decimals), fixedText(ratio * error, decimals));
}

}  // namespace nanoscope
