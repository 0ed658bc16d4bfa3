#include "widgets/number_text.h"

#include <QLocale>
#include <QTest>

#include <cmath>
#include <limits>

using namespace nanoscope;

class TestNumberText : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void levelsAreWrittenExactly();
    void smallNumbersAreWrittenWithAPowerOfTen();
    void countsKeepAllDigitsOrGetAPrefix();
    void aSmallShareIsNeverWrittenAsZero();
    void numbersFollowTheLocale();
};

void TestNumberText::levelsAreWrittenExactly()
{
    QCOMPARE(levelText(0.0), QStringLiteral("0"));
    QCOMPARE(levelText(-0.25), QStringLiteral("−0.25"));
    QCOMPARE(levelText(448), QStringLiteral("448"));
    QCOMPARE(levelText(57344), QStringLiteral("57344"));
    QCOMPARE(levelText(0.001953125), QStringLiteral("0.001953125"));
}

void TestNumberText::smallNumbersAreWrittenWithAPowerOfTen()
{
    QCOMPARE(shortNumberText(8.73e-6, 3), QStringLiteral("8.73×10⁻⁶"));
    QCOMPARE(shortNumberText(-2e-6, 3), QStringLiteral("−2×10⁻⁶"));
    QCOMPARE(shortNumberText(9.9999e-6, 3), QStringLiteral("10⁻⁵"));
    QCOMPARE(shortNumberText(0.0123456, 3), QStringLiteral("0.0123"));
    QCOMPARE(shortNumberText(13000), QStringLiteral("13000"));
    QCOMPARE(shortNumberText(-98765, 3), QStringLiteral("−98800"));
    QCOMPARE(shortNumberText(9999.7, 4), QStringLiteral("10000"));
    QCOMPARE(shortNumberText(std::nan("")), QStringLiteral("–"));
    QCOMPARE(powerOfTenText(4), QStringLiteral("10⁴"));
    QCOMPARE(powerOfTenText(1), QStringLiteral("10"));
    QCOMPARE(logTickText(2e-6), QStringLiteral("2×10⁻⁶"));
    QCOMPARE(logTickText(200), QStringLiteral("200"));
}

void TestNumberText::countsKeepAllDigitsOrGetAPrefix()
{
    QCOMPARE(countText(131072), QStringLiteral("131,072"));
    QCOMPARE(shortCountText(9999), QStringLiteral("9,999"));
    QCOMPARE(shortCountText(12345), QStringLiteral("12.3\u00a0k"));
    QCOMPARE(shortCountText(999'999), QStringLiteral("1.0\u00a0M"));
}

void TestNumberText::aSmallShareIsNeverWrittenAsZero()
{
    QCOMPARE(percentText(0), QStringLiteral("0\u00a0%"));
    QCOMPARE(percentText(1e-7), QStringLiteral("< 0.1\u00a0%"));
    QCOMPARE(percentText(0.0631), QStringLiteral("6.3\u00a0%"));
    QCOMPARE(percentText(1), QStringLiteral("100\u00a0%"));
    QCOMPARE(decibelText(19.694), QStringLiteral("19.69\u00a0dB"));
    QCOMPARE(decibelText(std::numeric_limits<double>::infinity()), QStringLiteral("exact"));
    QCOMPARE(decibelText(std::nullopt), QStringLiteral("–"));
}

void TestNumberText::numbersFollowTheLocale()
{
    QLocale::setDefault(QLocale(QLocale::German));
    QCOMPARE(levelText(-0.5), QStringLiteral("−0,5"));
    QCOMPARE(decibelText(19.694), QStringLiteral("19,69\u00a0dB"));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

QTEST_APPLESS_MAIN(TestNumberText)
#include "tst_number_text.moc"
