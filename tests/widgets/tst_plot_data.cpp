#include "sample_report.h"
#include "widgets/block_sqnr_chart.h"
#include "widgets/figure_model.h"
#include "widgets/heat_map.h"
#include "widgets/level_model.h"
#include "widgets/level_plot.h"
#include "widgets/magnitude_chart.h"
#include "widgets/plot_data.h"
#include "widgets/plot_recipe.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QStandardItemModel>
#include <QTest>

#include <cmath>
#include <limits>

using namespace nanoscope;

class TestPlotData : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void numbersReadBackAsTheSameDoubles_data();
    void numbersReadBackAsTheSameDoubles();
    void textIsQuotedAndUnitsStandInTheHeader();
    void jsonHoldsTheSameNumbersAndTheRecipe();
    void levelsAreThoseOfTheReport();
    void blocksAreThoseOfTheReport();
    void chartsGiveTheirBins();
    void tablesGiveValuesInPlaceOfTheirTexts();
    void treesNameTheParentOfEachRow();
    void emptyPlotsHaveNeitherContentNorData();
    void aStopGivesNothing();

private:
    std::shared_ptr<const Report> m_report;
};

/// Lines of a CSV, without quoted cells, as cells.
QList<QList<QByteArray>> cellsOf(const QByteArray& csv)
{
    QList<QList<QByteArray>> cells;
    for (const QByteArray& line : csv.split('\n'))
        if (!line.isEmpty())
            cells << line.trimmed().split(',');
    return cells;
}

void TestPlotData::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::German));  // whose numbers have a comma
    m_report = test::sampleReport({});
}

void TestPlotData::numbersReadBackAsTheSameDoubles_data()
{
    QTest::addColumn<double>("value");
    for (const double value : {0.1, -0.0, 1.0 / 3, 5e-324, 1.7976931348623157e308, -123456789.123456789, 8.73e-6,
             9007199254740993.0, 1e22, std::nextafter(1.0, 2.0), std::numeric_limits<double>::infinity(),
             -std::numeric_limits<double>::infinity()})
        QTest::addRow("%.17g", value) << value;
}

void TestPlotData::numbersReadBackAsTheSameDoubles()
{
    QFETCH(double, value);
    const PlotData data = tableData("t", {{"v", "dB"}}, {{value}, {std::nan("")}});
    const auto cells = cellsOf(csvOf(data));
    bool isNumber = false;
    const double read = cells[1][0].toDouble(&isNumber);
    QVERIFY2(isNumber, cells[1][0]);
    QVERIFY2(read == value && std::signbit(read) == std::signbit(value), cells[1][0]);
    QVERIFY(std::isnan(cells[2][0].toDouble()));
    if (!std::isfinite(value))
        return;
    const QJsonArray rows = QJsonDocument::fromJson(jsonOf(data, {})).object()["rows"].toArray();
    QVERIFY(rows[0].toArray()[0].toDouble() == value);
    QVERIFY(rows[1].toArray()[0].isNull());
}

void TestPlotData::textIsQuotedAndUnitsStandInTheHeader()
{
    const PlotData data = tableData("t", {{"name"}, {"a, b", "dB"}, {"count"}},
        {{QString("say \"ö\""), 1.5, std::uint64_t{18446744073709551615U}}, {QString("two\nlines"), {}, {}}});
    QCOMPARE(csvOf(data),
        QByteArray("name,\"a, b [dB]\",count\r\n\"say \"\"ö\"\"\",1.5,18446744073709551615\r\n\"two\nlines\",,\r\n"));
}

void TestPlotData::jsonHoldsTheSameNumbersAndTheRecipe()
{
    PlotRecipe recipe{"F", "{\"bits\":4}", "a/\"b", "f.h5", "1"};
    recipe.formats = {{"A", "F", "{\"bits\":4}"}};
    const PlotData data = tableData("t\"", {{"v", "µs"}}, {{0.1}, {std::uint64_t{7}}, {QString("\\")}});
    QJsonParseError error;
    const QJsonObject json = QJsonDocument::fromJson(jsonOf(data, recipe), &error).object();
    QCOMPARE(error.errorString(), QStringLiteral("no error occurred"));
    QCOMPARE(json["title"].toString(), QStringLiteral("t\""));
    QCOMPARE(json["columns"].toArray()[0].toObject()["unit"].toString(), QStringLiteral("µs"));
    QCOMPARE(json["rows"].toArray(), QJsonArray({QJsonArray{0.1}, QJsonArray{7}, QJsonArray{"\\"}}));
    QCOMPARE(json["recipe"].toObject()["spec"].toObject()["bits"].toInt(), 4);
    QCOMPARE(json["recipe"].toObject()["formats"].toArray()[0].toObject()["slot"].toString(), QStringLiteral("A"));
    QCOMPARE(json["recipe"].toObject()["tensor"].toString(), QStringLiteral("a/\"b"));
}

void TestPlotData::levelsAreThoseOfTheReport()
{
    LevelPlot plot;
    plot.setReport(m_report);
    QVERIFY(plot.hasContent());
    const auto cells = cellsOf(csvOf(plot.plotData()));
    std::size_t bins = 0;
    for (const Density& density : m_report->density)
        bins += density.counts.size();
    QCOMPARE(cells.size(), static_cast<qsizetype>(m_report->levels.size() + bins) + 1);
    for (std::size_t i = 0; i < m_report->levels.size(); ++i) {
        const QList<QByteArray>& row = cells[static_cast<qsizetype>(i) + 1];
        QCOMPARE(row[0], QByteArray("level"));
        QCOMPARE(row[2].toUInt(), m_report->levels[i].code);
        QVERIFY(row[4].toDouble() == m_report->levels[i].level);
        QCOMPARE(row[6].toULongLong(), qulonglong{m_report->levels[i].count});
        QVERIFY(row[7].toDouble() == m_report->levels[i].squaredError);
    }
    QCOMPARE(cells.back()[0], QByteArray("density"));
    QVERIFY(std::fabs(cells.back()[5].toDouble() - m_report->density.back().highest) < 1e-12);
    QCOMPARE(cells.back()[6].toULongLong(), qulonglong{m_report->density.back().counts.back()});
}

void TestPlotData::blocksAreThoseOfTheReport()
{
    HeatMap map;
    map.setReport(m_report);
    const auto cells = cellsOf(csvOf(map.plotData()));
    QCOMPARE(cells.size(), static_cast<qsizetype>(m_report->blockSquaredError.size()) + 1);
    std::uint64_t elements = 0;
    for (qsizetype block = 0; block + 1 < cells.size(); ++block) {
        const QList<QByteArray>& row = cells[block + 1];
        const auto index = static_cast<std::size_t>(block);
        QCOMPARE(row[0].toULongLong(), qulonglong{index});
        QCOMPARE(row[1].toULongLong() * m_report->blocksPerRow + row[2].toULongLong(), qulonglong{index});
        elements += row[3].toULongLong();
        QVERIFY(row[4].toDouble() == m_report->blockSquaredError[index]);
        QVERIFY(row[8].toDouble() == static_cast<double>(m_report->blockMaxError[index]));
    }
    QCOMPARE(elements, m_report->elements);
}

void TestPlotData::chartsGiveTheirBins()
{
    MagnitudeChart magnitude;
    magnitude.setReports({m_report, nullptr, m_report});
    const auto cells = cellsOf(csvOf(magnitude.plotData()));
    QCOMPARE(cells.size(), static_cast<qsizetype>(2 * m_report->magnitudes.size()) + 1);
    QCOMPARE(cells[0].back(), QByteArray("relative error [%]"));
    for (std::size_t i = 0; i < m_report->magnitudes.size(); ++i) {
        QVERIFY(cells[static_cast<qsizetype>(i) + 1][1].toDouble() == m_report->magnitudes[i].lowest);
        QVERIFY(cells[static_cast<qsizetype>(i) + 1][4].toDouble() == m_report->magnitudes[i].squaredError);
    }
    BlockSqnrChart blocks;
    blocks.setLines({{SeriesRole::A, m_report,
        std::make_shared<const BlockSqnrSpread>(blockSqnrSpread(m_report->blockSquaredError, m_report->blockPower))}});
    const auto shares = cellsOf(csvOf(blocks.plotData()));
    double sum = 0;
    for (qsizetype row = 1; row < shares.size(); ++row)
        sum += shares[row][3].toDouble();
    QVERIFY2(sum > 1 && sum < 100.0001, qPrintable(QString::number(sum)));  // exact blocks have no SQNR
}

void TestPlotData::tablesGiveValuesInPlaceOfTheirTexts()
{
    FigureModel figures;
    Report report = *m_report;
    report.utilisation = 0.375;
    figures.setReports({std::make_shared<const Report>(report)});
    const PlotData data = dataOfModel(figures, "Figures");
    QCOMPARE(data.columns[FigureModel::AColumn].name, QStringLiteral("A"));
    const auto sqnr = data.row(static_cast<std::size_t>(figures.rowOf("sqnr")));
    QVERIFY(std::get<double>(sqnr[FigureModel::AColumn]) == *m_report->error.sqnrDecibel);
    QCOMPARE(std::get<QString>(sqnr[FigureModel::UnitColumn]), QStringLiteral("dB"));
    const auto percent = data.row(static_cast<std::size_t>(figures.rowOf("utilisation")));
    QVERIFY(std::get<double>(percent[FigureModel::AColumn]) == 37.5);
    LevelModel levels;
    levels.setReport(m_report);
    const auto first = dataOfModel(levels, "Levels").row(0);
    QVERIFY(std::holds_alternative<double>(first[LevelModel::LevelColumn]));
    QVERIFY(std::holds_alternative<std::uint64_t>(first[LevelModel::CountColumn]));
}

void TestPlotData::treesNameTheParentOfEachRow()
{
    QStandardItemModel model;
    model.setHorizontalHeaderLabels({"name"});
    auto* parent = new QStandardItem("p");
    parent->appendRow(new QStandardItem("c"));
    model.appendRow(parent);
    QCOMPARE(csvOf(dataOfModel(model, {})), QByteArray("part of,name\r\n,p\r\np,c\r\n"));
    model.item(0)->removeRow(0);
    QCOMPARE(csvOf(dataOfModel(model, {})), QByteArray("name\r\np\r\n"));
}

void TestPlotData::emptyPlotsHaveNeitherContentNorData()
{
    const LevelPlot levels;
    const HeatMap heat;
    const MagnitudeChart chart;
    for (const PlotView* plot : {static_cast<const PlotView*>(&levels), static_cast<const PlotView*>(&heat),
             static_cast<const PlotView*>(&chart)}) {
        QVERIFY(!plot->hasContent());
        QVERIFY(plot->plotData().isEmpty());
    }
}

void TestPlotData::aStopGivesNothing()
{
    std::stop_source stop;
    stop.request_stop();
    const PlotData data = tableData("t", {{"v"}}, {{1.0}});
    QVERIFY(csvOf(data, stop.get_token()).isEmpty());
    QVERIFY(jsonOf(data, {}, stop.get_token()).isEmpty());
}

QTEST_MAIN(TestPlotData)
#include "tst_plot_data.moc"
