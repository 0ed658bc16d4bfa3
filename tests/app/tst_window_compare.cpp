#include "app/arrangements.h"
#include "app/main_window.h"
#include "core/format/format_by_name.h"
#include "widgets/difference_map.h"
#include "widgets/figure_model.h"
#include "widgets/figure_table.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"

#include <QAction>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QTest>

using namespace nanoscope;

namespace {

constexpr int kPatience = 60000;

}  // namespace

/// Formats A to D beside each other, and the arrangements of the window.
class TestWindowCompare : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_window.reset(); }
    void formatsCAndDComeWithTheMenuAndGoByUndo();
    void theBestOfFourIsMarked();
    void theDifferenceMapFollowsTheFormats();
    void arrangementsKeepWhatTheUserMadeOfThem();
    void aLevelOfBLeadsToTheNearestOfA();

private:
    [[nodiscard]] QAction* action(const QString& text) const;
    [[nodiscard]] QAction* undo() const;
    [[nodiscard]] bool isShown(const char* dock) const { return m_window->findChild<QDockWidget*>(dock)->isVisible(); }

    std::unique_ptr<MainWindow> m_window;
};

void TestWindowCompare::init()
{
    m_window = std::make_unique<MainWindow>(
        FormatSet{parseFormat("NxFP4"), parseFormat("MXFP4")}, false, QSize(1600, 1000), MainWindow::Memory::Fresh);
    m_window->show();
    m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/real_weights.h5", "pose/conv2d_35");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
}

QAction* TestWindowCompare::undo() const
{
    for (QAction* each : m_window->findChildren<QAction*>())
        if (each->shortcut() == QKeySequence(QKeySequence::Undo))
            return each;
    return nullptr;
}

QAction* TestWindowCompare::action(const QString& text) const
{
    for (QAction* each : m_window->findChildren<QAction*>())
        if (each->text().remove('&') == text && !each->menu())
            return each;
    return nullptr;
}

void TestWindowCompare::formatsCAndDComeWithTheMenuAndGoByUndo()
{
    const FormatSet start = m_window->explorer().formats();
    action("Compare with C")->trigger();
    action("Compare with D")->trigger();
    QCOMPARE(m_window->explorer().formats().c->name, std::string("NVFP4"));
    QCOMPARE(m_window->explorer().formats().d->name, std::string("M2XFP_weight"));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    for (const Explorer::Slot slot : Explorer::kEverySlot) {
        QCOMPARE(m_window->explorer().report(slot)->format.name, m_window->explorer().formats().at(slot)->name);
        QVERIFY(m_window->findChild<LevelStack*>()->plot(kSeriesRoles[slot])->isVisible());
    }
    action("Compare with C")->trigger();
    QCOMPARE(m_window->explorer().formats().c->name, std::string("M2XFP_weight"));  // D moved up
    QVERIFY(!m_window->explorer().formats().d && !m_window->explorer().report(Explorer::D));
    QTRY_COMPARE_WITH_TIMEOUT(
        m_window->explorer().report(Explorer::C)->format.name, std::string("M2XFP_weight"), kPatience);
    for (int i = 0; i < 3; ++i)
        undo()->trigger();
    QVERIFY(m_window->explorer().formats() == start);
}

void TestWindowCompare::theBestOfFourIsMarked()
{
    action("Compare with C")->trigger();
    action("Compare with D")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    const FigureModel& model = m_window->findChild<FigureTable*>()->model();
    const int row = model.rowOf("sqnr");
    int best = 0;
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        if (*m_window->explorer().report(slot)->error.sqnrDecibel
            > *m_window->explorer().report(static_cast<Explorer::Slot>(best))->error.sqnrDecibel)
            best = slot;
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        QCOMPARE(model.index(row, FigureModel::AColumn + static_cast<int>(slot))
                     .data()
                     .toString()
                     .startsWith(QStringLiteral("✓")),
            int(slot) == best);
}

void TestWindowCompare::theDifferenceMapFollowsTheFormats()
{
    m_window->arrangements().choose(Arrangement::Compare);
    auto* map = m_window->findChild<DifferenceMap*>();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    QVERIFY2(map->summary().contains("NxFP4 minus MXFP4"), qPrintable(map->summary()));
    FormatSet formats = m_window->explorer().formats();
    formats.b = parseFormat("NVFP4");
    m_window->explorer().setFormats(formats);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady() && map->summary().contains("NxFP4 minus NVFP4"), kPatience);
    // A cell chosen there leads to its block of format A.
    QTest::mouseClick(map, Qt::LeftButton, {}, map->cellRect(100)->center().toPoint());
    QCOMPARE(m_window->explorer().selectedBlock(), quint64(100));  // both have cells of 32
    formats.b.reset();
    m_window->explorer().setFormats(formats);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    QVERIFY2(map->summary().startsWith("Compare with format B"), qPrintable(map->summary()));
}

void TestWindowCompare::arrangementsKeepWhatTheUserMadeOfThem()
{
    Arrangements& arrangements = m_window->arrangements();
    QVERIFY(isShown("ErrorMap") && isShown("Block"));
    m_window->findChild<QDockWidget*>("Block")->hide();
    action("Compare")->trigger();
    QVERIFY(arrangements.current() == Arrangement::Compare);
    QTRY_VERIFY(isShown("Difference") && !isShown("ErrorMap"));
    action("Explore")->trigger();
    QTRY_VERIFY(isShown("ErrorMap") && !isShown("Block"));  // as it was left
    arrangements.reset();
    QTRY_VERIFY(isShown("Block"));  // as shipped
    for (const Arrangement each : {Arrangement::Explore, Arrangement::Compare, Arrangement::Teach})
        QVERIFY(Arrangements::named(Arrangements::nameOf(each)) == each);
    QVERIFY(!Arrangements::named("other"));
}

void TestWindowCompare::aLevelOfBLeadsToTheNearestOfA()
{
    auto* stack = m_window->findChild<LevelStack*>();
    LevelPlot* second = stack->plot(SeriesRole::B);
    second->setFocus();
    QTest::keyClick(second, Qt::Key_End);
    QTest::keyClick(second, Qt::Key_End);
    QCOMPARE(*second->selectedValue(), 6.0);
    QCOMPARE(*stack->plot(SeriesRole::A)->selectedValue(), 6.0);
}

QTEST_MAIN(TestWindowCompare)
#include "tst_window_compare.moc"
