#include "sample_report.h"
#include "widgets/block_sqnr_chart.h"
#include "widgets/magnitude_chart.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QTest>

#include <cmath>
#include <memory>

using namespace nanoscope;

class TestCharts : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void histogramSharesAddUpToAllBlocks();
    void exactAndExcludedBlocksStayOffTheAxis();
    void magnitudeTableHasTheRelativeErrorOfEachBin();
    void emptyChartsSayWhatToDo();
    void bothShapesAndThemesPaint();

private:
    std::shared_ptr<const Report> m_a;
    std::shared_ptr<const Report> m_b;
};

namespace {

double numberAt(const QAbstractItemModel& model, int row, int column)
{
    const QString text = model.index(row, column).data().toString();
    const QStringList parts = text.split(QStringLiteral("×10"));
    if (parts.size() == 1)
        return QLocale().toDouble(text);
    return 0;  // written as a power of ten: too small to matter in a sum
}

}  // namespace

void TestCharts::initTestCase()
{
    QLocale::setDefault(QLocale::c());
    test::Sample sample;
    m_a = test::sampleReport(sample);
    sample.name = "OTHER";
    sample.recycle = true;
    m_b = test::sampleReport(sample);
}

void TestCharts::histogramSharesAddUpToAllBlocks()
{
    BlockSqnrChart chart;
    chart.setReports({m_a, m_b});
    const QAbstractTableModel& table = *chart.tableModel();
    QAbstractItemModelTester tester(chart.tableModel(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(table.columnCount(), 4);
    for (const int column : {2, 3}) {
        double sum = 0;
        for (int row = 0; row < table.rowCount(); ++row)
            sum += numberAt(table, row, column);
        QVERIFY2(std::fabs(sum - 100) < 0.5, qPrintable(QString::number(sum)));
    }
    QVERIFY(chart.accessibleDescription().contains(QStringLiteral("OTHER")));
}

void TestCharts::exactAndExcludedBlocksStayOffTheAxis()
{
    auto report = std::make_shared<Report>(*m_a);
    report->blockSquaredError[0] = 0.0F;
    report->blockPower[1] = std::nanf("");
    report->blockSquaredError[1] = std::nanf("");
    BlockSqnrChart chart;
    chart.setReports({report, nullptr});
    chart.resize(400, 300);
    QVERIFY(chart.summary().contains(QStringLiteral("exact")));
    QVERIFY(!chart.grab().isNull());
    for (double& error : report->blockSquaredError)
        error = 0.0;
    BlockSqnrChart allExact;
    allExact.setReports({report, nullptr});
    QVERIFY(!allExact.grab().isNull());
    QCOMPARE(allExact.tableModel()->rowCount(), 0);
}

void TestCharts::magnitudeTableHasTheRelativeErrorOfEachBin()
{
    auto report = std::make_shared<Report>();
    report->format.name = "HAND";
    report->magnitudes = {{0.0, 0.5, 3, 0.0, 0.0}, {0.5, 1.0, 4, 0.04, 4.0}, {1.0, 2.0, 2, 0.0, 5.0}};
    MagnitudeChart chart;
    chart.setReports({report, nullptr});
    const QAbstractTableModel& table = *chart.tableModel();
    QAbstractItemModelTester tester(chart.tableModel(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(table.rowCount(), 2);  // zeros have no place on a logarithmic axis
    QCOMPARE(table.index(0, 2).data().toString(), QStringLiteral("4"));
    QCOMPARE(table.index(0, 3).data().toString(), QStringLiteral("10"));  // sqrt(0.04 / 4)
    QCOMPARE(table.index(1, 3).data().toString(), QStringLiteral("0"));
    QVERIFY(!chart.grab().isNull());
}

void TestCharts::emptyChartsSayWhatToDo()
{
    MagnitudeChart magnitude;
    BlockSqnrChart sqnr;
    for (ChartPane* chart : {static_cast<ChartPane*>(&magnitude), static_cast<ChartPane*>(&sqnr)}) {
        QVERIFY(!chart->grab().isNull());
        QVERIFY(chart->summary().contains(QStringLiteral("no tensor")));
        QCOMPARE(chart->tableModel()->rowCount(), 0);
    }
}

void TestCharts::bothShapesAndThemesPaint()
{
    BlockSqnrChart chart;
    chart.resize(420, 260);
    chart.setReports({m_a, m_b});
    for (const Theme& theme : {lightTheme(), darkTheme()}) {
        chart.setTheme(theme);
        for (const auto shape : {BlockSqnrChart::Shape::Histogram, BlockSqnrChart::Shape::Cumulative}) {
            chart.setShape(shape);
            QCOMPARE(chart.grab().toImage().pixelColor(1, 1), theme.panel);
        }
    }
    const QAbstractTableModel& table = *chart.tableModel();
    QVERIFY(table.rowCount() > 3);
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
