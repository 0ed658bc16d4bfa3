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
    QVERIFY(contrastOf(QPalette::PlaceholderText, QPalette::Base) >= kTextContrast);
    QVERIFY(contrastOf(QPalette::Link, QPalette::Base) >= kTextContrast);
    QVERIFY(contrastOf(QPalette::LinkVisited, QPalette::Base) >= kTextContrast);
    // Grounds of the style sheet: stripes of tables, hovered and pressed buttons, selected rows.
    QVERIFY(contrastRatio(look.mutedText, palette.color(QPalette::AlternateBase)) >= kTextContrast);
    QVERIFY(contrastRatio(look.error, palette.color(QPalette::AlternateBase)) >= kTextContrast);
    for (const QColor& text : {look.text, look.mutedText, look.error})
        QVERIFY2(contrastRatio(text, selectedGround(look)) >= kTextContrast, qPrintable(text.name()));
    for (const double share : {0.08, 0.22})
        QVERIFY(contrastRatio(look.text, blended(look.window, share < 0.1 ? look.text : look.accent, share))
            >= kTextContrast);
    QVERIFY(contrastRatio(look.accent, look.window) >= kTextContrast);  // a tab that has the focus
}

void TestTheme::marksStandOffThePanel()
{
    const Theme look = theme();
    for (const QColor& mark : {look.seriesA, look.seriesB, look.seriesC, look.seriesD, look.vacant, look.accent})
        for (const QColor& ground : {look.panel, look.window})
            QVERIFY2(contrastRatio(mark, ground) >= kGraphicContrast, qPrintable(mark.name() + " on " + ground.name()));
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
