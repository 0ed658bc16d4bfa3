#include "fitting_shape.h"
#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/analysis/block_codes.h"
#include "core/analysis/block_trace.h"
#include "core/error.h"
#include "core/format/preset.h"

#include <QTest>

#include <limits>

using namespace nanoscope;

/// Which blocks hold a level (oracles: the report's counts of the whole tensor; each block as traceBlock() explains
/// it).
class TestBlockCodes : public QObject {
    Q_OBJECT

private slots:
    void countsAddUpToTheReport_data();
    void countsAddUpToTheReport();
    void countsAreThoseOfEachBlock_data();
    void countsAreThoseOfEachBlock();
    void blocksWithNaNHaveNone();
    void anUnknownLevelIsNowhere();
    void aByteHoldsWhatFits();
    void aStopEndsIt();
};

namespace {

BlockCodes codesOf(const Report& report)
{
    return BlockCodes(report.prepared);
}

Report reportOf(const Tensor& tensor, const NamedFormat& format)
{
    return analyze(tensor, viewOf(tensor, format.spec), format);
}

}  // namespace

void TestBlockCodes::countsAddUpToTheReport_data()
{
    QTest::addColumn<QString>("format");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestBlockCodes::countsAddUpToTheReport()
{
    QFETCH(QString, format);
    const NamedFormat named = parseFormat(format.toStdString());
    const Shape shape = fittingShape(named.spec, {12, 250});
    const Tensor tensor = madeTensor(shape, gaussian(elementCount(shape), 21));
    const Report report = reportOf(tensor, named);
    const BlockCodes codes = codesOf(report);
    for (const LevelCount& level : report.levels) {
        if (report.levels.size() > 300 && level.code % 16 != 1)
            continue;
        const LevelCells cells = codes.cellsOf(level.book, level.code);
        QCOMPARE(cells.elements, level.count);
        QCOMPARE(cells.counts.size(), report.blockSquaredError.size());
        QCOMPARE(cells.blocks > 0, level.count > 0);
    }
}

void TestBlockCodes::countsAreThoseOfEachBlock_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"MXFP4", "NxFP4", "Ternary_absmean", "MXFP8_E4M3", "INT8_g128"})
        QTest::newRow(format) << format;
}

void TestBlockCodes::countsAreThoseOfEachBlock()
{
    QFETCH(QString, format);
    const NamedFormat named = parseFormat(format.toStdString());
    const Tensor tensor = madeTensor({9, 250}, gaussian(9 * 250, 22));
    const Report report = reportOf(tensor, named);
    const BlockCodes codes = codesOf(report);
    const BlockTrace first = traceBlock(*report.prepared, 0);
    const LevelCells cells = codes.cellsOf(first.elements[1].book, first.elements[1].code);
    std::uint32_t most = 0;
    for (std::uint64_t block = 0; block < cells.counts.size(); ++block) {
        std::uint32_t count = 0;
        for (const ElementTrace& element : traceBlock(*report.prepared, block).elements)
            count += element.book == cells.book && element.code == cells.code ? 1U : 0U;
        QCOMPARE(cells.counts[block], count);
        most = std::max(most, count);
    }
    QCOMPARE(cells.most, most);
}

void TestBlockCodes::blocksWithNaNHaveNone()
{
    std::vector<float> values(96, 0.0F);
    values[40] = std::numeric_limits<float>::quiet_NaN();
    const Report report = reportOf(madeRow(values), parseFormat("MXFP4"));
    const LevelCells zeros = codesOf(report).cellsOf(0, 0);
    QCOMPARE(zeros.counts, (std::vector<std::uint32_t>{32, 0, 32}));
    QCOMPARE(zeros.blocks, std::uint64_t{2});
}

void TestBlockCodes::anUnknownLevelIsNowhere()
{
    const Report report = reportOf(madeRow(gaussian(96, 2)), parseFormat("MXFP4"));
    const BlockCodes codes = codesOf(report);
    for (const auto& [book, code] : {std::pair(0U, 16U), std::pair(1U, 0U)})
        QCOMPARE(codes.cellsOf(book, code).elements, std::uint64_t{0});
}

void TestBlockCodes::aByteHoldsWhatFits()
{
    const std::size_t count = 1024;
    const Tensor tensor = madeRow(gaussian(count, 2));
    QCOMPARE(codesOf(reportOf(tensor, parseFormat("MXFP8_E4M3"))).bytes(), count);
    QCOMPARE(codesOf(reportOf(tensor, parseFormat("FP16"))).bytes(), 2 * count);
    QCOMPARE(codesOf(reportOf(tensor, parseFormat("TF32"))).bytes(), 4 * count);
}

void TestBlockCodes::aStopEndsIt()
{
    const Report report = reportOf(madeRow(gaussian(96, 2)), parseFormat("MXFP4"));
    std::stop_source source;
    source.request_stop();
    BlockCodesOptions options;
    options.stop = source.get_token();
    QVERIFY_EXCEPTION_THROWN((void)BlockCodes(report.prepared, options), Cancelled);
}

QTEST_APPLESS_MAIN(TestBlockCodes)
#include "tst_block_codes.moc"
