#include "sample_report.h"
#include "widgets/error_share_view.h"
#include "widgets/pick_plot.h"
#include "widgets/twin_pane.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLocale>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace nanoscope;

/// The curve of the error over the blocks, its table, and choosing blocks on both.
class TestErrorShareView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void tableHasTheMarksAndStepsOfEveryFormat();
    void arrowsWalkTheBlocksFromTheWorst();
    void aClickOnTheCurveChoosesItsBlock();
    void aRowOfTheTableChoosesItsBlock();
    void aBlockWithoutAPointLiesOnTheCurve();
    void theLogarithmicAxisKeepsTheBlocks();
    void emptyAndExactSayWhy();
    void bothThemesPaint();

private:
    static ErrorShareLine lineOf(const test::Sample& sample, SeriesRole role);
};

ErrorShareLine TestErrorShareView::lineOf(const test::Sample& sample, SeriesRole role)
{
    const std::shared_ptr<const Report> report = test::sampleReport(sample);
    return {role, report, std::make_shared<const ErrorShare>(errorShare(report->blockSquaredError))};
}

void TestErrorShareView::tableHasTheMarksAndStepsOfEveryFormat()
{
    test::Sample other;
    other.name = "OTHER";
    other.recycle = true;
    ErrorShareView view;
    view.setLines({lineOf({}, SeriesRole::A), lineOf(other, SeriesRole::C)});
    QAbstractItemModelTester tester(
        const_cast<QAbstractTableModel*>(&view.tableModel()), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(view.tableModel().rowCount(), 3 + static_cast<int>(kErrorShareSteps.size()));
    QCOMPARE(view.tableModel().columnCount(), 1 + 2 * 4);
    QVERIFY(view.tableModel().headerData(5, Qt::Horizontal).toString().startsWith(u'C'));
    const ErrorShare share = errorShare(test::sampleReport({})->blockSquaredError);
    QCOMPARE(view.tableModel().index(1, 3).data().toString(), QString::number(share.half->rank));
    QCOMPARE(view.tableModel().index(1, 4).data().toString(), QString::number(share.half->block));
    QVERIFY(view.plot().summary().contains("half in"));
    QVERIFY(view.plot().accessibleDescription().contains("OTHER"));
}

void TestErrorShareView::arrowsWalkTheBlocksFromTheWorst()
{
    ErrorShareView view;
    view.resize(420, 300);
    const ErrorShareLine line = lineOf({}, SeriesRole::A);
    view.setLines({line});
    QSignalSpy chosen(&view, &ErrorShareView::blockChosen);
    auto* plot = view.findChild<PickPlot*>();
    for (const int key : {Qt::Key_Right, Qt::Key_Right, Qt::Key_Right, Qt::Key_Left, Qt::Key_End, Qt::Key_Return})
        QTest::keyClick(plot, static_cast<Qt::Key>(key));
    QCOMPARE(chosen.size(), 6);
    const auto blockOf = [&line](std::size_t rank) { return line.share->curve[rank].block; };
    const std::vector<std::size_t> ranks{0, 1, 2, 1, line.share->curve.size() - 1, line.share->curve.size() - 1};
    for (std::size_t i = 0; i < ranks.size(); ++i)
        QCOMPARE(chosen[static_cast<int>(i)][0].toULongLong(), blockOf(ranks[i]));
    QVERIFY(plot->accessibleDescription().contains("selected: Block"));
    QTest::keyClick(plot, Qt::Key_A);
    QCOMPARE(chosen.size(), 6);
}

void TestErrorShareView::aClickOnTheCurveChoosesItsBlock()
{
    ErrorShareView view;
    view.resize(420, 300);
    const ErrorShareLine line = lineOf({}, SeriesRole::A);
    view.setLines({line});
    view.show();
    auto* plot = view.findChild<PickPlot*>();
    QSignalSpy chosen(&view, &ErrorShareView::blockChosen);
    QTest::mouseClick(plot, Qt::LeftButton, {}, plot->positionOf(60).toPoint());
    QCOMPARE(chosen.size(), 1);
    const int picked = plot->chosen();
    QVERIFY(std::abs(picked - 60) < 4);  // neighbors share a pixel
    QCOMPARE(chosen[0][0].toULongLong(), line.share->curve[static_cast<std::size_t>(picked)].block);
    QTest::mouseClick(plot, Qt::LeftButton, {}, QPoint(plot->width() - 30, plot->height() - 70));  // far below it
    QCOMPARE(chosen.size(), 1);
}

void TestErrorShareView::aRowOfTheTableChoosesItsBlock()
{
    ErrorShareView view;
    view.resize(420, 300);
    const ErrorShareLine line = lineOf({}, SeriesRole::A);
    view.setLines({line});
    view.show();
    view.findChild<QToolButton*>("ErrorsharetableSwitch")->click();
    QVERIFY(view.findChild<TwinPane*>()->isTableShown());
    auto* table = view.findChild<QTableView*>();
    QVERIFY(table->isVisible());
    QSignalSpy chosen(&view, &ErrorShareView::blockChosen);
    table->setCurrentIndex(table->model()->index(2, 0));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toULongLong(), line.share->ninety->block);
}

void TestErrorShareView::aBlockWithoutAPointLiesOnTheCurve()
{
    test::Sample large;
    large.rows = 300;
    ErrorShareView view;
    const ErrorShareLine line = lineOf(large, SeriesRole::A);
    view.setLines({line});
    QVERIFY(line.share->curve.size() < line.share->blocks);
    QSignalSpy chosen(&view, &ErrorShareView::blockChosen);
    int between = 0;
    for (quint64 block = 0; block < line.share->blocks; ++block) {
        view.setSelectedBlock(block);
        between += view.plot().chosen() < 0 ? 1 : 0;
        QVERIFY(view.plot().summary().contains(QStringLiteral("Block %1 ").arg(QLocale().toString(block))));
        const QString rank = QLocale().toString(*errorRank(line.report->blockSquaredError, block));
        QVERIFY(view.plot().summary().contains(QStringLiteral("Rank %1 of").arg(rank)));
    }
    QCOMPARE(between, static_cast<int>(line.share->blocks - line.share->curve.size()));
    QCOMPARE(chosen.size(), 0);
}

void TestErrorShareView::theLogarithmicAxisKeepsTheBlocks()
{
    ErrorShareView view;
    view.resize(420, 300);
    const ErrorShareLine line = lineOf({}, SeriesRole::A);
    view.setLines({line});
    view.setSelectedBlock(line.share->curve[7].block);
    view.findChild<QCheckBox*>()->click();
    QCOMPARE(view.plot().content().x.scale, AxisScale::Log10);
    QCOMPARE(view.plot().chosen(), 7);
    for (const StudySeries& series : view.plot().content().series)
        for (const QPointF& point : series.points)
            QVERIFY(point.x() >= view.plot().content().x.lowest);
    QVERIFY(!view.grab().isNull());
}

void TestErrorShareView::emptyAndExactSayWhy()
{
    ErrorShareView view;
    QVERIFY(view.plot().summary().contains("Open a tensor"));
    auto report = std::make_shared<Report>(*test::sampleReport({}));
    report->blockSquaredError.assign(report->blockSquaredError.size(), 0.0);
    view.setLines({{SeriesRole::A, report, std::make_shared<const ErrorShare>(errorShare(report->blockSquaredError))}});
    view.setSelectedBlock(3);
    QVERIFY(view.plot().summary().contains("exact"));
    QVERIFY(!view.grab().isNull());
    view.setLines({});
    QCOMPARE(view.tableModel().rowCount(), 0);
}

void TestErrorShareView::bothThemesPaint()
{
    ErrorShareView view;
    view.resize(420, 300);
    view.setLines({lineOf({}, SeriesRole::A)});
    for (const Theme& theme : {lightTheme(), darkTheme()}) {
        view.setTheme(theme);
        QCOMPARE(view.findChild<PickPlot*>()->grab().toImage().pixelColor(1, 1), theme.panel);
    }
}

QTEST_MAIN(TestErrorShareView)
#include "tst_error_share_view.moc"
