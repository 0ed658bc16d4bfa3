#include "made_model.h"
#include "refusal.h"

#include "core/analysis/analyze.h"
#include "core/format/preset.h"
#include "core/lm/perplexity_figures.h"
#include "core/quant/cast.h"
#include "core/quant/dequantize.h"
#include "fitting_shape.h"
#include "made_tensor.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <atomic>

using namespace nanoscope;

/// The bundled model under direct casts (oracle: losses of a float32 evaluation in numpy with the casts of ref_mx.py,
/// language model notes of the project; figures of statistics by hand).
class TestPerplexity : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void unquantizedLossIsTheReferences();
    void changesAreTheReferences_data();
    void changesAreTheReferences();
    void gridSpreadsAreTheReferences_data();
    void gridSpreadsAreTheReferences();
    void notSeparableIsSaidOfEqualFormats();
    void changeAndStandardErrorAreThoseByHand();
    void threadsDoNotChangeAnything();
    void layersEmbeddingAndHeadAreChosen();
    void perTensorFormatsReplaceTheCommonOne();
    void castsOfActivationsAreThoseOfTheDefinition();
    void limitKeepsWholeWindows();
    void aStopEndsTheRun();
    void dequantizeIsTheCastWithoutItsParts_data();
    void dequantizeIsTheCastWithoutItsParts();

private:
    LanguageModel m_model;
    TokenWindows m_windows;
    std::vector<double> m_baseline;
};

namespace {

constexpr std::size_t kPredicted = 256;

CastPlan planOf(const char* format)
{
    CastPlan plan;
    plan.weights = parseFormat(format);
    return plan;
}

double changeOf(
    const LanguageModel& model, const TokenWindows& windows, const std::vector<double>& baseline, const CastPlan& plan)
{
    return lossChange(windowLosses(castModel(model, plan).model, windows), baseline, kPredicted).change;
}

}  // namespace

void TestPerplexity::initTestCase()
{
    m_model = loadLanguageModel(NANOSCOPE_BUNDLED_DATA "/language_model.h5");
    m_windows = readTokenWindows(NANOSCOPE_BUNDLED_DATA "/language_model_tokens.h5", m_model.shape.vocabulary);
    m_baseline = windowLosses(m_model, m_windows);
}

void TestPerplexity::unquantizedLossIsTheReferences()
{
    QCOMPARE(m_windows.predicted(), std::size_t{16384});
    QCOMPARE(m_model.parameters(), std::size_t{918656});
    QVERIFY(std::fabs(meanLoss(m_baseline, kPredicted) - 2.714601) < 5e-6);
}

void TestPerplexity::changesAreTheReferences_data()
{
    QTest::addColumn<double>("nats");
    const std::vector<std::pair<const char*, double>> reference{{"MXFP8_E4M3", 0.00268}, {"MXFP6_E2M3", 0.00261},
        {"MXFP6_E3M2", 0.01490}, {"MXFP5_E2M2", 0.01565}, {"MXFP4", 0.07055}, {"MXFP4_ceil", 0.11619},
        {"MXINT4", 0.08792}, {"NVFP4", 0.04813}, {"NVFP4_4over6", 0.04064}, {"NxFP4", 0.04969}, {"NxFP4_NM", 0.05591},
        {"NxFP4_AM", 0.06282}, {"NxFP4_CR", 0.06875}, {"NxFP5", 0.01505}, {"NxFP6", 0.00306}, {"M2XFP_weight", 0.03474},
        {"SMX4", 0.17146}, {"SMX6", 0.00594}, {"AMXFP4_fp8", 0.05309}, {"RaZeR_NVFP4", 0.02851}, {"IF4", 0.03030}};
    for (const auto& [format, nats] : reference)
        QTest::newRow(format) << nats;
}

void TestPerplexity::changesAreTheReferences()
{
    QFETCH(double, nats);
    const double change = changeOf(m_model, m_windows, m_baseline, planOf(QTest::currentDataTag()));
    QVERIFY2(std::fabs(change - nats) < 2e-5, qPrintable(QString::number(change, 'f', 6)));  // five digits are given
}

void TestPerplexity::gridSpreadsAreTheReferences_data()
{
    QTest::addColumn<double>("deviation");
    QTest::newRow("MXFP4") << 0.0011;  // turned to the other side it is 0.0005
}

void TestPerplexity::gridSpreadsAreTheReferences()
{
    QFETCH(double, deviation);
    PerplexityFigures unquantized;
    unquantized.windowLosses = m_baseline;
    const PerplexityCase what{"x", planOf(QTest::currentDataTag()), {}, {}};
    double last = 0.0;
    PerplexityOptions options;
    options.progress = [&last](double fraction) { last = fraction; };
    const PerplexityFigures figures = withGridSpread(
        castFigures(m_model, m_windows, what, unquantized), m_model, m_windows, what, unquantized, options);
    QCOMPARE(figures.grids, kGridShifts.size());
    QVERIFY(std::fabs(figures.gridSpread.value() - deviation) < 6e-5);
    QCOMPARE(last, 1.0);
}

void TestPerplexity::notSeparableIsSaidOfEqualFormats()
{
    PerplexityFigures a;
    a.windowLosses = {256.0, 512.0, 512.0};
    a.tokens = 768;
    PerplexityFigures b = a;
    QVERIFY(!areSeparable(a, b));
    for (double& loss : b.windowLosses)
        loss += 25.6;  // 0.1 nats per token in every window: no error at all
    QVERIFY(areSeparable(a, b));
    b.gridSpread = 0.051;
    QVERIFY(!areSeparable(a, b));
    b.gridSpread = 0.049;
    QVERIFY(areSeparable(a, b));
    b.windowLosses[0] += 100;  // now the windows disagree
    QVERIFY(!areSeparable(a, b));
    a.windowLosses = {256.0};  // how far windows disagree is unknown
    b.windowLosses = {281.6};
    a.tokens = b.tokens = 256;
    QVERIFY(!areSeparable(a, b));
}

void TestPerplexity::changeAndStandardErrorAreThoseByHand()
{
    const std::vector<double> baseline{100, 200, 300};
    const std::vector<double> losses{110, 202, 306};  // 1, 0.2, 0.6 nats per token more
    const LossChange change = lossChange(losses, baseline, 10);
    QVERIFY(std::fabs(change.change - 0.6) < 1e-12);
    QVERIFY(std::fabs(change.standardError - std::sqrt((0.16 + 0.16) / 2 / 3)) < 1e-12);
    QVERIFY(std::isnan(lossChange(std::vector{5.0}, std::vector{4.0}, 1).standardError));
}

void TestPerplexity::threadsDoNotChangeAnything()
{
    const TokenWindows few = m_windows.limitedTo(1024);
    EvaluationOptions options;
    const ActivationCasts casts{parseFormat("NVFP4").spec, {}};
    options.threads = 1;
    const std::vector<double> one = windowLosses(m_model, few, casts, options);
    options.threads = 3;
    QCOMPARE(windowLosses(m_model, few, casts, options), one);
}

void TestPerplexity::layersEmbeddingAndHeadAreChosen()
{
    CastPlan plan = planOf("MXFP4");
    plan.layers = "*feed_forward*";
    const CastModel some = castModel(m_model, plan);
    QCOMPARE(some.elements, std::size_t{4 * 3 * 384 * 128});
    QVERIFY(
        some.model.layers[0].part(LinearPart::Query).matrix() == m_model.layers[0].part(LinearPart::Query).matrix());
    QVERIFY(some.model.layers[0].part(LinearPart::Gate).matrix() != m_model.layers[0].part(LinearPart::Gate).matrix());
    plan.layers = "none";
    QCOMPARE(castModel(m_model, plan).elements, std::size_t{0});
    plan.head = true;  // of a tied model, whose embedding stays
    const CastModel head = castModel(m_model, plan);
    QVERIFY(head.model.embedding.matrix() == m_model.embedding.matrix());
    QVERIFY(head.model.head.matrix() != m_model.head.matrix());
    QCOMPARE(head.bitsPerElement, 4.25);
    plan.head = false;
    plan.embedding = true;
    const CastModel embedding = castModel(m_model, plan);
    QVERIFY(embedding.model.embedding.matrix() == head.model.head.matrix());
    QVERIFY(embedding.model.head.matrix() == m_model.head.matrix());
}

void TestPerplexity::perTensorFormatsReplaceTheCommonOne()
{
    CastPlan plan = planOf("MXFP4");
    plan.perTensor["layers.2.attention.wq.weight"] = parseFormat("MXFP8_E4M3");
    const CastModel cast = castModel(m_model, plan);
    const Tensor& tensor = m_model.layers[2].part(LinearPart::Query).tensor();
    const FormatSpec spec = parseFormat("MXFP8_E4M3").spec;
    const std::vector<float> expected = castTensor(tensor, viewOf(tensor, spec), spec).dequantized;
    const auto matrix = cast.model.layers[2].part(LinearPart::Query).matrix();
    QVERIFY(std::equal(expected.begin(), expected.end(), matrix.data()));
    QVERIFY(cast.bitsPerElement > 4.25);
    plan.perTensor["layers.2.attention.wk.weigh"] = parseFormat("MXFP8_E4M3");
    QVERIFY(lineOf(refusalOf([&] { return castModel(m_model, plan); })).contains("did you mean layers.2.attention.wk"));
}

/// One window through the definition, each cast done by castTensor() on what a plain evaluation has at that place.
void TestPerplexity::castsOfActivationsAreThoseOfTheDefinition()
{
    const ModelShape shape{32, 1, 64, 2, 1, 16, 40, 0, 1e-5, 10000.0, RotaryPairs::HalfSplit, true};
    MadeModel made = madeModel(shape, false, 21);
    // With queries of zero attention is a mean of values, and with a down-projection of zero nothing follows it.
    for (const char* name : {"0:q", "0:down"})
        std::fill(made.values[name].begin(), made.values[name].end(), 0.0F);
    QTemporaryDir dir;
    const std::string path = hdf5test::pathIn(dir, "model.h5");
    writeModel(made, path);
    const LanguageModel model = loadLanguageModel(path);
    const std::vector<std::int32_t> window{3, 17, 5, 39, 8};
    const FormatSpec inputs = parseFormat("MXINT8").spec;
    const FormatSpec cache = parseFormat("MXFP4:geometry.block=16").spec;

    const auto cast = [](std::vector<std::vector<double>> rows, const FormatSpec& spec) {
        std::vector<float> flat;
        for (const auto& row : rows)
            flat.insert(flat.end(), row.begin(), row.end());
        const Tensor tensor = madeTensor({rows.size(), rows[0].size()}, flat);
        const std::vector<float> result = castTensor(tensor, viewOf(tensor, spec), spec).dequantized;
        for (std::size_t i = 0; i < result.size(); ++i)
            rows[i / rows[0].size()][i % rows[0].size()] = static_cast<double>(result[i]);
        return rows;
    };
    const auto times = [&made](const std::string& name, const std::vector<std::vector<double>>& x) {
        std::vector<std::vector<double>> y(x.size(), std::vector<double>(made.extents.at(name)[0]));
        for (std::size_t t = 0; t < x.size(); ++t)
            for (std::size_t row = 0; row < y[t].size(); ++row)
                for (std::size_t column = 0; column < x[t].size(); ++column)
                    y[t][row] += made.at(name, row, column) * x[t][column];
        return y;
    };
    const auto normed = [&](const std::string& name, std::vector<std::vector<double>> x) {
        for (auto& row : x) {
            double square = 0;
            for (const double value : row)
                square += value * value;
            for (std::size_t i = 0; i < row.size(); ++i)
                row[i] *= static_cast<double>(made.values.at(name)[i])
                    / std::sqrt(square / static_cast<double>(row.size()) + shape.normEpsilon);
        }
        return x;
    };
    std::vector<std::vector<double>> stream(4);
    for (std::size_t t = 0; t < 4; ++t)
        for (std::size_t i = 0; i < shape.width; ++i)
            stream[t].push_back(made.at("embedding", static_cast<std::size_t>(window[t]), i));
    const auto values = cast(times("0:v", cast(normed("0:norm1", stream), inputs)), cache);
    std::vector<std::vector<double>> attended(4, std::vector<double>(shape.width));
    for (std::size_t t = 0; t < 4; ++t)
        for (std::size_t seen = 0; seen <= t; ++seen)
            for (std::size_t i = 0; i < shape.width; ++i)  // two heads share the values
                attended[t][i] += values[seen][i % shape.headWidth] / static_cast<double>(t + 1);
    const auto added = times("0:o", cast(attended, inputs));
    for (std::size_t t = 0; t < 4; ++t)
        for (std::size_t i = 0; i < shape.width; ++i)
            stream[t][i] += added[t][i];
    const auto logits = times("embedding", normed("norm", stream));
    double expected = 0;
    for (std::size_t t = 0; t < 4; ++t) {
        double sum = 0;
        for (const double logit : logits[t])
            sum += std::exp(logit);
        expected += std::log(sum) - logits[t][static_cast<std::size_t>(window[t + 1])];
    }
    const double loss = Decoder(model, {inputs, cache}).loss(window);
    QVERIFY2(std::fabs(loss - expected) < 1e-5 * expected, qPrintable(QString("%1 %2").arg(loss).arg(expected)));
    QVERIFY(std::fabs(Decoder(model, {inputs, {}}).loss(window) - expected) > 1e-4 * expected);
    QVERIFY(std::fabs(Decoder(model, {{}, cache}).loss(window) - expected) > 1e-4 * expected);
}

void TestPerplexity::limitKeepsWholeWindows()
{
    QCOMPARE(m_windows.limitedTo(1000).windows(), std::size_t{3});
    QCOMPARE(m_windows.limitedTo(1).windows(), std::size_t{1});
    QCOMPARE(m_windows.limitedTo(1 << 30).windows(), std::size_t{64});
    QCOMPARE(m_windows.limitedTo(1000).window(2)[5], m_windows.window(2)[5]);
}

void TestPerplexity::aStopEndsTheRun()
{
    std::stop_source stop;
    EvaluationOptions options;
    options.stop = stop.get_token();
    std::size_t done = 0;
    options.finished = [&](std::size_t, double) {
        if (++done == 3)
            stop.request_stop();
    };
    QVERIFY_THROWS_EXCEPTION(Cancelled, (void)windowLosses(m_model, m_windows, {}, options));
    QVERIFY(done < 10);
}

void TestPerplexity::dequantizeIsTheCastWithoutItsParts_data()
{
    QTest::addColumn<QString>("format");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestPerplexity::dequantizeIsTheCastWithoutItsParts()
{
    QFETCH(QString, format);
    const NamedFormat named = parseFormat(format.toStdString());
    const Shape shape = fittingShape(named.spec, {6, 80});
    const Tensor tensor = madeTensor(shape, gaussian(elementCount(shape), 31));
    const BlockView view = viewOf(tensor, named.spec);
    const Dequantized result = dequantize(view, named.spec);
    const CastTensor cast = castTensor(tensor, view, named.spec);
    const RowLayout& layout = view.layout();
    for (std::uint64_t row = 0; row < layout.rows; ++row)
        for (std::uint64_t column = 0; column < layout.rowLength; ++column)
            QCOMPARE(result.values[row * layout.rowLength + column], cast.dequantized[layout.fileIndex(row, column)]);
    QCOMPARE(result.bitsPerElement, analyze(tensor, view, named).bitsPerElement);
}

QTEST_APPLESS_MAIN(TestPerplexity)
#include "tst_perplexity.moc"
