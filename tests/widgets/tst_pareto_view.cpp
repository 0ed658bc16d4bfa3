// Many cases, one subject: one view and its points serve all of them.
#include "widgets/pareto_chart.h"
#include "widgets/pareto_model.h"
#include "widgets/pareto_symbols.h"
#include "widgets/pareto_view.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace nanoscope;

namespace {

ParetoEntry entryOf(const char* name, double bits, double sqnr, double area, ParetoGroup group = ParetoGroup::Mx)
{
    ParetoEntry entry;
    entry.name = QString::fromLatin1(name);
    entry.title = QStringLiteral("title of ") + entry.name;
    entry.standing = QStringLiteral("paper");
    entry.group = group;
    entry.nominalBits = bits;
    entry.merit = FormatMerit{};
    entry.merit->bitsPerElement = bits;
    entry.merit->sqnrDecibel = sqnr;
    entry.merit->nmse = std::pow(10, -sqnr / 10);
    entry.merit->maximumError = 1 / sqnr;
    entry.merit->vacantLevels = bits < 4.3 ? 1 : 0;
    entry.merit->vacantInBlock = bits;
    entry.merit->utilisation = 0.9;
    entry.cost = ParetoCost{area, 2 * area, 3 * area, 4 * area, 5 * area, 6 * area};
    return entry;
}

std::shared_ptr<ParetoState> sampleState()
{
    auto state = std::make_shared<ParetoState>();
    state->presets = {entryOf("MXFP4", 4.25, 18.1, 9000), entryOf("NxFP4", 4.34, 19.9, 13000, ParetoGroup::NxFp),
        entryOf("NVFP4", 4.5, 20.6, 11700, ParetoGroup::Nv), entryOf("MXINT4", 4.25, 16.5, 8000),
        entryOf("Worse", 4.6, 15.0, 14000, ParetoGroup::Other), entryOf("Wide", 16.1, 70.0, 90000)};
    ParetoEntry refused = entryOf("Q4_K", 4.5, 0, 9000, ParetoGroup::Gguf);
    refused.merit = FormatMerit{};
    refused.merit->refusal = "rows of 100 are no whole blocks of 256";
    state->presets.push_back(refused);
    ParetoEntry unpriced = entryOf("Odd", 5, 22, 0, ParetoGroup::Other);
    unpriced.cost.reset();
    unpriced.costRefusal = QStringLiteral("no datapath");
    state->presets.push_back(unpriced);
    state->measured = state->presets.size();
    state->a = entryOf("NxFP4 (edited)", 4.4, 20.0, 12500);
    return state;
}

QStringList namesOf(const ParetoState& state, const std::vector<std::size_t>& presets)
{
    QStringList names;
    for (const std::size_t i : presets)
        names << state.presets[i].name;
    return names;
}

}  // namespace

/// The Pareto view shows what it is given (oracle: fronts and values by hand).
class TestParetoView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void frontIsThatOfTheAxis()
    {
        const auto state = sampleState();
        ParetoChart chart;
        chart.setState(state);
        QCOMPARE(namesOf(*state, chart.front()), (QStringList{"MXFP4", "NxFP4", "NVFP4", "Odd", "Wide"}));
        QCOMPARE(chart.shown().size(), std::size_t{7});  // all but the refused one
        ParetoFilter filter;
        filter.axis = ParetoAxis::Area;
        filter.isLogarithmic = true;
        chart.setFilter(filter);
        QCOMPARE(namesOf(*state, chart.front()), (QStringList{"MXINT4", "MXFP4", "NVFP4", "Wide"}));
        QCOMPARE(chart.shown().size(), std::size_t{6});  // one has no price
        filter.hiddenGroups.insert(static_cast<int>(ParetoGroup::Nv));
        chart.setFilter(filter);
        QCOMPARE(namesOf(*state, chart.front()), (QStringList{"MXINT4", "MXFP4", "NxFP4", "Wide"}));
        filter.onlyFront = true;
        chart.setFilter(filter);
        QCOMPARE(chart.shown(), chart.front());
        QVERIFY(chart.summary().contains(QStringLiteral("MXINT4, MXFP4, NxFP4, Wide")));
    }

    void withoutAnyFigureTheReasonIsTold()
    {
        auto state = sampleState();
        ParetoView view;
        for (ParetoEntry& entry : state->presets)
            entry.merit->sqnrDecibel.reset();
        view.setState(state);
        QVERIFY2(view.toText().contains("no SQNR"), qPrintable(view.toText()));
        QVERIFY(!view.toText().contains("exact"));
    }

    void symbolsLieByTheirValues()
    {
        const auto state = sampleState();
        ParetoChart chart;
        chart.resize(700, 400);
        chart.setState(state);
        const QPointF mxfp4 = chart.placeOf(0);
        const QPointF nxfp4 = chart.placeOf(1);
        const QPointF nvfp4 = chart.placeOf(2);
        QVERIFY(mxfp4.x() < nxfp4.x() && nxfp4.x() < nvfp4.x());
        QVERIFY(mxfp4.y() > nxfp4.y() && nxfp4.y() > nvfp4.y());  // better is higher
        const double perBit = (nvfp4.x() - mxfp4.x()) / 0.25;
        QVERIFY(qAbs(nxfp4.x() - (mxfp4.x() + 0.09 * perBit)) < 1.0);
        QVERIFY(chart.placeOf(5).x() > chart.width());  // sixteen bits are outside of the usual range
        chart.showWholeRange();
        QVERIFY(chart.rect().contains(chart.placeOf(5).toPoint()));
    }

    void clickAndKeysChoose()
    {
        const auto state = sampleState();
        ParetoChart chart;
        chart.resize(700, 400);
        chart.setState(state);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QSignalSpy chosen(&chart, &ParetoChart::presetChosen);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.placeOf(2).toPoint());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.last().first().toString(), QStringLiteral("NVFP4"));
        QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(chart.width() - 30, chart.height() - 60));
        QCOMPARE(chosen.count(), 1);            // nothing there
        QTest::keyClick(&chart, Qt::Key_Left);  // from NVFP4 to the next cheaper one
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(chosen.last().first().toString(), QStringLiteral("NxFP4"));
    }

    void draggingMovesAndDoesNotChoose()
    {
        const auto state = sampleState();
        ParetoChart chart;
        chart.resize(700, 400);
        chart.setState(state);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QSignalSpy chosen(&chart, &ParetoChart::presetChosen);
        const QPointF before = chart.placeOf(0);
        const QPoint from = before.toPoint();
        QTest::mousePress(&chart, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, QPointF(from + QPoint(40, 20)),
            chart.mapToGlobal(QPointF(from + QPoint(40, 20))), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&chart, &move);
        QTest::mouseRelease(&chart, Qt::LeftButton, {}, from + QPoint(40, 20));
        QCOMPARE(chosen.count(), 0);
        QVERIFY(qAbs(chart.placeOf(0).x() - before.x() - 40) < 2);
        QVERIFY(qAbs(chart.placeOf(0).y() - before.y() - 20) < 2);
        chart.setState(sampleState());  // new figures leave the range alone
        QVERIFY(qAbs(chart.placeOf(0).x() - before.x() - 40) < 2);
        QTest::keyClick(&chart, Qt::Key_0);
        QVERIFY(qAbs(chart.placeOf(0).x() - before.x()) < 2);
    }

    void tableIsTheTwin()
    {
        ParetoView view;
        view.setState(sampleState());
        const QAbstractItemModel& table = view.tableModel();
        QCOMPARE(table.rowCount(), 8);
        QHash<QString, int> rows;
        for (int row = 0; row < table.rowCount(); ++row)
            rows.insert(table.index(row, ParetoModel::NameColumn).data().toString(), row);
        const auto text = [&](const char* name, int column) {
            return table.index(rows.value(QLatin1String(name)), column).data().toString();
        };
        QCOMPARE(rows.value("Wide"), 0);  // best first
        QCOMPARE(text("NxFP4", ParetoModel::SqnrColumn), QStringLiteral("19.90"));
        QCOMPARE(text("NxFP4", ParetoModel::BitsColumn), QStringLiteral("4.3400"));
        QCOMPARE(text("NxFP4", ParetoModel::FrontColumn), QStringLiteral("front"));
        QCOMPARE(text("NxFP4", ParetoModel::AreaColumn), QStringLiteral("13000"));
        QCOMPARE(text("Worse", ParetoModel::FrontColumn), QString());
        QCOMPARE(text("Q4_K", ParetoModel::StandingColumn), QStringLiteral("rows of 100 are no whole blocks of 256"));
        QCOMPARE(text("Q4_K", ParetoModel::SqnrColumn), QStringLiteral("–"));
        view.setAxis(ParetoAxis::Area);
        for (int row = 0; row < table.rowCount(); ++row)
            rows.insert(table.index(row, ParetoModel::NameColumn).data().toString(), row);
        QCOMPARE(text("NxFP4", ParetoModel::FrontColumn), QString());  // NVFP4 is smaller and better
        QCOMPARE(text("Odd", ParetoModel::StandingColumn), QStringLiteral("no datapath"));
        QVERIFY(view.toText().startsWith(QStringLiteral("Format\tFront\t")));
    }

    void tableChoosesAndFilters()
    {
        ParetoView view;
        view.setState(sampleState());
        QSignalSpy chosen(&view, &ParetoView::formatChosen);
        auto* table = view.findChild<QTableView*>("paretoTable");
        Q_EMIT table->activated(table->model()->index(1, 0));
        QCOMPARE(chosen.last().first().toString(), table->model()->index(1, 0).data().toString());
        view.findChild<QLineEdit*>("paretoFilter")->setText(QStringLiteral("mx"));
        QCOMPARE(view.tableModel().rowCount(), 2);
        QCOMPARE(view.chart().shown().size(), std::size_t{2});
        view.findChild<QLineEdit*>("paretoFilter")->clear();
        view.findChild<QCheckBox*>("paretoOnlyFront")->setChecked(true);
        QCOMPARE(view.tableModel().rowCount(), 5);
        view.findChild<QComboBox*>("paretoAxis")->setCurrentIndex(1);
        QCOMPARE(view.axis(), ParetoAxis::Area);
        QCOMPARE(view.tableModel().rowCount(), 4);
        QVERIFY(view.findChild<QCheckBox*>("paretoLogarithmic")->isChecked());
    }

    void progressIsToldAndStopped()
    {
        ParetoView view;
        auto state = sampleState();
        state->presets[3].merit.reset();
        state->measured = 7;
        state->isRunning = true;
        view.setState(state);
        const auto* bar = view.findChild<QProgressBar*>("paretoProgress");
        QVERIFY(!bar->isHidden());
        QCOMPARE(bar->value(), 7);
        QSignalSpy asked(&view, &ParetoView::runAsked);
        view.findChild<QToolButton*>("paretoRun")->click();
        QCOMPARE(asked.last().first().toBool(), false);
        auto stopped = std::make_shared<ParetoState>(*state);
        stopped->isRunning = false;
        view.setState(stopped);
        view.findChild<QToolButton*>("paretoRun")->click();
        QCOMPARE(asked.last().first().toBool(), true);
        view.setState(sampleState());
        QVERIFY(bar->isHidden());
        view.setState(nullptr);
        QCOMPARE(view.tableModel().rowCount(), 0);
    }

    void frontIsThatOfTheFigure_data()
    {
        QTest::addColumn<int>("merit");
        QTest::addColumn<QStringList>("front");
        const QStringList bySqnr{"MXFP4", "NxFP4", "NVFP4", "Odd", "Wide"};
        QTest::newRow("SQNR") << static_cast<int>(MeritFigure::Sqnr) << bySqnr;
        QTest::newRow("NMSE, less is better") << static_cast<int>(MeritFigure::Nmse) << bySqnr;
        QTest::newRow("largest error, less is better") << static_cast<int>(MeritFigure::MaximumError) << bySqnr;
        // 1 below 4.3 bits, 0 above
        QTest::newRow("vacant levels") << static_cast<int>(MeritFigure::VacantLevels)
                                       << QStringList{"MXFP4", "MXINT4", "NxFP4"};
        // as many as bits
        QTest::newRow("vacant in a block")
            << static_cast<int>(MeritFigure::VacantInBlock) << QStringList{"MXFP4", "MXINT4"};
        QTest::newRow("utilization, all the same")
            << static_cast<int>(MeritFigure::Utilisation) << QStringList{"MXFP4", "MXINT4"};
    }

    void frontIsThatOfTheFigure()
    {
        QFETCH(int, merit);
        QFETCH(QStringList, front);
        const auto state = sampleState();
        ParetoView view;
        view.setState(state);
        view.findChild<QComboBox*>("paretoMerit")->setCurrentIndex(merit);
        QStringList names = namesOf(*state, view.chart().front());
        names.sort();
        front.sort();
        QCOMPARE(names, front);
        const QPointF wide = view.chart().placeOf(5);
        const QPointF mxfp4 = view.chart().placeOf(0);
        if (merit == static_cast<int>(MeritFigure::Nmse))
            QVERIFY(wide.y() > mxfp4.y());  // less error lies lower
        QVERIFY(view.chart().summary().startsWith(meritFigureName(static_cast<MeritFigure>(merit))));
    }

    void boundsAreLinesAndRows()
    {
        auto state = sampleState();
        BoundCurves curves{{3.5, 4, 8.5}, std::vector<Bounds>(3)};
        for (std::size_t i = 0; i < curves.bits.size(); ++i) {
            curves.bounds[i].shannonDecibel = 6 * curves.bits[i];
            curves.bounds[i].panterDiteDecibel = 6 * curves.bits[i] - 4;
            if (curves.bits[i] <= 8)
                curves.bounds[i].lloydMaxDecibel = 6 * curves.bits[i] - 5;
        }
        state->bounds = curves;
        ParetoFilter filter;
        auto lines = paretoBoundLines(*state, filter);
        QCOMPARE(lines[0], (QList<QPointF>{{3.5, 21}, {4, 24}, {8.5, 51}}));
        QCOMPARE(lines[2], (QList<QPointF>{{3.5, 16}, {4, 19}}));
        filter.merit = MeritFigure::Nmse;  // powers of ten
        QCOMPARE(paretoBoundLines(*state, filter)[1].at(1), QPointF(4, -2.0));
        filter.axis = ParetoAxis::Area;
        QVERIFY(paretoBoundLines(*state, filter)[0].isEmpty());

        ParetoView view;
        view.setState(state);
        QCOMPARE(view.tableModel().rowCount(), 8 + 3);  // three bounds at 4 bits
        QVERIFY2(view.toText().contains("Shannon limit\t\t24.00"), qPrintable(view.toText()));
        QSignalSpy chosen(&view, &ParetoView::formatChosen);
        auto* table = view.findChild<QTableView*>("paretoTable");
        for (int row = 0; row < view.tableModel().rowCount(); ++row)
            if (view.tableModel().index(row, 0).data().toString().contains("Lloyd"))
                Q_EMIT table->activated(table->model()->index(row, 0));
        QCOMPARE(chosen.count(), 0);  // no format
        view.resize(700, 500);
        const QImage with = view.chart().grab().toImage();
        view.findChild<QCheckBox*>("paretoBounds")->setChecked(false);
        QVERIFY(view.chart().grab().toImage() != with);
        QCOMPARE(view.tableModel().rowCount(), 8);
        view.findChild<QComboBox*>("paretoMerit")->setCurrentIndex(2);
        QVERIFY(!view.findChild<QCheckBox*>("paretoBounds")->isEnabled());
    }

    void lossIsAnAxisOfItsOwn()
    {
        auto state = sampleState();
        state->presets[0].loss = ParetoLoss{0.07055, 0.0021};          // MXFP4
        state->presets[1].loss = ParetoLoss{0.04969, 0.0019, 0.0022};  // NxFP4
        state->presets[2].loss = ParetoLoss{0.0606, std::nan("")};
        state->presets[3].loss = ParetoLoss{-0.0001, 0.0004};
        state->presets[4].lossRefusal = QStringLiteral("a matrix does not fit");
        state->a->loss = ParetoLoss{0.05, 0.002};
        ParetoView view;
        view.resize(700, 500);
        view.setState(state);
        auto* button = view.findChild<QToolButton*>("paretoEvaluate");
        QVERIFY(button->isHidden() || button->parentWidget()->isHidden());
        view.findChild<QComboBox*>("paretoMerit")->setCurrentIndex(static_cast<int>(kParetoFigures.size()) - 1);
        QVERIFY(!button->parentWidget()->isHidden());
        QCOMPARE(namesOf(*state, view.chart().shown()), (QStringList{"MXFP4", "NxFP4", "NVFP4"}));
        QCOMPARE(
            namesOf(*state, view.chart().front()), (QStringList{"MXFP4", "NxFP4"}));  // NVFP4: more bits, more loss
        const double mxfp4 = view.chart().placeOf(0).y();
        const double nxfp4 = view.chart().placeOf(1).y();
        const double nvfp4 = view.chart().placeOf(2).y();
        QVERIFY(mxfp4 < nvfp4 && nvfp4 < nxfp4);  // less lies lower; by powers of ten:
        const double perDecade = (nxfp4 - mxfp4) / std::log10(0.07055 / 0.04969);
        QVERIFY(qAbs(nvfp4 - mxfp4 - perDecade * std::log10(0.07055 / 0.0606)) < 1.0);
        const auto text = [&view](const QString& name, int column) {
            for (int row = 0; row < view.tableModel().rowCount(); ++row)
                if (view.tableModel().index(row, ParetoModel::NameColumn).data().toString() == name)
                    return view.tableModel().index(row, column).data().toString();
            return QString();
        };
        QCOMPARE(text("MXFP4", ParetoModel::LossColumn), QStringLiteral("0.07055"));
        QCOMPARE(text("MXFP4", ParetoModel::LossErrorColumn), QStringLiteral("0.00210"));
        QCOMPARE(text("NxFP4", ParetoModel::LossSpreadColumn), QStringLiteral("0.00220"));
        QCOMPARE(text("MXFP4", ParetoModel::LossSpreadColumn), QStringLiteral("–"));  // not evaluated yet
        QVERIFY(paretoLossText(*state->presets[1].loss).endsWith("over shifted block grids ± 0.00220"));
        QVERIFY(paretoLossText(*state->presets[0].loss).endsWith("not evaluated yet"));
        QCOMPARE(text("NVFP4", ParetoModel::LossErrorColumn), QStringLiteral("–"));  // a single window
        QCOMPARE(text("Wide", ParetoModel::LossColumn), QStringLiteral("–"));
        QCOMPARE(text("Wide", ParetoModel::StandingColumn), QStringLiteral("not evaluated"));
        QCOMPARE(text("Worse", ParetoModel::StandingColumn), QStringLiteral("a matrix does not fit"));
        QVERIFY(text("MXINT4", ParetoModel::StandingColumn).contains("no loss"));
        const auto figure = ParetoFigure::lossChange();
        const QString tip = paretoTip(state->presets[0], ParetoAxis::Bits, figure);
        QVERIFY2(tip.startsWith(
                     "MXFP4: +0.07055 ± 0.00210 nats; spread over shifted block grids not evaluated yet, 4.2500 bits"),
            qPrintable(tip));
        ParetoFilter filter;
        filter.merit = figure;
        const auto span = paretoErrorSpan(state->presets[0], filter);
        QVERIFY(span && qAbs(span->first - std::log10(0.06845)) < 1e-12
            && qAbs(span->second - std::log10(0.07265)) < 1e-12);
        QVERIFY(!paretoErrorSpan(state->presets[2], filter));
        // A loss that is not told from none is drawn, but does not stretch the usual range.
        const QRectF before = usualParetoRange(*state, paretoSelection(*state, filter), filter);
        state->presets[4].loss = ParetoLoss{1e-6, 4e-4};
        const ParetoSelection with = paretoSelection(*state, filter);
        QCOMPARE(with.shown.size(), std::size_t{4});
        QCOMPARE(usualParetoRange(*state, with, filter), before);
        QVERIFY(paretoStanding(state->presets[4], ParetoAxis::Bits, figure).contains("chance"));
    }

    void lossesAreAskedForAndStopped()
    {
        ParetoView view;
        QSignalSpy asked(&view, &ParetoView::lossesAsked);
        QSignalSpy stopped(&view, &ParetoView::lossStopAsked);
        auto state = sampleState();
        view.setState(state);
        view.setMerit(ParetoFigure::lossChange());
        QVERIFY2(view.chart().shown().empty(), "nothing is evaluated unless asked");
        QCOMPARE(asked.count(), 0);
        auto* button = view.findChild<QToolButton*>("paretoEvaluate");
        QCOMPARE(button->text(), QStringLiteral("Evaluate the front"));
        button->click();
        QCOMPARE(asked.last().first().toStringList(), (QStringList{"MXFP4", "NxFP4", "NVFP4", "Odd", "Wide"}));
        view.findChild<QLineEdit*>("paretoFilter")->setText(QStringLiteral("mx"));
        button->click();
        QCOMPARE(asked.last().first().toStringList(), QStringList{"MXFP4"});
        auto running = std::make_shared<ParetoState>(*state);
        running->losses = {2, 5, true, {}, false};
        view.setState(running);
        const auto* progress = view.findChild<QProgressBar*>("paretoLossProgress");
        QCOMPARE(progress->value(), 2);
        QCOMPARE(progress->maximum(), 5);
        QCOMPARE(button->text(), QStringLiteral("Stop"));
        QCOMPARE(progress->format(), QStringLiteral("%v of %m evaluated"));
        auto grids = std::make_shared<ParetoState>(*running);
        grids->losses.isOfGrids = true;
        view.setState(grids);
        QCOMPARE(progress->format(), QStringLiteral("Shifted block grids: %v of %m"));
        button->click();
        QCOMPARE(stopped.count(), 1);
        QCOMPARE(asked.count(), 2);
        auto failed = std::make_shared<ParetoState>(*state);
        failed->losses.error = QStringLiteral("no model");
        view.setState(failed);
        QCOMPARE(view.findChild<QLabel*>("paretoLossText")->text(), QStringLiteral("no model"));
    }

    void modelKeepsItsPromises()
    {
        ParetoModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setState(sampleState(), ParetoAxis::Bits, {0});
        model.setState(sampleState(), ParetoAxis::Area, {1});
        auto bounded = sampleState();
        bounded->bounds = BoundCurves{{4}, std::vector<Bounds>(1)};
        bounded->bounds->bounds[0].shannonDecibel = 24;
        model.setState(bounded, ParetoAxis::Bits, {1}, MeritFigure::Nmse);
        model.setState(nullptr, ParetoAxis::Bits, {});
        model.setState(sampleState(), ParetoAxis::Bits, {});
    }

    void everyFamilyHasItsGroupAndColorsAreSeen()
    {
        QCOMPARE(paretoGroup(QStringLiteral("OCP MX")), ParetoGroup::Mx);
        QCOMPARE(paretoGroup(QStringLiteral("NxFP")), ParetoGroup::NxFp);
        QCOMPARE(paretoGroup(QStringLiteral("something of the user's")), ParetoGroup::Other);
        for (const Theme& theme : {lightTheme(), darkTheme()})
            for (const ParetoGroup group : kParetoGroups)
                QVERIFY(contrastRatio(paretoColor(group, theme), theme.panel) >= 3.0);
    }
};

QTEST_MAIN(TestParetoView)
#include "tst_pareto_view.moc"
