#include "made_model.h"
#include "refusal.h"

#include "core/lm/perplexity_session.h"
#include "core/lm/text_sample.h"
#include "core/lm/tokenizer.h"

#include <QTest>

#include <fstream>

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
    void layersComeFirstAndAreRemembered();
    void methodsGetTheInputsOfTheFile();
    void aMethodWithoutInputsIsRefused();
    void textsAreThoseOfTheModels();
    void tokensAreDrawnByTheirShares();
    void tokenizerJoinsPairsAndMendsCharacters();
    void damagedTokenizersAreRefused_data();
    void damagedTokenizersAreRefused();

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

void TestPerplexitySession::layersComeFirstAndAreRemembered()
{
    PerplexitySession evaluated = session();
    bool isFirst = true;
    const auto state = evaluated.evaluate({caseOf("MXFP4"), caseOf("Q4_K")}, LayerFigures::Sensitivities, 2, {},
        [&](const std::shared_ptr<const PerplexityState>& partial) {
            isFirst = isFirst && (partial->asked[0].figures.tokens == 0 || !partial->layers[0].errors.empty());
        });
    QVERIFY(isFirst);
    QVERIFY(state->isComplete);
    QCOMPARE(state->layers.size(), std::size_t{2});
    const LayerColumn& column = state->layers[0];
    const LanguageModel model = loadLanguageModel(m_model);
    QCOMPARE(column.errors.size(), model.layers.size() * kLinearParts);
    QCOMPARE(column.sensitivitiesKnown(), column.errors.size());
    QCOMPARE(column.errors[0].tensor, model.layers[0].linear[0].name());
    QVERIFY(column.errors[0].weight > 0.0 && std::isnan(column.errors[0].output));  // no inputs were given
    QVERIFY(!state->layers[1].error.empty());
    // The same again: everything is known from the first moment on, and without layers none are told.
    bool isKnown = true;
    (void)evaluated.evaluate({caseOf("MXFP4")}, LayerFigures::Sensitivities, 2, {},
        [&](const std::shared_ptr<const PerplexityState>& partial) { isKnown = isKnown && partial->isComplete; });
    QVERIFY(isKnown);
    QVERIFY(evaluated.evaluate({caseOf("MXFP4")}, 2, {}, {})->layers.empty());
}

/// Direct cast and GPTQ of one format are two cases, and each is that of castFigures() and layerErrors().
void TestPerplexitySession::methodsGetTheInputsOfTheFile()
{
    const LanguageModel model = loadLanguageModel(m_model);
    const TokenWindows windows = readTokenWindows(m_tokens, 50);
    const std::string inputs = hdf5test::pathIn(m_dir, "inputs.h5");
    {
        const hdf5test::Hdf5Id file = hdf5test::createFile(inputs);
        std::mt19937 random(8);
        std::normal_distribution<float> normal;
        for (const DecoderLayer& layer : model.layers)
            for (const LinearWeights& weights : layer.linear) {
                std::vector<float> values(160 * weights.inputs());
                for (float& value : values)
                    value = normal(random);
                (void)hdf5test::writeFloats(file.get(), weights.name() + "/X", {160, weights.inputs()}, values);
            }
    }
    PerplexitySession evaluated({m_model, m_tokens, {}, inputs});
    PerplexityCase fedBack = caseOf("MXFP4");
    fedBack.weights.calibrated.method = CastMethod::Gptq;
    PerplexityCase corrected = caseOf("MXFP4");
    corrected.weights.calibrated.correctsBias = true;
    const auto state = evaluated.evaluate({caseOf("MXFP4"), fedBack, corrected}, LayerFigures::Errors, 2, {}, {});
    QVERIFY(state->isComplete);
    const auto calibration = std::make_shared<const Calibration>(readCalibration(inputs, model));
    const PerplexityFigures unquantized = unquantizedFigures(model, windows);
    for (std::size_t i = 0; i < 3; ++i) {
        PerplexityCase what = caseOf("MXFP4");
        what.weights.calibrated = state->asked[i].what.weights.calibrated;
        what.weights.calibrated.calibration = calibration;
        const PerplexityFigures expected = castFigures(model, windows, what, unquantized);
        QCOMPARE(state->asked[i].figures.windowLosses, expected.windowLosses);
        QCOMPARE(state->asked[i].figures.grids, kGridShifts.size());
        const auto errors = layerErrors(model, castFor(model, what).model, calibration.get());
        QCOMPARE(state->layers[i].errors.at(3).weight, errors[3].weight);
        QCOMPARE(state->layers[i].errors.at(3).output, errors[3].output);
    }
    QVERIFY(state->layers[1].errors[3].weight > state->layers[0].errors[3].weight);
    QVERIFY(state->layers[1].errors[3].output < state->layers[0].errors[3].output);
    bool isKnown = true;
    (void)evaluated.evaluate({fedBack}, LayerFigures::Errors, 2, {},
        [&](const std::shared_ptr<const PerplexityState>& partial) { isKnown = isKnown && partial->isComplete; });
    QVERIFY(isKnown);
}

void TestPerplexitySession::aMethodWithoutInputsIsRefused()
{
    PerplexitySession evaluated = session();
    PerplexityCase fedBack = caseOf("MXFP4");
    fedBack.weights.calibrated.method = CastMethod::Gptq;
    const auto state = evaluated.evaluate({caseOf("MXFP4"), fedBack}, LayerFigures::Errors, 2, {}, {});
    QVERIFY(state->isComplete);
    QVERIFY(state->asked[0].error.empty());
    const QString error = QString::fromStdString(state->asked[1].error);
    QVERIFY2(error.contains("gptq needs recorded inputs") && !error.contains('\n'), qPrintable(error));
    QCOMPARE(state->layers[1].error, state->asked[1].error);
}

void TestPerplexitySession::textsAreThoseOfTheModels()
{
    const std::string path = hdf5test::pathIn(m_dir, "tokenizer.json");
    std::ofstream(path) << R"({"merges": []})";  // ids are bytes
    PerplexitySession evaluated(m_model, m_tokens, path);
    const auto state = evaluated.evaluate({caseOf("MXFP4"), caseOf("MXFP8_E4M3")}, 2, {}, {});
    const LanguageModel model = loadLanguageModel(m_model);
    const TokenWindows windows = readTokenWindows(m_tokens, 50);
    const auto prompt = windows.window(11).first(16);
    const Tokenizer tokenizer(path);
    QCOMPARE(state->prompt, tokenizer.textOf(prompt));
    QCOMPARE(state->text, tokenizer.textOf(continuation(model, {}, prompt)));
    const LanguageModel cast = castModel(model, caseOf("MXFP4").weights).model;
    QCOMPARE(state->asked[0].text, tokenizer.textOf(continuation(cast, {}, prompt)));
    QVERIFY(state->asked[0].text != state->text);
    QVERIFY(!state->asked[1].text.empty());
    QVERIFY(evaluated.evaluate({caseOf("MXFP4")}, 2, {}, {})->asked[0].text == state->asked[0].text);  // remembered
}

void TestPerplexitySession::tokensAreDrawnByTheirShares()
{
    const LanguageModel model = loadLanguageModel(m_model);
    const std::vector<std::int32_t> prompt{7, 3, 44};
    SampleOptions options;
    options.tokens = 1;
    options.temperature = 0.5;
    std::vector<int> counts(50);
    constexpr int kDraws = 4000;
    for (int seed = 0; seed < kDraws; ++seed) {
        options.seed = static_cast<std::uint64_t>(seed);
        ++counts[static_cast<std::size_t>(continuation(model, {}, prompt, options).front())];
    }
    const Eigen::RowVectorXd logits = 2 * Decoder(model).nextLogits(prompt).cast<double>();  // over the temperature
    const Eigen::RowVectorXd shares = logits.array().exp() / logits.array().exp().sum();
    for (std::size_t id = 0; id < counts.size(); ++id) {
        const double share = shares(static_cast<Eigen::Index>(id));
        const double deviation = std::sqrt(share * (1 - share) / kDraws);
        QVERIFY(std::fabs(counts[id] / static_cast<double>(kDraws) - share) < 5 * deviation + 1e-3);
    }
    Eigen::Index likeliest = 0;
    (void)logits.maxCoeff(&likeliest);
    options.temperature = 0;
    QCOMPARE(continuation(model, {}, prompt, options).front(), static_cast<std::int32_t>(likeliest));
    options.temperature = 0.7;
    options.tokens = 20;
    QCOMPARE(continuation(model, {}, prompt, options), continuation(model, {}, prompt, options));
}

void TestPerplexitySession::tokenizerJoinsPairsAndMendsCharacters()
{
    const std::string path = hdf5test::pathIn(m_dir, "pairs.json");
    std::ofstream(path) << R"({"merges": [[116, 104], [256, 101], [195, 169]]})";  // th, the, e with an accent
    const Tokenizer tokenizer(path);
    QCOMPARE(tokenizer.vocabulary(), std::size_t{259});
    const std::vector<std::int32_t> ids{257, 32, 258, 0, 256, 9999, 195, 33};
    QCOMPARE(QString::fromStdString(tokenizer.textOf(ids)), QStringLiteral("the éth\uFFFD!"));
    const Tokenizer bundled(NANOSCOPE_BUNDLED_DATA "/language_model_tokenizer.json");
    QCOMPARE(bundled.vocabulary(), std::size_t{1024});
    const TokenWindows windows = readTokenWindows(NANOSCOPE_BUNDLED_DATA "/language_model_tokens.h5", 1024);
    const QString text = QString::fromStdString(bundled.textOf(windows.window(63)));
    QVERIFY2(text.contains(QStringLiteral(" the ")), qPrintable(text));  // English
    QVERIFY(!text.contains(QChar(0xFFFD)));
}

void TestPerplexitySession::damagedTokenizersAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no JSON") << QByteArray("hello");
    QTest::newRow("no merges") << QByteArray("{}");
    QTest::newRow("later id") << QByteArray(R"({"merges": [[116, 256]]})");
    QTest::newRow("no pair") << QByteArray(R"({"merges": [[116]]})");
    QTest::newRow("negative") << QByteArray(R"({"merges": [[116, -1]]})");
    QByteArray doubling = R"({"merges": [[116, 116])";
    for (int id = 256; id < 300; ++id)
        doubling += QByteArray(", [") + QByteArray::number(id) + ", " + QByteArray::number(id) + "]";
    QTest::newRow("doubling") << doubling + "]}";
}

void TestPerplexitySession::damagedTokenizersAreRefused()
{
    QFETCH(QByteArray, content);
    const std::string path = hdf5test::pathIn(m_dir, "damaged.json");
    std::ofstream(path) << content.toStdString();
    QVERIFY(lineOf(refusalOf([&] { return Tokenizer(path); })).startsWith(QString::fromStdString(path)));
}

QTEST_APPLESS_MAIN(TestPerplexitySession)
#include "tst_perplexity_session.moc"
