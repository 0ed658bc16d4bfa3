#include "widgets/theme.h"

#include <QTest>

using namespace nanoscope;

namespace {

constexpr double kTextContrast = 4.5;     // WCAG 2.1, 1.4.3
constexpr double kGraphicContrast = 3.0;  // WCAG 2.1, 1.4.11

}  // namespace

class TestTheme : public QObject {
    Q_OBJECT

private slots:
    void contrastOfBlackAndWhiteIsTwentyOne();
    void textCanBeRead_data() { themes(); }
    void textCanBeRead();
    void marksStandOffThePanel_data() { themes(); }
    void marksStandOffThePanel();
    void bitsCanBeReadOnTheirFields_data() { themes(); }
    void bitsCanBeReadOnTheirFields();
    void theStyleSheetHasNoUnknownColorLeft();

private:
    static void themes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    static Theme theme()
    {
        QFETCH(bool, dark);
        return dark ? darkTheme() : lightTheme();
    }
};

void TestTheme::contrastOfBlackAndWhiteIsTwentyOne()
{
    QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastRatio(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
}

void TestTheme::textCanBeRead()
{
    const Theme look = theme();
    for (const QColor& ground : {look.window, look.panel}) {
        QVERIFY(contrastRatio(look.text, ground) >= kTextContrast);
        QVERIFY(contrastRatio(look.mutedText, ground) >= kTextContrast);
        QVERIFY(contrastRatio(look.error, ground) >= kTextContrast);
    }
    QVERIFY(contrastRatio(look.accentText, look.accent) >= kTextContrast);
    const QPalette palette = paletteFor(look);
    const auto contrastOf = [&palette](QPalette::ColorRole text, QPalette::ColorRole ground) {
        return contrastRatio(palette.color(text), palette.color(ground));
    };
    QVERIFY(contrastOf(QPalette::HighlightedText, QPalette::Highlight) >= kTextContrast);
    QVERIFY(contrastOf(QPalette::ToolTipText, QPalette::ToolTipBase) >= kTextContrast);
    QVERIFY(contrastOf(QPalette::Text, QPalette::AlternateBase) >= kTextContrast);
    QVERIFY(contrastOf(QPalette::ButtonText, QPalette::Button) >= kTextContrast);
}

void TestTheme::marksStandOffThePanel()
{
    const Theme look = theme();
    for (const QColor& mark : {look.seriesA, look.seriesB, look.vacant, look.accent})
        QVERIFY2(contrastRatio(mark, look.panel) >= kGraphicContrast, qPrintable(mark.name()));
}

void TestTheme::bitsCanBeReadOnTheirFields()
{
    const Theme look = theme();
    for (const QColor& field : {look.signField, look.exponentField, look.mantissaField, look.magnitudeField})
        QVERIFY2(contrastRatio(look.fieldText, field) >= kTextContrast, qPrintable(field.name()));
}

void TestTheme::theStyleSheetHasNoUnknownColorLeft()
{
    for (const Theme& look : {lightTheme(), darkTheme()})
        QVERIFY(!styleSheetFor(look).contains(QLatin1Char('@')));
}

QTEST_APPLESS_MAIN(TestTheme)
#include "tst_theme.moc"
