#include "made_model.h"
#include "refusal.h"

#include "core/lm/perplexity_session.h"

#include <QTest>

using namespace nanoscope;

/// A session over a small random model (oracle: castFigures() and withGridSpread() called by themselves).
class TestPerplexitySession : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void resultsAreThoseOfTheFunctions();
    void partialResultsComeFirst();
    void whatIsKnownIsNotEvaluatedAgain();
    void aRefusedFormatLeavesTheOthers();
    void aStopKeepsWhatWasComplete();
    void aMissingModelIsAnError();

private:
    [[nodiscard]] static PerplexityCase caseOf(const char* format)
    {
        PerplexityCase what;
        what.name = format;
        what.weights.weights = parseFormat(format);
        return what;
    }
    [[nodiscard]] PerplexitySession session() const { return {m_model, m_tokens}; }

    QTemporaryDir m_dir;
    std::string m_model;
    std::string m_tokens;
};

void TestPerplexitySession::initTestCase()
{
    const ModelShape shape{64, 2, 96, 4, 2, 16, 50, 0, 1e-5, 10000.0, RotaryPairs::HalfSplit, true};
    m_model = hdf5test::pathIn(m_dir, "model.h5");
    writeModel(madeModel(shape, false, 3), m_model);
    m_tokens = hdf5test::pathIn(m_dir, "tokens.h5");
    const hdf5test::Hdf5Id file = hdf5test::createFile(m_tokens);
    std::mt19937 random(4);
    std::vector<std::uint16_t> ids(std::size_t{12} * 17);
    for (std::uint16_t& id : ids)
        id = static_cast<std::uint16_t>(random() % 50);
    (void)hdf5test::writeRaw(file.get(), "windows", H5T_NATIVE_UINT16, {12, 17}, std::as_bytes(std::span(ids)));
}

void TestPerplexitySession::resultsAreThoseOfTheFunctions()
{
    PerplexitySession evaluated = session();
    const auto state = evaluated.evaluate({caseOf("MXFP4"), caseOf("NxFP4")}, 2, {}, {});
    QVERIFY(state->isComplete);
    QCOMPARE(state->tokens, std::size_t{12 * 16});
    const LanguageModel model = loadLanguageModel(m_model);
    const TokenWindows windows = readTokenWindows(m_tokens, 50);
    const PerplexityFigures unquantized = unquantizedFigures(model, windows);
    QCOMPARE(state->unquantized.loss, unquantized.loss);
    for (std::size_t i = 0; i < 2; ++i) {
        const PerplexityCase what = state->asked[i].what;
        const PerplexityFigures expected
            = withGridSpread(castFigures(model, windows, what, unquantized), model, windows, what, unquantized);
        const PerplexityFigures& figures = state->asked[i].figures;
        QCOMPARE(figures.windowLosses, expected.windowLosses);
        QCOMPARE(figures.deltaLoss, expected.deltaLoss);
        QCOMPARE(figures.gridSpread.value(), expected.gridSpread.value());
        QCOMPARE(figures.grids, kGridShifts.size());
        QCOMPARE(figures.bitsPerElement, expected.bitsPerElement);
    }
}

void TestPerplexitySession::partialResultsComeFirst()
{
    PerplexitySession evaluated = session();
    std::vector<std::shared_ptr<const PerplexityState>> states;
    const auto last = evaluated.evaluate({caseOf("MXFP4"), caseOf("NVFP4")}, 1, {},
        [&states](std::shared_ptr<const PerplexityState> state) { states.push_back(std::move(state)); });
    QVERIFY(states.size() >= 5);  // nothing yet; windows of both; grids of both
    QCOMPARE(states.front()->asked.size(), std::size_t{2});
    QCOMPARE(states.front()->asked[0].figures.tokens, std::size_t{0});
    QVERIFY(!states.front()->isComplete);
    // Both formats have all windows before either has its grids.
    for (const auto& state : states)
        if (state->asked[0].figures.grids > 1)
            QCOMPARE(state->asked[1].figures.tokens, state->tokens);
    QVERIFY(last->isComplete);
}

void TestPerplexitySession::whatIsKnownIsNotEvaluatedAgain()
{
    PerplexitySession evaluated = session();
    const auto first = evaluated.evaluate({caseOf("MXFP4")}, 1, {}, {});
    (void)evaluated.evaluate({caseOf("NVFP4")}, 1, {}, {});
    PerplexityCase renamed = caseOf("MXFP4");
    renamed.name = "the same by another name";
    std::vector<bool> complete;
    const auto again = evaluated.evaluate({renamed}, 1, {},
        [&complete](const std::shared_ptr<const PerplexityState>& state) { complete.push_back(state->isComplete); });
    QCOMPARE(complete, std::vector<bool>{true});  // known at once, and nothing follows
    QCOMPARE(again->asked[0].figures.format, std::string("the same by another name"));
    QCOMPARE(again->asked[0].figures.windowLosses, first->asked[0].figures.windowLosses);
    QCOMPARE(again->earlier.size(), std::size_t{1});
    QCOMPARE(again->earlier[0].what.name, std::string("NVFP4"));
    PerplexityCase withHead = caseOf("MXFP4");
    withHead.weights.head = true;  // another case
    const auto other = evaluated.evaluate({withHead}, 1, {}, {});
    QVERIFY(other->asked[0].figures.loss != first->asked[0].figures.loss);
}

void TestPerplexitySession::aRefusedFormatLeavesTheOthers()
{
    PerplexitySession evaluated = session();
    const auto state = evaluated.evaluate({caseOf("Q4_K"), caseOf("MXFP4")}, 1, {}, {});
    QVERIFY(state->isComplete);
    QVERIFY(QString::fromStdString(state->asked[0].error).contains("256"));
    QVERIFY(state->asked[1].error.empty());
    QCOMPARE(state->asked[1].figures.tokens, state->tokens);
}

void TestPerplexitySession::aStopKeepsWhatWasComplete()
{
    PerplexitySession evaluated = session();
    std::stop_source stop;
    const auto stopAtGrids = [&stop](const std::shared_ptr<const PerplexityState>& state) {
        if (state->asked[0].figures.tokens == state->tokens)
            stop.request_stop();
    };
    QVERIFY_THROWS_EXCEPTION(Cancelled, (void)evaluated.evaluate({caseOf("MXFP4")}, 1, stop.get_token(), stopAtGrids));
    std::size_t tokensAtOnce = 0;
    (void)evaluated.evaluate({caseOf("MXFP4")}, 1, {}, [&](const std::shared_ptr<const PerplexityState>& state) {
        if (tokensAtOnce == 0)
            tokensAtOnce = state->asked[0].figures.tokens;
    });
    QCOMPARE(tokensAtOnce, std::size_t{12 * 16});
}

void TestPerplexitySession::aMissingModelIsAnError()
{
    PerplexitySession missing("/nowhere/model.h5", m_tokens);
    QVERIFY(lineOf(refusalOf([&] { return missing.evaluate({caseOf("MXFP4")}, 1, {}, {}); })).contains("no such file"));
}

QTEST_APPLESS_MAIN(TestPerplexitySession)
#include "tst_perplexity_session.moc"
