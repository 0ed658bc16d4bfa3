#include "core/analysis/analyze.h"
#include "core/format/format_json.h"
#include "tests/core/made_tensor.h"
#include "widgets/outlier_view.h"
#include "widgets/pick_plot.h"
#include "widgets/twin_pane.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLocale>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <cmath>
#include <memory>

using namespace nanoscope;

/// The list of outliers as plot and table, and choosing one.
class TestOutlierView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void tableSaysWhatEachCosts();
    void arrowsWalkFromTheLargest();
    void aClickChoosesBlockAndElement();
    void aRowChoosesBlockAndElement();
    void whatIsSelectedElsewhereIsMarked();
    void quantitiesMoveTheSymbols();
    void untriedOutliersHaveNoCost();
    void theMeasureIsAskedFor();
    void emptyAndZeroSayWhy();
    void bothThemesPaint();

private:
    [[nodiscard]] std::unique_ptr<OutlierView> shownView() const;

    std::shared_ptr<const Report> m_report;
    std::shared_ptr<const OutlierStudy> m_study;
};

void TestOutlierView::initTestCase()
{
    QLocale::setDefault(QLocale::c());
    std::vector<float> values = gaussian(32 * 256, 5);
    values[32 * 40 + 7] = 30.0F;
    values[32 * 90 + 1] = -20.0F;
    values[32 * 90 + 2] = 20.0F;
    const Tensor tensor = madeTensor({32, 256}, values);
    const NamedFormat format = parseFormat("MXFP4");
    m_report = std::make_shared<const Report>(analyze(tensor, viewOf(tensor, format.spec), format));
    OutlierOptions options;
    options.count = 50;
    m_study = std::make_shared<const OutlierStudy>(outlierStudy(*m_report, OutlierMeasure::TensorRms, options));
}

std::unique_ptr<OutlierView> TestOutlierView::shownView() const
{
    auto view = std::make_unique<OutlierView>();
    view->resize(420, 320);
    view->setStudy(m_study, m_report);
    view->show();
    return view;
}

void TestOutlierView::tableSaysWhatEachCosts()
{
    const auto view = shownView();
    const QAbstractTableModel& table = view->tableModel();
    QAbstractItemModelTester tester(
        const_cast<QAbstractTableModel*>(&table), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(table.rowCount(), 50);
    const auto cell = [&table](int row, int column) { return table.index(row, column).data().toString(); };
    QCOMPARE(cell(0, 1), QStringLiteral("30"));
    QCOMPARE(cell(0, 3), QStringLiteral("40"));
    QCOMPARE(cell(0, 4), QStringLiteral("7"));
    QCOMPARE(cell(0, 5), QStringLiteral("24"));  // 30 at scale 4 lies beyond 6
    QCOMPARE(cell(0, 6), QStringLiteral("−6"));
    QCOMPARE(cell(0, 8), QStringLiteral("yes"));
    QCOMPARE(cell(1, 8), QStringLiteral("no"));  // another one is as large
    QVERIFY(view->plot().summary().contains("squared error"));
    QVERIFY(view->toText().contains('\t'));
}

void TestOutlierView::arrowsWalkFromTheLargest()
{
    const auto view = shownView();
    QSignalSpy chosen(view.get(), &OutlierView::elementChosen);
    auto* plot = view->findChild<PickPlot*>();
    QTest::keyClick(plot, Qt::Key_Right);
    QTest::keyClick(plot, Qt::Key_Right);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[0][0].toULongLong(), quint64{40});
    QCOMPARE(chosen[0][1].toInt(), 7);
    QCOMPARE(chosen[1][0].toULongLong(), quint64{90});
    QVERIFY(plot->accessibleDescription().contains("selected: Block 90, element 1"));
}

void TestOutlierView::aClickChoosesBlockAndElement()
{
    const auto view = shownView();
    QSignalSpy chosen(view.get(), &OutlierView::elementChosen);
    auto* plot = view->findChild<PickPlot*>();
    QTest::mouseClick(plot, Qt::LeftButton, {}, plot->positionOf(0).toPoint());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toULongLong(), quint64{40});
    QCOMPARE(chosen[0][1].toInt(), 7);
    QCOMPARE(view->findChild<QTableView*>()->currentIndex().row(), 0);  // the twin follows, without a second signal
}

void TestOutlierView::aRowChoosesBlockAndElement()
{
    const auto view = shownView();
    QSignalSpy chosen(view.get(), &OutlierView::elementChosen);
    view->findChild<TwinPane*>()->setTableShown(true);
    auto* table = view->findChild<QTableView*>();
    table->setCurrentIndex(table->model()->index(2, 0));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][1].toInt(), 2);
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(view->plot().chosen(), 3);
}

void TestOutlierView::whatIsSelectedElsewhereIsMarked()
{
    const auto view = shownView();
    QSignalSpy chosen(view.get(), &OutlierView::elementChosen);
    view->setSelected(90, 2);
    QCOMPARE(view->plot().chosen(), 2);
    view->setSelected(90, 3);
    QCOMPARE(view->plot().chosen(), -1);
    QVERIFY(!view->findChild<QTableView*>()->currentIndex().isValid());
    QCOMPARE(chosen.size(), 0);
}

void TestOutlierView::quantitiesMoveTheSymbols()
{
    const auto view = shownView();
    view->setSelected(40, 7);
    const Outlier& outlier = m_study->outliers.front();
    auto* quantity = view->findChild<QComboBox*>("outlierQuantity");
    const auto height = [&view] { return view->plot().picks()[0].place.y(); };
    QCOMPARE(height(), outlier.restSquaredError / *outlier.restWithout);
    quantity->setCurrentIndex(1);
    QCOMPARE(height(), 100 * std::fabs(outlier.error) / 30);
    quantity->setCurrentIndex(2);
    QCOMPARE(height(), 100 * outlier.restShare());
    QCOMPARE(view->plot().chosen(), 0);
}

void TestOutlierView::untriedOutliersHaveNoCost()
{
    OutlierOptions options;
    options.mostRetried = 32;
    const auto study
        = std::make_shared<const OutlierStudy>(outlierStudy(*m_report, OutlierMeasure::TensorRms, options));
    OutlierView view;
    view.resize(420, 320);
    view.setStudy(study, m_report);
    QVERIFY(std::isnan(view.plot().picks()[1].place.y()));
    QCOMPARE(view.tableModel().index(1, 8).data().toString(), QStringLiteral("–"));
    QCOMPARE(view.tableModel().index(1, 10).data().toString(), QString());
    view.setSelected(90, 1);
    QVERIFY(!view.grab().isNull());
    options.mostRetried = 0;
    view.setStudy(
        std::make_shared<const OutlierStudy>(outlierStudy(*m_report, OutlierMeasure::TensorRms, options)), m_report);
    QVERIFY(view.plot().summary().contains("too long"));
    QVERIFY(!view.grab().isNull());
}

void TestOutlierView::theMeasureIsAskedFor()
{
    const auto view = shownView();
    QSignalSpy asked(view.get(), &OutlierView::measureChanged);
    view->setMeasure(OutlierMeasure::BlockRms);
    QCOMPARE(asked.size(), 0);
    view->setMeasure(OutlierMeasure::TensorRms);
    view->findChild<QComboBox*>("outlierMeasure")->setCurrentIndex(1);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(view->measure(), OutlierMeasure::BlockRms);
}

void TestOutlierView::emptyAndZeroSayWhy()
{
    OutlierView view;
    view.resize(420, 320);
    QVERIFY(view.plot().summary().contains("Open a tensor"));
    QTest::keyClick(view.findChild<PickPlot*>(), Qt::Key_Right);
    view.setStudy(std::make_shared<const OutlierStudy>(), m_report);
    QVERIFY(view.plot().summary().contains("zero"));
    QVERIFY(!view.grab().isNull());
    QCOMPARE(view.tableModel().rowCount(), 0);
}

void TestOutlierView::bothThemesPaint()
{
    const auto view = shownView();
    for (const Theme& theme : {lightTheme(), darkTheme()}) {
        view->setTheme(theme);
        QCOMPARE(view->findChild<PickPlot*>()->grab().toImage().pixelColor(1, 1), theme.panel);
    }
}

QTEST_MAIN(TestOutlierView)
#include "tst_outlier_view.moc"
