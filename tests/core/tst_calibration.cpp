// Many cases, one subject: one small model and its reference serve all of them.
#include "made_model.h"
#include "refusal.h"

#include "core/format/preset.h"
#include "core/lm/channel_scales.h"
#include "core/lm/direct_cast.h"
#include "core/lm/fixed_grid.h"
#include "core/lm/layer_cast.h"
#include "core/lm/layer_error.h"
#include "core/lm/perplexity.h"
#include "core/lm/sensitivity.h"
#include "core/quant/dequantize.h"
#include "made_tensor.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace nanoscope;

/// Calibration files, and what they say of the bundled and of made models (oracle: plain loops in double).
class TestCalibration : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void bundledFileHoldsTheInputsOfEveryLayer();
    void turnedInputsBelongToTurnedWeights();
    void shiftedGridsUseTurnedInputs();
    void productsServeLikeSamples();
    void exportedFilesAreRead();
    void aBadFileIsRefused_data();
    void aBadFileIsRefused();
    void errorsArePlainProducts();
    void errorsOfACastAreTheReferences();
    void fixedGridsGiveTheDirectCast_data();
    void fixedGridsGiveTheDirectCast();
    void formatsWithoutAGridAreRefused_data();
    void formatsWithoutAGridAreRefused();
    void gptqMakesWeightsWorseAndOutputsBetter_data();
    void gptqMakesWeightsWorseAndOutputsBetter();
    void rotatedFormatsRotateTheirInputs();
    void channelScalesAloneChangeNothing_data();
    void channelScalesAloneChangeNothing();
    void biasCorrectionTakesTheMeanErrorOff();
    void smoothingTakesTheBestExponent_data();
    void smoothingTakesTheBestExponent();
    void osPlusTakesTheBestThreshold();
    void decoupleQBeatsItsStart();
    void sensitivityIsThatOfOneLayer();
    void methodsWithoutInputsAreRefused();

private:
    [[nodiscard]] CastModel castBy(CastMethod method, const char* format, bool correctsBias = false) const
    {
        CastPlan plan;
        plan.weights = parseFormat(format);
        plan.calibrated = {method, correctsBias, m_calibration, {}};
        return castModel(m_model, plan);
    }

    LanguageModel m_model;
    std::shared_ptr<const Calibration> m_calibration;
};

namespace {

constexpr const char* kBundled = NANOSCOPE_BUNDLED_DATA "/language_model_activations.h5";

/// Sum over layers of the squared output error, per sample.
double squaredOutputError(const LanguageModel& model, const LanguageModel& cast, const Calibration& calibration)
{
    double sum = 0;
    for (std::size_t layer = 0; layer < model.layers.size(); ++layer)
        for (std::size_t part = 0; part < kLinearParts; ++part) {
            const LinearWeights& weights = model.layers[layer].linear[part];
            const Eigen::MatrixXd values = weights.matrix().cast<double>();
            const LayerInputs& inputs = calibration.of(weights);
            const double output = (values * inputs.hessian).cwiseProduct(values).sum() / 2.0;
            const double error = layerError(weights, cast.layers[layer].linear[part], &inputs).output;
            sum += error * error * output;
        }
    return sum;
}

}  // namespace

void TestCalibration::initTestCase()
{
    m_model = loadLanguageModel(NANOSCOPE_BUNDLED_DATA "/language_model.h5");
    m_calibration = std::make_shared<const Calibration>(readCalibration(kBundled, m_model));
}

/// The inputs of the first layer are its normed embeddings: those of the first half of one window, then of another.
void TestCalibration::bundledFileHoldsTheInputsOfEveryLayer()
{
    QCOMPARE(m_calibration->layers.size(), std::size_t{28});
    const LayerInputs& inputs = m_calibration->of(m_model.layers[0].part(LinearPart::Query));
    QCOMPARE(inputs.samples.rows(), 512);
    const TokenWindows windows
        = readTokenWindows(NANOSCOPE_BUNDLED_DATA "/language_model_tokens.h5", m_model.shape.vocabulary);
    const auto embedding = m_model.embedding.matrix();
    for (Eigen::Index token = 0; token < 256; ++token) {
        const auto row = embedding.row(windows.window(0)[static_cast<std::size_t>(token)]);
        double square = 0;
        for (Eigen::Index i = 0; i < row.size(); ++i)
            square += static_cast<double>(row[i]) * static_cast<double>(row[i]);
        const double root = std::sqrt(square / static_cast<double>(row.size()) + 1e-5);
        for (Eigen::Index i = 0; i < row.size(); ++i) {
            const double normed = static_cast<double>(row[i] * m_model.layers[0].attentionNorm[i]) / root;
            const double apart = std::fabs(normed - static_cast<double>(inputs.samples(token, i)));
            QVERIFY(apart < 1e-3 * std::fabs(normed) + 1e-4);  // they are stored as float16
        }
    }
    // Soft links lead from keys and values to the inputs of queries.
    QVERIFY(m_calibration->of(m_model.layers[3].part(LinearPart::Value)).samples
        == m_calibration->of(m_model.layers[3].part(LinearPart::Query)).samples);
}

void TestCalibration::turnedInputsBelongToTurnedWeights()
{
    const LayerInputs inputs = inputsOf("x", (LinearWeights::Matrix(2, 3) << 1, 2, 3, 4, 5, 7).finished());
    const LayerInputs turned = inputs.turned(1);  // the first column goes to the end
    QVERIFY(turned.samples == (LinearWeights::Matrix(2, 3) << 2, 3, 1, 5, 7, 4).finished());
    QVERIFY(turned.mean == (Eigen::RowVectorXd(3) << 3.5, 5, 2.5).finished());
    QVERIFY(turned.hessian == inputsOf("x", turned.samples).hessian);
}

/// Rows of weights that are turned under turned inputs are rows that are not: GPTQ of one block a row shows it.
void TestCalibration::shiftedGridsUseTurnedInputs()
{
    const LinearWeights& weights = m_model.layers[0].part(LinearPart::Query);
    LayerCastOptions options;
    options.method = CastMethod::Gptq;
    options.inputs = &m_calibration->of(weights);
    options.gridShift = 5;
    const FormatSpec spec = parseFormat("INT4_channel").spec;
    const double fedBack = layerError(weights, castLayer(weights, spec, options).weights, options.inputs).output;
    options.method = CastMethod::Direct;
    const double direct = layerError(weights, castLayer(weights, spec, options).weights, options.inputs).output;
    QVERIFY2(fedBack < 0.75 * direct, qPrintable(QString("%1 of %2").arg(fedBack).arg(direct)));
}

void TestCalibration::productsServeLikeSamples()
{
    const LinearWeights& weights = m_model.layers[1].part(LinearPart::Down);
    const LayerInputs& whole = m_calibration->of(weights);
    LayerInputs products;
    products.source = "calib.h5: w2/H";
    products.hessian = whole.hessian * 17.0;  // any multiple
    LayerCastOptions options;
    options.method = CastMethod::Gptq;
    options.inputs = &whole;
    const LinearWeights cast = castLayer(weights, parseFormat("MXFP4").spec, options).weights;
    options.inputs = &products;
    QVERIFY(castLayer(weights, parseFormat("MXFP4").spec, options).weights.matrix() == cast.matrix());
    const LayerError one = layerError(weights, cast, &whole);
    const LayerError other = layerError(weights, cast, &products);
    QVERIFY(std::fabs(one.output - other.output) < 1e-9);
    options.correctsBias = true;
    const QString line = lineOf(refusalOf([&] { return castLayer(weights, parseFormat("MXFP4").spec, options); }));
    QVERIFY2(line.startsWith("calib.h5: w2/H: ") && line.contains("give X"), qPrintable(line));
}

/// Files as README says to export them: Hugging Face's names, X of some layers and H of others.
void TestCalibration::exportedFilesAreRead()
{
    const ModelShape shape{32, 2, 64, 2, 1, 16, 40, 0, 1e-5, 10000.0, RotaryPairs::HalfSplit, false};
    QTemporaryDir dir;
    writeModel(madeModel(shape, true, 6), hdf5test::pathIn(dir, "model.h5"));
    const LanguageModel model = loadLanguageModel(hdf5test::pathIn(dir, "model.h5"));
    const std::string path = hdf5test::pathIn(dir, "inputs.h5");
    {
        const hdf5test::Hdf5Id file = hdf5test::createFile(path);
        for (const DecoderLayer& layer : model.layers)
            for (const LinearWeights& weights : layer.linear) {
                const std::size_t width = weights.inputs();
                const LayerInputs inputs = inputsOf("made",
                    Eigen::Map<const LinearWeights::Matrix>(
                        gaussian(50 * width, 8).data(), 50, static_cast<Eigen::Index>(width)));
                const bool isDown = &weights == &layer.part(LinearPart::Down);
                const LinearWeights::Matrix values
                    = isDown ? LinearWeights::Matrix(inputs.hessian.cast<float>()) : inputs.samples;
                (void)hdf5test::writeFloats(file.get(), weights.name() + (isDown ? "/H" : "/X"),
                    {static_cast<hsize_t>(values.rows()), width}, {values.data(), values.data() + values.size()});
            }
    }
    const Calibration calibration = readCalibration(path, model);
    QCOMPARE(calibration.layers.size(), std::size_t{14});
    QVERIFY(calibration.layers.at("model.layers.1.self_attn.k_proj.weight").hasSamples());
    QVERIFY(!calibration.layers.at("model.layers.1.mlp.down_proj.weight").hasSamples());
}

void TestCalibration::aBadFileIsRefused_data()
{
    QTest::addColumn<QString>("dataset");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::addColumn<float>("last");
    QTest::addColumn<QString>("part");
    const float nan = std::numeric_limits<float>::quiet_NaN();
    QTest::newRow("width") << "X" << 5 << 31 << 1.0F << "wq.weight/X: has the shape 5 × 31 instead of samples × 32";
    QTest::newRow("NaN") << "X" << 5 << 32 << nan << "1 of 160 values are NaN or infinity";
    QTest::newRow("not square") << "H" << 31 << 32 << 1.0F << "instead of 32 × 32";
    QTest::newRow("not symmetric") << "H" << 32 << 32 << 1.0F << "is not symmetric";
    QTest::newRow("other name") << "Y" << 5 << 32 << 1.0F << "layers.0.attention.wq.weight: no inputs of this layer";
}

void TestCalibration::aBadFileIsRefused()
{
    QFETCH(QString, dataset);
    QFETCH(int, rows);
    QFETCH(int, columns);
    QFETCH(float, last);
    QFETCH(QString, part);
    const ModelShape shape{32, 1, 64, 2, 1, 16, 40, 0, 1e-5, 10000.0, RotaryPairs::HalfSplit, true};
    const MadeModel made = madeModel(shape, false, 5);
    QTemporaryDir dir;
    writeModel(made, hdf5test::pathIn(dir, "model.h5"));
    const std::string path = hdf5test::pathIn(dir, "calib.h5");
    {
        const hdf5test::Hdf5Id file = hdf5test::createFile(path);
        std::vector<float> values(static_cast<std::size_t>(rows * columns), 1.0F);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i);
        if (!values.empty())
            values.back() = last;
        (void)hdf5test::writeFloats(file.get(), "layers.0.attention.wq.weight/" + dataset.toStdString(),
            {static_cast<hsize_t>(rows), static_cast<hsize_t>(columns)}, values);
    }
    const LanguageModel model = loadLanguageModel(hdf5test::pathIn(dir, "model.h5"));
    const QString line = lineOf(refusalOf([&] { return readCalibration(path, model); }));
    QVERIFY2(line.contains("calib.h5: ") && line.contains(part) && line.contains("; "), qPrintable(line));
}

void TestCalibration::errorsArePlainProducts()
{
    const LinearWeights& weights = m_model.layers[2].part(LinearPart::Key);
    const LayerInputs& inputs = m_calibration->of(weights);
    LayerAdjustment adjustment;
    adjustment.scale = Eigen::RowVectorXf::LinSpaced(128, 0.5F, 2.0F);
    adjustment.shift = Eigen::RowVectorXf::LinSpaced(128, -0.3F, 0.2F);
    adjustment.bias = Eigen::RowVectorXf::LinSpaced(64, -0.1F, 0.4F);
    LinearWeights::Matrix values = weights.matrix();
    values.array() *= 1.05F;
    const LinearWeights cast
        = weights.withValues({values.data(), values.data() + values.size()}).withAdjustment(adjustment);
    double difference = 0, output = 0, weightDifference = 0, weight = 0, weighted = 0, weightedDifference = 0;
    for (Eigen::Index row = 0; row < 64; ++row) {
        for (Eigen::Index sample = 0; sample < 512; ++sample) {
            double plain = 0;
            double other = static_cast<double>(adjustment.bias[row]);
            for (Eigen::Index i = 0; i < 128; ++i) {
                const auto x = static_cast<double>(inputs.samples(sample, i));
                plain += x * static_cast<double>(weights.matrix()(row, i));
                other += (x - static_cast<double>(adjustment.shift[i])) / static_cast<double>(adjustment.scale[i])
                    * static_cast<double>(values(row, i));
            }
            difference += (plain - other) * (plain - other);
            output += plain * plain;
        }
        for (Eigen::Index i = 0; i < 128; ++i) {
            const auto w = static_cast<double>(weights.matrix()(row, i));
            const double e = w - static_cast<double>(values(row, i)) / static_cast<double>(adjustment.scale[i]);
            double square = 0;
            for (Eigen::Index sample = 0; sample < 512; ++sample)
                square += std::pow(static_cast<double>(inputs.samples(sample, i)), 2);
            weightDifference += e * e;
            weight += w * w;
            weightedDifference += square * e * e;
            weighted += square * w * w;
        }
    }
    const LayerError error = layerError(weights, cast, &inputs);
    QVERIFY(std::fabs(error.output - std::sqrt(difference / output)) < 1e-9);
    QVERIFY(std::fabs(error.weight - std::sqrt(weightDifference / weight)) < 1e-9);
    QVERIFY(std::fabs(error.activationWeighted - std::sqrt(weightedDifference / weighted)) < 1e-9);
    QVERIFY(std::isnan(layerError(weights, cast, nullptr).output));
}

/// Oracle: numpy in double with the cast of ref_mx.py.
void TestCalibration::errorsOfACastAreTheReferences()
{
    const CastModel cast = castBy(CastMethod::Direct, "MXFP4");
    const LinearWeights& weights = m_model.layers[0].part(LinearPart::Value);
    const LayerError error
        = layerError(weights, cast.model.layers[0].part(LinearPart::Value), &m_calibration->of(weights));
    QVERIFY(std::fabs(error.weight - 0.11613909314562434) < 1e-12);
    QVERIFY(std::fabs(error.output - 0.12850519315796438) < 1e-12);
}

void TestCalibration::fixedGridsGiveTheDirectCast_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"MXFP4", "MXFP8_E4M3", "NVFP4", "NVFP4_4over6", "NxFP4", "NxFP5", "M2XFP_weight",
             "RaZeR_NVFP4", "IF4", "SMX4", "INT4_g32_asym", "INT4_g128_minimum", "NF4", "BFP4_g64_sorted",
             "INT8_tensor", "FP4_g16_hadamard", "NVFP4_train_2D", "BitMoD4", "Posit4_1", "PoT4"})
        QTest::newRow(format) << format;
}

void TestCalibration::fixedGridsGiveTheDirectCast()
{
    QFETCH(QString, format);
    const FormatSpec spec = parseFormat(format.toStdString()).spec;
    const Tensor tensor = madeTensor({9, 144}, gaussian(9 * 144, 77));  // the last block may be short
    const BlockView rows(tensor, -1, std::max(1, spec.geometry.block));
    const PreparedTensor prepared = prepare(rows, spec);
    const FixedGrid grid(prepared);
    std::vector<float> values(9 * 144);
    std::vector<float> room;
    for (std::uint64_t block = 0; block < prepared.view.blocks(); ++block) {
        const std::span<const float> elements = prepared.view.values(block, room);
        for (std::size_t i = 0; i < elements.size(); ++i) {
            const std::uint64_t position = prepared.view.rowPosition(block, i);
            values[position] = roundToStored(grid.nearest(position, static_cast<double>(elements[i]))).value;
        }
    }
    const std::vector<float> result = undoBasis(values, rows.layout(), prepared.spec, prepared.columnOrder);
    QCOMPARE(result, dequantize(rows, spec).values);
}

void TestCalibration::formatsWithoutAGridAreRefused_data()
{
    QTest::addColumn<QString>("reason");
    QTest::newRow("Q4_0") << "scales and codes together";
    QTest::newRow("MXFP4+") << "single elements";
    QTest::newRow("INT4_2of4") << "prunes";
    QTest::newRow("AMXFP4_fp8") << "sign";
    QTest::newRow("INT8_tensor_SR") << "random";
    QTest::newRow("SqueezeLLM_3") << "fitted";
    QTest::newRow("TWN") << "threshold";
    QTest::newRow("COMET") << "several formats";
}

void TestCalibration::formatsWithoutAGridAreRefused()
{
    QFETCH(QString, reason);
    LayerCastOptions options;
    const LinearWeights& weights = m_model.layers[0].part(LinearPart::Query);
    options.method = CastMethod::Gptq;
    options.inputs = &m_calibration->of(weights);
    const FormatSpec spec = parseFormat(QTest::currentDataTag()).spec;
    const auto error = refusalOf([&] { return castLayer(weights, spec, options); });
    const QString line = lineOf(error);
    QVERIFY2(line.contains("layers.0.attention.wq.weight") && line.contains(reason), qPrintable(line));
    QCOMPARE(error->kind(), ErrorKind::Refused);
}

void TestCalibration::gptqMakesWeightsWorseAndOutputsBetter_data()
{
    QTest::addColumn<int>("method");
    QTest::addColumn<QString>("format");
    for (const char* format : {"MXFP4", "NVFP4", "NxFP4", "INT4_g32", "INT3_g128"})
        for (const CastMethod method : {CastMethod::Gptq, CastMethod::GptqActOrder})
            QTest::addRow("%s of %s", methodName(method).c_str(), format) << static_cast<int>(method) << format;
}

void TestCalibration::gptqMakesWeightsWorseAndOutputsBetter()
{
    QFETCH(int, method);
    QFETCH(QString, format);
    const std::string name = format.toStdString();
    const CastModel direct = castBy(CastMethod::Direct, name.c_str());
    const CastModel fedBack = castBy(static_cast<CastMethod>(method), name.c_str());
    QCOMPARE(fedBack.bitsPerElement, direct.bitsPerElement);
    const auto before = layerErrors(m_model, direct.model, m_calibration.get());
    const auto after = layerErrors(m_model, fedBack.model, m_calibration.get());
    for (std::size_t i = 0; i < before.size(); ++i) {
        QVERIFY2(after[i].output < 0.95 * before[i].output, before[i].tensor.c_str());
        QVERIFY2(after[i].weight > 1.05 * before[i].weight, before[i].tensor.c_str());
    }
}

void TestCalibration::rotatedFormatsRotateTheirInputs()
{
    // Without the rotation of H the feedback would go to the wrong columns and help nothing.
    const auto direct
        = layerErrors(m_model, castBy(CastMethod::Direct, "INT4_g16_hadamard").model, m_calibration.get());
    const auto after = layerErrors(m_model, castBy(CastMethod::Gptq, "INT4_g16_hadamard").model, m_calibration.get());
    for (std::size_t i = 0; i < direct.size(); ++i)
        QVERIFY2(after[i].output < 0.9 * direct[i].output, direct[i].tensor.c_str());
}

void TestCalibration::channelScalesAloneChangeNothing_data()
{
    QTest::addColumn<int>("method");
    QTest::addColumn<QString>("format");  // for SmoothQuant+ one under which some scales are better than none
    QTest::newRow("SmoothQuant+") << static_cast<int>(CastMethod::SmoothQuantPlus) << "MXFP8_E4M3";
    QTest::newRow("OS+") << static_cast<int>(CastMethod::OsPlus) << "MXINT8";
}

/// Under a format that loses nearly nothing the model must compute what it did: scales, shifts and biases cancel.
void TestCalibration::channelScalesAloneChangeNothing()
{
    QFETCH(int, method);
    QFETCH(const QString, format);
    const CastModel cast = castBy(static_cast<CastMethod>(method), format.toUtf8().constData());
    for (const LayerError& error : layerErrors(m_model, cast.model, m_calibration.get()))
        QVERIFY2(error.output < 0.04, error.tensor.c_str());
    QVERIFY(cast.model.layers[0].part(LinearPart::Query).adjustment());
    const TokenWindows windows
        = readTokenWindows(NANOSCOPE_BUNDLED_DATA "/language_model_tokens.h5", m_model.shape.vocabulary).limitedTo(512);
    const double change = lossChange(windowLosses(cast.model, windows), windowLosses(m_model, windows), 256).change;
    QVERIFY2(std::fabs(change) < 0.01, qPrintable(QString::number(change)));
}

void TestCalibration::biasCorrectionTakesTheMeanErrorOff()
{
    for (const CastMethod method : {CastMethod::Direct, CastMethod::Gptq, CastMethod::SmoothQuantPlus}) {
        const CastModel plain = castBy(method, "MXFP4");
        const CastModel corrected = castBy(method, "MXFP4", true);
        for (std::size_t i = 0; i < kLinearParts; ++i) {
            const LinearWeights& weights = m_model.layers[1].linear[i];
            const LinearWeights& cast = corrected.model.layers[1].linear[i];
            const LayerInputs& inputs = m_calibration->of(weights);
            Eigen::MatrixXd seen = inputs.samples.cast<double>();
            const LayerAdjustment adjustment = cast.adjustment() ? *cast.adjustment() : LayerAdjustment{};
            if (adjustment.shift.size() > 0)
                seen.rowwise() -= adjustment.shift.cast<double>();
            if (adjustment.scale.size() > 0)
                seen.array().rowwise() /= adjustment.scale.cast<double>().array();
            Eigen::MatrixXd outputs = seen * cast.matrix().cast<double>().transpose();
            outputs.rowwise() += adjustment.bias.cast<double>();
            const Eigen::MatrixXd expected
                = inputs.samples.cast<double>() * weights.matrix().cast<double>().transpose();
            QVERIFY(
                (outputs - expected).colwise().mean().cwiseAbs().maxCoeff() < 1e-5 * expected.cwiseAbs().maxCoeff());
            QVERIFY(layerError(weights, cast, &inputs).output
                < layerError(weights, plain.model.layers[1].linear[i], &inputs).output);
        }
    }
}

void TestCalibration::smoothingTakesTheBestExponent_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<bool>("scales");
    QTest::newRow("a = 0.4 is best") << "MXFP4" << true;
    QTest::newRow("the direct cast is best") << "INT4_g128" << false;
}

/// One a for the model or no scales, and nothing else of the grid has a smaller squared output error.
void TestCalibration::smoothingTakesTheBestExponent()
{
    QFETCH(const QString, format);
    QFETCH(const bool, scales);
    const FormatSpec spec = parseFormat(format.toStdString()).spec;
    const CastModel smooth = castBy(CastMethod::SmoothQuantPlus, format.toUtf8().constData());
    const double chosen = squaredOutputError(m_model, smooth.model, *m_calibration);
    const CastModel direct = castBy(CastMethod::Direct, format.toUtf8().constData());
    const double unscaled = squaredOutputError(m_model, direct.model, *m_calibration);
    if (scales)
        QVERIFY(chosen < unscaled);
    else
        QCOMPARE(chosen, unscaled);
    using enum LinearPart;
    const std::vector<std::vector<LinearPart>> shared{{Query, Key, Value}, {AttentionOutput}, {Gate, Up}, {Down}};
    int found = 0;
    for (int step = 0; step <= 20; ++step) {
        LanguageModel cast = m_model;
        bool isChosen = true;
        for (DecoderLayer& layer : cast.layers)
            for (const auto& parts : shared) {
                Eigen::RowVectorXf largest
                    = Eigen::RowVectorXf::Zero(static_cast<Eigen::Index>(layer.part(parts[0]).inputs()));
                for (const LinearPart part : parts)
                    largest = largest.cwiseMax(layer.part(part).matrix().cwiseAbs().colwise().maxCoeff());
                LayerCastOptions options;
                options.adjustment.scale
                    = smoothScale(m_calibration->of(layer.part(parts[0])).samples.cwiseAbs().colwise().maxCoeff(),
                        largest, step / 20.0);
                const std::size_t number = static_cast<std::size_t>(&layer - cast.layers.data());
                for (const LinearPart part : parts) {
                    const LayerAdjustment* adjustment = smooth.model.layers[number].part(part).adjustment();
                    QCOMPARE(adjustment != nullptr, scales);
                    isChosen = isChosen && adjustment && adjustment->scale == options.adjustment.scale;
                    LinearWeights& weights = layer.linear[static_cast<std::size_t>(part)];
                    weights = castLayer(weights, spec, options).weights;
                }
            }
        QVERIFY(chosen <= squaredOutputError(m_model, cast, *m_calibration) * (1 + 1e-9));
        found += isChosen ? 1 : 0;
    }
    QCOMPARE(found, scales ? 1 : 0);
}

/// One shift and scale for layers that share inputs, no worse than the first threshold of the search.
void TestCalibration::osPlusTakesTheBestThreshold()
{
    const FormatSpec spec = parseFormat("MXFP4").spec;
    const CastModel found = castBy(CastMethod::OsPlus, "MXFP4");
    using enum LinearPart;
    for (std::size_t number = 0; number < m_model.layers.size(); ++number) {
        const DecoderLayer& layer = found.model.layers[number];
        QVERIFY(layer.part(Query).adjustment()->scale == layer.part(Value).adjustment()->scale);
        QVERIFY(layer.part(Query).adjustment()->scale == layer.part(Key).adjustment()->scale);
        QVERIFY(!layer.part(Down).adjustment());
    }
    LanguageModel first = found.model;  // the largest |X - z|: shifts without scales
    for (std::size_t number = 0; number < first.layers.size(); ++number)
        for (const LinearPart part : {Query, Key, Value, Gate, Up}) {
            const LinearWeights& weights = m_model.layers[number].part(part);
            LayerCastOptions options;
            options.adjustment = outlierAdjustment(m_calibration->of(weights).samples, 1e9);
            first.layers[number].linear[static_cast<std::size_t>(part)] = castLayer(weights, spec, options).weights;
        }
    const double chosen = squaredOutputError(m_model, found.model, *m_calibration);
    QVERIFY(chosen < squaredOutputError(m_model, first, *m_calibration));
}

void TestCalibration::decoupleQBeatsItsStart()
{
    const auto start = layerErrors(m_model, castBy(CastMethod::Direct, "decoupleQ_2").model, m_calibration.get());
    const auto after = layerErrors(m_model, castBy(CastMethod::DecoupleQ, "decoupleQ_2").model, m_calibration.get());
    for (std::size_t i = 0; i < start.size(); ++i)
        QVERIFY2(after[i].output < 0.8 * start[i].output, start[i].tensor.c_str());
    const QString line = lineOf(refusalOf([&] { return castBy(CastMethod::DecoupleQ, "MXFP4"); }));
    QVERIFY2(line.contains("decoupleQ_2"), qPrintable(line));
}

void TestCalibration::sensitivityIsThatOfOneLayer()
{
    const TokenWindows windows
        = readTokenWindows(NANOSCOPE_BUNDLED_DATA "/language_model_tokens.h5", m_model.shape.vocabulary).limitedTo(512);
    const std::vector<double> baseline = windowLosses(m_model, windows);
    CastPlan plan;
    plan.weights = parseFormat("MXFP4");
    plan.layers = "layers.2.feed_forward.*";
    const CastModel cast = castModel(m_model, plan);
    double last = 0.0;
    SensitivityOptions options;
    options.progress = [&last](double fraction) { last = fraction; };
    const auto changes = layerSensitivities(m_model, cast.model, windows, baseline, options);
    QCOMPARE(changes.size(), std::size_t{28});
    plan.layers = "layers.2.feed_forward.w2.weight";
    const LossChange alone = lossChange(windowLosses(castModel(m_model, plan).model, windows), baseline, 256);
    QCOMPARE(changes[2 * kLinearParts + static_cast<std::size_t>(LinearPart::Down)].change, alone.change);
    QVERIFY(alone.change != 0.0);
    QCOMPARE(changes[0].change, 0.0);  // was not cast
    std::stop_source stop;
    stop.request_stop();
    options.stop = stop.get_token();
    QVERIFY_THROWS_EXCEPTION(Cancelled, (void)layerSensitivities(m_model, cast.model, windows, baseline, options));
}

void TestCalibration::methodsWithoutInputsAreRefused()
{
    CastPlan plan;
    plan.weights = parseFormat("MXFP4");
    plan.calibrated.method = CastMethod::Gptq;
    QVERIFY(lineOf(refusalOf([&] { return castModel(m_model, plan); })).contains("calibration file"));
    const QString line = lineOf(refusalOf([] { return methodNamed("gtpq"); }));
    QVERIFY2(line.contains("did you mean gptq?"), qPrintable(line));
    for (const CastMethod method : castMethods())
        QCOMPARE(methodNamed(methodName(method)), method);
}

QTEST_APPLESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
