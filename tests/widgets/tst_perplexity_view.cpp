#include "widgets/perplexity_plot.h"
#include "widgets/perplexity_view.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace nanoscope;

namespace {

PerplexityEntry entryOf(const char* name, double change, double standardError, double spread)
{
    PerplexityEntry entry;
    entry.what.name = name;
    entry.what.weights.weights = parseFormat("MXFP4");
    entry.figures.format = name;
    entry.figures.loss = 2.7 + change;
    entry.figures.perplexity = 15;
    entry.figures.deltaLoss = change;
    entry.figures.deltaLossStandardError = standardError;
    entry.figures.gridSpread = spread;
    entry.figures.grids = kGridShifts.size();
    entry.figures.bitsPerElement = 4.25;
    entry.figures.tokens = 512;
    entry.figures.windowLosses = {256 * (2.7 + change), 256 * (2.7 + change)};
    return entry;
}

std::shared_ptr<PerplexityState> stateOf(std::vector<PerplexityEntry> asked, std::vector<PerplexityEntry> earlier = {})
{
    auto state = std::make_shared<PerplexityState>();
    state->model = "folder/model.h5";
    state->parameters = 918656;
    state->tokens = 512;
    state->unquantized.format = "unquantized";
    state->unquantized.loss = 2.7;
    state->unquantized.perplexity = 14.88;
    state->unquantized.bitsPerElement = 16;
    state->unquantized.tokens = 512;
    state->asked = std::move(asked);
    state->earlier = std::move(earlier);
    state->isComplete = true;
    return state;
}

QString cell(const PerplexityView& view, int row, int column)
{
    return view.tableModel().index(row, column).data().toString();
}

/// Columns of an image in which a color occurs.
std::pair<int, int> reachOf(const QImage& image, const QColor& color)
{
    int first = image.width();
    int last = -1;
    for (int x = 0; x < image.width(); ++x)
        for (int y = 0; y < image.height(); ++y)
            if (image.pixelColor(x, y) == color) {
                first = std::min(first, x);
                last = std::max(last, x);
            }
    return {first, last};
}

}  // namespace

/// The perplexity panel shows what it is given (oracle: the values of the state).
class TestPerplexityView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableHoldsEveryNumber()
    {
        PerplexityView view;
        const QAbstractItemModelTester tester(
            const_cast<QAbstractTableModel*>(qobject_cast<const QAbstractTableModel*>(&view.tableModel())),
            QAbstractItemModelTester::FailureReportingMode::QtTest);
        view.setState(stateOf({entryOf("NxFP4", 0.0497, 0.0024, 0.0022), entryOf("MXFP4", 0.0705, 0.0029, 0.0011)},
            {entryOf("worse", 0.2, 0.003, 0.002), entryOf("better", 0.01, 0.003, 0.002)}));
        QCOMPARE(view.tableModel().rowCount(), 5);
        QCOMPARE(cell(view, 0, 0), QStringLiteral("unquantized"));
        QCOMPARE(cell(view, 0, 2), QStringLiteral("2.70000"));
        QCOMPARE(cell(view, 1, 0), QStringLiteral("A: NxFP4"));
        QCOMPARE(cell(view, 1, 4), QStringLiteral("+0.04970"));
        QCOMPARE(cell(view, 1, 5), QStringLiteral("0.00240"));
        QCOMPARE(cell(view, 1, 6), QStringLiteral("0.00220"));
        QCOMPARE(cell(view, 1, 7), QStringLiteral("complete"));
        QCOMPARE(cell(view, 2, 0), QStringLiteral("B: MXFP4"));
        QCOMPARE(cell(view, 3, 0), QStringLiteral("better"));  // earlier ones by their change
        QCOMPARE(cell(view, 4, 0), QStringLiteral("worse"));
        view.setState(nullptr);
        QCOMPARE(view.tableModel().rowCount(), 0);
    }

    void partialResultsSaySo()
    {
        PerplexityView view;
        PerplexityEntry half = entryOf("NxFP4", 0.05, 0.01, 0);
        half.figures.tokens = 256;
        half.figures.gridSpread.reset();
        half.figures.grids = 1;
        PerplexityEntry grids = entryOf("MXFP4", 0.07, 0.003, 0.001);
        grids.figures.grids = 3;
        view.setState(stateOf({half, grids}));
        QCOMPARE(cell(view, 1, 7), QStringLiteral("256 of 512 tokens"));
        QCOMPARE(cell(view, 2, 7), QStringLiteral("grid 3 of 6"));
        half.figures.deltaLossStandardError = std::numeric_limits<double>::quiet_NaN();  // a single window
        view.setState(stateOf({half}));
        QCOMPARE(cell(view, 1, 5), QString());
        QVERIFY(!view.findChild<PerplexityPlot*>()->summary().contains(QStringLiteral("±")));
        PerplexityEntry refused = entryOf("Q4_K", 0, 0, 0);
        refused.error = "rows of 128 are no whole blocks of 256";
        view.setState(stateOf({refused}));
        QCOMPARE(cell(view, 1, 4), QString());
        QCOMPARE(cell(view, 1, 7), QStringLiteral("rows of 128 are no whole blocks of 256"));
    }

    void findingFollowsTheSpread()
    {
        const auto near = stateOf({entryOf("a", 0.050, 0.002, 0.003), entryOf("b", 0.053, 0.002, 0.003)});
        QVERIFY(perplexityFinding(*near).contains("not separable"));
        const auto far = stateOf({entryOf("a", 0.050, 0.002, 0.003), entryOf("b", 0.060, 0.002, 0.003)});
        QVERIFY(perplexityFinding(*far).startsWith("A is better"));
        const auto swapped = stateOf({entryOf("b", 0.060, 0.002, 0.003), entryOf("a", 0.050, 0.002, 0.003)});
        QVERIFY(perplexityFinding(*swapped).startsWith("B is better"));
        auto early = stateOf({entryOf("a", 0.050, 0.002, 0.003), entryOf("b", 0.060, 0.002, 0.003)});
        early->asked[1].figures.grids = 2;
        QVERIFY(perplexityFinding(*early).contains("grids are done"));
        QVERIFY(perplexityFinding(*stateOf({entryOf("a", 0.05, 0.002, 0.003)})).isEmpty());
    }

    void aMethodHasABarBehindItsFormat()
    {
        PerplexityEntry fedBack = entryOf("a", 0.030, 0.002, 0.003);
        fedBack.what.weights.calibrated.method = CastMethod::Gptq;
        PerplexityEntry other = entryOf("b", 0.090, 0.002, 0.003);
        other.what.weights.calibrated = fedBack.what.weights.calibrated;
        const auto state
            = stateOf({entryOf("a", 0.050, 0.002, 0.003), entryOf("b", 0.051, 0.002, 0.003), fedBack, other});
        PerplexityView view;
        view.setState(state);
        QCOMPARE(cell(view, 1, 0), QStringLiteral("A: a"));
        QCOMPARE(cell(view, 2, 0), QStringLiteral("A: a + GPTQ"));
        QCOMPARE(cell(view, 2, 4), QStringLiteral("+0.03000"));
        QCOMPARE(cell(view, 3, 0), QStringLiteral("B: b"));
        QCOMPARE(cell(view, 4, 0), QStringLiteral("B: b + GPTQ"));
        QVERIFY(perplexityFinding(*state).endsWith("A and B."));  // the only pair within twice the spread
        QVERIFY(perplexityFinding(*stateOf({entryOf("a", 0.031, 0.002, 0.003), fedBack})).endsWith("A and A + GPTQ."));
        const auto later = stateOf({entryOf("c", 0.05, 0.002, 0.003)}, {fedBack});
        view.setState(later);
        QCOMPARE(cell(view, 2, 0), QStringLiteral("a + GPTQ"));
    }

    void barsEndAtTheChange()
    {
        PerplexityPlot plot;
        plot.setTheme(lightTheme());
        plot.resize(900, 260);
        plot.setState(stateOf({entryOf("a", 0.04, 0, 0), entryOf("b", 0.08, 0, 0)}));
        const QImage image = plot.grab().toImage();
        const Theme theme = lightTheme();
        const auto a = reachOf(image, blended(theme.panel, theme.seriesA, 0.55));
        const auto b = reachOf(image, blended(theme.panel, theme.seriesB, 0.55));
        QVERIFY(a.second > a.first && b.second > b.first);
        QVERIFY(qAbs(a.first - b.first) <= 1);  // both begin at zero
        QVERIFY(qAbs(2 * (a.second - a.first) - (b.second - b.first)) <= 4);
        QVERIFY(plot.summary().contains(QStringLiteral("a +0.0400 ± 0.0000 nats per token")));
    }

    void scopeIsEditedByTheUserOnly()
    {
        PerplexityView view;
        view.setPresets({QStringLiteral("MXFP4"), QStringLiteral("M2XFP_act")});
        QSignalSpy edited(&view, &PerplexityView::scopeEdited);
        const PerplexityScope scope{
            QStringLiteral("M2XFP_act"), QString::fromLatin1(kAsWeights), true, false, QStringLiteral("gptq"), true};
        view.setScope(scope);
        QCOMPARE(view.scope(), scope);
        view.setPresets({QStringLiteral("M2XFP_act")});  // what was chosen stays
        QCOMPARE(view.scope(), scope);
        QCOMPARE(edited.count(), 0);
        view.show();
        QTest::mouseClick(view.findChild<QCheckBox*>("perplexityHead"), Qt::LeftButton, {}, QPoint(8, 8));
        QCOMPARE(edited.count(), 1);
        QVERIFY(view.scope().head);
        auto* box = view.findChild<QComboBox*>("perplexityActivations");
        QTest::keyClick(box, Qt::Key_Home);
        QCOMPARE(edited.count(), 2);
        QCOMPARE(view.scope().activations, QString());
    }

    void errorsAreShown()
    {
        PerplexityView view;
        view.setError(QStringLiteral("language_model.h5: no such file; check the path"));
        QCOMPARE(view.findChild<QLabel*>("perplexityModel")->text(),
            QStringLiteral("language_model.h5: no such file; check the path"));
        view.setState(stateOf({entryOf("a", 0.04, 0, 0)}));
        QVERIFY(view.findChild<QLabel*>("perplexityModel")->text().startsWith(QStringLiteral("model.h5: 919")));
    }
};

QTEST_MAIN(TestPerplexityView)
#include "tst_perplexity_view.moc"
