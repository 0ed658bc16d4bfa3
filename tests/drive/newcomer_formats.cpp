// Choosing and comparing formats, and looking into blocks, elements and levels.
#include "newcomer.h"

#include <QRegularExpression>

void DriveNewcomer::switchToNxFp4()
{
    DO(choosePreset("formatA_preset", "MXFP4"));
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: MXFP4 ") && isReady());
    DO(choosePreset("formatA_preset", "NxFP4"));
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NxFP4 ") && isReady());
    QVERIFY2(figure("SQNR", "A").contains("19.86"), qPrintable(figure("SQNR", "A")));
}

/// By the keys of the slider, then with its handle under the mouse.
void DriveNewcomer::moveNanoMantissaThroughAllValues()
{
    const QString slider = "formatA_nanoMantissaBits";
    const QStringList decibels{"19.15", "19.33", "19.86", "20.23"};
    const QRect groove = DrivenWindow::rectOf(m_window.widget(slider)).adjusted(7, 0, -7, 0);
    const auto handle
        = [&groove](int value) { return QPoint(groove.left() + value * groove.width() / 3, groove.center().y()); };
    const auto isShown = [&](int value) {
        return m_window.text(slider) == QString::number(value) && figure("SQNR", "A").contains(decibels[value]);
    };
    WAIT_FOR(isShown(2));
    DrivenWindow::click(handle(2));
    WAIT_FOR(m_window.hasFocus(slider));
    DrivenWindow::keys({"Home"});
    for (int value = 0; value <= 3; ++value) {
        WAIT_FOR(isShown(value));
        DrivenWindow::keys({"Right"});
    }
    DrivenWindow::press(handle(3));
    for (const int value : {2, 1, 0, 1, 2}) {
        DrivenWindow::move(handle(value));
        WAIT_FOR(isShown(value));
    }
    DrivenWindow::release();
    WAIT_FOR(isReady());
    QVERIFY(isShown(2));
}

void DriveNewcomer::compareWithNvfp4AndM2xfp()
{
    QVERIFY(m_window.click("Compare"));
    WAIT_FOR(m_window.clickTab("Format B"));
    DO(choosePreset("formatB_preset", "NVFP4"));
    DO(command("Compare with C"));
    WAIT_FOR(m_window.clickTab("Format C"));
    DO(choosePreset("formatC_preset", "M2XFP_weight"));
    WAIT_FOR(isReady());
    WAIT_FOR(figure("SQNR", "A").contains("19.86"));
    WAIT_FOR(figure("SQNR", "B").contains("20.62"));
    WAIT_FOR(figure("SQNR", "C").contains("✓ 21.52"));
    for (const char* plot : {"levelsA", "levelsB", "levelsC"})
        QVERIFY2(!m_window.widget(plot).isEmpty(), plot);
    QVERIFY(m_window.click("Explore"));
    WAIT_FOR(isReady());
}

/// The first block shown is the worst one; the panel finds one that chose the other codebook.
void DriveNewcomer::findABlockThatChoseBfp()
{
    DO(openByDialog(g_project + "/data/real_weights.h5"));
    WAIT_FOR(m_window.title().startsWith("pose/conv2d_24"));
    WAIT_FOR(isReady());
    WAIT_FOR(m_window.text("blockSummary").contains("codebook 0: E2M1"));
    QVERIFY(m_window.text("bookToFind").startsWith("BFP4"));
    const QString first = m_window.text("blockNumber");
    QVERIFY(m_window.click("findBook"));
    WAIT_FOR(m_window.text("blockSummary").contains("codebook 1: BFP4"));
    const QString second = m_window.text("blockNumber");
    QVERIFY(second != first);
    DrivenWindow::keys({"n"});
    WAIT_FOR(m_window.text("blockNumber") != second);
    WAIT_FOR(m_window.text("blockSummary").contains("codebook 1: BFP4"));
}

/// A click on an element explains it; its figures fit each other and the cell.
void DriveNewcomer::readOneElementsDerivation()
{
    const QJsonObject cell = m_window.cells("blockTable").at(3).toObject();
    DrivenWindow::click(DrivenWindow::rectOf(cell).center());
    WAIT_FOR(m_window.text("inspectorTitle").endsWith(", element 3"));
    const auto number = [this](const char* label, int index = 0) {
        static const QRegularExpression numbers("[-−]?[0-9]+(\\.[0-9]+)?");
        auto found = numbers.globalMatch(m_window.text(label));
        for (int i = 0; i < index; ++i)
            found.next();
        return found.next().captured().replace("−", "-").toDouble();
    };
    const double scaled = number("inspector_scaled");
    QVERIFY(number("inspector_interval") <= scaled && scaled <= number("inspector_interval", 1));
    const double level = number("inspector_level");
    QVERIFY(number("inspector_interval") <= level && level <= number("inspector_interval", 1));
    const double decoded = level * number("inspector_scale");
    const double shown = cell["text"].toString().section(' ', 1).replace("−", "-").toDouble();
    QVERIFY2(std::abs(decoded - shown) <= 0.01 * std::abs(shown), qPrintable(cell["text"].toString()));
    DrivenWindow::keys({"Right"});
    WAIT_FOR(m_window.text("inspectorTitle").endsWith(", element 4"));
}

/// MXFP4 never writes -0; NxFP4 gives its code another level.
void DriveNewcomer::findAVacantLevel()
{
    QVERIFY(m_window.clickTab("Level table"));
    DO(command("Go to Levels"));
    DrivenWindow::keys({"5"});
    WAIT_FOR(m_window.rows("levelTable").size() == 17);
    WAIT_FOR(isReady());
    const QString vacant = m_window.rows("levelTable").last();
    QVERIFY2(
        vacant.startsWith("E2M1\t8\t1000\t−0\t0\t") && vacant.endsWith("structural: −0, wasted"), qPrintable(vacant));
    QCOMPARE(m_window.rows("levelTable").filter("structural").size(), 1);
    QVERIFY(m_window.clickCell("levelTable", "−0"));
    WAIT_FOR(m_window.text("levelsA").endsWith("selected level code 1000 structural"));
    DO(command("Go to Levels"));
    DrivenWindow::keys({"1"});
    WAIT_FOR(m_window.rows("levelTable").filter("E2M1\t8\t1000\t0.25\t").size() == 1);
    WAIT_FOR(isReady());
    QVERIFY(m_window.rows("levelTable").filter("structural").isEmpty());
    QVERIFY(m_window.clickTab("Figures"));
}
