#include "golden_file.h"

#include "core/error.h"
#include "core/lm/calibration.h"
#include "core/lm/channel_scales.h"
#include "core/lm/decouple_q.h"
#include "core/lm/gptq.h"
#include "core/lm/layer_error.h"
#include "made_tensor.h"
#include "refusal.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace nanoscope;

namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::MatrixXd matrixOf(const GoldenFile& file, const QString& path)
{
    const std::vector<double> values = file.read<double>(path);
    const std::vector<hsize_t> shape = file.shape(path);
    const auto rows = static_cast<Eigen::Index>(shape.size() == 2 ? shape[0] : 1);
    return Eigen::Map<const RowMajor>(values.data(), rows, static_cast<Eigen::Index>(shape.back()));
}

LayerInputs inputsAt(const GoldenFile& file, const QString& group)
{
    const std::vector<float> values = file.read<float>(group + "/samples");
    const std::vector<hsize_t> shape = file.shape(group + "/samples");
    return inputsOf("made",
        Eigen::Map<const LinearWeights::Matrix>(
            values.data(), static_cast<Eigen::Index>(shape[0]), static_cast<Eigen::Index>(shape[1])));
}

/// Largest difference relative to the largest expected magnitude.
double difference(const Eigen::MatrixXd& a, const Eigen::MatrixXd& expected)
{
    return (a - expected).cwiseAbs().maxCoeff() / expected.cwiseAbs().maxCoeff();
}

LinearWeights layerOf(const Eigen::MatrixXd& weights)
{
    const LinearWeights::Matrix narrow = weights.cast<float>();
    return LinearWeights(
        madeTensor({static_cast<std::uint64_t>(weights.rows()), static_cast<std::uint64_t>(weights.cols())},
            {narrow.data(), narrow.data() + narrow.size()}));
}

}  // namespace

/// Methods that choose codes with a layer's inputs (oracle: ref_catalogue.py, through calibrated.h5).
class TestGptq : public QObject {
    Q_OBJECT

private slots:
    void gptqIsTheReferences_data();
    void gptqIsTheReferences();
    void uncorrelatedInputsLeaveNothingToMakeUpFor();
    void productsThatAreNoneAreRefused();
    void aStopEndsGptq();
    void errorsOfALayerAreTheReferences();
    void channelScalesAreTheReferences();
    void decoupleQIsTheReferences_data();
    void decoupleQIsTheReferences();
    void decoupleQOfSeveralGroupsFitsThemTogether();
    void decoupleQOfGroupsApartIsThatOfEachAlone();
    void decoupleQTakesARowOfOneValue();

private:
    GoldenFile m_golden{"calibrated.h5"};
};

void TestGptq::gptqIsTheReferences_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<bool>("isOrdered");
    QTest::newRow("small") << "small" << false;  // one input is always 0
    QTest::newRow("small, act-order") << "small" << true;
    QTest::newRow("wide") << "wide" << false;  // more columns than are fed back at once
    QTest::newRow("wide, act-order") << "wide" << true;
}

void TestGptq::gptqIsTheReferences()
{
    QFETCH(QString, layer);
    QFETCH(bool, isOrdered);
    const QString group = "/gptq/" + layer;
    const Eigen::MatrixXd weights = matrixOf(m_golden, group + "/weights");
    const Eigen::MatrixXd scales = matrixOf(m_golden, group + "/scales");
    const GptqSolver solver(
        inputsAt(m_golden, group).hessian, isOrdered ? GptqOrder::DescendingHessian : GptqOrder::Columns, "made");
    const Eigen::MatrixXd levels = solver.solve(weights, [&](Eigen::Index row, Eigen::Index, double value) {
        return std::clamp(std::nearbyint(value / scales(0, row)), -4.0, 3.0) * scales(0, row);
    });
    QVERIFY(difference(levels, matrixOf(m_golden, group + (isOrdered ? "/act_order" : "/columns"))) < 1e-12);
}

void TestGptq::uncorrelatedInputsLeaveNothingToMakeUpFor()
{
    const Eigen::MatrixXd weights = Eigen::MatrixXd::Random(3, 70);
    Eigen::MatrixXd hessian = Eigen::MatrixXd::Zero(70, 70);
    hessian.diagonal().setLinSpaced(1.0, 5.0);
    const auto quantize = [](Eigen::Index, Eigen::Index, double value) { return std::nearbyint(value * 4.0) / 4.0; };
    const Eigen::MatrixXd nearest = (weights.array() * 4.0).unaryExpr([](double v) { return std::nearbyint(v); }) / 4.0;
    for (const GptqOrder order : {GptqOrder::Columns, GptqOrder::DescendingHessian})
        QVERIFY(GptqSolver(hessian, order, "made").solve(weights, quantize) == nearest);
}

void TestGptq::productsThatAreNoneAreRefused()
{
    Eigen::MatrixXd hessian(2, 2);
    hessian << 1.0, 3.0, 3.0, 1.0;  // no inputs have such products
    const QString line = lineOf(refusalOf([&] { return GptqSolver(hessian, GptqOrder::Columns, "calib.h5: wq"); }));
    QVERIFY2(line.startsWith("calib.h5: wq: ") && line.contains("not positive definite"), qPrintable(line));
}

void TestGptq::aStopEndsGptq()
{
    std::stop_source stop;
    stop.request_stop();
    const GptqSolver solver(Eigen::MatrixXd::Identity(4, 4), GptqOrder::Columns, "made");
    const auto quantize = [](Eigen::Index, Eigen::Index, double value) { return value; };
    QVERIFY_THROWS_EXCEPTION(
        Cancelled, (void)solver.solve(Eigen::MatrixXd::Identity(2, 4), quantize, stop.get_token()));
}

void TestGptq::errorsOfALayerAreTheReferences()
{
    const LinearWeights original = layerOf(matrixOf(m_golden, "/gptq/small/weights"));
    const LinearWeights::Matrix nearest = matrixOf(m_golden, "/gptq/small/nearest").cast<float>();
    const LayerInputs inputs = inputsAt(m_golden, "/gptq/small");
    const LayerError error
        = layerError(original, original.withValues({nearest.data(), nearest.data() + nearest.size()}), &inputs);
    const std::vector<double> expected = m_golden.read<double>("/gptq/small/errors");
    QVERIFY(std::fabs(error.output - expected[0]) < 1e-6);
    QVERIFY(std::fabs(error.weight - expected[1]) < 1e-6);
}

void TestGptq::channelScalesAreTheReferences()
{
    const LinearWeights::Matrix samples = inputsAt(m_golden, "/scales").samples;
    const LinearWeights::Matrix weights = matrixOf(m_golden, "/scales/weights").cast<float>();
    for (const char* a : {"0.0", "0.35", "0.5", "1.0"}) {
        const Eigen::RowVectorXf scale = smoothScale(
            samples.cwiseAbs().colwise().maxCoeff(), weights.cwiseAbs().colwise().maxCoeff(), QByteArray(a).toDouble());
        QVERIFY(difference(scale.cast<double>(), matrixOf(m_golden, QString("/scales/smooth/") + a)) < 1e-6);
    }
    for (const char* t : {"0.5", "2.0"}) {
        const QString group = QString("/scales/os_plus/") + t;
        const LayerAdjustment adjustment = outlierAdjustment(samples, QByteArray(t).toDouble());
        QVERIFY(difference(adjustment.shift.cast<double>(), matrixOf(m_golden, group + "/shift")) < 1e-6);
        QVERIFY(difference(adjustment.scale.cast<double>(), matrixOf(m_golden, group + "/scale")) < 1e-6);
    }
}

void TestGptq::decoupleQIsTheReferences_data()
{
    QTest::addColumn<int>("bits");
    QTest::newRow("2 bits") << 2;
    QTest::newRow("3 bits") << 3;
}

void TestGptq::decoupleQIsTheReferences()
{
    QFETCH(int, bits);
    const Eigen::MatrixXd weights = matrixOf(m_golden, "/decoupleq/weights");
    const Eigen::MatrixXd hessian = inputsAt(m_golden, "/decoupleq").hessian;
    const GptqSolver solver(hessian, GptqOrder::Columns, "made");
    const QString group = QString("/decoupleq/%1/").arg(bits);
    for (Eigen::Index row = 0; row < weights.rows(); ++row) {
        const DecoupledRow found = decoupleRow(weights.row(row).transpose(), hessian, solver, {bits});
        QVERIFY(found.codes == matrixOf(m_golden, group + "codes").row(row).transpose());
        const auto close = [&](double value, const char* name) {
            const double expected = matrixOf(m_golden, group + name)(0, row);
            return std::fabs(value - expected) < 1e-9 * std::fabs(expected);
        };
        QVERIFY(close(found.loss, "loss"));
        QVERIFY(close(found.scales.at(0), "scale"));
        QVERIFY(close(found.offsets.at(0), "offset"));
    }
}

void TestGptq::decoupleQOfSeveralGroupsFitsThemTogether()
{
    const Eigen::VectorXd weights = matrixOf(m_golden, "/decoupleq/weights").row(0).transpose();
    const Eigen::MatrixXd hessian = inputsAt(m_golden, "/decoupleq").hessian;
    const GptqSolver solver(hessian, GptqOrder::Columns, "made");
    const DecoupledRow found = decoupleRow(weights, hessian, solver, {2, 12});  // 12, 12 and 8 inputs
    QCOMPARE(found.scales.size(), std::size_t{3});
    const auto lossOf = [&](const DecoupledRow& row) {
        const Eigen::VectorXd error = row.values(12) - weights;
        return error.dot(hessian * error);
    };
    QVERIFY(std::fabs(lossOf(found) - found.loss) < 1e-9 * found.loss);
    for (std::size_t group = 0; group < 3; ++group)  // no scale or offset could be better for these codes
        for (const double change : {-1e-4, 1e-4}) {
            DecoupledRow other = found;
            other.scales[group] += change;
            QVERIFY(lossOf(other) > found.loss);
            other = found;
            other.offsets[group] += change;
            QVERIFY(lossOf(other) > found.loss);
        }
    QVERIFY(found.loss < decoupleRow(weights, hessian, solver, {2}).loss);
}

/// Inputs that nothing ties together, in groups of sizes far apart: oracle is each group as a row of its own.
void TestGptq::decoupleQOfGroupsApartIsThatOfEachAlone()
{
    constexpr Eigen::Index kGroup = 12;
    Eigen::VectorXd weights = matrixOf(m_golden, "/decoupleq/weights").row(0).transpose();
    weights.segment(kGroup, kGroup) = weights.segment(kGroup, kGroup).array() * 20.0 + 3.0;
    const auto solved = [](const Eigen::VectorXd& part, Eigen::Index group) {
        const Eigen::MatrixXd hessian = Eigen::MatrixXd::Identity(part.size(), part.size());
        return decoupleRow(part, hessian, GptqSolver(hessian, GptqOrder::Columns, "made"), {2, group});
    };
    const DecoupledRow found = solved(weights, kGroup);
    for (std::size_t group = 0; group < found.scales.size(); ++group) {
        const Eigen::Index from = static_cast<Eigen::Index>(group) * kGroup;
        const Eigen::Index length = std::min(kGroup, weights.size() - from);
        const DecoupledRow alone = solved(weights.segment(from, length), 0);
        QVERIFY(found.codes.segment(from, length) == alone.codes);
        QVERIFY(std::fabs(found.scales[group] - alone.scales[0]) < 1e-9);
        QVERIFY(std::fabs(found.offsets[group] - alone.offsets[0]) < 1e-9);
    }
}

void TestGptq::decoupleQTakesARowOfOneValue()
{
    const Eigen::MatrixXd hessian = Eigen::MatrixXd::Identity(8, 8);
    const Eigen::VectorXd weights = Eigen::VectorXd::Constant(8, 0.25);
    const DecoupledRow found = decoupleRow(weights, hessian, GptqSolver(hessian, GptqOrder::Columns, "made"), {2});
    QVERIFY((found.values(0) - weights).cwiseAbs().maxCoeff() < 1e-12);
}

QTEST_APPLESS_MAIN(TestGptq)
#include "tst_gptq.moc"
