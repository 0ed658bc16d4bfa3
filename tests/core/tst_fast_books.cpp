#include "core/fast/books_format.h"
#include "core/fast/fused_pass.h"
#include "core/quant/tensor_parameters.h"
#include "tests/core/fast_compare.h"
#include "tests/core/fast_tensors.h"

#include <QTest>

using namespace nanoscope;

/// Kernels of formats with one to four codebooks against the reference encoder and BlockStatistics (the oracles), on
/// every instruction set of the machine.
class TestFastBooks : public QObject {
    Q_OBJECT

private slots:
    void figuresEqualTheReference_data();
    void figuresEqualTheReference();
    void everyBlockEqualsTheReference_data();
    void everyBlockEqualsTheReference();
    void nearTiesAreDecidedAsTheReferenceDoes_data();
    void nearTiesAreDecidedAsTheReferenceDoes();
    void quotientsNearTheEndOfABinAreDecidedInDouble_data();
    void quotientsNearTheEndOfABinAreDecidedInDouble();
    void allFourCodebooksAreTaken();
    void threadsDoNotChangeAnything();
    void theErrorScopeGivesTheSameErrors();
    void tensorScalesNearTheEndsOfFloat32AreTaken();
    void formatsBeyondTheKernelAreLeftAlone_data();
    void formatsBeyondTheKernelAreLeftAlone();
};

namespace {

const std::vector<std::string>& formats()
{
    static const std::vector<std::string> kFormats{"RaZeR", "RaZeR_NVFP4", "RaZeR_NV_weight", "RaZeR_NV_act",
        "RaZeR_MXFP4", "BitMoD4", "BitMoD4_EA", "BitMoD4_ER", "BitMoD3", "BitMoD4_UINT8", "IF4", "INT4_g128",
        "INT4_g128_full", "INT4_g16", "INT4_g128_pot_ceil", "FP4_g128", "FP4_g16", "INT3_g128", "NVFP4_modelopt",
        "NVFP4_torchao", "BitMoD4:geometry.block=64", "BitMoD4:geometry.block=32", "RaZeR:scale.codec=BF16",
        "RaZeR:rounding.elem=even", "IF4:rounding.elem=up", "MXFP4:rounding.elem=away", "MXFP4:scale.codec=FP32",
        "NVFP4:arith=exact", "INT4_g32:elements.0.twos=true", "NVFP4:arith=exact,scale.max=140",
        "RaZeR_NVFP4:scale.max=150"};
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

TensorParameters parametersOf(const FormatSpec& spec, const Tensor& tensor)
{
    return tensorParameters(spec, viewOf(tensor, spec));
}

}  // namespace

void TestFastBooks::figuresEqualTheReference_data()
{
    addCases();
}

void TestFastBooks::figuresEqualTheReference()
{
    QFETCH(QString, format);
    QFETCH(int, kind);
    for (const Shape& shape : {Shape{120, 512}, Shape{107, 100}, Shape{300, 7}, Shape{2, 35001}, Shape{40}}) {
        const Tensor tensor = fastTensor(static_cast<Values>(kind), shape, 7 + shape.front());
        const FormatSpec spec = specFor(format, tensor);
        compareFigures(tensor, spec, parametersOf(spec, tensor));
    }
}

void TestFastBooks::everyBlockEqualsTheReference_data()
{
    addCases();
}

void TestFastBooks::everyBlockEqualsTheReference()
{
    QFETCH(QString, format);
    QFETCH(int, kind);
    for (const Shape& shape : {Shape{40, 512}, Shape{33, 100}}) {
        const Tensor tensor = fastTensor(static_cast<Values>(kind), shape, 11);
        const FormatSpec spec = specFor(format, tensor);
        compareBlocks(tensor, spec, parametersOf(spec, tensor));
    }
    const Tensor few = fastTensor(static_cast<Values>(kind), {20, 100}, 12);
    const FormatSpec spec = specFor(format, few);
    if (spec.elements.size() > 1)
        compareChoiceOfEachBlock(few, spec, parametersOf(spec, few));
}

void TestFastBooks::nearTiesAreDecidedAsTheReferenceDoes_data()
{
    QTest::addColumn<QString>("format");
    for (const std::string& format : formats())
        QTest::newRow(format.c_str()) << QString::fromStdString(format);
}

void TestFastBooks::nearTiesAreDecidedAsTheReferenceDoes()
{
    QFETCH(QString, format);
    const Tensor tensor = nearTies(19);
    const FormatSpec spec = specFor(format, tensor);
    compareBlocks(tensor, spec, parametersOf(spec, tensor));
}

void TestFastBooks::quotientsNearTheEndOfABinAreDecidedInDouble_data()
{
    nearTiesAreDecidedAsTheReferenceDoes_data();
}

/// Every threshold of every codebook times its scale, and the float32 numbers around it.
void TestFastBooks::quotientsNearTheEndOfABinAreDecidedInDouble()
{
    QFETCH(QString, format);
    constexpr float kMaximum = 0.8125F;
    const Tensor any = madeTensor({1, 16}, std::vector<float>(16, kMaximum));
    const FormatSpec spec = specFor(format, any);
    const TensorParameters parameters = parametersOf(spec, any);
    const std::optional<BooksFormat> books = booksFormatOf(spec, parameters);
    QVERIFY(books);
    const auto block = static_cast<std::size_t>(spec.geometry.block);
    for (std::size_t book = 0; book < books->codebooks.size(); ++book) {
        const auto scale = bookScaleOf(*books, book, kMaximum);
        if (!scale && spec.scale.maximum)
            continue;  // quotients that the reference takes
        QVERIFY(scale && scale->real > 0);
        const Codebook& codebook = books->codebooks[book];
        std::vector<float> values;
        for (std::size_t rank = 1; rank < codebook.sortedLevels().size(); ++rank) {
            auto x = static_cast<float>(codebook.lowerBound(rank) * scale->real);
            if (std::fabs(x) > kMaximum)
                continue;
            for (int i = 0; i < 8; ++i)
                x = std::nextafter(x, -1.0F);
            for (int i = 0; i < 16; ++i, x = std::nextafter(x, 1.0F)) {
                if (values.size() % block == 0)
                    values.push_back(kMaximum);
                values.push_back(x);
            }
        }
        values.resize((values.size() + block - 1) / block * block);
        const Shape shape{values.size() / block, block};
        compareBlocks(madeTensor(shape, std::move(values)), spec, parameters);
    }
}

/// The cases above take every codebook.
void TestFastBooks::allFourCodebooksAreTaken()
{
    const Tensor tensor = fastTensor(Values::HeavyTails, {500, 512}, 5);
    for (const char* format : {"RaZeR_NV_weight", "BitMoD4"}) {
        const FormatSpec spec = specFor(format, tensor);
        const auto pass = FusedPass::forFormat(spec, parametersOf(spec, tensor));
        QVERIFY(pass);
        for (const std::uint64_t blocks : pass->measure(viewOf(tensor, spec)).choices.books)
            QVERIFY(blocks > 0);
    }
}

void TestFastBooks::threadsDoNotChangeAnything()
{
    const Tensor tensor = fastTensor(Values::HeavyTails, {500, 1000}, 3);
    WorkerPool pool(3);
    for (const char* format : {"RaZeR_NV_weight", "BitMoD4", "INT4_g128"}) {
        const FormatSpec spec = specFor(format, tensor);
        const BlockView view = viewOf(tensor, spec);
        const auto pass = FusedPass::forFormat(spec, parametersOf(spec, tensor));
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

void TestFastBooks::theErrorScopeGivesTheSameErrors()
{
    const Tensor tensor = fastTensor(Values::SparseAndBroken, {100, 999}, 5);
    for (const char* format : {"RaZeR_NV_weight", "BitMoD4", "IF4", "INT4_g128"}) {
        const FormatSpec spec = specFor(format, tensor);
        const BlockView view = viewOf(tensor, spec);
        for (const KernelTarget target : supportedKernelTargets()) {
            const auto pass = FusedPass::forFormat(spec, parametersOf(spec, tensor), target);
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

/// What the kernel of NVFP4 leaves.
void TestFastBooks::tensorScalesNearTheEndsOfFloat32AreTaken()
{
    for (const Values kind : {Values::RandomBits, Values::Tiny, Values::Huge}) {
        const Tensor tensor = fastTensor(kind, {100, 64}, 1);
        const FormatSpec spec = specFor("NVFP4", tensor);
        QVERIFY(booksFormatOf(spec, parametersOf(spec, tensor)));
        compareFigures(tensor, spec, parametersOf(spec, tensor));
    }
}

void TestFastBooks::formatsBeyondTheKernelAreLeftAlone_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"NF4", "BitMoD4:geometry.block=256", "RaZeR:objective=mae", "FP4_g128_clip",
             "INT4_g128_asym", "FP8_E4M3", "FP4_E3M0_g128", "INT4_g128_hadamard", "NxFP4_NM"})
        QTest::newRow(format) << QString(format);
}

void TestFastBooks::formatsBeyondTheKernelAreLeftAlone()
{
    QFETCH(QString, format);
    const Tensor tensor = fastTensor(Values::Normal, {4, 256}, 1);
    QVERIFY(!booksFormatOf(specFor(format, tensor), {}));
}

QTEST_APPLESS_MAIN(TestFastBooks)
#include "tst_fast_books.moc"
