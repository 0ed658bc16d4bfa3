#include "widgets/color_map.h"
#include "widgets/theme.h"

#include <QColor>
#include <QTest>

#include <cmath>
#include <limits>

using namespace nanoscope;

class TestColorMap : public QObject {
    Q_OBJECT

private slots:
    void luminanceGrowsWithTheValue_data();
    void luminanceGrowsWithTheValue();
    void theEndsAreThePublishedOnes();
    void fractionsOutsideTheScaleTakeItsEnds();
};

void TestColorMap::luminanceGrowsWithTheValue_data()
{
    QTest::addColumn<int>("map");
    QTest::newRow("viridis") << static_cast<int>(ColorMap::Viridis);
    QTest::newRow("cividis") << static_cast<int>(ColorMap::Cividis);
}

void TestColorMap::luminanceGrowsWithTheValue()
{
    QFETCH(int, map);
    const ColorTable& table = colorTable(static_cast<ColorMap>(map));
    // Neighbours may be equal to within the rounding of one channel to 8 bits; three steps on it is plainly lighter.
    constexpr double kRounding = 0.002;
    const auto luminance = [&table](std::size_t i) { return relativeLuminance(QColor(table[i])); };
    for (std::size_t i = 1; i < table.size(); ++i)
        QVERIFY2(luminance(i) > luminance(i - 1) - kRounding, qPrintable(QString::number(i)));
    for (std::size_t i = 3; i < table.size(); ++i)
        QVERIFY2(luminance(i) > luminance(i - 3), qPrintable(QString::number(i)));
}

void TestColorMap::theEndsAreThePublishedOnes()
{
    QCOMPARE(QColor(colorTable(ColorMap::Viridis).front()), QColor(0x44, 0x01, 0x54));
    QCOMPARE(QColor(colorTable(ColorMap::Viridis).back()), QColor(0xfd, 0xe7, 0x25));
    QCOMPARE(QColor(colorTable(ColorMap::Cividis).front()), QColor(0x00, 0x22, 0x4e));
    QCOMPARE(QColor(colorTable(ColorMap::Cividis).back()), QColor(0xfe, 0xe8, 0x38));
}

void TestColorMap::fractionsOutsideTheScaleTakeItsEnds()
{
    QCOMPARE(colorIndex(-1), 0);
    QCOMPARE(colorIndex(0), 0);
    QCOMPARE(colorIndex(0.5), 128);
    QCOMPARE(colorIndex(1), 255);
    QCOMPARE(colorIndex(7), 255);
    QCOMPARE(colorIndex(std::nan("")), 0);
    QCOMPARE(colorIndex(std::numeric_limits<double>::infinity()), 255);
}

QTEST_APPLESS_MAIN(TestColorMap)
#include "tst_color_map.moc"
