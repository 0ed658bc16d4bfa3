#include "made_model.h"
#include "refusal.h"

#include "core/lm/decoder.h"
#include "core/lm/language_model.h"
#include "core/lm/perplexity.h"

#include <QTest>

#include <limits>

using namespace nanoscope;

/// Models of any size (oracle: the definition in plain double precision, tests/core/made_model.h).
class TestLanguageModel : public QObject {
    Q_OBJECT

private slots:
    void lossIsThatOfTheDefinition_data();
    void lossIsThatOfTheDefinition();
    void nextLogitsAreThoseOfTheLastToken();
    void sizesFollowFromTheTensors();
    void slashesInNamesAreDots();
    void configBesideTheFileIsRead();
    void whatDoesNotFitIsRefused_data();
    void whatDoesNotFitIsRefused();
    void tokensAreChecked_data();
    void tokensAreChecked();

private:
    QTemporaryDir m_dir;
};

namespace {

constexpr ModelShape kSmall{24, 2, 40, 6, 2, 4, 37, 0, 1e-5, 10000.0, RotaryPairs::HalfSplit, false};

std::vector<std::int32_t> randomWindow(std::size_t length, std::size_t vocabulary, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<std::int32_t> id(0, static_cast<std::int32_t>(vocabulary) - 1);
    std::vector<std::int32_t> window(length);
    for (std::int32_t& each : window)
        each = id(random);
    return window;
}

}  // namespace

void TestLanguageModel::lossIsThatOfTheDefinition_data()
{
    QTest::addColumn<ModelShape>("shape");
    QTest::addColumn<bool>("isHuggingFace");
    QTest::addColumn<int>("tokens");
    QTest::newRow("grouped queries") << kSmall << false << 30;
    ModelShape shape = kSmall;
    shape.tiedOutput = true;
    shape.keyValueHeads = 6;
    QTest::newRow("tied, every head its own keys") << shape << false << 20;
    shape = kSmall;
    shape.rotary = RotaryPairs::Interleaved;
    shape.rotaryBase = 500.0;
    shape.normEpsilon = 0.01;
    QTest::newRow("interleaved, other constants") << shape << false << 25;
    QTest::newRow("names of Hugging Face") << kSmall << true << 17;
    shape = kSmall;
    shape.headWidth = 10;  // heads * width need not be the width of the stream
    shape.keyValueHeads = 1;
    shape.layers = 3;
    QTest::newRow("wide heads, one of keys") << shape << true << 12;
    QTest::newRow("longer than the rows made at a time") << kSmall << false << 150;
    QTest::newRow("one prediction") << kSmall << false << 1;
}

void TestLanguageModel::lossIsThatOfTheDefinition()
{
    QFETCH(ModelShape, shape);
    QFETCH(bool, isHuggingFace);
    QFETCH(int, tokens);
    const MadeModel made = madeModel(shape, isHuggingFace, 7);
    const std::string path = hdf5test::pathIn(m_dir, "model.h5");
    writeModel(made, path);
    const LanguageModel model = loadLanguageModel(path);
    Decoder decoder(model);
    for (const std::uint64_t seed : {1u, 2u}) {  // the second finds scratch memory of the first
        const auto window = randomWindow(static_cast<std::size_t>(tokens) + 1, shape.vocabulary, seed);
        const double expected = plainLoss(made, window);
        const double loss = decoder.loss(window);
        QVERIFY2(std::fabs(loss - expected) < 2e-5 * expected, qPrintable(QString("%1 %2").arg(loss).arg(expected)));
    }
}

void TestLanguageModel::nextLogitsAreThoseOfTheLastToken()
{
    const MadeModel made = madeModel(kSmall, false, 8);
    const std::string path = hdf5test::pathIn(m_dir, "model.h5");
    writeModel(made, path);
    const LanguageModel model = loadLanguageModel(path);
    Decoder decoder(model);
    const auto ids = randomWindow(9, kSmall.vocabulary, 3);
    const Eigen::RowVectorXf logits = decoder.nextLogits(ids);
    // The loss of one more token is its logit against all others.
    for (const std::int32_t next : {0, 20, 36}) {
        std::vector<std::int32_t> longer = ids;
        longer.push_back(next);
        const double last = plainLoss(made, longer) - plainLoss(made, ids);
        const double here = std::log(logits.cast<double>().array().exp().sum()) - static_cast<double>(logits(next));
        QVERIFY(std::fabs(last - here) < 1e-4);
    }
}

void TestLanguageModel::sizesFollowFromTheTensors()
{
    const MadeModel made = madeModel(kSmall, false, 9);
    const std::string path = hdf5test::pathIn(m_dir, "model.h5");
    writeModel(made, path, {"KV"});  // only the number of heads must be told
    const LanguageModel model = loadLanguageModel(path);
    QCOMPARE(model.shape.width, kSmall.width);
    QCOMPARE(model.shape.layers, kSmall.layers);
    QCOMPARE(model.shape.hidden, kSmall.hidden);
    QCOMPARE(model.shape.keyValueHeads, kSmall.keyValueHeads);
    QCOMPARE(model.shape.headWidth, kSmall.headWidth);
    QCOMPARE(model.shape.vocabulary, kSmall.vocabulary);
    QVERIFY(!model.shape.tiedOutput);
    std::size_t parameters = 0;
    for (const auto& [name, values] : made.values)
        parameters += values.size();
    QCOMPARE(model.parameters(), parameters);
}

void TestLanguageModel::slashesInNamesAreDots()
{
    const MadeModel made = madeModel(kSmall, false, 10);
    const std::string path = hdf5test::pathIn(m_dir, "groups.h5");
    writeModel(made, path);
    {
        const hdf5test::Hdf5Id file = hdf5test::must(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
        const hdf5test::Hdf5Id links = hdf5test::must(H5Pcreate(H5P_LINK_CREATE));
        hdf5test::mustSucceed(H5Pset_create_intermediate_group(links.get(), 1));
        hdf5test::mustSucceed(H5Lmove(file.get(), "layers.0.attention.wq.weight", H5L_SAME_LOC,
            "layers/0/attention/wq/weight", links.get(), H5P_DEFAULT));
    }
    const LanguageModel model = loadLanguageModel(path);
    const auto window = randomWindow(10, kSmall.vocabulary, 4);
    QVERIFY(std::fabs(Decoder(model).loss(window) - plainLoss(made, window)) < 1e-3);
}

void TestLanguageModel::configBesideTheFileIsRead()
{
    ModelShape shape = kSmall;
    shape.rotaryBase = 1000.0;
    const MadeModel made = madeModel(shape, true, 11);
    QTemporaryDir folder;
    const std::string path = hdf5test::pathIn(folder, "model.h5");
    writeModel(made, path, {"H", "KV", "norm_eps", "rope_theta"});
    const auto window = randomWindow(12, shape.vocabulary, 5);
    QVERIFY(lineOf(refusalOf([&] { return loadLanguageModel(path); })).contains("config.json"));
    std::ofstream(hdf5test::pathIn(folder, "config.json"))
        << R"({"num_attention_heads": 6, "num_key_value_heads": 2, "rms_norm_eps": 1e-05, "rope_theta": 1000.0,
               "rope_scaling": null, "architectures": ["LlamaForCausalLM"], "tie_word_embeddings": false})";
    QVERIFY(std::fabs(Decoder(loadLanguageModel(path)).loss(window) - plainLoss(made, window)) < 1e-3);
    std::ofstream(hdf5test::pathIn(folder, "config.json"))
        << R"({"num_attention_heads": 6, "rope_scaling": {"type": "linear", "factor": 2}})";
    QVERIFY(lineOf(refusalOf([&] { return loadLanguageModel(path); })).contains("rope_scaling"));
}

void TestLanguageModel::whatDoesNotFitIsRefused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("line");
    QTest::newRow("missing") << "missing"
                             << "layers.1.feed_forward.w2.weight: this tensor of the model is missing";
    QTest::newRow("shape") << "shape"
                           << "layers.0.attention.wv.weight: has the shape 7 × 24 instead of 8 × 24";
    QTest::newRow("NaN") << "NaN"
                         << "layers.1.attention.wo.weight: holds NaN or infinity";
    QTest::newRow("bias") << "bias"
                          << "layers.0.attention.wq.bias: is a part that this evaluation";
    QTest::newRow("heads") << "heads"
                           << "does not say how many attention heads";
    QTest::newRow("odd heads") << "odd heads"
                               << "24 rows of queries cannot be 5 heads";
    QTest::newRow("no model") << "no model"
                              << "holds no language model of the Llama kind";
}

void TestLanguageModel::whatDoesNotFitIsRefused()
{
    QFETCH(QString, change);
    QFETCH(QString, line);
    MadeModel made = madeModel(kSmall, false, 12);
    std::vector<std::string> without;
    if (change == "missing")
        made.values.erase("1:down");
    if (change == "shape") {
        made.extents["0:v"] = {7, 24};
        made.values["0:v"].resize(std::size_t{7} * 24);
    }
    if (change == "NaN")
        made.values["1:o"][5] = std::numeric_limits<float>::quiet_NaN();
    if (change == "heads")
        without.push_back("H");
    if (change == "odd heads")
        made.shape.heads = 5;
    if (change == "no model")
        made.values.erase("embedding");
    const std::string path = hdf5test::pathIn(m_dir, "bad.h5");
    writeModel(made, path, without);
    if (change == "bias") {
        const hdf5test::Hdf5Id file = hdf5test::must(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
        (void)hdf5test::writeFloats(file.get(), "layers.0.attention.wq.bias", {24}, std::vector<float>(24, 1.0F));
    }
    const QString text = lineOf(refusalOf([&] { return loadLanguageModel(path); }));
    QVERIFY2(text.contains(line), qPrintable(text));
    QVERIFY(text.startsWith(QString::fromStdString(path)));
    QVERIFY(!text.contains('\n'));
}

void TestLanguageModel::tokensAreChecked_data()
{
    QTest::addColumn<QList<int>>("ids");
    QTest::addColumn<int>("columns");
    QTest::addColumn<QString>("line");
    QTest::newRow("outside") << QList<int>{1, 2, 37, 0} << 4 << "token id 37 is outside the model's vocabulary of 37";
    QTest::newRow("negative") << QList<int>{1, -1, 3, 0} << 4 << "token id -1 is outside";
    QTest::newRow("too short") << QList<int>{1, 2, 3} << 1 << "its windows have 1 token ids";
    QTest::newRow("none") << QList<int>{} << 0 << "has no token windows";
}

void TestLanguageModel::tokensAreChecked()
{
    QFETCH(QList<int>, ids);
    QFETCH(int, columns);
    QFETCH(QString, line);
    const std::string path = hdf5test::pathIn(m_dir, "tokens.h5");
    {
        const hdf5test::Hdf5Id file = hdf5test::createFile(path);
        const std::vector<std::int32_t> values(ids.begin(), ids.end());
        if (columns > 0)
            (void)hdf5test::writeRaw(file.get(), "windows", H5T_NATIVE_INT32,
                {static_cast<hsize_t>(ids.size() / columns), static_cast<hsize_t>(columns)},
                std::as_bytes(std::span(values)));
    }
    const QString text = lineOf(refusalOf([&] { return readTokenWindows(path, 37); }));
    QVERIFY2(text.contains(line), qPrintable(text));
}

QTEST_APPLESS_MAIN(TestLanguageModel)
#include "tst_language_model.moc"
