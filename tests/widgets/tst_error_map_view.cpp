#include "sample_report.h"
#include "widgets/block_values.h"
#include "widgets/error_map_view.h"
#include "widgets/heat_map.h"
#include "widgets/plot_data_model.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <memory>

using namespace nanoscope;

class TestErrorMapView : public QObject {
    Q_OBJECT

private slots:
    void init();
    void rowsAreTheBlocksOfTheMap();
    void selectionGoesBothWays();
    void rowsAreMadeWhileTheTableIsSeen();
    void manyRowsComePageByPage();
    void theModelKeepsTheRulesOfModels();
    void theMapShowsWhatIsChosen();

private:
    void showTable() { m_view->setTableShown(true); }

    std::unique_ptr<ErrorMapView> m_view;
    std::shared_ptr<const Report> m_report;
};

void TestErrorMapView::init()
{
    m_report = test::sampleReport({});
    m_view = std::make_unique<ErrorMapView>();
    m_view->setReport(m_report);
    m_view->resize(400, 300);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestErrorMapView::rowsAreTheBlocksOfTheMap()
{
    showTable();
    const PlotDataModel& table = m_view->tableModel();
    const auto columnOf = [&table](const QString& name) {
        for (int column = 0; column < table.columnCount(); ++column)
            if (table.headerData(column, Qt::Horizontal).toString() == name)
                return column;
        return -1;
    };
    QTRY_COMPARE(table.rowCount(), static_cast<int>(m_report->blockSquaredError.size()));
    for (int row = 0; row < table.rowCount(); ++row) {
        const auto block = static_cast<std::size_t>(row);
        const double mse = m_report->blockSquaredError[block] / static_cast<double>(blockLength(*m_report, block));
        QCOMPARE(table.index(row, columnOf("block")).data(kPlotValueRole).toULongLong(), block);
        QCOMPARE(table.index(row, columnOf("MSE")).data(kPlotValueRole).toDouble(), mse);
        QCOMPARE(table.index(row, columnOf("SQNR (dB)")).data(kPlotValueRole).toDouble(), blockSqnr(*m_report, block));
    }
}

void TestErrorMapView::selectionGoesBothWays()
{
    QSignalSpy selected(m_view.get(), &ErrorMapView::blockSelected);
    showTable();
    m_view->setSelectedBlock(3);
    QCOMPARE(m_view->table().currentIndex().row(), 3);
    QCOMPARE(selected.size(), 0);
    m_view->table().setFocus();
    QTest::keyClick(&m_view->table(), Qt::Key_Down);
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected[0][0].toULongLong(), 4ULL);
    QCOMPARE(m_view->map().selectedBlock(), std::optional<quint64>(4));
}

void TestErrorMapView::rowsAreMadeWhileTheTableIsSeen()
{
    QCOMPARE(m_view->tableModel().rowCount(), 0);
    QVERIFY(!m_view->tableModel().canFetchMore({}));
    showTable();
    QTRY_VERIFY(m_view->tableModel().rowCount() > 0);
    m_view->setReport(nullptr);
    QCOMPARE(m_view->tableModel().rowCount(), 0);
    m_view->setReport(m_report);
    m_view->setTableShown(false);
    QCOMPARE(m_view->tableModel().rowCount(), 0);
}

void TestErrorMapView::manyRowsComePageByPage()
{
    constexpr std::size_t kRows = 3'000'000;
    std::size_t made = 0;
    PlotDataModel model;
    model.show({"t", {{"n"}, {"half"}}, kRows, [&made](std::size_t row) -> std::vector<PlotValue> {
                    ++made;
                    return {std::uint64_t{row}, static_cast<double>(row) / 2};
                }});
    QCOMPARE(model.rowCount(), 0);
    model.fetchMore({});
    QCOMPARE(model.rowCount(), PlotDataModel::kPage);
    QCOMPARE(made, std::size_t{0});
    model.reach(1'500'000);
    QVERIFY(model.rowCount() > 1'500'000 && model.rowCount() <= 1'500'000 + PlotDataModel::kPage);
    QCOMPARE(model.index(1'500'000, 1).data(kPlotValueRole).toDouble(), 750'000.0);
    QCOMPARE(model.index(1'500'000, 0).data().toString(), QStringLiteral("1,500,000"));
    QVERIFY(model.canFetchMore({}));
    model.reach(static_cast<int>(kRows) + 5);
    QCOMPARE(model.rowCount(), static_cast<int>(kRows));
    QVERIFY(!model.canFetchMore({}));
    QCOMPARE(made, std::size_t{1});  // of the one row that was asked for
}

void TestErrorMapView::theModelKeepsTheRulesOfModels()
{
    PlotDataModel model;
    model.show(m_view->map().plotData());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.reach(3);
    QCOMPARE(model.rowCount(), static_cast<int>(m_report->blockSquaredError.size()));
}

void TestErrorMapView::theMapShowsWhatIsChosen()
{
    auto* quantity = m_view->findChild<QComboBox*>("errorMapQuantity");
    QVERIFY(quantity);
    QCOMPARE(quantity->count(), 3);
    quantity->setCurrentIndex(1);
    QCOMPARE(m_view->map().quantity(), BlockQuantity::Sqnr);
    quantity->setCurrentIndex(2);
    QCOMPARE(m_view->map().quantity(), BlockQuantity::MaxError);
}

QTEST_MAIN(TestErrorMapView)
#include "tst_error_map_view.moc"
