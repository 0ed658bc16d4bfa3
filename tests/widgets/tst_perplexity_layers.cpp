#include "widgets/perplexity_layers.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace nanoscope;

namespace {

QString cell(const PerplexityLayers& view, int row, int column)
{
    return view.tableModel().index(row, column).data().toString();
}

QString header(const PerplexityLayers& view, int column)
{
    return view.tableModel().headerData(column, Qt::Horizontal).toString();
}

PerplexityState stateOfTwo()
{
    PerplexityState state;
    state.layersAsked = LayerFigures::Errors;
    LayerColumn a{"MXFP4", {{"wq", 0.10, 0.05, 0.1}, {"wk", 0.12, 0.08, 0.1}, {"wv", 0.11, 0.06, 0.1}}, {}, {}};
    LayerColumn b{"NVFP4", {{"wq", 0.09, 0.09, 0.1}, {"wk", 0.08, 0.07, 0.1}, {"wv", 0.07, 0.05, 0.1}}, {}, {}};
    state.layers = {a, b};
    return state;
}

}  // namespace

/// The layer table shows what it is given (oracle: the values of the state).
class TestPerplexityLayers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void weightAndOutputErrorStandSideBySideWorstFirst()
    {
        PerplexityLayers view;
        const QAbstractItemModelTester tester(
            const_cast<QAbstractTableModel*>(qobject_cast<const QAbstractTableModel*>(&view.tableModel())),
            QAbstractItemModelTester::FailureReportingMode::QtTest);
        const PerplexityState state = stateOfTwo();
        view.setState(&state);
        QCOMPARE(view.tableModel().rowCount(), 3);
        QCOMPARE(view.tableModel().columnCount(), 5);
        QCOMPARE(header(view, 1), QStringLiteral("A weight"));
        QCOMPARE(header(view, 2), QStringLiteral("A output"));
        QCOMPARE(header(view, 4), QStringLiteral("B output"));
        QCOMPARE(cell(view, 0, 0), QStringLiteral("wq"));  // 9 % of B, then 8 % and 6 % of A
        QCOMPARE(cell(view, 1, 0), QStringLiteral("wk"));
        QCOMPARE(cell(view, 2, 0), QStringLiteral("wv"));
        QCOMPARE(cell(view, 0, 1), QStringLiteral("10.00 %"));
        QCOMPARE(cell(view, 0, 2), QStringLiteral("5.00 %"));
        QCOMPARE(cell(view, 0, 4), QStringLiteral("9.00 %"));
        view.setState(nullptr);
        QCOMPARE(view.tableModel().rowCount(), 0);
    }

    void unknownOutputsAreDashesAndWeightsDecideTheOrder()
    {
        PerplexityLayers view;
        PerplexityState state = stateOfTwo();
        state.layers.resize(1);
        for (LayerError& error : state.layers.front().errors)
            error.output = std::numeric_limits<double>::quiet_NaN();
        view.setState(&state);
        QCOMPARE(cell(view, 0, 0), QStringLiteral("wk"));
        QCOMPARE(cell(view, 0, 2), QStringLiteral("–"));
    }

    void sensitivitiesArriveOneByOne()
    {
        PerplexityLayers view;
        QSignalSpy toggled(&view, &PerplexityLayers::sensitivityToggled);
        QTest::keyClick(view.findChild<QCheckBox*>("perplexitySingleLayers"), Qt::Key_Space);
        QCOMPARE(toggled.count(), 1);
        QVERIFY(view.wantsSensitivities());
        PerplexityState state = stateOfTwo();
        state.layersAsked = LayerFigures::Sensitivities;
        state.layers[0].sensitivities = {LossChange{0.00123, 0.0004}, std::nullopt, std::nullopt};
        view.setState(&state);
        QCOMPARE(header(view, 3), QStringLiteral("A alone, nats"));
        QCOMPARE(cell(view, 0, 3), QStringLiteral("+0.00123 ± 0.00040"));
        QCOMPARE(cell(view, 1, 3), QStringLiteral("…"));
        QCOMPARE(cell(view, 0, 6), QString());
        QCOMPARE(view.findChild<QLabel*>("perplexityLayersProgress")->text(),
            QStringLiteral("1 of 6 layers evaluated alone"));
        QVERIFY(!state.layers[0].isComplete(LayerFigures::Sensitivities));
        QVERIFY(state.layers[0].isComplete(LayerFigures::Errors));
    }

    void aRefusedFormatSaysWhy()
    {
        PerplexityLayers view;
        PerplexityState state = stateOfTwo();
        state.layers[1] = {"Q4_K", {}, {}, "rows of 128 do not fit"};
        view.setState(&state);
        QVERIFY(view.findChild<QLabel*>("perplexityLayersProgress")->text().contains("B: rows of 128 do not fit"));
        QCOMPARE(cell(view, 0, 3), QString());
        QCOMPARE(cell(view, 0, 0), QStringLiteral("wk"));
    }
};

QTEST_MAIN(TestPerplexityLayers)
#include "tst_perplexity_layers.moc"
