#include "tests/widgets/sample_model.h"
#include "widgets/color_map.h"
#include "widgets/model_map.h"
#include "widgets/model_overview.h"
#include "widgets/model_table.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace nanoscope;
using samplemodel::model;

namespace {

QStringList namesOf(const QAbstractItemModel& table)
{
    QStringList names;
    for (int row = 0; row < table.rowCount(); ++row)
        names << table.index(row, 0).data().toString();
    return names;
}

QColor pixelAt(ModelMap& map, QPointF place)
{
    return map.grab().toImage().pixelColor((place + QPointF(-20, 6)).toPoint());  // beside the cell's text
}

}  // namespace

/// The overview of a model: table, map, filter and progress (oracle: the values given).
class TestModelOverview : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void modelKeepsTheRulesOfModels()
    {
        ModelTable table;
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(table.rowCount(), 0);
        table.setState(model());
        QCOMPARE(table.rowCount(), 5);
        QCOMPARE(table.columnCount(), 5 + 2 * 2);
        QCOMPARE(table.columnOf(ModelTable::Field::Sqnr, 1), 7);  // presets stand behind what the values are like
        QCOMPARE(table.columnOf(ModelTable::Field::Sqnr, 2), -1);
        auto more = model();
        more->columns.push_back({"NVFP4", std::nullopt, {}});
        table.setState(more);
        QCOMPARE(table.columnCount(), 5 + 3 * 2);
        table.setState(nullptr);
        QCOMPARE(table.rowCount(), 0);
    }

    void cellsSayWhatIsKnown_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<ModelTable::Field>("field");
        QTest::addColumn<int>("format");
        QTest::addColumn<QString>("text");
        using Field = ModelTable::Field;
        QTest::newRow("name") << 0 << Field::Name << 0 << "layers.0.wq";
        QTest::newRow("shape") << 0 << Field::Extents << 0 << QString::fromUtf8("64 × 32");
        QTest::newRow("elements") << 1 << Field::Elements << 0 << "512";
        QTest::newRow("kurtosis") << 1 << Field::Kurtosis << 0 << "19";
        QTest::newRow("outliers") << 0 << Field::Outliers << 0 << "0.27 %";
        QTest::newRow("SQNR") << 0 << Field::Sqnr << 0 << "20.00";
        QTest::newRow("second format") << 1 << Field::Sqnr << 1 << "18.75";
        QTest::newRow("vacant") << 0 << Field::Vacant << 0 << "2 + 1";
        QTest::newRow("exact") << 2 << Field::Sqnr << 0 << "exact";
        QTest::newRow("refused") << 3 << Field::Sqnr << 0 << "refused";
        QTest::newRow("refused, no levels") << 3 << Field::Vacant << 0 << "";
        QTest::newRow("not measured yet") << 4 << Field::Sqnr << 0 << "";
        QTest::newRow("not looked at yet") << 4 << Field::Kurtosis << 0 << "";
    }

    void cellsSayWhatIsKnown()
    {
        QFETCH(const int, row);
        QFETCH(const ModelTable::Field, field);
        QFETCH(const int, format);
        QFETCH(const QString, text);
        ModelTable table;
        table.setState(model());
        QCOMPARE(table.index(row, table.columnOf(field, static_cast<std::size_t>(format))).data().toString(), text);
    }

    void reasonsAreToldInToolTips()
    {
        ModelTable table;
        table.setState(model());
        const auto tip
            = [&table](int row, int column) { return table.index(row, column).data(Qt::ToolTipRole).toString(); };
        QCOMPARE(tip(3, table.columnOf(ModelTable::Field::Sqnr, 1)), QString("damaged: the chunk cannot be inflated"));
        QCOMPARE(tip(4, table.columnOf(ModelTable::Field::Sqnr, 0)), QString("not measured yet"));
        QVERIFY(tip(0, table.columnOf(ModelTable::Field::Sqnr, 0)).contains("4.2500 bits"));
        QCOMPARE(
            table.headerData(table.columnOf(ModelTable::Field::Sqnr, 0), Qt::Horizontal).toString(), QString("A, dB"));
        QVERIFY(table.headerData(table.columnOf(ModelTable::Field::Sqnr, 0), Qt::Horizontal, Qt::ToolTipRole)
                    .toString()
                    .contains("A: NxFP4"));
    }

    void worstComesFirstAndTheRestLast()
    {
        ModelOverview view;
        view.setState(model());
        const QStringList names = namesOf(view.tableModel());
        QCOMPARE(names.mid(0, 3), QStringList({"layers.0.wk", "layers.0.wq", "embedding"}));
        // New figures move their row.
        auto next = model();
        next->rows[4] = samplemodel::row("waiting", 8, {12.0, 12.0});
        view.setState(next);
        QCOMPARE(namesOf(view.tableModel()).first(), QString("waiting"));
        view.findChild<QTableView*>("modelTable")->sortByColumn(6, Qt::DescendingOrder);
        QCOMPARE(namesOf(view.tableModel()).first(), QString("embedding"));
    }

    void filterNarrowsTableAndMap()
    {
        ModelOverview view;
        view.resize(700, 400);
        view.setState(model());
        view.findChild<QLineEdit*>("modelFilter")->setText("LAYERS");
        QCOMPARE(view.tableModel().rowCount(), 2);
        QTRY_VERIFY(view.map().placeOf(1, 0) && !view.map().placeOf(2, 0));
        QVERIFY(view.toText().contains("layers.0.wq\t") && !view.toText().contains("embedding"));
    }

    void aRowLeadsToItsTensor()
    {
        ModelOverview view;
        view.resize(700, 400);
        view.setState(model());
        view.show();
        QSignalSpy chosen(&view, &ModelOverview::tensorChosen);
        auto* table = view.findChild<QTableView*>("modelTable");
        QTest::mouseClick(
            table->viewport(), Qt::LeftButton, {}, table->visualRect(view.tableModel().index(1, 0)).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.last().first().toString(), QString("layers.0.wq"));
        view.findChild<QTabWidget*>("modelPages")->setCurrentIndex(1);
        QTRY_VERIFY(view.map().placeOf(0, 1));
        QTest::mouseClick(&view.map(), Qt::LeftButton, {}, view.map().placeOf(0, 1)->toPoint());
        QCOMPARE(chosen.last().first().toString(), QString("layers.0.wk"));
        QTest::keyClick(&view.map(), Qt::Key_Down);
        QCOMPARE(chosen.size(), 2);  // moving is not choosing
        QTest::keyClick(&view.map(), Qt::Key_Return);
        QCOMPARE(chosen.last().first().toString(), QString("layers.0.wq"));
        view.setCurrent("embedding");
        QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), QString("embedding"));
        QCOMPARE(chosen.size(), 3);  // setters do not emit
    }

    void worstStaysInSight()
    {
        ModelOverview view;
        view.resize(500, 200);
        view.show();
        view.setCurrent("tensor 199");
        auto state = std::make_shared<ModelState>();
        state->columns = {{"NxFP4", SeriesRole::A, {}}};
        for (int i = 0; i < 200; ++i)
            state->rows.push_back(samplemodel::row(qPrintable(QString("tensor %1").arg(i)), 4, {10.0 + i}));
        view.setState(state);
        auto* table = view.findChild<QTableView*>("modelTable");
        QCOMPARE(table->currentIndex().row(), 199);
        QCOMPARE(table->indexAt(QPoint(5, 5)).row(), 0);
        view.setCurrent("tensor 150");  // what the user chooses elsewhere comes into sight
        QVERIFY(table->viewport()->rect().contains(table->visualRect(table->currentIndex()).center()));
    }

    void mapIsLighterWhereItIsWorse()
    {
        ModelMap map;
        map.resize(600, 400);
        map.setState(model(), {0, 1, 2, 3, 4});
        const QColor best = pixelAt(map, *map.placeOf(2, 1));   // 30 dB
        const QColor worst = pixelAt(map, *map.placeOf(0, 1));  // 18.5 dB
        QCOMPARE(best, QColor(colorTable(ColorMap::Viridis).front()));
        QCOMPARE(worst, QColor(colorTable(ColorMap::Viridis).back()));
        QVERIFY(relativeLuminance(worst) > relativeLuminance(best));
        QCOMPARE(pixelAt(map, *map.placeOf(4, 0)), map.theme().panel);  // not measured yet
        QVERIFY(map.summary().contains("5 tensors under 2 formats"));
    }

    void manyTensorsStayInsideTheMap()
    {
        auto state = std::make_shared<ModelState>();
        state->columns = {{"NxFP4", SeriesRole::A, {}}};
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < 3000; ++i) {
            state->rows.push_back(samplemodel::row("tensor", 4, {15.0 + static_cast<double>(i % 7)}));
            order.push_back(i);
        }
        ModelMap map;
        map.resize(400, 300);
        map.setState(state, order);
        QVERIFY(map.placeOf(2999, 0)->y() < 300);
        QVERIFY(map.placeOf(0, 0)->y() < map.placeOf(2999, 0)->y());
        QVERIFY(!map.grab().isNull());
    }

    void progressCanBeStoppedAndGoesOn()
    {
        ModelOverview view;
        QSignalSpy asked(&view, &ModelOverview::runAsked);
        auto* run = view.findChild<QToolButton*>("modelRun");
        auto* progress = view.findChild<QProgressBar*>("modelProgress");
        view.setState(model());
        QVERIFY(!progress->isHidden());
        QCOMPARE(progress->maximum(), 10);
        QCOMPARE(progress->value(), 8);
        run->click();
        QCOMPARE(asked.last().first().toBool(), false);
        auto stopped = model();
        stopped->isRunning = false;
        view.setState(stopped);
        QCOMPARE(run->text(), QString("Go on"));
        run->click();
        QCOMPARE(asked.last().first().toBool(), true);
        auto done = model();
        done->measured = 10;
        done->isRunning = false;
        view.setState(done);
        QVERIFY(progress->isHidden() && run->isHidden());
    }

    void wholeModelIsTold()
    {
        ModelOverview view;
        view.setState(model());
        const QString text = view.findChild<QLabel*>("modelTotal")->text();
        // 2048 elements at 20 dB, 512 at 19 dB and 4096 without error, power 1 each
        const double nmse = (2048 * std::pow(10, -2.0) + 512 * std::pow(10, -1.9)) / (2048 + 512 + 4096);
        QVERIFY2(text.contains(QString::number(-10 * std::log10(nmse), 'f', 2)), qPrintable(text));
        QVERIFY2(text.contains("A: NxFP4") && text.contains("4.250 bits") && text.contains("3 of 5 tensors"),
            qPrintable(text));
    }
};

QTEST_MAIN(TestModelOverview)
#include "tst_model_overview.moc"
