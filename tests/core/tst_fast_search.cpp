#include "core/fast/fused_pass.h"
#include "core/fast/search_format.h"
#include "tests/core/fast_compare.h"
#include "tests/core/fast_tensors.h"

#include <QTest>

#include <cmath>

using namespace nanoscope;

/// Kernels of searched formats against the reference encoder and BlockStatistics (the oracles), on every instruction
/// set of the machine. Scale code, codes and counts of every block follow from its choice, so that comparing them
/// compares the choice.
class TestFastSearch : public QObject {
    Q_OBJECT

private slots:
    void figuresEqualTheReference_data();
    void figuresEqualTheReference();
    void everyBlockEqualsTheReference_data();
    void everyBlockEqualsTheReference();
    void nearTiesAreDecidedAsTheReferenceDoes_data();
    void nearTiesAreDecidedAsTheReferenceDoes();
    void quotientsAreRoundedOnce();
    void productsLieWhereQuotientsDo();
    void subgroupsAreScoredAndFirm_data();
    void subgroupsAreScoredAndFirm();
    void threadsDoNotChangeAnything();
    void theErrorScopeGivesTheSameErrors();
    void gatheredBlocksAreMeasuredLikeAnyTensor();
    void formatsBeyondTheKernelAreLeftAlone_data();
    void formatsBeyondTheKernelAreLeftAlone();
};

namespace {

const std::vector<std::string>& formats()
{
    static const std::vector<std::string> kFormats{"NxFP4", "NxFP4_NM", "NxFP4_AM", "NxFP4_CR", "NxFP4_NM_wide",
        "NxFP4:elements.0.recycle.sign=-1,elements.1.recycle.sign=-1", "NxFP4:micro.bits=3", "NxFP4:micro.bits=1",
        "NxFP4:scale.rule=ceil", "NxFP4:scale.rule=rtn_max", "NxFP4_AM:scale.offsets=[0,1]",
        "NxFP4:micro.bits=1,scale.offsets=[-1,0]", "NxFP4_E5", "NxFP4_AM:scale.codec=E5M0,scale.offsets=[-1,0]",
        "NxFP4:geometry.block=16", "NxFP4_AM:geometry.block=16,scale.offsets=[-1,0]", "NxFP4_CR:geometry.block=16",
        "NxFP4:geometry.block=16,scale.rule=ceil", "NxFP4_E5:geometry.block=16",
        "MXFP4:geometry.block=16,scale.codec=E5M0", "BFP4_g16:scale.codec=E5M0", "M2XFP_weight",
        "M2XFP_weight:scale.codec=E5M0", "M2XFP_weight_fixed", "M2XFP_weight:scale.offsets=[0,-1]",
        "M2XFP_weight:scale.offsets=[-2,-1,0,1]", "M2XFP_weight:micro.bits=1", "M2XFP_weight_fixed:micro.bits=3",
        "M2XFP_weight:scale.rule=ceil", "M2XFP_weight:scale.rule=rtn_max"};
    return kFormats;
}

void addCases()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("kind");
    for (const std::string& format : formats())
        for (const auto& [kind, name] : valueKinds())
            QTest::newRow((format + ", " + name).c_str()) << QString::fromStdString(format) << static_cast<int>(kind);
}

}  // namespace

void TestFastSearch::figuresEqualTheReference_data()
{
    addCases();
}

void TestFastSearch::figuresEqualTheReference()
{
    QFETCH(QString, format);
    QFETCH(int, kind);
    for (const Shape& shape : {Shape{120, 512}, Shape{107, 100}, Shape{300, 7}, Shape{2, 35001}, Shape{40}}) {
        const Tensor tensor = fastTensor(static_cast<Values>(kind), shape, 7 + shape.front());
        const FormatSpec spec = specFor(format, tensor);
        compareFigures(tensor, spec);
    }
}

void TestFastSearch::everyBlockEqualsTheReference_data()
{
    addCases();
}

void TestFastSearch::everyBlockEqualsTheReference()
{
    QFETCH(QString, format);
    QFETCH(int, kind);
    for (const Shape& shape : {Shape{40, 512}, Shape{33, 100}}) {
        const Tensor tensor = fastTensor(static_cast<Values>(kind), shape, 11);
        const FormatSpec spec = specFor(format, tensor);
        compareBlocks(tensor, spec);
    }
    const Tensor few = fastTensor(static_cast<Values>(kind), {20, 100}, 12);
    compareChoiceOfEachBlock(few, specFor(format, few));
}

void TestFastSearch::nearTiesAreDecidedAsTheReferenceDoes_data()
{
    QTest::addColumn<QString>("format");
    for (const std::string& format : formats())
        QTest::newRow(format.c_str()) << QString::fromStdString(format);
}

void TestFastSearch::nearTiesAreDecidedAsTheReferenceDoes()
{
    QFETCH(QString, format);
    const Tensor tensor = nearTies(19);
    const FormatSpec spec = specFor(format, tensor);
    compareBlocks(tensor, spec);
    compareChoiceOfEachBlock(fastTensor(Values::Ties, {20, 64}, 3), spec);
}

/// The kernels divide by a micro-scale with a rounded reciprocal and a fused remainder.
void TestFastSearch::quotientsAreRoundedOnce()
{
    for (int micro = 8; micro < 16; ++micro) {
        const float scale = static_cast<float>(micro) / 8;
        const float inverse = 1.0F / scale;
        for (std::uint32_t mantissa = 0; mantissa < 1U << 23; ++mantissa) {
            const float x = std::bit_cast<float>((127U << 23) | mantissa);
            const float first = x * inverse;
            const float corrected = std::fma(std::fma(-first, scale, x), inverse, first);
            if (corrected != x / scale)
                QFAIL("a quotient differs");
        }
    }
}

/// Where tables say so the kernels do not divide, but take a little from a product with the reciprocal.
void TestFastSearch::productsLieWhereQuotientsDo()
{
    const FormatSpec spec = parseFormat("M2XFP_weight", {}).spec;
    const std::optional<SearchFormat> format = searchFormatOf(spec);
    QVERIFY(format && format->subgroups.isFirm);
    const Codebook book(spec.elements.front(), spec.tie);
    const auto levelOf = [&](double scaled) { return book.nearest(scaled); };
    constexpr float kThresholds[] = {0.25F, 0.75F, 1.25F, 1.75F, 2.5F, 3.5F, 5.0F};
    for (std::size_t slot = 0; slot < format->micros * format->ladders; ++slot)
        for (const float threshold : kThresholds) {
            const float unit = format->subgroups.unit[slot];  // E2M1: half of the outermost step is 1
            float x = threshold * unit;
            for (int i = 0; i < 1000; ++i)
                x = std::nextafter(x, 0.0F);
            for (int i = 0; i < 2000; ++i, x = std::nextafter(x, 100.0F)) {
                const float product = std::fma(x, format->subgroups.inverse[slot], -SubgroupTables::kNudge);
                QCOMPARE(
                    levelOf(static_cast<double>(product)), levelOf(static_cast<double>(x) / static_cast<double>(unit)));
            }
        }
}

void TestFastSearch::subgroupsAreScoredAndFirm_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<bool>("isScored");
    QTest::addColumn<bool>("isFirm");
    QTest::newRow("weights") << "M2XFP_weight" << true << true;
    QTest::newRow("weights, fixed exponent") << "M2XFP_weight_fixed" << true << true;
    QTest::newRow("eight micro-scales") << "M2XFP_weight_fixed:micro.bits=3" << false << false;
    QTest::newRow("thresholds within bins") << "M2XFP_weight:scale.offsets=[-2,-1,0,1]" << false << true;
    QTest::newRow("elements beyond the bins") << "M2XFP_weight:scale.rule=rtn_max" << false << true;
}

/// The cases above take all ways through the kernel.
void TestFastSearch::subgroupsAreScoredAndFirm()
{
    QFETCH(QString, format);
    QFETCH(bool, isScored);
    QFETCH(bool, isFirm);
    const std::optional<SearchFormat> found = searchFormatOf(parseFormat(format.toStdString(), {}).spec);
    QVERIFY(found);
    QCOMPARE(found->subgroups.isScored, isScored);
    QCOMPARE(found->subgroups.isFirm, isFirm);
}

void TestFastSearch::threadsDoNotChangeAnything()
{
    const Tensor tensor = fastTensor(Values::HeavyTails, {500, 1000}, 3);
    WorkerPool pool(3);
    for (const char* format : {"NxFP4", "NxFP4:geometry.block=16", "M2XFP_weight"}) {
        const FormatSpec spec = specFor(format, tensor);
        const BlockView view = viewOf(tensor, spec);
        const auto pass = FusedPass::forFormat(spec, {});
        const FusedFigures alone = pass->measure(view);
        for (unsigned threads = 1; threads <= 4; ++threads) {
            const FusedFigures figures = pass->measure(view, {&pool, threads, {}});
            QVERIFY(figures.squaredError == alone.squaredError);
            QVERIFY(figures.maximumError == alone.maximumError);
            QVERIFY(figures.codes == alone.codes);
            QVERIFY(figures.choices == alone.choices);
        }
    }
}

void TestFastSearch::theErrorScopeGivesTheSameErrors()
{
    const Tensor tensor = fastTensor(Values::SparseAndBroken, {100, 999}, 5);
    for (const char* format : {"NxFP4", "NxFP4:geometry.block=16", "M2XFP_weight"}) {
        const FormatSpec spec = specFor(format, tensor);
        const BlockView view = viewOf(tensor, spec);
        for (const KernelTarget target : supportedKernelTargets()) {
            const auto pass = FusedPass::forFormat(spec, {}, target);
            const FusedFigures full = pass->measure(view);
            const FusedFigures error = pass->measure(view, {}, KernelScope::Error);
            QVERIFY(error.squaredError == full.squaredError);
            QVERIFY(error.maximumError == full.maximumError);
            QCOMPARE(error.codes.blocks, full.codes.blocks);
            QCOMPARE(error.codes.excluded, full.codes.excluded);
            QCOMPARE(error.clipped, full.clipped);
            QVERIFY(error.choices == full.choices);
        }
    }
}

/// A preview measures some blocks of a tensor as a tensor of their own.
void TestFastSearch::gatheredBlocksAreMeasuredLikeAnyTensor()
{
    const Tensor tensor = fastTensor(Values::Normal, {64, 256}, 9);
    const FormatSpec spec = specFor("NxFP4", tensor);
    const BlockView view = viewOf(tensor, spec);
    std::vector<float> gathered;
    std::uint64_t blocks = 0;
    for (std::uint64_t b = 0; b < view.blocks(); b += 3, ++blocks) {
        const std::vector<float> values = blockValues(view, b);
        gathered.insert(gathered.end(), values.begin(), values.end());
    }
    const BlockView sample = viewOf(madeTensor({blocks, 32}, std::move(gathered)), spec);
    const FusedFigures figures = FusedPass::forFormat(spec, {})->measure(sample);
    compareCounts(figures, reference(sample, spec).counts);
    compareChoices(figures.choices, reference(sample, spec).counts);
}

void TestFastSearch::formatsBeyondTheKernelAreLeftAlone_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"NxFP5", "NxFP4:geometry.block=8", "NxFP4:geometry.block=64",
             "M2XFP_weight:geometry.block=16", "NxFP4:rounding.elem=away", "NxFP4:objective=mae", "NxFP4_NM_amax",
             "NxFP4_NM_free", "NxFP4:scale.offsets=[-1,0,1]", "NxFP4:align=ref", "NxFP4:elements.1.recycle=null",
             "M2XFP_weight:geometry.sub=16", "M2XFP_act", "RaZeR_MXFP4"})
        QTest::newRow(format) << QString(format);
}

void TestFastSearch::formatsBeyondTheKernelAreLeftAlone()
{
    QFETCH(QString, format);
    const Tensor tensor = fastTensor(Values::Normal, {4, 64}, 1);
    QVERIFY(!searchFormatOf(specFor(format, tensor)));
}

QTEST_APPLESS_MAIN(TestFastSearch)
#include "tst_fast_search.moc"
