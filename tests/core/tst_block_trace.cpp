#include "made_tensor.h"
#include "refusal.h"

#include "core/analysis/block_trace.h"
#include "core/error.h"
#include "core/format/preset.h"
#include "core/quant/cast.h"
#include "core/quant/tensor_maximum.h"

#include <QTest>

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
    void aBadBlockSaysSo();
    void aShortBlockIsTracedAtItsPlace();
    void aBlockThatIsNotThereIsRefused();
};

namespace {

BlockTrace traceOf(const Tensor& tensor, const FormatSpec& spec, std::uint64_t block = 0)
{
    const BlockView view = viewOf(tensor, spec);
    return traceBlock(view, spec, tensorScaleFor(spec, tensorMaximum(view)), block);
}

BlockTrace traceOf(const char* format, std::vector<float> values)
{
    return traceOf(madeRow(std::move(values)), parseFormat(format).spec);
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
    const Tensor tensor = madeTensor({2, 70}, gaussian(140, 43));
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    const BlockView view = viewOf(tensor, spec);
    for (std::uint64_t block = 0; block < view.blocks(); ++block) {
        const BlockTrace trace = traceOf(tensor, spec, block);
        QCOMPARE(trace.elements.size(), view.values(block).size());
        double squaredError = 0.0;
        for (const ElementTrace& element : trace.elements) {
            const std::uint64_t at = trace.row * view.rowLength() + trace.column + element.index;
            QCOMPARE(element.value, (*tensor.values)[at]);
            QCOMPARE(element.decoded, cast.dequantized[at]);
            QCOMPARE(element.code, static_cast<std::uint32_t>(cast.codes[at]));
            QCOMPARE(element.error, static_cast<double>(element.decoded) - static_cast<double>(element.value));
            QCOMPARE(std::stoul(element.bits, nullptr, 2), static_cast<unsigned long>(element.code));
            QCOMPARE(element.bits.size(), static_cast<std::size_t>(spec.codeBits()));
            // level and scale give the value, value and scale give the place between the neighbouring levels
            QVERIFY(std::fabs(element.refinedLevel * element.scale - static_cast<double>(element.decoded))
                <= 1e-7 * std::fabs(static_cast<double>(element.decoded)));
            QVERIFY(std::fabs(element.scaled * element.scale - static_cast<double>(element.value))
                <= 1e-6 * std::fabs(static_cast<double>(element.value)));
            QVERIFY(element.lowerBound <= element.scaled && element.scaled <= element.upperBound);
            QVERIFY(element.lowerBound <= element.level && element.level <= element.upperBound);
            QVERIFY(element.exception || element.refinedLevel == element.level);
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
    QCOMPARE(trace.elements[0].value, (*tensor.values)[45 + 32]);
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
