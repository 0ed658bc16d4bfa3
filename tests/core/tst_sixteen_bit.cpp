#include "fitting_shape.h"
#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/analysis/report_json.h"
#include "core/analysis/study.h"
#include "core/fast/class_tensor.h"
#include "core/fast/fused_pass.h"
#include "core/fast/widen_kernel.h"
#include "core/format/preset.h"
#include "core/half.h"
#include "core/quant/cast.h"
#include "core/summary/exact_summary.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <new>
#include <numeric>

using namespace nanoscope;

namespace {

/// The largest piece of memory that was asked for since it was set to 0.
std::atomic<std::size_t> largestPiece{0};

}  // namespace

void* operator new(std::size_t bytes)
{
    std::size_t largest = largestPiece;
    while (bytes > largest && !largestPiece.compare_exchange_weak(largest, bytes)) { }
    if (void* memory = std::malloc(bytes > 0 ? bytes : 1))
        return memory;
    throw std::bad_alloc();
}

/// What std::stable_sort asks for; the deletes below must match it.
void* operator new(std::size_t bytes, const std::nothrow_t& /*unused*/) noexcept
{
    try {
        return operator new(bytes);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

/// Tensors held as 16-bit words. Oracle: the same values held as float32.
class TestSixteenBit : public QObject {
    Q_OBJECT

private slots:
    void everyKernelWidensEveryPatternExactly();
    void valuesAreReadAsTheyAre();
    void aReportIsThatOfTheSameFloats_data();
    void aReportIsThatOfTheSameFloats();
    void movedAxesAndOtherShapesStayInWords();
    void fusedFiguresAndCodesAreThoseOfTheSameFloats_data();
    void fusedFiguresAndCodesAreThoseOfTheSameFloats();
    void classesAreThoseOfTheSameFloats();
    void theSummaryIsThatOfTheSameFloats();
    void aStudyIsThatOfTheSameFloats();
    void noPassMakesACopyInFloats();
};

namespace {

std::vector<std::uint16_t> wordsOf(ValueKind kind, std::size_t count, bool isFinite)
{
    std::mt19937 random(5);
    std::normal_distribution<float> normal;
    std::vector<std::uint16_t> words(count);
    for (std::size_t i = 0; i < count; ++i) {
        // Normal values cut to bfloat16; as float16 the same patterns have many magnitudes, subnormals among them.
        words[i] = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(normal(random)) >> 16);
        if (kind == ValueKind::Float16)
            words[i] = static_cast<std::uint16_t>(words[i] - 0x1400U);
        if (i % 97 == 0)
            words[i] = static_cast<std::uint16_t>(i / 97 % 2 == 0 ? 0 : 0x8000U);
        const std::uint16_t infinity = kind == ValueKind::Float16 ? 0x7C00 : 0x7F80;
        if (i % 503 == 0)
            words[i] = static_cast<std::uint16_t>(random() & 0x803FU);  // subnormal
        if (!isFinite && i % 1009 == 0)
            words[i] = static_cast<std::uint16_t>(infinity | (random() & 0x8001U));
    }
    return words;
}

enum class Finite { Yes, No };

Tensor wordTensor(ValueKind kind, const Shape& shape, Finite finite = Finite::No)
{
    Tensor tensor = madeTensor(shape, {});
    tensor.info.elements = elementCount(shape);
    tensor.info.dtype = kind == ValueKind::Float16 ? "f16" : "bf16";
    tensor.values = {kind,
        std::make_shared<const std::vector<std::uint16_t>>(wordsOf(kind, tensor.info.elements, finite == Finite::Yes))};
    return tensor;
}

Tensor floatTensor(const Tensor& tensor)
{
    Tensor floats = tensor;
    floats.values = tensor.values.asFloat32();
    return floats;
}

nlohmann::json reportOf(const Tensor& tensor, const NamedFormat& format, const std::optional<Shape>& reshape = {})
{
    const BlockView rows(tensor, format.spec.geometry.axis, 1, reshape);
    nlohmann::json report = toJson(analyze(tensor, rows, format));
    report.erase("seconds");
    return report;
}

void addKinds(const QByteArray& name)
{
    for (const ValueKind kind : {ValueKind::Float16, ValueKind::Bfloat16})
        QTest::newRow(name + (kind == ValueKind::Float16 ? " f16" : " bf16"))
            << QString::fromUtf8(name) << static_cast<int>(kind);
}

}  // namespace

void TestSixteenBit::everyKernelWidensEveryPatternExactly()
{
    std::vector<std::uint16_t> words(65536 + 64, 0);
    std::iota(words.begin(), words.end(), std::uint16_t{0});
    for (const ValueKind kind : {ValueKind::Float16, ValueKind::Bfloat16})
        for (const KernelTarget target : supportedKernelTargets())
            for (const std::size_t first : {std::size_t{0}, std::size_t{3}}) {
                const std::size_t count = 65536 + 29;
                std::vector<float> values(count + 1, -7.0F);
                widenKernel(target, kind)(words.data() + first, count, values.data());
                for (std::size_t i = 0; i < count; ++i) {
                    const std::uint16_t word = words[first + i];
                    const float expected = kind == ValueKind::Float16 ? halfToFloat(word) : bfloat16ToFloat(word);
                    const bool same = std::bit_cast<std::uint32_t>(values[i]) == std::bit_cast<std::uint32_t>(expected);
                    QVERIFY2(
                        same || (std::isnan(values[i]) && std::isnan(expected)), qPrintable(QString::number(word)));
                }
                QCOMPARE(values[count], -7.0F);
            }
}

void TestSixteenBit::valuesAreReadAsTheyAre()
{
    const TensorValues values(ValueKind::Float16,
        std::make_shared<const std::vector<std::uint16_t>>(std::vector<std::uint16_t>{0x3C00, 0xC000, 0x0001, 0x7BFF}));
    const std::vector<float> expected{1.0F, -2.0F, 0x1p-24F, 65504.0F};
    QCOMPARE(values.toVector(), expected);
    QCOMPARE(values.bytes(), std::size_t{8});
    QVERIFY(values.floats().empty());
    std::vector<float> room;
    const auto middle = values.read(1, 2, room);
    QCOMPARE(std::vector<float>(middle.begin(), middle.end()), (std::vector<float>{-2.0F, 0x1p-24F}));
    QCOMPARE(values[3], 65504.0F);
    std::vector<float> visited;
    values.forEach([&visited](float value) { visited.push_back(value); });
    QCOMPARE(visited, expected);
    const TensorValues floats = values.asFloat32();
    QVERIFY(floats.words().empty() && floats.isFloat32());
    QCOMPARE(floats.toVector(), expected);
    QCOMPARE(floats.read(0, 4, room).data(), floats.floats().data());  // where they lie
    QCOMPARE(TensorValues().toVector(), std::vector<float>());
}

void TestSixteenBit::aReportIsThatOfTheSameFloats_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("kind");
    for (const Preset& preset : loadPresets())
        addKinds(QByteArray::fromStdString(preset.name));
}

void TestSixteenBit::aReportIsThatOfTheSameFloats()
{
    QFETCH(const QString, format);
    QFETCH(const int, kind);
    const NamedFormat named = parseFormat(format.toStdString());
    const Shape shape = fittingShape(named.spec, {7, 77});
    const Tensor tensor = wordTensor(static_cast<ValueKind>(kind), shape);
    const Tensor floats = floatTensor(tensor);
    QCOMPARE(reportOf(tensor, named).dump(), reportOf(floats, named).dump());
    const auto castOf
        = [&named](const Tensor& of) { return castTensor(of, BlockView(of, named.spec.geometry.axis, 1), named.spec); };
    const CastTensor cast = castOf(tensor);
    const CastTensor expected = castOf(floats);
    QCOMPARE(cast.packed, expected.packed);
    QCOMPARE(cast.codes, expected.codes);
}

void TestSixteenBit::movedAxesAndOtherShapesStayInWords()
{
    const Tensor tensor = wordTensor(ValueKind::Float16, {6, 40, 35});
    const Tensor floats = floatTensor(tensor);
    NamedFormat named = parseFormat("NVFP4");
    for (const int axis : {0, 1, 2}) {
        QCOMPARE(BlockView(tensor, axis, 16).rowValues().kind(), ValueKind::Float16);
        named.spec.geometry.axis = axis;
        QCOMPARE(reportOf(tensor, named).dump(), reportOf(floats, named).dump());
    }
    named.spec.geometry.axis = 0;
    QCOMPARE(reportOf(tensor, named, Shape{84, 100}).dump(), reportOf(floats, named, Shape{84, 100}).dump());
    const BlockView tiled = BlockView(tensor, 1, 1).tiled(64, 8);
    QCOMPARE(tiled.rowValues().kind(), ValueKind::Float16);
    const BlockView expected = BlockView(floats, 1, 1).tiled(64, 8);
    for (std::uint64_t block = 0; block < expected.blocks(); ++block) {
        const std::vector<float> a = blockValues(tiled, block);
        const std::vector<float> b = blockValues(expected, block);
        QVERIFY(std::equal(a.begin(), a.end(), b.begin(), b.end(),
            [](float x, float y) { return std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y); }));
    }
}

void TestSixteenBit::fusedFiguresAndCodesAreThoseOfTheSameFloats_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("kind");
    for (const char* format : {"MXFP4", "NVFP4", "INT4_g32", "NF4"})
        addKinds(format);
}

void TestSixteenBit::fusedFiguresAndCodesAreThoseOfTheSameFloats()
{
    QFETCH(const QString, format);
    QFETCH(const int, kind);
    for (const Shape& shape : {Shape{300, 512}, Shape{33, 100}, Shape{3, 65600}}) {
        const Tensor tensor = wordTensor(static_cast<ValueKind>(kind), shape);
        const Tensor floats = floatTensor(tensor);
        const FormatSpec spec = resolved(parseFormat(format.toStdString()).spec, shape.back());
        const BlockView view = viewOf(tensor, spec);
        const BlockView floatView = viewOf(floats, spec);
        const TensorParameters parameters = tensorParameters(spec, view);
        for (const KernelTarget target : supportedKernelTargets()) {
            const auto pass = FusedPass::forFormat(spec, parameters, target);
            QVERIFY(pass);
            std::vector<TilePlanes> planes(tileCount(view));
            std::vector<TilePlanes> expectedPlanes(tileCount(view));
            std::vector<std::uint8_t> scales(view.blocks() * pass->scaleBytes());
            std::vector<std::uint8_t> expectedScales(scales.size());
            WorkerPool pool(1);
            const FusedFigures figures = pass->measure(view, {&pool, 2, {}}, KernelScope::Full, {scales, planes});
            const FusedFigures expected
                = pass->measure(floatView, {}, KernelScope::Full, {expectedScales, expectedPlanes});
            QVERIFY(figures.codes == expected.codes);
            QCOMPARE(figures.underflow, expected.underflow);
            QCOMPARE(figures.clipped, expected.clipped);
            QVERIFY(figures.squaredError == expected.squaredError);  // to the last bit
            QVERIFY(figures.maximumError == expected.maximumError);
            QVERIFY(planes == expectedPlanes);
            QVERIFY(scales == expectedScales);
        }
    }
}

void TestSixteenBit::classesAreThoseOfTheSameFloats()
{
    for (const ValueKind kind : {ValueKind::Float16, ValueKind::Bfloat16})
        for (const Shape& shape : {Shape{300, 512}, Shape{33, 100}}) {
            const Tensor tensor = wordTensor(kind, shape);
            const Tensor floats = floatTensor(tensor);
            const FormatSpec spec = resolved(parseFormat("MXFP4").spec, shape.back());
            for (const KernelTarget target : supportedKernelTargets()) {
                const auto counts = ClassTensor::build(viewOf(tensor, spec), {}, target).count(spec);
                QVERIFY(counts.has_value());
                QVERIFY(counts == ClassTensor::build(viewOf(floats, spec), {}, target).count(spec));
            }
        }
}

void TestSixteenBit::theSummaryIsThatOfTheSameFloats()
{
    for (const SummaryKind kind : {SummaryKind::PowerOfTwo, SummaryKind::Maximum}) {
        const Tensor tensor = wordTensor(ValueKind::Float16, {64, 515});
        const Tensor floats = floatTensor(tensor);
        const ExactSummary summary(BlockView(tensor, -1, 32), kind, {});
        const ExactSummary expected(BlockView(floats, -1, 32), kind, {});
        QCOMPARE(summary.histogram(1.0, 64), expected.histogram(1.0, 64));
        QCOMPARE(summary.whole(true).count, expected.whole(true).count);
        QVERIFY(summary.whole(true).count > 1000);
    }
}

void TestSixteenBit::aStudyIsThatOfTheSameFloats()
{
    const Tensor tensor = wordTensor(ValueKind::Bfloat16, {16, 256}, Finite::Yes);
    const Tensor floats = floatTensor(tensor);
    const NamedFormat format = parseFormat("MXFP4");
    const auto studyOf = [&format](const Tensor& of) {
        const BlockView view(of, -1, 1);
        return study(of, view, format, analyze(of, view, format), {});
    };
    const StudyResult result = studyOf(tensor);
    const StudyResult expected = studyOf(floats);
    QCOMPARE(result.spikes->rms, expected.spikes->rms);
    QCOMPARE(result.lMul->points[0].error.relativeMeanSquare, expected.lMul->points[0].error.relativeMeanSquare);
    QVERIFY(!result.values.owner_before(tensor.values.identity()));
    QVERIFY(
        result.values.owner_before(floats.values.identity()) || floats.values.identity().owner_before(result.values));
}

void TestSixteenBit::noPassMakesACopyInFloats()
{
    const Tensor tensor = wordTensor(ValueKind::Float16, {1024, 1024});
    const std::size_t floatBytes = tensor.info.elements * sizeof(float);
    const FormatSpec spec = resolved(parseFormat("MXFP4").spec, 1024);
    const auto expectLess
        = [](std::size_t bytes) { QVERIFY2(largestPiece < bytes, qPrintable(QString::number(largestPiece))); };

    largestPiece = 0;
    (void)analyze(tensor, BlockView(tensor, -1, 1), parseFormat("NxFP4"));
    expectLess(floatBytes);
    largestPiece = 0;
    (void)analyze(tensor, BlockView(tensor, 0, 1), parseFormat("NVFP4"));  // a moved axis: words again
    expectLess(floatBytes);
    largestPiece = 0;
    const BlockView view = viewOf(tensor, spec);
    (void)FusedPass::forFormat(spec, tensorParameters(spec, view))->measure(view);
    expectLess(floatBytes / 8);
    largestPiece = 0;
    (void)ClassTensor::build(view);  // a byte per element
    expectLess(floatBytes / 3);
    largestPiece = 0;
    (void)ExactSummary(view, SummaryKind::PowerOfTwo, {});
    expectLess(floatBytes / 8);
    largestPiece = 0;
    (void)tensor.values.asFloat32();
    QVERIFY(largestPiece >= floatBytes);  // a copy would be seen
}

QTEST_APPLESS_MAIN(TestSixteenBit)
#include "tst_sixteen_bit.moc"
