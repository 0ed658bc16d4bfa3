#include "widgets/parameter_sweep_chart.h"
#include "widgets/parameter_sweep_model.h"
#include "widgets/parameter_sweep_scene_chart.h"
#include "widgets/parameter_sweep_view.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QSet>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <cmath>

using namespace nanoscope;

namespace {

/// NxFP4 over block sizes for two numbers of NanoMantissa bits; SQNR falls by 1 dB a step and rises by 2 dB a bit.
std::shared_ptr<SweepState> sampleState()
{
    auto state = std::make_shared<SweepState>();
    state->plan = {parseFormat("NxFP4"), {"geometry.block", {8, 16, 32, 12.5}}, SweepAxis{"micro.bits", {0, 2}}};
    for (SweepPoint& point : sweepPoints(state->plan)) {
        SweepEntry entry{std::move(point), std::nullopt, {}};
        if (entry.point.refusal.empty()) {
            FormatMerit merit;
            merit.bitsPerElement = 4 + 8 / entry.point.x;
            merit.sqnrDecibel = 23 - std::log2(entry.point.x) + *entry.point.curve;
            merit.nmse = std::pow(10, -*merit.sqnrDecibel / 10);
            merit.vacantLevels = 3;
            entry.point.merit = merit;
            entry.cost = ParetoCost{1000 * entry.point.x, 1, 2, 3, 4, 5};
        }
        state->entries.push_back(std::move(entry));
    }
    state->done = state->entries.size();
    return state;
}

void fill(ParameterSweepView& view)
{
    SweepChoice choice;
    choice.curvePath = QStringLiteral("micro.bits");
    view.setParameters(parametersOf(parseFormat("NxFP4").spec));
    view.setChoice(choice);
    view.setState(sampleState());
}

}  // namespace

/// The sweep view shows what it is given and tells what is chosen (oracle: figures by hand).
class TestParameterSweepView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void symbolsLieByTheirValues_data()
    {
        QTest::addColumn<int>("figure");
        QTest::addColumn<int>("shown");
        QTest::addColumn<int>("direction");  // of the second curve against the first: 1 above, -1 below, 0 level
        QTest::newRow("SQNR") << static_cast<int>(SweepFigure::Sqnr) << 6 << 1;
        QTest::newRow("NMSE") << static_cast<int>(SweepFigure::Nmse) << 6 << -1;
        QTest::newRow("vacant") << static_cast<int>(SweepFigure::VacantLevels) << 6 << 0;
        QTest::newRow("largest error, unknown") << static_cast<int>(SweepFigure::MaximumError) << 0 << 0;
        QTest::newRow("area") << static_cast<int>(SweepFigure::Area) << 6 << 0;
        QTest::newRow("footprint") << static_cast<int>(SweepFigure::Footprint) << 6 << 0;
    }

    void symbolsLieByTheirValues()
    {
        QFETCH(int, figure);
        QFETCH(int, shown);
        QFETCH(int, direction);
        ParameterSweepChart chart;
        chart.resize(700, 400);
        chart.setState(sampleState());
        chart.setFigure(static_cast<SweepFigure>(figure));
        QCOMPARE(chart.shown().size(), static_cast<std::size_t>(shown));  // two of eight are refused
        if (shown == 0)
            return;
        const QPointF first = chart.placeOf(0);
        const QPointF second = chart.placeOf(1);
        const QPointF third = chart.placeOf(2);
        QVERIFY(qAbs((second.x() - first.x()) - (third.x() - second.x())) < 0.5);  // doubling values, equal steps
        const double rise = first.y() - chart.placeOf(4).y();
        QVERIFY(direction == 0 ? qAbs(rise) < 0.5 : rise * direction > 10);
        QVERIFY(qAbs(first.x() - chart.placeOf(4).x()) < 0.5);
        chart.setAcross(ParameterSweepChart::Across::Bits);
        QVERIFY(chart.placeOf(0).x() > chart.placeOf(1).x());  // smaller blocks take more bits
    }

    void presentPointIsThatOfA()
    {
        ParameterSweepChart chart;
        const auto state = sampleState();
        chart.setState(state);
        QVERIFY(chart.present());
        QCOMPARE(state->entries[*chart.present()].point.x, 32.0);
        QCOMPARE(*state->entries[*chart.present()].point.curve, 2.0);
    }

    void clickKeysAndRowsChoose()
    {
        ParameterSweepView view;
        view.resize(800, 600);
        fill(view);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        qRegisterMetaType<NamedFormat>();
        QSignalSpy chosen(&view, &ParameterSweepView::formatChosen);
        const auto last = [&chosen] { return chosen.last().first().value<NamedFormat>().name; };
        ParameterSweepChart& chart = view.chart();
        QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.placeOf(5).toPoint());
        QCOMPARE(last(), std::string("NxFP4:geometry.block=16"));
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(last(), std::string("NxFP4"));
        const auto count = chosen.count();
        auto* table = view.findChild<QTableView*>("sweepTable");
        for (int row = 0; row < table->model()->rowCount(); ++row)
            if (table->model()->index(row, 0).data().toString() == "12.5")
                Q_EMIT table->activated(table->model()->index(row, 0));
        QCOMPARE(chosen.count(), count);  // refused
        Q_EMIT table->activated(table->model()->index(0, 0));
        QCOMPARE(chosen.count(), count + 1);
    }

    void tableIsTheTwinWithReasons()
    {
        ParameterSweepView view;
        fill(view);
        QCOMPARE(view.tableModel().rowCount(), 8);
        const QString text = view.toText();
        QVERIFY2(text.contains("32\t2\t20.00\t0.01\t"), qPrintable(text));
        QVERIFY(text.contains("12.5"));
        QVERIFY2(text.contains("take a whole number"), qPrintable(text));
        QVERIFY(text.startsWith("Value\tFor each\tSQNR, dB\t"));
    }

    void choiceIsToldOnceAndOnlyWhenItIsOne()
    {
        ParameterSweepView view;
        fill(view);
        qRegisterMetaType<SweepChoice>();
        QSignalSpy edited(&view, &ParameterSweepView::choiceEdited);
        auto* figure = view.findChild<QComboBox*>("sweepFigure");
        Q_EMIT figure->activated(1);
        QCOMPARE(edited.count(), 1);
        QCOMPARE(view.choice().figure, SweepFigure::Nmse);
        Q_EMIT figure->activated(1);
        QCOMPARE(edited.count(), 1);
        auto* values = view.findChild<QLineEdit*>("sweepValues");
        const auto* problem = view.findChild<QLabel*>("sweepProblem");
        values->selectAll();
        QTest::keyClicks(values, "32, nonsense");
        QTest::keyClick(values, Qt::Key_Return);
        QCOMPARE(edited.count(), 1);
        QVERIFY(!problem->isHidden() && problem->text().contains("nonsense"));
        values->selectAll();
        QTest::keyClicks(values, "64, 32, 32");
        QTest::keyClick(values, Qt::Key_Return);
        QCOMPARE(edited.count(), 2);
        QCOMPARE(view.choice().xValues, (std::vector<double>{32, 64}));
        QVERIFY(problem->isHidden());
        // The curves' parameter cannot be the one that is varied.
        auto* parameter = view.findChild<QComboBox*>("sweepParameter");
        Q_EMIT parameter->activated(parameter->findData("micro.bits"));
        QVERIFY(view.choice().curvePath.isEmpty());
        QCOMPARE(view.findChild<QComboBox*>("sweepCurves")->findData("micro.bits"), -1);
        QVERIFY(view.choice().xValues.empty());
        view.setParameters(parametersOf(parseFormat("Q4_K").spec));  // lets nothing vary
        QCOMPARE(parameter->count(), 0);
        QVERIFY(!values->isEnabled());
    }

    void progressIsShownWhileItRuns()
    {
        ParameterSweepView view;
        auto state = sampleState();
        state->done = 3;
        state->isRunning = true;
        view.setState(state);
        const auto* bar = view.findChild<QProgressBar*>("sweepProgress");
        QVERIFY(!bar->isHidden());
        QCOMPARE(bar->value(), 3);
        fill(view);
        QVERIFY(bar->isHidden());
        view.setState(nullptr);
        QCOMPARE(view.tableModel().rowCount(), 0);
    }

    void curvesAreToldApartBySymbolAndColor()
    {
        for (const Theme& theme : {lightTheme(), darkTheme()}) {
            QSet<QString> looks;
            for (std::size_t i = 0; i < kMostSweepCurves; ++i) {
                QVERIFY(contrastRatio(sweepColor(i, theme), theme.panel) >= 3.0);
                looks.insert(sweepColor(i, theme).name() + QString::number(static_cast<int>(sweepShape(i))));
            }
            QCOMPARE(looks.size(), static_cast<qsizetype>(kMostSweepCurves));
        }
    }

    void modelKeepsItsPromises()
    {
        ParameterSweepModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setState(sampleState(), SweepFigure::Sqnr);
        model.setState(sampleState(), SweepFigure::Area);
        model.setState(nullptr, SweepFigure::Area);
        model.setState(sampleState(), SweepFigure::Area);
    }
};

QTEST_MAIN(TestParameterSweepView)
#include "tst_parameter_sweep_view.moc"
