#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/error.h"
#include "core/fast/fused_pass.h"
#include "core/format/format_by_name.h"
#include "core/format/preset.h"
#include "core/preview/preview_report.h"
#include "core/preview/sample_allocation.h"
#include "core/quant/tensor_maximum.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

using namespace nanoscope;

/// Samples of blocks, and what they say of a tensor (oracle: analyze(), which looks at every element).
class TestPreview : public QObject {
    Q_OBJECT

private slots:
    void budgetGoesWhereTheErrorIs();
    void strataTakenWholeLeaveTheirRestToTheOthers();
    void sampleKnowsItsTensorExactly();
    void drawnBlocksAreBlocksOfTheTensor();
    void aSampleOfEverythingIsTheReport_data();
    void aSampleOfEverythingIsTheReport();
    void blocksThatNeedTheirPlaceGetNoPreview_data();
    void blocksThatNeedTheirPlaceGetNoPreview();
    void estimatesAreCloseAndTheirErrorHonest_data();
    void estimatesAreCloseAndTheirErrorHonest();
    void halfAPercentOfSixteenThousandBlocks_data();
    void halfAPercentOfSixteenThousandBlocks();
    void sharesAreThoseOfTheTensor();
    void kernelsMeasureEveryDrawnBlock();
    void threadsDoNotMatter();
    void aStopIsHeard();
};

namespace {

const float kNan = std::numeric_limits<float>::quiet_NaN();

enum class Kind { Normal, HeavyTails, RowScales };

Tensor randomTensor(Kind kind, const Shape& shape, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<float> normal;
    std::student_t_distribution<float> heavy(3.0F);
    std::vector<float> values(elementCount(shape));
    float scale = 0.02F;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (kind == Kind::RowScales && i % shape.back() == 0)
            scale = 0.02F * std::exp(normal(random));
        values[i] = scale * (kind == Kind::HeavyTails ? heavy(random) : normal(random));
    }
    return madeTensor(shape, std::move(values));
}

/// Short last blocks, zero blocks, a block with NaN and one with infinity.
Tensor raggedTensor()
{
    std::vector<float> values = gaussian(64 * 300, 3);
    std::fill_n(values.begin() + 300, 64, 0.0F);
    std::fill_n(values.begin() + 900 + 288, 12, 0.0F);  // a short block
    values[1200] = kNan;
    values[2500] = std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = std::ldexp(values[i], static_cast<int>(i / 300 % 9));
    return madeTensor({64, 300}, std::move(values));
}

Report previewOf(const BlockSample& sample, const Tensor& tensor, const BlockView& view, const NamedFormat& format,
    PreviewDepth depth)
{
    return previewReport(sample, format, subjectOf(tensor, view), {depth, 2, {}}).value();
}

bool areClose(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

}  // namespace

void TestPreview::budgetGoesWhereTheErrorIs()
{
    const auto drawn = allocateSample({{100000, 1.0}, {100000, 4.0}, {1000, 0.0}}, 1000);
    QCOMPARE(drawn[0], std::uint64_t{230});  // 1000 (0.1 * 100000 / 201000 + 0.9 / 5), rounded up
    QCOMPARE(drawn[1], std::uint64_t{770});
    QCOMPARE(drawn[2], std::uint64_t{2});
}

void TestPreview::strataTakenWholeLeaveTheirRestToTheOthers()
{
    const auto drawn = allocateSample({{100000, 1.0}, {50, 1e6}, {1, 1.0}}, 1000);
    QCOMPARE(drawn[1], std::uint64_t{50});
    QCOMPARE(drawn[2], std::uint64_t{1});
    QVERIFY(drawn[0] >= 949 && drawn[0] <= 951);
    QCOMPARE(allocateSample({{10, 1.0}, {20, 0.0}}, 1000), (std::vector<std::uint64_t>{10, 20}));
    QVERIFY(allocateSample({}, 1000).empty());
}

void TestPreview::sampleKnowsItsTensorExactly()
{
    const Tensor tensor = raggedTensor();
    const BlockView view(tensor, -1, 32);
    const BlockSample sample(view, {}, 1024);
    double power = 0.0;
    std::uint64_t excluded = 0;
    for (std::uint64_t block = 0; block < view.blocks(); ++block) {
        const std::vector<float> values = blockValues(view, block);
        if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); }))
            excluded += values.size();
        else
            power = std::transform_reduce(values.begin(), values.end(), power, std::plus<>(),
                [](float value) { return static_cast<double>(value) * static_cast<double>(value); });
    }
    QCOMPARE(excluded, std::uint64_t{64});
    QCOMPARE(sample.excluded(), excluded);
    QCOMPARE(sample.nanCount(), std::uint64_t{1});
    QCOMPARE(sample.infinityCount(), std::uint64_t{1});
    QCOMPARE(sample.elements(), view.elements());
    QCOMPARE(sample.maximum(), tensorMaximum(view));
    QVERIFY(areClose(sample.power(), power, 1e-12));
    std::uint64_t blocks = 0;
    for (const SampleStratum& stratum : sample.strata())
        blocks += stratum.population;
    QCOMPARE(blocks, view.blocks() - 2);
}

void TestPreview::drawnBlocksAreBlocksOfTheTensor()
{
    const Tensor tensor = raggedTensor();
    const BlockView view(tensor, -1, 32);
    const BlockSample sample(view, {}, 1024);
    std::vector<std::vector<float>> all;
    for (std::uint64_t block = 0; block < view.blocks(); ++block)
        all.push_back(blockValues(view, block));
    std::uint64_t drawn = 0;
    for (const SampleStratum& stratum : sample.strata()) {
        float least = 0.0F;
        for (std::uint64_t i = 0; i < stratum.drawn.blocks(); ++i) {
            const std::vector<float> block = blockValues(stratum.drawn, i);
            const auto found = std::find(all.begin(), all.end(), block);
            QVERIFY(found != all.end());
            found->clear();  // none twice
            float maximum = 0.0F;
            for (const float value : block)
                maximum = std::max(maximum, std::abs(value));
            QVERIFY(maximum >= least * 0.9375F);  // ascending by four bits of the mantissa
            least = maximum;
        }
        drawn += stratum.drawn.blocks();
    }
    QVERIFY2(drawn >= 32 && drawn <= 32 + 2 * sample.strata().size() + 2, qPrintable(QString::number(drawn)));
}

void TestPreview::aSampleOfEverythingIsTheReport_data()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : loadPresets())
        if (isPreviewable(preset.spec))
            QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestPreview::aSampleOfEverythingIsTheReport()
{
    QFETCH(QString, preset);
    const NamedFormat format = parseFormat(preset.toStdString());
    const bool isGguf = format.spec.geometry.block >= 256 || format.spec.encoder.id != EncoderId::Search;
    const Tensor tensor = isGguf ? randomTensor(Kind::HeavyTails, {8, 768}, 4) : raggedTensor();
    const BlockView rows(tensor, -1, 1);
    const int block = resolved(format.spec, rows.rowLength()).geometry.block;
    const BlockSample sample(rows.withBlock(block));
    const Report exact = analyze(tensor, rows, format);
    const Report preview = previewOf(sample, tensor, rows, format, PreviewDepth::Full);
    QVERIFY(preview.tier == ReportTier::Preview);
    QCOMPARE(preview.elements, exact.elements);
    QCOMPARE(preview.excluded, exact.excluded);
    QCOMPARE(preview.nanCount, exact.nanCount);
    QCOMPARE(preview.infinityCount, exact.infinityCount);
    QCOMPARE(preview.tensorScale, exact.tensorScale);
    QCOMPARE(preview.bitsPerElement, exact.bitsPerElement);
    QCOMPARE(preview.payloadBits, exact.payloadBits);
    QVERIFY(areClose(preview.error.mse, exact.error.mse, 1e-9));
    QVERIFY(areClose(*preview.error.cosine, *exact.error.cosine, 1e-9));
    QVERIFY(areClose(*preview.error.gain, *exact.error.gain, 1e-9));
    QVERIFY(std::isnan(preview.error.maximum));
    if (exact.error.mse > 0)
        QVERIFY(*preview.sqnrStandardError == 0.0);
    QCOMPARE(preview.levels.size(), exact.levels.size());
    for (std::size_t i = 0; i < exact.levels.size(); ++i)
        QCOMPARE(preview.levels[i].count, exact.levels[i].count);
    QCOMPARE(preview.vacant.tensor, exact.vacant.tensor);
    QVERIFY(areClose(preview.vacant.blockMean, exact.vacant.blockMean, 1e-12));
    QCOMPARE(preview.zeroFraction, exact.zeroFraction);
    QCOMPARE(preview.clippedFraction, exact.clippedFraction);
    QCOMPARE(preview.underflowFraction, exact.underflowFraction);
    QCOMPARE(preview.choices.book, exact.choices.book);
    QCOMPARE(preview.choices.micro, exact.choices.micro);
    QCOMPARE(preview.choices.offset, exact.choices.offset);
    QVERIFY(preview.blockSquaredError.empty() && !preview.bounds.shannonDecibel);
}

void TestPreview::blocksThatNeedTheirPlaceGetNoPreview_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"INT4_g16_hadamard", "NVFP4_train_2D", "NVFP4_train_RHT_SR", "FP4_UE5M3_SR", "COMET",
             "MicroMix", "ARCQuant", "LLM_int8", "OliVe", "MicroScopiQ", "Fairy2i_2", "BitNet"})
        QTest::newRow(format) << format;
}

void TestPreview::blocksThatNeedTheirPlaceGetNoPreview()
{
    QFETCH(QString, format);
    QVERIFY(!isPreviewable(parseFormat(format.toStdString()).spec));
}

void TestPreview::estimatesAreCloseAndTheirErrorHonest_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("format");
    for (const auto& [kind, name] :
        {std::pair(Kind::Normal, "normal"), std::pair(Kind::HeavyTails, "t3"), std::pair(Kind::RowScales, "rows")})
        for (const char* format : {"NxFP4", "MXFP4", "M2XFP_weight", "NVFP4"})
            QTest::addRow("%s %s", name, format) << static_cast<int>(kind) << format;
}

/// With one block of sixteen the error may be four times that of sixteen times as many blocks.
void TestPreview::estimatesAreCloseAndTheirErrorHonest()
{
    QFETCH(int, kind);
    QFETCH(QString, format);
    constexpr int kSeeds = 16;
    const NamedFormat named = parseFormat(format.toStdString());
    double squared = 0.0;
    double standardized = 0.0;
    int beyond = 0;
    for (int seed = 0; seed < kSeeds; ++seed) {
        const Tensor tensor = randomTensor(static_cast<Kind>(kind), {256, 1024}, static_cast<std::uint64_t>(seed) + 40);
        const BlockView view = viewOf(tensor, named.spec);
        const Report exact = analyze(tensor, view, named);
        const Report preview = previewOf(BlockSample(view, {}, 1 << 14), tensor, view, named, PreviewDepth::Full);
        const double error = preview.error.mse / exact.error.mse - 1.0;
        const double deviations = (*preview.error.sqnrDecibel - *exact.error.sqnrDecibel) / *preview.sqnrStandardError;
        squared += error * error;
        standardized += deviations * deviations;
        beyond += std::abs(deviations) > 3.0 ? 1 : 0;
    }
    const double rms = std::sqrt(squared / kSeeds);
    const double spread = std::sqrt(standardized / kSeeds);
    const QString text = QStringLiteral("RMS error %1 %, %2 stated deviations").arg(100 * rms).arg(spread);
    QVERIFY2(rms < 4 * 0.005 * std::sqrt(2.0), qPrintable(text));
    QVERIFY2(spread > 0.4 && spread < 1.7, qPrintable(text));
    QVERIFY2(beyond <= 1, qPrintable(text));
}

void TestPreview::halfAPercentOfSixteenThousandBlocks_data()
{
    estimatesAreCloseAndTheirErrorHonest_data();
}

void TestPreview::halfAPercentOfSixteenThousandBlocks()
{
    QFETCH(int, kind);
    QFETCH(QString, format);
    const NamedFormat named = parseFormat(format.toStdString());
    const Tensor tensor = randomTensor(static_cast<Kind>(kind), {1024, 4096}, 77);
    const BlockView view = viewOf(tensor, named.spec);
    const Report exact = analyze(tensor, view, named);
    const Report preview = previewOf(BlockSample(view), tensor, view, named, PreviewDepth::Full);
    const double stated = *preview.sqnrStandardError * std::log(10.0) / 10.0;
    QVERIFY2(stated < 0.005, qPrintable(QString::number(stated)));
    QVERIFY(std::abs(preview.error.mse / exact.error.mse - 1.0) < 3 * stated);
}

void TestPreview::sharesAreThoseOfTheTensor()
{
    const NamedFormat format = parseFormat("NxFP4");
    const Tensor tensor = randomTensor(Kind::RowScales, {1024, 2048}, 9);
    const BlockView view = viewOf(tensor, format.spec);
    const Report exact = analyze(tensor, view, format);
    const Report preview = previewOf(BlockSample(view), tensor, view, format, PreviewDepth::Full);
    for (std::size_t i = 0; i < exact.choices.book.size(); ++i)
        QVERIFY(std::abs(preview.choices.book[i] - exact.choices.book[i]) < 0.02);
    for (std::size_t i = 0; i < exact.levels.size(); ++i) {
        const auto n = static_cast<double>(exact.elements);
        const double apart = static_cast<double>(preview.levels[i].count) - static_cast<double>(exact.levels[i].count);
        QVERIFY2(std::abs(apart) / n < 0.004, qPrintable(QString::number(apart / n)));
    }
    QVERIFY(std::abs(preview.vacant.blockMean - exact.vacant.blockMean) < 0.1);
    QVERIFY(std::abs(preview.zeroFraction - exact.zeroFraction) < 0.004);
    QVERIFY(areClose(preview.error.meanAbsolute, exact.error.meanAbsolute, 0.02));
    QVERIFY(std::abs(*preview.error.cosine - *exact.error.cosine) < 1e-4);
}

void TestPreview::kernelsMeasureEveryDrawnBlock()
{
    for (const char* name : {"MXFP4", "NVFP4", "INT4_g32", "NF4", "NxFP4", "M2XFP_weight"}) {
        const NamedFormat format = parseFormat(name);
        const Tensor tensor = randomTensor(Kind::HeavyTails, {512, 2048}, 5);
        const BlockView view = viewOf(tensor, format.spec);
        const BlockSample sample(view, {}, 1 << 17);
        const Report quick = previewOf(sample, tensor, view, format, PreviewDepth::Quick);
        const Report full = previewOf(sample, tensor, view, format, PreviewDepth::Full);
        QVERIFY(areClose(quick.error.mse, full.error.mse, 1e-9));
        for (std::size_t i = 0; i < full.levels.size(); ++i)
            QCOMPARE(quick.levels[i].count, full.levels[i].count);
        QCOMPARE(quick.zeroFraction, full.zeroFraction);
        QCOMPARE(quick.clippedFraction, full.clippedFraction);
        QCOMPARE(quick.underflowFraction, full.underflowFraction);
        QVERIFY(areClose(quick.vacant.blockMean, full.vacant.blockMean, 1e-12));
        QVERIFY(areClose(quick.vacant.headroomMean, full.vacant.headroomMean, 1e-12));
        QCOMPARE(quick.choices.book, full.choices.book);
        QCOMPARE(quick.choices.micro, full.choices.micro);
        QVERIFY(areClose(*quick.sqnrStandardError, *full.sqnrStandardError, 0.25));
    }
}

void TestPreview::threadsDoNotMatter()
{
    const NamedFormat format = parseFormat("NxFP4");
    const Tensor tensor = randomTensor(Kind::RowScales, {512, 1024}, 5);
    const BlockView view = viewOf(tensor, format.spec);
    const BlockSample alone(view, {1, {}, {}}, 1 << 16);
    const BlockSample shared(view, {3, {}, {}}, 1 << 16);
    QCOMPARE(alone.power(), shared.power());
    for (const PreviewDepth depth : {PreviewDepth::Quick, PreviewDepth::Full}) {
        const Report a = previewReport(alone, format, subjectOf(tensor, view), {depth, 1, {}}).value();
        const Report b = previewReport(shared, format, subjectOf(tensor, view), {depth, 3, {}}).value();
        QCOMPARE(a.error.mse, b.error.mse);
        QCOMPARE(*a.sqnrStandardError, *b.sqnrStandardError);
        QCOMPARE(a.klDivergenceBits, b.klDivergenceBits);
    }
}

void TestPreview::aStopIsHeard()
{
    const NamedFormat format = parseFormat("NxFP4");
    const Tensor tensor = randomTensor(Kind::Normal, {64, 1024}, 5);
    const BlockView view = viewOf(tensor, format.spec);
    const BlockSample sample(view);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(BlockSample(view, {0, stop.get_token(), {}}), Cancelled);
    const PreviewOptions options{PreviewDepth::Full, 1, stop.get_token()};
    QVERIFY_EXCEPTION_THROWN((void)previewReport(sample, format, subjectOf(tensor, view), options), Cancelled);
}

QTEST_APPLESS_MAIN(TestPreview)
#include "tst_preview.moc"
