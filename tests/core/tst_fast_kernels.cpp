#include "core/error.h"
#include "core/fast/fused_pass.h"
#include "core/fast/nv_format.h"
#include "tests/core/fast_compare.h"
#include "tests/core/fast_tensors.h"

#include <QTest>

#include <cstring>

using namespace nanoscope;

/// Kernels against the reference encoder and BlockStatistics (the oracles), on every instruction set of the machine.
class TestFastKernels : public QObject {
    Q_OBJECT

private slots:
    void figuresEqualTheReference_data();
    void figuresEqualTheReference();
    void codesAndScalesEqualTheReference_data();
    void codesAndScalesEqualTheReference();
    void threadsDoNotChangeAnything();
    void theErrorScopeGivesTheSameErrors();
    void formatsWithoutAKernelAreLeftAlone_data();
    void formatsWithoutAKernelAreLeftAlone();
    void tensorScalesNearTheEndsAreLeftAlone();
    void aStoppedPassThrowsCancelled();

private:
    static void addCases();
};

namespace {

const std::vector<Shape>& shapes()
{
    static const std::vector<Shape> kShapes{{300, 512}, {257, 100}, {1500, 7}, {3, 70001}, {40}, {65, 576}};
    return kShapes;
}

/// Values whose tensor scale is so near the ends of float32 that the kernel leaves the tensor alone.
bool isNearTheEnds(Values kind)
{
    return kind == Values::RandomBits || kind == Values::Tiny || kind == Values::Huge;
}

/// The targets that blocks chose.
void compareTargets(const FusedFigures& figures, const BlockCounts& counts)
{
    for (std::size_t target = 0; target < counts.target.size(); ++target)
        QCOMPARE(figures.choices.targets[target], counts.target[target]);
}

}  // namespace

void TestFastKernels::addCases()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("kind");
    for (const std::string format :
        {"MXFP4", "MXFP4:scale.rule=ceil", "MXFP4:scale.rule=even", "MXFP4:scale.rule=rceil",
            "MXFP4:scale.rule=rtn_max", "MXFP4:scale.rule=rtn_pow", "MXFP4:scale.offsets=[1]", "BFP4",
            "BFP4:scale.offsets=[-1]", "NVFP4", "NVFP4_4over6", "NVFP4_4over6:scale.targets=[4,6]",
            "MXFP4:geometry.block=16", "MXFP4:geometry.block=16,scale.rule=ceil,scale.offsets=[1]", "BFP4_g16",
            "INT4_g32", "INT4_g32:scale.zero=min", "NF4"})
        for (const auto& [kind, name] : valueKinds())
            if (!format.starts_with("NVFP4") || !isNearTheEnds(kind))
                QTest::newRow((format + ", " + name).c_str())
                    << QString::fromStdString(format) << static_cast<int>(kind);
}

void TestFastKernels::figuresEqualTheReference_data()
{
    addCases();
}

void TestFastKernels::figuresEqualTheReference()
{
    QFETCH(QString, format);
    QFETCH(int, kind);
    for (const Shape& shape : shapes()) {
        const Tensor tensor = fastTensor(static_cast<Values>(kind), shape, 7 + shape.front());
        const FormatSpec spec = specFor(format, tensor);
        const BlockView view = viewOf(tensor, spec);
        const Reference expected = reference(view, spec);
        std::optional<FusedFigures> first;
        for (const KernelTarget target : supportedKernelTargets()) {
            const auto pass = FusedPass::forFormat(spec, tensorParameters(spec, view), target);
            QVERIFY(pass);
            const FusedFigures figures = pass->measure(view);
            compareCounts(figures, expected.counts);
            compareTargets(figures, expected.counts);
            const double tolerance = 1e-9 * expected.sums.squaredError;
            QVERIFY(std::fabs(figures.squaredError - expected.sums.squaredError) <= tolerance);
            QVERIFY(std::fabs(figures.maximumError - expected.sums.maximumError) <= 1e-9 * expected.sums.maximumError);
            if (!first)
                first = figures;
            QVERIFY(figures.squaredError == first->squaredError);  // to the last bit
            QVERIFY(figures.maximumError == first->maximumError);
        }
    }
}

void TestFastKernels::codesAndScalesEqualTheReference_data()
{
    addCases();
}

void TestFastKernels::codesAndScalesEqualTheReference()
{
    QFETCH(QString, format);
    QFETCH(int, kind);
    for (const Shape& shape : {Shape{20, 512}, Shape{33, 100}}) {
        const Tensor tensor = fastTensor(static_cast<Values>(kind), shape, 11);
        const FormatSpec spec = specFor(format, tensor);
        compareBlocks(tensor, spec, tensorParameters(spec, viewOf(tensor, spec)));
    }
}

void TestFastKernels::threadsDoNotChangeAnything()
{
    const Tensor tensor = fastTensor(Values::HeavyTails, {1000, 1000}, 3);
    WorkerPool pool(3);
    for (const char* format : {"MXFP4", "NVFP4", "NVFP4_4over6", "NF4"}) {
        const FormatSpec spec = specFor(format, tensor);
        const BlockView view = viewOf(tensor, spec);
        const auto pass = FusedPass::forFormat(spec, tensorParameters(spec, view));
        const FusedFigures alone = pass->measure(view);
        for (unsigned threads = 1; threads <= 4; ++threads) {
            const FusedFigures figures = pass->measure(view, {&pool, threads, {}});
            QVERIFY(figures.squaredError == alone.squaredError);
            QVERIFY(figures.maximumError == alone.maximumError);
            QVERIFY(figures.codes == alone.codes);
        }
    }
}

void TestFastKernels::theErrorScopeGivesTheSameErrors()
{
    const Tensor tensor = fastTensor(Values::SparseAndBroken, {100, 999}, 5);
    const FormatSpec spec = specFor("MXFP4", tensor);
    const BlockView view = viewOf(tensor, spec);
    for (const KernelTarget target : supportedKernelTargets()) {
        const auto pass = FusedPass::forFormat(spec, tensorParameters(spec, view), target);
        const FusedFigures full = pass->measure(view);
        const FusedFigures error = pass->measure(view, {}, KernelScope::Error);
        QVERIFY(error.squaredError == full.squaredError);
        QVERIFY(error.maximumError == full.maximumError);
        QCOMPARE(error.codes.blocks, full.codes.blocks);
        QCOMPARE(error.codes.excluded, full.codes.excluded);
        QCOMPARE(error.clipped, full.clipped);
    }
}

void TestFastKernels::formatsWithoutAKernelAreLeftAlone_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"MXFP8_E4M3", "MXFP4:geometry.block=8", "M2XFP_act",
             "NVFP4_4over6:scale.targets=[6,5,4]", "NVFP4_4over6:objective=mae", "NF4:geometry.block=32"})
        QTest::newRow(format) << QString(format);
}

void TestFastKernels::formatsWithoutAKernelAreLeftAlone()
{
    QFETCH(QString, format);
    const Tensor tensor = fastTensor(Values::Normal, {4, 64}, 1);
    const FormatSpec spec = specFor(format, tensor);
    QVERIFY(!FusedPass::forFormat(spec, tensorParameters(spec, viewOf(tensor, spec))));
}

void TestFastKernels::tensorScalesNearTheEndsAreLeftAlone()
{
    for (const Values kind : {Values::RandomBits, Values::Tiny, Values::Huge}) {
        const Tensor tensor = fastTensor(kind, {100, 64}, 1);
        const FormatSpec spec = specFor("NVFP4", tensor);
        QVERIFY(!nvFormatOf(spec, tensorParameters(spec, viewOf(tensor, spec))));
    }
}

void TestFastKernels::aStoppedPassThrowsCancelled()
{
    const Tensor tensor = fastTensor(Values::Normal, {64, 64}, 1);
    const FormatSpec spec = specFor("MXFP4", tensor);
    const BlockView view = viewOf(tensor, spec);
    std::stop_source stop;
    stop.request_stop();
    const auto pass = FusedPass::forFormat(spec, tensorParameters(spec, view));
    const FusedOptions options{nullptr, 1, stop.get_token()};
    QVERIFY_EXCEPTION_THROWN((void)pass->measure(view, options), Cancelled);
}

QTEST_APPLESS_MAIN(TestFastKernels)
#include "tst_fast_kernels.moc"
