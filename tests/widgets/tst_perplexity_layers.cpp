#include "widgets/perplexity_layers.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
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

    /// Asked for are A, B, A under GPTQ, B under GPTQ: what belongs together stands together.
    void aMethodStandsBesideTheDirectCast()
    {
        PerplexityState state = stateOfTwo();
        for (int i = 0; i < 4; ++i) {
            PerplexityEntry entry;
            entry.what.name = i % 2 == 0 ? "MXFP4" : "NVFP4";
            entry.what.weights.calibrated.method = i < 2 ? CastMethod::Direct : CastMethod::Gptq;
            state.asked.push_back(entry);
        }
        state.asked[3].what.weights.calibrated.correctsBias = true;
        state.layers.push_back({"MXFP4", {{"wq", 0.16, 0.03, 0.1}, {"wk", 0.12, 0.04, 0.1}}, {}, {}});
        state.layers.push_back({"NVFP4", {}, {}, "cannot be fed back"});
        PerplexityLayers view;
        view.setState(&state);
        QCOMPARE(view.tableModel().columnCount(), 9);
        QCOMPARE(header(view, 2), QStringLiteral("A output"));
        QCOMPARE(header(view, 3), QStringLiteral("A + GPTQ weight"));
        QCOMPARE(header(view, 4), QStringLiteral("A + GPTQ output"));
        QCOMPARE(header(view, 5), QStringLiteral("B weight"));
        QCOMPARE(cell(view, 0, 3), QStringLiteral("16.00 %"));
        QCOMPARE(cell(view, 0, 4), QStringLiteral("3.00 %"));
        QCOMPARE(cell(view, 0, 6), QStringLiteral("9.00 %"));
        QVERIFY(view.findChild<QLabel*>("perplexityLayersProgress")
                    ->text()
                    .contains("B + GPTQ + bias correction: cannot be fed back"));
        // sqrt((0.16^2 + 0.12^2) / 2) and sqrt((0.03^2 + 0.04^2) / 2)
        QVERIFY(view.findChild<QLabel*>("perplexityLayersMean")->text().contains("A + GPTQ 14.1 / 3.5 %"));
    }

    void theMethodIsEditedByTheUserOnly()
    {
        PerplexityLayers view;
        QSignalSpy edited(&view, &PerplexityLayers::methodEdited);
        QCOMPARE(view.method(), QString());
        view.setMethod(QStringLiteral("os_plus"), true);
        QCOMPARE(view.method(), QStringLiteral("os_plus"));
        QVERIFY(view.correctsBias());
        view.setMethod(QStringLiteral("no such method"), false);
        QCOMPARE(view.method(), QString());
        QCOMPARE(edited.count(), 0);
        auto* box = view.findChild<QComboBox*>("perplexityMethod");
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(view.method(), QStringLiteral("gptq"));
        QTest::keyClick(view.findChild<QCheckBox*>("perplexityBiasCorrection"), Qt::Key_Space);
        QCOMPARE(edited.count(), 2);
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
