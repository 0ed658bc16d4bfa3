#include "fitting_shape.h"
#include "made_tensor.h"
#include "refusal.h"

#include "core/analysis/block_trace.h"
#include "core/analysis/trace_json.h"
#include "core/error.h"
#include "core/format/preset.h"
#include "core/quant/cast.h"
#include "core/quant/gguf_type.h"
#include "core/quant/tensor_maximum.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

using namespace nanoscope;

/// The derivation of one block (oracle: the model x^ = t * s * r * book[code], and worked blocks).
class TestBlockTrace : public QObject {
    Q_OBJECT

private slots:
    void stepsMultiplyUpToTheDequantizedTensor_data();
    void stepsMultiplyUpToTheDequantizedTensor();
    void aWorkedBlockIsExplained();
    void exceptionOfMxPlusIsRefined();
    void topElementsOfM2xfpAreRefined();
    void bothScalesOfAmxfpAreTold();
    void bitsOfAnElementHaveTheirMeaning_data();
    void bitsOfAnElementHaveTheirMeaning();
    void aFittedCodebookHasItsOwnIntervals();
    void anOffsetIsAdded_data();
    void anOffsetIsAdded();
    void aRotatedBlockIsTracedInItsBasis();
    void aBadBlockSaysSo();
    void aShortBlockIsTracedAtItsPlace();
    void aBlockThatIsNotThereIsRefused();
};

namespace {

BlockTrace traceOf(const Tensor& tensor, const FormatSpec& spec, std::uint64_t block = 0)
{
    return traceBlock(prepare(viewOf(tensor, spec), spec), block);
}

BlockTrace traceOf(const char* format, std::vector<float> values)
{
    return traceOf(madeRow(std::move(values)), parseFormat(format).spec);
}

bool isRotated(const FormatSpec& spec)
{
    return (spec.transform && spec.transform->hadamard > 0) || spec.encoder.id == EncoderId::Phase;
}

/// N:M pruning and MicroScopiQ's outliers turn neighbours into zeros.
bool isSetToZero(const ElementTrace& element, const FormatSpec& spec)
{
    return element.decoded == 0.0F && (spec.prune || spec.encoder.id == EncoderId::MicroScopiQ);
}

/// The scaled value takes the level that it must.
bool isExplained(const ElementTrace& element, const FormatSpec& spec)
{
    if (spec.encoder.id == EncoderId::Phase || spec.scale.statistic == ScaleStatistic::Survivors)
        return true;  // both parts decide together; a threshold of the whole row decides
    double scaled = element.scaled;
    if (spec.elements.front().overflow == Overflow::Wrap)  // INT4 in quarters wraps every 16 / 4
        scaled = std::remainder(scaled - element.level, 4.0) + element.level;
    double lower = element.lowerBound;
    double upper = element.upperBound;
    if (spec.stochasticSeed) {  // up to the neighbouring levels
        lower = 2 * lower - element.level;
        upper = 2 * upper - element.level;
    }
    return lower <= scaled && scaled <= upper;
}

/// What does not add up in the derivation of an element; empty when all does.
QString problemOf(const ElementTrace& element, const FormatSpec& spec)
{
    const auto text = [&element](const char* problem) {
        return QString("element %1: %2; value %3, scaled %4, scale %5, offset %6, level %7 (%8 to %9), refined %10, "
                       "decoded %11")
            .arg(element.index)
            .arg(problem)
            .arg(static_cast<double>(element.value))
            .arg(element.scaled)
            .arg(element.scale)
            .arg(element.offset)
            .arg(element.level)
            .arg(element.lowerBound)
            .arg(element.upperBound)
            .arg(element.refinedLevel)
            .arg(static_cast<double>(element.decoded));
    };
    const auto value = static_cast<double>(element.value);
    const auto decoded = static_cast<double>(element.decoded);
    const double reach = std::fabs(element.scale * element.refinedLevel) + std::fabs(element.offset);
    if (std::fabs(element.refinedLevel * element.scale + element.offset - decoded) > 1e-7 * reach)
        return text("level, scale and offset do not give the value");
    if (!element.exception && element.refinedLevel != element.level)
        return text("refined without being an exception");
    if (element.exception || isSetToZero(element, spec))  // nothing was compared
        return {};
    // GGUF types divide by the scale before it is rounded to FP16.
    const double tolerance = isGguf(spec.encoder.id) ? 0x1p-10 : 1e-6;
    if (std::fabs(element.scaled * element.scale + element.offset - value) > tolerance * (std::fabs(value) + reach))
        return text("scaled and scale do not give back what was stored");
    if (element.level < element.lowerBound || element.level > element.upperBound)
        return text("the level lies outside of its own interval");
    if (!isExplained(element, spec))
        return text("the scaled value lies outside of the interval of its level");
    return {};
}

const std::vector<float> kBlockA{0.3F, -1.1F, 2.2F, -3.6F, 5.1F, 7.3F, -0.05F, 0.8F};

}  // namespace

void TestBlockTrace::stepsMultiplyUpToTheDequantizedTensor_data()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestBlockTrace::stepsMultiplyUpToTheDequantizedTensor()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const Shape shape = fittingShape(spec, {2, 70});
    const Tensor tensor = madeTensor(shape, gaussian(elementCount(shape), 43));
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    const PreparedTensor prepared = prepare(viewOf(tensor, spec), spec);
    const BlockView& view = prepared.view;
    const RowLayout& layout = view.layout();
    for (std::uint64_t block = 0; block < view.blocks(); ++block) {
        const BlockTrace trace = traceBlock(prepared, block);
        QCOMPARE(trace.elements.size(), view.length(block));
        double squaredError = 0.0;
        for (const ElementTrace& element : trace.elements) {
            const std::uint64_t at = view.rowPosition(block, element.index);
            const std::uint64_t column = at % layout.rowLength;
            const std::uint64_t inFile = layout.fileIndex(
                at / layout.rowLength, prepared.columnOrder.empty() ? column : prepared.columnOrder[column]);
            QCOMPARE(element.value, blockValues(view, block)[element.index]);
            if (!isRotated(spec)) {
                QCOMPARE(element.value, tensor.values[inFile]);
                QCOMPARE(element.decoded, cast.dequantized[inFile]);
            }
            QCOMPARE(element.code, cast.codes[inFile]);
            QCOMPARE(element.error, static_cast<double>(element.decoded) - static_cast<double>(element.value));
            QCOMPARE(std::stoul(element.bits, nullptr, 2), static_cast<unsigned long>(element.code));
            QCOMPARE(element.bits.size(), trace.bitFields[element.book].size());
            const QString problem = problemOf(element, spec);
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
            squaredError += element.error * element.error;
        }
        QVERIFY(std::fabs(trace.squaredError - squaredError) <= 1e-12 * squaredError);
    }
}

void TestBlockTrace::aWorkedBlockIsExplained()
{
    const BlockTrace trace = traceOf("NxFP4", kBlockA);
    QCOMPARE(trace.scales.size(), std::size_t{1});
    QCOMPARE(trace.scales[0].code, 127U);
    QCOMPARE(trace.scaleText, (std::vector<std::string>{"2^0"}));
    QCOMPARE(trace.scaleBits, 8);
    QCOMPARE(trace.bookNames, (std::vector<std::string>{"E2M1", "BFP4"}));
    QCOMPARE(trace.meta.size(), std::size_t{2});
    QCOMPARE(trace.meta[0].name, std::string("NanoMantissa"));
    QCOMPARE(trace.meta[0].meaning, std::string("× 1.25"));
    QCOMPARE(trace.meta[1].meaning, std::string("E2M1"));

    const ElementTrace& first = trace.elements[0];  // 0.3 / 1.25 = 0.24 takes the recycled quarter
    QCOMPARE(first.scale, 1.25);
    QCOMPARE(first.bits, std::string("1000"));
    QVERIFY(first.use == CodeUse::Recycled);
    QCOMPARE(first.level, 0.25);
    QCOMPARE(first.lowerBound, 0.125);
    QCOMPARE(first.upperBound, 0.375);
    QCOMPARE(first.decoded, 0.3125F);

    const ElementTrace& largest = trace.elements[5];  // 7.3 / 1.25 = 5.84
    QCOMPARE(largest.level, 6.0);
    QCOMPARE(largest.lowerBound, 5.0);
    QCOMPARE(largest.upperBound, std::numeric_limits<double>::infinity());
    QVERIFY(!largest.clipped);
    QVERIFY(std::fabs(trace.squaredError - 0.21828125) < 1e-6);
}

void TestBlockTrace::exceptionOfMxPlusIsRefined()
{
    const BlockTrace trace = traceOf("MXFP4+", kBlockA);
    for (std::size_t i = 0; i < trace.elements.size(); ++i)
        QCOMPARE(trace.elements[i].exception, i == 5);
    const ElementTrace& exception = trace.elements[5];
    QCOMPARE(exception.level, 6.0);
    QCOMPARE(exception.refinedLevel, 7.5);
    QCOMPARE(exception.decoded, 7.5F);
    QVERIFY(!exception.clipped);
    QCOMPARE(trace.meta[0].meaning, std::string("element 5"));
    QCOMPARE(trace.meta[2].meaning, std::string("1 + 7/8"));
    for (const ElementTrace& element : traceOf("MXFP4+", {0, 0, 0}).elements)
        QVERIFY(!element.exception);
}

void TestBlockTrace::topElementsOfM2xfpAreRefined()
{
    std::vector<float> values(32, 0.0F);
    values[0] = 6.0F;
    values[9] = 4.3F;
    values[17] = -0.2F;  // of equal codes, here all zero, the first of the subgroup is the top one
    const BlockTrace trace = traceOf("M2XFP_act", values);
    for (const std::size_t i : {std::size_t{0}, std::size_t{9}, std::size_t{16}, std::size_t{24}})
        QVERIFY(trace.elements[i].exception);
    QCOMPARE(trace.elements[9].level, 4.0);
    QCOMPARE(trace.elements[9].refinedLevel, 4.5);
    QVERIFY(!trace.elements[17].exception);
    QCOMPARE(trace.elements[17].decoded, 0.0F);
}

void TestBlockTrace::bothScalesOfAmxfpAreTold()
{
    const BlockTrace trace = traceOf("AMXFP4_pot", kBlockA);
    QCOMPARE(trace.scaleText, (std::vector<std::string>{"2^0", "2^-1"}));
    QCOMPARE(trace.elements[5].scale, 1.0);
    QCOMPARE(trace.elements[3].scale, 0.5);
    QVERIFY(trace.elements[3].clipped);  // -3.6 under a scale that ends at -3
}

void TestBlockTrace::bitsOfAnElementHaveTheirMeaning_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("fields");
    QTest::newRow("E2M1") << "MXFP4"
                          << "SEEM";
    QTest::newRow("E4M3") << "MXFP8_E4M3"
                          << "SEEEEMMM";
    QTest::newRow("INT4") << "MXINT4"
                          << "Smmm";
}

void TestBlockTrace::bitsOfAnElementHaveTheirMeaning()
{
    QFETCH(QString, preset);
    QFETCH(QString, fields);
    const BlockTrace trace = traceOf(preset.toUtf8().constData(), {1.0F});
    QString actual;
    for (const BitField field : trace.bitFields[0])
        actual += field == BitField::Sign ? 'S'
            : field == BitField::Exponent ? 'E'
            : field == BitField::Mantissa ? 'M'
                                          : 'm';
    QCOMPARE(actual, fields);
}

void TestBlockTrace::aFittedCodebookHasItsOwnIntervals()
{
    // Four groups around -4, -1, 1 and 3: their means are the levels, the middles between them the bounds.
    const BlockTrace trace = traceOf("SqueezeLLM_4:elements.0.bits=2", {-4, -4, -1.5F, -0.5F, 1, 1, 3, 3});
    const ElementTrace& element = trace.elements[3];
    QCOMPARE(element.scale, 4.0);
    QCOMPARE(element.level, -0.25);
    QCOMPARE(element.lowerBound, -2.5 / 4);
    QCOMPARE(element.upperBound, 0.0);
    QCOMPARE(element.decoded, -1.0F);
    QCOMPARE(trace.elements[0].lowerBound, -std::numeric_limits<double>::infinity());
    QCOMPARE(trace.elements[7].upperBound, std::numeric_limits<double>::infinity());
    QCOMPARE(trace.meta[1].meaning, std::string("-1"));
}

void TestBlockTrace::anOffsetIsAdded_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("meaning");
    QTest::newRow("zero point") << "INT4_g128_asym"
                                << "code 4 is zero";
    QTest::newRow("minimum") << "INT4_g128_minimum"
                             << "-4";
}

void TestBlockTrace::anOffsetIsAdded()
{
    // -4 to 11 in steps of 1: unsigned codes 0 to 15, written as -8 to 7, so that 4 is added.
    QFETCH(QString, preset);
    QFETCH(QString, meaning);
    const BlockTrace trace = traceOf(preset.toUtf8().constData(), {-4, 11, 0.25F});
    QCOMPARE(QString::fromStdString(trace.meta[0].meaning), meaning);
    QCOMPARE(trace.elements[0].level, -8.0);
    QCOMPARE(trace.elements[1].level, 7.0);
    QCOMPARE(trace.elements[2].level, -4.0);
    for (const ElementTrace& element : trace.elements)
        QCOMPARE(element.offset, 4.0);
    QCOMPARE(trace.elements[2].decoded, 0.0F);
    QCOMPARE(traceOf("MXFP4", {1}).elements[0].offset, 0.0);
    QCOMPARE(toJson(trace)["elements"][2]["offset"].get<double>(), 4.0);
}

void TestBlockTrace::aRotatedBlockIsTracedInItsBasis()
{
    const BlockTrace trace = traceOf("MXFP4:transform.hadamard=4", {8, 0, 0, 1});
    QCOMPARE(trace.basis, std::string("Hadamard 4"));
    QCOMPARE(toJson(trace)["basis"].get<std::string>(), trace.basis);
    const std::vector<float> rotated{4.5F, 3.5F, 3.5F, 4.5F};
    for (std::size_t i = 0; i < rotated.size(); ++i)
        QCOMPARE(trace.elements[i].value, rotated[i]);
    QCOMPARE(traceOf("MXFP4", {8, 0, 0, 1}).basis, std::string("as stored"));
}

void TestBlockTrace::aBadBlockSaysSo()
{
    const BlockTrace trace = traceOf("NxFP4", {1.0F, std::numeric_limits<float>::quiet_NaN()});
    QVERIFY(trace.bad);
    QCOMPARE(trace.elements.size(), std::size_t{2});
    QCOMPARE(trace.elements[0].value, 1.0F);
    QVERIFY(std::isnan(trace.elements[0].decoded));
    QCOMPARE(trace.scales[0].code, 255U);
    QCOMPARE(trace.scaleText[0], std::string("NaN"));
    QVERIFY(std::isnan(trace.sqnrDecibel));
}

void TestBlockTrace::aShortBlockIsTracedAtItsPlace()
{
    const Tensor tensor = madeTensor({3, 45}, gaussian(135, 47));
    const BlockTrace trace = traceOf(tensor, findPreset("MXFP4")->spec, 3);
    QCOMPARE(trace.row, std::uint64_t{1});
    QCOMPARE(trace.column, std::uint64_t{32});
    QCOMPARE(trace.elements.size(), std::size_t{13});
    QCOMPARE(trace.elements[0].value, tensor.values[45 + 32]);
}

void TestBlockTrace::aBlockThatIsNotThereIsRefused()
{
    const Tensor tensor = madeTensor({3, 45}, gaussian(135, 47));
    const auto refusal = refusalOf([&] { return traceOf(tensor, findPreset("MXFP4")->spec, 6); });
    QCOMPARE(lineOf(refusal), QString("there is no block 6; blocks are 0 to 5"));
    QVERIFY(refusal->kind() == ErrorKind::Refused);
    const Tensor empty = madeTensor({0}, {});
    QCOMPARE(lineOf(refusalOf([&] { return traceOf(empty, findPreset("MXFP4")->spec); })),
        QString("there is no block 0; the tensor has no blocks"));
}

QTEST_APPLESS_MAIN(TestBlockTrace)
#include "tst_block_trace.moc"
