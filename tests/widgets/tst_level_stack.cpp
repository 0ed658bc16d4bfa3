#include "sample_report.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace nanoscope;

/// Four level plots that share axis, zoom and selection.
class TestLevelStack : public QObject {
    Q_OBJECT

private slots:
    void init();
    void zoomKeepsThePlaceUnderThePointer_data();
    void zoomKeepsThePlaceUnderThePointer();
    void movingEndsAtTheEnds();
    void wheelZoomsAllPlots();
    void keysZoomMoveAndReset();
    void doubleClickShowsTheWholeLine();
    void selectionMovesToTheNearestLevelOfTheOthers();
    void aReportThatComesLaterIsLinked();
    void countAxisIsShared();
    void levelsBeyondTheZoomAreNeitherDrawnNorHit();

private:
    [[nodiscard]] LevelPlot& plot(SeriesRole role) const { return *m_stack->plot(role); }
    static void turnWheel(QWidget& widget, QPointF at, int notches);

    std::unique_ptr<LevelStack> m_stack;
};

void TestLevelStack::init()
{
    test::Sample fine;
    fine.name = "INT4";
    fine.magnitudes = {{0, 1, 2, 3, 4, 5, 6, 7}};
    m_stack = std::make_unique<LevelStack>();
    m_stack->resize(700, 800);
    m_stack->setShown(SeriesRole::D, false);
    m_stack->setReports({test::sampleReport({}), test::sampleReport(fine), test::sampleReport({}), nullptr});
    m_stack->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_stack.get()));
}

void TestLevelStack::turnWheel(QWidget& widget, QPointF at, int notches)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, 120 * notches), Qt::NoButton, Qt::NoModifier,
        Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

void TestLevelStack::zoomKeepsThePlaceUnderThePointer_data()
{
    QTest::addColumn<double>("place");
    for (const double place : {0.0, 0.3, 0.5, 1.0})
        QTest::newRow(qPrintable(QString::number(place))) << place;
}

void TestLevelStack::zoomKeepsThePlaceUnderThePointer()
{
    QFETCH(double, place);
    const LevelZoom start{0.2, 0.8};
    const LevelZoom closer = start.closer(2.0, place);
    QVERIFY(std::fabs(closer.length() - 0.3) < 1e-12);
    const double before = start.from + place * start.length();
    QVERIFY(std::fabs(closer.from + place * closer.length() - before) < 1e-12);
    const LevelZoom whole = closer.closer(1e-3, place);
    QCOMPARE(whole.from, 0.0);
    QCOMPARE(whole.to, 1.0);
    QVERIFY(whole.isWhole() && !closer.isWhole());
}

void TestLevelStack::movingEndsAtTheEnds()
{
    const LevelZoom zoom{0.5, 0.75};
    QCOMPARE(zoom.moved(0.5), (LevelZoom{0.625, 0.875}));
    QCOMPARE(zoom.moved(100), (LevelZoom{0.75, 1.0}));
    QCOMPARE(zoom.moved(-100), (LevelZoom{0.0, 0.25}));
}

void TestLevelStack::wheelZoomsAllPlots()
{
    const QPointF level3 = *plot(SeriesRole::A).positionOf(LevelId{0, 5});
    const QPointF other = *plot(SeriesRole::B).positionOf(LevelId{0, 3});
    QCOMPARE(level3.x(), other.x());  // level 3 of both, on one axis
    turnWheel(plot(SeriesRole::A), level3, 2);
    QVERIFY(std::fabs(m_stack->zoom().length() - 1 / 2.25) < 1e-12);
    QVERIFY(std::fabs(plot(SeriesRole::A).positionOf(LevelId{0, 5})->x() - level3.x()) < 1);
    QVERIFY(std::fabs(plot(SeriesRole::B).positionOf(LevelId{0, 3})->x() - level3.x()) < 1);
    QVERIFY(plot(SeriesRole::C).summary().contains("zoomed to 44"));
    turnWheel(plot(SeriesRole::B), level3, -10);
    QVERIFY(m_stack->zoom().isWhole());
    QVERIFY(!plot(SeriesRole::C).summary().contains("zoomed"));
}

void TestLevelStack::keysZoomMoveAndReset()
{
    LevelPlot& first = plot(SeriesRole::A);
    first.setFocus();
    QTest::keyClick(&first, Qt::Key_Plus);
    QVERIFY(std::fabs(m_stack->zoom().length() - 1 / 1.5) < 1e-12);
    const double from = m_stack->zoom().from;
    QTest::keyClick(&first, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(m_stack->zoom().from > from);
    QVERIFY(!first.selectedLevel());  // the arrow alone moves the selection, with Shift it does not
    QTest::keyClick(&first, Qt::Key_0);
    QVERIFY(m_stack->zoom().isWhole());
}

void TestLevelStack::doubleClickShowsTheWholeLine()
{
    m_stack->setZoom({0.4, 0.5});
    QTest::mouseDClick(&plot(SeriesRole::C), Qt::LeftButton);
    QVERIFY(m_stack->zoom().isWhole());
}

void TestLevelStack::selectionMovesToTheNearestLevelOfTheOthers()
{
    QSignalSpy selected(m_stack.get(), &LevelStack::levelSelected);
    LevelPlot& second = plot(SeriesRole::B);
    QTest::mouseClick(&second, Qt::LeftButton, {}, second.positionOf(LevelId{0, 5})->toPoint());  // level 5
    QCOMPARE(selected.size(), 1);
    QCOMPARE(*second.selectedValue(), 5.0);
    const double nearest = *plot(SeriesRole::A).selectedValue();  // 4 and 6 are equally near
    QVERIFY(nearest == 4.0 || nearest == 6.0);
    m_stack->setSelectedLevel(SeriesRole::A, LevelId{0, 1});  // level 0.5
    const double other = *second.selectedValue();
    QVERIFY(other == 0.0 || other == 1.0);
    m_stack->setSelectedLevel(SeriesRole::A, std::nullopt);
    QVERIFY(!second.selectedLevel());
}

void TestLevelStack::aReportThatComesLaterIsLinked()
{
    m_stack->setReports({test::sampleReport({}), nullptr, nullptr, nullptr});
    m_stack->setSelectedLevel(SeriesRole::A, LevelId{0, 5});
    QVERIFY(!plot(SeriesRole::C).selectedValue());
    m_stack->setReports({test::sampleReport({}), nullptr, test::sampleReport({}), nullptr});
    QCOMPARE(plot(SeriesRole::A).selectedValue(), std::optional<double>(3.0));
    QCOMPARE(plot(SeriesRole::C).selectedValue(), std::optional<double>(3.0));
}

void TestLevelStack::countAxisIsShared()
{
    QVERIFY(plot(SeriesRole::B).logCounts());
    plot(SeriesRole::A).setLogCounts(false);
    QVERIFY(!plot(SeriesRole::B).logCounts());
    QVERIFY(!plot(SeriesRole::C).logCounts());
}

void TestLevelStack::levelsBeyondTheZoomAreNeitherDrawnNorHit()
{
    LevelPlot& first = plot(SeriesRole::A);
    first.setSelectedLevel(LevelId{0, 7});  // level 6
    const QImage whole = first.grab().toImage();
    m_stack->setZoom({0.0, 0.3});
    QVERIFY(first.positionOf(LevelId{0, 7})->x() > first.width());
    QVERIFY(first.grab().toImage() != whole);
    QSignalSpy selected(&first, &LevelPlot::levelSelected);
    QTest::mouseClick(&first, Qt::LeftButton, {}, QPoint(first.width() - 20, first.height() / 2));
    QCOMPARE(selected.size(), 1);
    QVERIFY(*first.selectedValue() < 0);  // what lies there now
}

QTEST_MAIN(TestLevelStack)
#include "tst_level_stack.moc"
