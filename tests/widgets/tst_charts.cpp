#include "sample_report.h"
#include "widgets/bare_chart.h"
#include "widgets/block_sqnr_chart.h"
#include "widgets/block_values.h"
#include "widgets/magnitude_chart.h"

#include <QAbstractItemModelTester>
#include <QImage>
#include <QLineSeries>
#include <QLocale>
#include <QMargins>
#include <QPainter>
#include <QSignalSpy>
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
    void aClickChoosesABlockOfThatSqnr();
    void arrowsGoFromBinToBin();
    void aRowChoosesABlockOfItsBin();
    void dottedLinesStayUnfilled();

private:
    std::shared_ptr<const Report> m_a;
    std::shared_ptr<const Report> m_b;
};

namespace {

/// The spreads of reports, from A on.
std::vector<BlockSqnrLine> linesOf(const RoleReports& reports)
{
    std::vector<BlockSqnrLine> lines;
    for (std::size_t slot = 0; slot < reports.size(); ++slot)
        lines.push_back({kSeriesRoles[slot], reports[slot],
            std::make_shared<const BlockSqnrSpread>(
                blockSqnrSpread(reports[slot]->blockSquaredError, reports[slot]->blockPower))});
    return lines;
}

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
    chart.setLines(linesOf({m_a, m_b}));
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
    report->blockSquaredError.set(0, 0.0);
    report->blockPower.set(1, std::nan(""));
    report->blockSquaredError.set(1, std::nan(""));
    BlockSqnrChart chart;
    chart.setLines(linesOf({report}));
    chart.resize(400, 300);
    QVERIFY(chart.summary().contains(QStringLiteral("exact")));
    QVERIFY(!chart.grab().isNull());
    report->blockSquaredError.assign(report->blockSquaredError.size(), 0.0);
    BlockSqnrChart allExact;
    allExact.setLines(linesOf({report}));
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
    chart.setLines(linesOf({m_a, m_b}));
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

void TestCharts::aClickChoosesABlockOfThatSqnr()
{
    BlockSqnrChart chart;
    chart.resize(420, 260);
    chart.setLines(linesOf({m_a, m_b}));
    chart.show();
    QSignalSpy chosen(&chart, &BlockSqnrChart::blockChosen);
    const double wanted = blockSqnr(*m_a, 17);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.positionOf({wanted, 1}).toPoint());
    QCOMPARE(chosen.size(), 1);
    const quint64 block = chosen[0][0].toULongLong();
    QVERIFY2(std::fabs(blockSqnr(*m_a, block) - wanted) < 0.2, qPrintable(QString::number(block)));  // a pixel or so
    QVERIFY(chart.accessibleDescription().contains(QStringLiteral("selected: Block %1 ").arg(block)));
    const QImage marked = chart.grab().toImage();
    chart.setSelectedBlock(std::nullopt);
    QVERIFY(marked != chart.grab().toImage());
    QCOMPARE(chosen.size(), 1);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(2, 100));  // left of the axis
    QCOMPARE(chosen.size(), 1);
}

void TestCharts::arrowsGoFromBinToBin()
{
    BlockSqnrChart chart;
    chart.setLines(linesOf({m_a}));
    QSignalSpy chosen(&chart, &BlockSqnrChart::blockChosen);
    const auto sqnrOf = [&](int signal) { return blockSqnr(*m_a, chosen[signal][0].toULongLong()); };
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Right, Qt::Key_Right, Qt::Key_Left, Qt::Key_End, Qt::Key_Right})
        QTest::keyClick(&chart, key);
    QCOMPARE(chosen.size(), 5);  // behind the last bin there is none
    double lowest = sqnrOf(0);
    double highest = lowest;
    for (std::uint64_t block = 0; block < m_a->blockSquaredError.size(); ++block) {
        lowest = std::min(lowest, blockSqnr(*m_a, block));
        highest = std::max(highest, blockSqnr(*m_a, block));
    }
    QVERIFY(sqnrOf(0) - lowest < BlockSqnrSpread::kBinWidth);
    QVERIFY(sqnrOf(1) > sqnrOf(0) && sqnrOf(2) > sqnrOf(1));
    QCOMPARE(chosen[3][0], chosen[1][0]);
    QVERIFY(highest - sqnrOf(4) < BlockSqnrSpread::kBinWidth);
}

void TestCharts::aRowChoosesABlockOfItsBin()
{
    BlockSqnrChart chart;
    chart.setLines(linesOf({m_a}));
    QSignalSpy chosen(&chart, &BlockSqnrChart::blockChosen);
    const QAbstractTableModel& table = *chart.tableModel();
    for (int row = 0; row < table.rowCount(); ++row) {
        chart.chooseRow(row);
        const bool isEmpty = numberAt(table, row, 2) == 0;
        QCOMPARE(chosen.size(), isEmpty ? 0 : 1);
        if (isEmpty)
            continue;
        const double decibel = blockSqnr(*m_a, chosen.takeFirst()[0].toULongLong());
        QVERIFY(decibel >= numberAt(table, row, 0) - 0.011 && decibel < numberAt(table, row, 1) + 0.011);
    }
}

/// Whatever was painted before the chart, a legend for example.
void TestCharts::dottedLinesStayUnfilled()
{
    BareChart chart(QMargins(4, 4, 4, 4));
    auto* line = new QLineSeries;  // the chart owns it
    line->setPen(QPen(Qt::black, 1.4, Qt::DotLine));
    chart.attach(line);
    line->replace(QList<QPointF>{{0, 0}, {1, 8}, {2, 9}, {3, 10}});
    chart.setAxis(ChartSide::X, 0, 3, {}, {}, QFont());
    chart.setAxis(ChartSide::Y, 0, 10, {}, {}, QFont());
    chart.layOut(QSizeF(300, 200), QFont());
    const auto paintedAfter = [&chart](const QBrush& brush) {
        QImage image(300, 200, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setBrush(brush);
        chart.render(painter, QRectF(0, 0, 300, 200));
        painter.end();
        return image;
    };
    QCOMPARE(paintedAfter(Qt::red), paintedAfter(Qt::NoBrush));
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
