#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>
#include <cstdlib>

namespace nanoscope {

namespace {

const QChar kMinus(0x2212);
const QChar kNoBreakSpace(0x00a0);

QString withRealMinus(QString text)
{
    text.replace(QLatin1Char('-'), kMinus);
    return text;
}

QString missingText()
{
    return QString(QChar(0x2013));
}

/// mantissa × 10^exponent with the mantissa left out when it is 1.
QString scientificText(double value, int digits)
{
    // By way of text: powers of ten of the smallest doubles are no doubles.
    const QString plain = QString::number(value, 'e', digits - 1);
    const double mantissa = plain.section(u'e', 0, 0).toDouble();
    const int exponent = plain.section(u'e', 1).toInt();
    const QString power = QStringLiteral("10") + superscriptText(exponent);
    const QString text = QLocale().toString(mantissa, 'g', digits);
    return withRealMinus(text == QLatin1String("1") ? power : text + QChar(0x00d7) + power);
}

bool needsPowerOfTen(double value)
{
    const double magnitude = std::fabs(value);
    return magnitude != 0 && (magnitude < 1e-3 || magnitude >= 1e5);
}

QString plainText(double value, int digits)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    if (std::fabs(value) < std::pow(10, digits) - 0.5)
        return withRealMinus(locale.toString(value, 'g', digits));
    // 'g' would write an exponent: digits beyond the significant ones are zeros here.
    const double unit = std::pow(10, std::floor(std::log10(std::fabs(value))) + 1 - digits);
    return withRealMinus(locale.toString(std::round(value / unit) * unit, 'f', 0));
}

}  // namespace

QString countText(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

QString shortCountText(std::uint64_t count)
{
    if (count < 10000)
        return countText(count);
    constexpr std::array<char, 5> kPrefixes{'k', 'M', 'G', 'T', 'P'};
    double value = static_cast<double>(count) / 1000;
    std::size_t prefix = 0;
    while (value >= 999.5 && prefix + 1 < kPrefixes.size()) {
        value /= 1000;
        ++prefix;
    }
    return QLocale().toString(value, 'f', value < 99.95 ? 1 : 0) + kNoBreakSpace + QLatin1Char(kPrefixes[prefix]);
}

QString levelText(double level)
{
    if (!std::isfinite(level))
        return std::isnan(level) ? QStringLiteral("NaN") : level < 0 ? QStringLiteral("−∞") : QStringLiteral("∞");
    constexpr int kDigits = 10;  // levels are short binary fractions; more digits would only show the tail of a gain
    return needsPowerOfTen(level) && std::fabs(level) < 1 ? scientificText(level, 4) : plainText(level, kDigits);
}

QString shortNumberText(double value, int digits)
{
    if (std::isnan(value))
        return missingText();
    if (std::isinf(value))
        return levelText(value);
    return needsPowerOfTen(value) ? scientificText(value, digits) : plainText(value, digits);
}

QString fixedText(double value, int decimals)
{
    return withRealMinus(QLocale().toString(value, 'f', decimals));
}

QString percentText(double fraction)
{
    const double percent = 100 * fraction;
    const QString unit = kNoBreakSpace + QStringLiteral("%");
    if (percent > 0 && percent < 0.1)
        return QStringLiteral("< ") + QLocale().toString(0.1, 'f', 1) + unit;
    return fixedText(percent, percent == 0 || percent >= 99.95 ? 0 : 1) + unit;
}

QString decibelText(const std::optional<double>& decibel)
{
    if (!decibel || std::isnan(*decibel))
        return missingText();
    if (std::isinf(*decibel))
        return QCoreApplication::translate("nanoscope::NumberText", "exact");
    return fixedText(*decibel, 2) + kNoBreakSpace + QStringLiteral("dB");
}

QString superscriptText(int value)
{
    constexpr std::array<char16_t, 10> kDigits{
        0x2070, 0x00b9, 0x00b2, 0x00b3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    QString text = value < 0 ? QString(QChar(0x207b)) : QString();
    for (const QChar digit : QString::number(std::abs(value)))
        text += QChar(kDigits[static_cast<std::size_t>(digit.digitValue())]);
    return text;
}

QString powerOfTenText(int exponent)
{
    if (exponent >= 0 && exponent <= 2)
        return QString::number(std::lround(std::pow(10.0, exponent)));
    return QStringLiteral("10") + superscriptText(exponent);
}

QString logTickText(double value)
{
    if (value >= 0.009 && value < 1000)
        return plainText(value, 3);
    return scientificText(value, 3);
}

}  // namespace nanoscope
