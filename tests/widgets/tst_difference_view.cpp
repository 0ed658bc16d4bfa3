#include "widgets/chart_table.h"
#include "widgets/difference_map.h"
#include "widgets/difference_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QImage>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <cmath>
#include <limits>

using namespace nanoscope;

namespace {

const DifferenceSides kSides{QStringLiteral("NxFP4"), QStringLiteral("MXFP4"), SeriesRole::A, SeriesRole::B};

/// 4 rows of 8 cells: what is not given is 0.
std::shared_ptr<BlockDifference> differenceOf(const std::vector<std::pair<int, float>>& cells)
{
    auto difference = std::make_shared<BlockDifference>();
    difference->rows = 4;
    difference->cellsPerRow = 8;
    difference->cellLength = 32;
    difference->decibel.assign(32, 0.0F);
    for (const auto& [cell, value] : cells) {
        difference->decibel[static_cast<std::size_t>(cell)] = value;
        difference->firstBetter += value > 0 ? 1U : 0U;
        difference->secondBetter += value < 0 ? 1U : 0U;
    }
    return difference;
}

}  // namespace

/// The map of where two formats differ, and its table.
class TestDifferenceView : public QObject {
    Q_OBJECT

private slots:
    void reachHoldsMostCells_data();
    void reachHoldsMostCells();
    void theSidesAreToldByColorAndByStripes();
    void aPixelShowsTheLargestOfItsCells();
    void clickAndKeysSelectCells();
    void tableListsTheLargestFirst();
    void choicesStayApart();
    void summaryTellsSharesAndReason();
};

void TestDifferenceView::reachHoldsMostCells_data()
{
    QTest::addColumn<double>("size");
    QTest::addColumn<double>("reach");
    QTest::newRow("tiny") << 0.001 << 0.1;
    QTest::newRow("0.3") << 0.3 << 0.5;
    QTest::newRow("1") << 1.0 << 1.0;
    QTest::newRow("4") << 4.0 << 5.0;
    QTest::newRow("7") << 7.0 << 10.0;
    QTest::newRow("huge") << 300.0 << 50.0;
}

void TestDifferenceView::reachHoldsMostCells()
{
    QFETCH(double, size);
    QFETCH(double, reach);
    BlockDifference difference;
    difference.decibel.assign(100, static_cast<float>(-size));
    difference.decibel[3] = 1000.0F;  // one cell in a hundred does not decide
    difference.decibel[4] = std::numeric_limits<float>::infinity();
    difference.decibel[5] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(std::fabs(differenceReach(difference) - reach) < 1e-9);
}

void TestDifferenceView::theSidesAreToldByColorAndByStripes()
{
    for (const Theme& theme : {lightTheme(), darkTheme()}) {
        QCOMPARE(differenceColor(0, 1, kSides, theme, 0, 0), theme.panel.rgb());
        QCOMPARE(differenceColor(9, 1, kSides, theme, 0, 0), theme.seriesA.rgb());
        QCOMPARE(differenceColor(-9, 1, kSides, theme, 0, 1), theme.seriesB.rgb());
        QVERIFY(differenceColor(-9, 1, kSides, theme, 0, 0) != theme.seriesB.rgb());  // a stripe
        QCOMPARE(differenceColor(9, 1, kSides, theme, 0, 1), theme.seriesA.rgb());    // none
    }
}

void TestDifferenceView::aPixelShowsTheLargestOfItsCells()
{
    const auto difference = differenceOf({{0, 0.2F}, {1, -0.9F}, {16, 0.4F}, {31, std::nanf("")}});
    const BlockLayout layout(4, 8, QSizeF(800, 400));
    const Theme theme = lightTheme();
    const QImage large = differenceImage(*difference, layout, 1.0, kSides, theme, QSize(800, 400));
    const QColor expected(differenceColor(0.2, 1, kSides, theme, 50, 49));
    QVERIFY(std::abs(QColor(large.pixel(50, 49)).red() - expected.red()) <= 1);  // shades are quantized
    QVERIFY(large.pixel(50, 49) != theme.panel.rgb());
    QVERIFY(large.pixel(151, 50) != large.pixel(50, 49));
    QCOMPARE(large.pixel(250, 50), theme.panel.rgb());
    const QImage small = differenceImage(*difference, layout, 1.0, kSides, theme, QSize(4, 2));
    // Cells 0, 1, 8 and 9 share a pixel: -0.9 is the largest.
    const QColor color(small.pixel(0, 0));
    QVERIFY(color.red() > color.blue());
}

void TestDifferenceView::clickAndKeysSelectCells()
{
    DifferenceMap map;
    map.resize(500, 300);
    map.setDifference(differenceOf({{9, 2.0F}}), kSides);
    map.show();
    QVERIFY(QTest::qWaitForWindowExposed(&map));
    QSignalSpy selected(&map, &DifferenceMap::cellSelected);
    QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellRect(9)->center().toPoint());
    QCOMPARE(selected.takeFirst().front().toULongLong(), 9ULL);
    QTest::keyClick(&map, Qt::Key_Down);
    QCOMPARE(selected.takeFirst().front().toULongLong(), 17ULL);
    QTest::keyClick(&map, Qt::Key_Left);
    QCOMPARE(selected.takeFirst().front().toULongLong(), 16ULL);
    QTest::keyClick(&map, Qt::Key_Up);
    QTest::keyClick(&map, Qt::Key_Up);
    QTest::keyClick(&map, Qt::Key_Up);  // the first row is the end
    QCOMPARE(*map.selectedCell(), 0ULL);
    map.setDifference(nullptr, kSides);
    QVERIFY(!map.selectedCell());
}

void TestDifferenceView::tableListsTheLargestFirst()
{
    DifferenceView view;
    const QAbstractItemModelTester tester(const_cast<QAbstractTableModel*>(&view.tableModel()));
    view.setFormats({"NxFP4", "MXFP4", {}, {}});
    view.setDifference(
        differenceOf({{3, 1.5F}, {12, -4.25F}, {20, -std::numeric_limits<float>::infinity()}, {30, std::nanf("")}}));
    const QAbstractTableModel& model = view.tableModel();
    QCOMPARE(model.rowCount(), 3);  // equal cells and those left out are not listed
    const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(cell(0, 2), QStringLiteral("−∞"));
    QCOMPARE(cell(1, 0), QStringLiteral("1"));
    QCOMPARE(cell(1, 1), QStringLiteral("128"));
    QCOMPARE(cell(1, 2), QStringLiteral("−4.25"));
    QCOMPARE(cell(1, 3), QStringLiteral("MXFP4"));
    QCOMPARE(cell(2, 3), QStringLiteral("NxFP4"));
    QSignalSpy selected(&view, &DifferenceView::cellSelected);
    view.findChild<QTableView*>("differenceTable")->selectRow(1);
    QCOMPARE(selected.takeLast().front().toULongLong(), 12ULL);
    QCOMPARE(*view.map().selectedCell(), 12ULL);
}

void TestDifferenceView::choicesStayApart()
{
    DifferenceView view;
    view.setFormats({"NxFP4", {}, {}, {}});
    QVERIFY(!view.sides());
    view.setFormats({"NxFP4", "MXFP4", {}, "NVFP4"});
    QCOMPARE(*view.sides(), kSides);
    auto* second = view.findChild<QComboBox*>("differenceSecond");
    QSignalSpy edited(&view, &DifferenceView::sidesEdited);
    second->setCurrentIndex(2);
    QCOMPARE(edited.size(), 1);
    QCOMPARE(view.sides()->second, QStringLiteral("NVFP4"));
    QVERIFY(view.sides()->secondRole == SeriesRole::D);
    view.setFormats({"NxFP5", "MXFP4", {}, "NVFP4"});  // another A: the choice stays
    QVERIFY(view.sides()->secondRole == SeriesRole::D);
    view.setFormats({"NxFP5", "MXFP4", {}, {}});  // D went
    QVERIFY(view.sides()->firstRole != view.sides()->secondRole);
}

void TestDifferenceView::summaryTellsSharesAndReason()
{
    DifferenceView view;
    view.setFormats({"NxFP4", "MXFP4", {}, {}});
    view.setDifference(nullptr, QStringLiteral("They block along different axes"));
    QCOMPARE(view.map().summary(), QStringLiteral("They block along different axes"));
    view.setDifference(differenceOf(
        {{0, 1.0F}, {1, 1.0F}, {2, -1.0F}, {3, 1.0F}, {4, 1.0F}, {5, 1.0F}, {6, 1.0F}, {7, 1.0F}, {8, 1.0F}}));
    QVERIFY2(view.map().summary().contains("A better in 25"), qPrintable(view.map().summary()));
}

QTEST_MAIN(TestDifferenceView)
#include "tst_difference_view.moc"
