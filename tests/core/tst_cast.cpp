#include "fitting_shape.h"
#include "made_tensor.h"
#include "packed_of.h"
#include "refusal.h"

#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/format/preset.h"
#include "core/quant/cast.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>

using namespace nanoscope;

/// Quantized tensors (oracle: the layout of `/packed` done by hand, and the same data laid out differently).
class TestCast : public QObject {
    Q_OBJECT

private slots:
    void packedBitsAreScaleMetadataAndCodes_data();
    void packedBitsAreScaleMetadataAndCodes();
    void rowsArePaddedToBytesAndBlocksAreNot();
    void blocksThatTheCodecCannotMarkAreInABitmap();
    void otherCodecsMarkBadBlocksThemselves();
    void axisZeroIsTheTransposeOfTheLast_data();
    void axisZeroIsTheTransposeOfTheLast();
    void middleAxisIsCutLikeRows();
    void reshapeKeepsTheFilesOrder();
    void metadataIsPerRowAndUnit();
    void scalesOfBothSignsAreStoredPositiveFirst();
    void valuesBeyondFloat32BecomeItsMaximum();
    void threadsDoNotChangeAnything_data();
    void threadsDoNotChangeAnything();
    void emptyTensorsCastAndDecode_data();
    void emptyTensorsCastAndDecode();
    void damagedPackedBytesAreRefused();
    void wrongAxisAndShapeAreRefused();
};

namespace {

const float kNan = std::numeric_limits<float>::quiet_NaN();

FormatSpec specOf(const char* format)
{
    return parseFormat(format).spec;
}

CastTensor castOf(const Tensor& tensor, const FormatSpec& spec, unsigned threads = 0)
{
    CastOptions options;
    options.threads = threads;
    return castTensor(tensor, viewOf(tensor, spec), spec, options);
}

/// Equal to the last bit; any NaN equals any other.
bool same(const std::vector<float>& a, const std::vector<float>& b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!(std::isnan(a[i]) && std::isnan(b[i]))
            && std::bit_cast<std::uint32_t>(a[i]) != std::bit_cast<std::uint32_t>(b[i]))
            return false;
    return true;
}

/// Bytes from fields of (value, bits), least significant bit first.
QByteArray bytesOf(const std::vector<std::pair<unsigned, int>>& fields)
{
    QString bits;  // the first bit first
    for (const auto& [value, width] : fields)
        for (int i = 0; i < width; ++i)
            bits += (value >> i & 1U) != 0 ? '1' : '0';
    while (bits.size() % 8 != 0)
        bits += '0';
    QByteArray bytes;
    for (qsizetype i = 0; i < bits.size(); i += 8) {
        unsigned byte = 0;
        for (int bit = 0; bit < 8; ++bit)
            byte |= (bits[i + bit] == '1' ? 1U : 0U) << bit;
        bytes.append(static_cast<char>(byte));
    }
    return bytes;
}

QByteArray bytesOf(const std::vector<std::uint8_t>& bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

}  // namespace

void TestCast::packedBitsAreScaleMetadataAndCodes_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<std::vector<float>>("values");
    QTest::addColumn<QByteArray>("packed");
    using Fields = std::vector<std::pair<unsigned, int>>;
    const auto row = [](const char* name, const char* format, std::vector<float> values, const Fields& fields) {
        QTest::newRow(name) << QString(format) << std::move(values) << bytesOf(fields);
    };
    // 4 and -6 take scale 1: E8M0 code 127.
    row("MXFP4", "MXFP4", {4, -6, 0.5F}, {{127, 8}, {6, 4}, {15, 4}, {1, 4}});
    row("zero of either sign is code 0", "MXFP4", {4, -0.0F, 0}, {{127, 8}, {6, 4}, {0, 4}, {0, 4}});
    row("an all-zero block", "MXFP4", {0, -0.0F}, {{0, 8}, {0, 4}, {0, 4}});
    row("NaN", "MXFP4", {1, kNan}, {{255, 8}, {0, 4}, {0, 4}});
    row("scale of five bits", "MXFP4:scale.codec=E5M0", {4, -6, 0.5F}, {{15, 5}, {6, 4}, {15, 4}, {1, 4}});
    // Worked block A: NanoMantissa 1, codebook 0; 0.3 takes the code of minus zero.
    row("NxFP4", "NxFP4", {0.3F, -1.1F, 2.2F, -3.6F, 5.1F, 7.3F, -0.05F, 0.8F},
        {{127, 8}, {1, 2}, {0, 1}, {8, 4}, {10, 4}, {4, 4}, {13, 4}, {6, 4}, {7, 4}, {0, 4}, {1, 4}});
    row("metadata of subgroups in order", "SMX4:geometry.block=4", {1.5F, 1, 0.25F, -0.5F},
        {{127, 8}, {0, 1}, {1, 1}, {3, 3}, {2, 3}, {1, 3}, {6, 3}});
    row("two's complement", "MXINT8_asym", {-1.984375F, 1}, {{127, 8}, {0x81, 8}, {64, 8}});
    row("MX+ keeps the sign and gives the rest to the mantissa", "MXFP4+", {1, -7.5F},
        {{127, 8}, {1, 5}, {0, 3}, {2, 4}, {15, 4}});
    row("MX+ marks an all-zero block", "MXFP4+", {0, 0}, {{0, 8}, {0, 5}, {7, 3}, {0, 4}, {0, 4}});
    // Tensor and block maximum 6: block scale 448 = 0x7E; integers win, so the selector sets the scale's sign.
    row("the selector rides in the scale's sign", "IF4", {6, 5.142857F}, {{0x7E | 0x80, 8}, {7, 4}, {6, 4}});
    row("a scale per sign, positive first", "AMXFP4_pot", {4, -1}, {{127, 8}, {125, 8}, {6, 4}, {14, 4}});
    // A dyadic 1 is 2^30 2^-30: 31 bits of it, then the exponent 1 above 160.
    row("dyadic scale", "HAWQ_INT4", {7, -7}, {{1U << 30U, 31}, {161, 8}, {7, 4}, {15, 4}});
    row("scale in steps of the tensor scale", R"(MXFP4:scale.codec=UINT8,tensor_scale={"target":1530})", {6, -3},
        {{255, 8}, {7, 4}, {13, 4}});
    row("scale as a shift of the tensor scale", "ShiftQuant:geometry.axis=-1,geometry.block=2", {7, 7, 1, -0.5F},
        {{3, 2}, {7, 4}, {7, 4}, {1, 2}, {4, 4}, {10, 4}});
    row("no scale", "Fixed_4_2", {1.75F, -2}, {{7, 4}, {8, 4}});
    // E3M2 under scale 1: 28 is code 31, -1 is 32 + 12; first the bits above the lowest four.
    row("4 + 2", "ZeroQuant42_FP6", {28, -1}, {{0x3C00, 16}, {1, 2}, {2, 2}, {15, 4}, {12, 4}});
    row("bit planes", "FlexQ_INT6", {31, -1},
        {{0x3C00, 16}, {1, 1}, {1, 1}, {1, 1}, {0, 1}, {1, 1}, {0, 1}, {1, 1}, {0, 1}, {1, 1}, {0, 1}, {0, 1}, {1, 1}});
    row("zero point", "INT4_g128_asym", {-4, 11}, {{0x3C00, 16}, {4, 4}, {8, 4}, {7, 4}});
    row("minimum", "INT4_g128_minimum", {-4, 11}, {{0x3C00, 16}, {0xC400, 16}, {8, 4}, {7, 4}});
    row("two of four", "INT4_2of4", {1, -7, 0.1F, 3}, {{0x3C00, 16}, {1, 2}, {3, 2}, {15, 4}, {3, 4}});
    // OPAL: 100 is set aside as BF16, the next largest makes the scale.
    row("largest of a block", "MX_OPAL:geometry.block=4,special.count=1", {100, 4, -7, 1},
        {{127, 8}, {0, 2}, {0x42C8, 16}, {4, 4}, {15, 4}, {1, 4}});
    row("columns", "INT4_g128:geometry.block=4,special.kind=columns,special.threshold=50", {100, 7, -1, 0},
        {{0x3C00, 16}, {1, 3}, {0, 2}, {0x5640, 16}, {0, 4}, {7, 4}, {9, 4}, {0, 4}});
}

void TestCast::packedBitsAreScaleMetadataAndCodes()
{
    QFETCH(QString, format);
    QFETCH(std::vector<float>, values);
    QFETCH(QByteArray, packed);
    const CastTensor cast = castOf(madeRow(values), specOf(format.toUtf8().constData()));
    QCOMPARE(bytesOf(cast.packed).toHex(' '), packed.toHex(' '));
    QVERIFY(same(decodePacked(packedOf(cast)), cast.dequantized));
}

void TestCast::rowsArePaddedToBytesAndBlocksAreNot()
{
    // Two rows of two blocks of two E2M0 codes (0, 1, 2, 4): 2 * (8 + 2 * 3) = 28 bits a row, four bytes with the
    // padding.
    const CastTensor cast
        = castOf(madeTensor({2, 4}, {4, 1, 4, 2, 8, 2, 8, 4}), specOf("MXFP4:geometry.block=2,elements.0.m=0"));
    QCOMPARE(bytesOf(cast.packed).toHex(' '),
        bytesOf({{127, 8}, {3, 3}, {1, 3}, {127, 8}, {3, 3}, {2, 3}, {0, 4}, {128, 8}, {3, 3}, {1, 3}, {128, 8}, {3, 3},
                    {2, 3}, {0, 4}})
            .toHex(' '));
    QCOMPARE(cast.blocksPerRow, std::uint64_t{2});
}

void TestCast::blocksThatTheCodecCannotMarkAreInABitmap()
{
    const FormatSpec spec = specOf("NxFP4_E5:geometry.block=4");
    const CastTensor cast = castOf(madeTensor({2, 6}, {1, 2, 3, 4, 5, 6, 1, kNan, 3, 4, 5, 6}), spec);
    QCOMPARE(cast.badBlocks, (std::vector<std::uint8_t>{0, 0, 1, 0}));
    QVERIFY(std::isnan(cast.dequantized[6]) && std::isnan(cast.dequantized[9]));
    QVERIFY(!std::isnan(cast.dequantized[5]) && !std::isnan(cast.dequantized[10]));
    QVERIFY(same(decodePacked(packedOf(cast)), cast.dequantized));
    QVERIFY(castOf(madeRow({1, 2, 3, 4}), spec).badBlocks.empty());
    QCOMPARE(cast.packed.size(), castOf(madeTensor({2, 6}, std::vector<float>(12, 1.0F)), spec).packed.size());
    for (const char* format : {"HAWQ_INT4:geometry.block=2", "NF4_double:geometry.block=2",
             "ShiftQuant:geometry.axis=-1,geometry.block=2", "BF16:geometry.block=2"}) {
        const CastTensor other = castOf(madeRow({1, 2, kNan, 1}), specOf(format));
        QVERIFY2(other.badBlocks == (std::vector<std::uint8_t>{0, 1}), format);
        QVERIFY2(same(decodePacked(packedOf(other)), other.dequantized), format);
        QVERIFY2(std::isfinite(other.dequantized[1]) && std::isnan(other.dequantized[3]), format);
    }
}

void TestCast::otherCodecsMarkBadBlocksThemselves()
{
    for (const char* codec :
        {"E8M0", "E8M1", "E8M2", "E8M3", "E4M3", "UE5M3", "E5M2", "E3M3", "FP16", "BF16", "FP32"}) {
        const FormatSpec spec = specOf(qPrintable(QString("MXFP4:geometry.block=2,scale.codec=%1").arg(codec)));
        const CastTensor cast = castOf(madeRow({1, 2, kNan, 1, std::numeric_limits<float>::infinity(), 0}), spec);
        QVERIFY2(cast.badBlocks.empty(), codec);
        for (const std::size_t i : {2U, 3U, 4U, 5U})
            QVERIFY2(std::isnan(cast.dequantized[i]), codec);
        QVERIFY2(same(decodePacked(packedOf(cast)), cast.dequantized), codec);
    }
}

void TestCast::axisZeroIsTheTransposeOfTheLast_data()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestCast::axisZeroIsTheTransposeOfTheLast()
{
    QFETCH(QString, preset);
    FormatSpec spec = findPreset(preset.toStdString())->spec;
    const Shape shape = fittingShape(spec, {7, 45});
    const std::size_t rows = shape[0];
    const std::size_t columns = shape[1];
    const std::vector<float> values = gaussian(rows * columns, 23);
    std::vector<float> transposed(values.size());
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            transposed[column * rows + row] = values[row * columns + column];
    spec.geometry.axis = -1;
    const CastTensor last = castOf(madeTensor({rows, columns}, values), spec);
    spec.geometry.axis = 0;
    const CastTensor first = castOf(madeTensor({columns, rows}, transposed), spec);
    QCOMPARE(first.rows, last.rows);
    QCOMPARE(first.packed, last.packed);
    QCOMPARE(first.scales, last.scales);
    QCOMPARE(first.meta, last.meta);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column) {
            QCOMPARE(first.dequantized[column * rows + row], last.dequantized[row * columns + column]);
            QCOMPARE(first.codes[column * rows + row], last.codes[row * columns + column]);
        }
    QVERIFY(same(decodePacked(packedOf(first)), first.dequantized));
}

void TestCast::middleAxisIsCutLikeRows()
{
    // Shape 2 x 3 x 2 along axis 1: rows (0,:,0), (0,:,1), (1,:,0), (1,:,1).
    FormatSpec spec = specOf("MXFP4");
    spec.geometry.axis = 1;
    const CastTensor cast = castOf(madeTensor({2, 3, 2}, {1, 4, 1, 4, 1, 4, 16, 64, 16, 64, 16, 64}), spec);
    QCOMPARE(cast.rows, std::uint64_t{4});
    QCOMPARE(cast.rowLength, std::uint64_t{3});
    QCOMPARE(cast.scales, (std::vector<std::uint64_t>{125, 127, 129, 131}));
    QVERIFY(same(decodePacked(packedOf(cast)), cast.dequantized));
}

void TestCast::reshapeKeepsTheFilesOrder()
{
    const FormatSpec spec = specOf("NxFP4");
    const std::vector<float> values = gaussian(4 * 3 * 3 * 3, 29);
    const Tensor convolution = madeTensor({4, 3, 3, 3}, values);
    const CastTensor reshaped
        = castTensor(convolution, BlockView(convolution, -1, spec.geometry.block, Shape{4, 27}), spec);
    const CastTensor matrix = castOf(madeTensor({4, 27}, values), spec);
    QCOMPARE(reshaped.shape, (Shape{4, 3, 3, 3}));
    QVERIFY(reshaped.reshape == std::optional<Shape>(Shape{4, 27}));
    QVERIFY(!matrix.reshape);
    QCOMPARE(reshaped.packed, matrix.packed);
    QVERIFY(same(reshaped.dequantized, matrix.dequantized));
    QVERIFY(same(decodePacked(packedOf(reshaped)), matrix.dequantized));
}

void TestCast::metadataIsPerRowAndUnit()
{
    const CastTensor cast = castOf(madeTensor({3, 41}, gaussian(3 * 41, 31)), specOf("M2XFP_weight"));
    QCOMPARE(cast.blocksPerRow, std::uint64_t{2});
    QCOMPARE(cast.meta.size(), std::size_t{1});
    QCOMPARE(cast.meta[0].size(), std::size_t{3 * 6});  // 4 subgroups, then 8 and 1 elements of the short block
    QCOMPARE(castOf(madeTensor({3, 41}, gaussian(3 * 41, 31)), specOf("NxFP4")).meta[1].size(), std::size_t{3 * 2});
}

void TestCast::scalesOfBothSignsAreStoredPositiveFirst()
{
    const CastTensor cast = castOf(madeRow({4, -1, 0, 2}), specOf("AMXFP4_pot:geometry.block=2"));
    QCOMPARE(cast.scales, (std::vector<std::uint64_t>{127, 125, 126, 0}));
}

void TestCast::valuesBeyondFloat32BecomeItsMaximum()
{
    constexpr float kLargest = std::numeric_limits<float>::max();
    const CastTensor cast = castOf(madeRow({kLargest, -kLargest, 1}), specOf("MXFP4_rceil"));
    QCOMPARE(cast.dequantized[0], kLargest);
    QCOMPARE(cast.dequantized[1], -kLargest);
    QCOMPARE(cast.saturated, std::uint64_t{2});
    QVERIFY(same(decodePacked(packedOf(cast)), cast.dequantized));
    // Scales at the end of float32: a tensor scale and its product with a block scale stay finite.
    for (const char* format :
        {"NVFP4:tensor_scale.target=0.25", "NVFP4_modelopt:scale.codec=FP16,scale.min=1000,scale.max=null"}) {
        const CastTensor scaled = castOf(madeRow({kLargest, 1, 0}), specOf(format));
        for (const float value : scaled.dequantized)
            QVERIFY2(std::isfinite(value), format);
        QVERIFY2(same(decodePacked(packedOf(scaled)), scaled.dequantized), format);
    }
}

void TestCast::threadsDoNotChangeAnything_data()
{
    QTest::addColumn<QString>("preset");
    // Searches per block and per tensor, random rounding, transforms, and blocks of any length.
    for (const char* preset : {"NVFP4_4over6", "INT8_tensor_SR", "QFX_8", "INT4_g128_hadamard", "BFP4_g64_sorted",
             "NVFP4_train_2D", "SqueezeLLM_3_sparse", "LLM_int8_relative", "MicroScopiQ", "MicroMix", "ARCQuant"})
        QTest::newRow(preset) << QString(preset);
}

void TestCast::threadsDoNotChangeAnything()
{
    QFETCH(QString, preset);
    const Tensor tensor = madeTensor({513, 400}, gaussian(513 * 400, 37));
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const CastTensor alone = castOf(tensor, spec, 1);
    const CastTensor together = castOf(tensor, spec, 2);
    QVERIFY(together.packed == alone.packed);
    QVERIFY(together.codes == alone.codes);
    QVERIFY(together.meta == alone.meta);
    QCOMPARE(together.tensorScale, alone.tensorScale);
    QVERIFY(same(together.dequantized, alone.dequantized));
    QVERIFY(same(decodePacked(packedOf(alone), 2), decodePacked(packedOf(alone), 1)));
    QVERIFY(same(decodePacked(packedOf(alone)), alone.dequantized));
}

void TestCast::emptyTensorsCastAndDecode_data()
{
    QTest::addColumn<Shape>("shape");
    QTest::newRow("no elements") << Shape{0};
    QTest::newRow("no rows") << Shape{0, 256};
    QTest::newRow("rows of nothing") << Shape{4, 0};
}

void TestCast::emptyTensorsCastAndDecode()
{
    QFETCH(Shape, shape);
    for (const Preset& preset : loadPresets()) {
        if (preset.spec.encoder.id == EncoderId::Phase && shape.size() == 1)  // one row; phase codes need two
            continue;
        const CastTensor cast = castOf(madeTensor(shape, {}), preset.spec);
        QVERIFY2(cast.dequantized.empty() && cast.packed.empty(), preset.name.c_str());
        QVERIFY2(decodePacked(packedOf(cast)).empty(), preset.name.c_str());
    }
}

void TestCast::damagedPackedBytesAreRefused()
{
    PackedTensor packed = packedOf(castOf(madeRow(gaussian(64, 41)), specOf("NxFP4_E5")));
    packed.packed.pop_back();
    const QString line = lineOf(refusalOf([&] { return decodePacked(packed); }));
    QVERIFY2(line.startsWith("cast.h5: /packed holds 33 bytes where shape and format need 34"), qPrintable(line));
    packed.packed.push_back(0);
    packed.badBlocks = {1};
    QVERIFY(lineOf(refusalOf([&] { return decodePacked(packed); })).contains("/bad_blocks"));
    packed.badBlocks.clear();
    packed.axis = 3;
    QVERIFY(lineOf(refusalOf([&] { return decodePacked(packed); })).contains("axis 3"));
}

void TestCast::wrongAxisAndShapeAreRefused()
{
    const Tensor tensor = madeTensor({2, 3}, std::vector<float>(6, 1.0F));
    const auto axis = refusalOf([&] { return BlockView(tensor, 2, 32).rows(); });
    QCOMPARE(lineOf(axis), QString("made.h5: made: axis 2 does not exist in shape 2 × 3; use -2 to 1"));
    QVERIFY(axis->kind() == ErrorKind::Refused);
    const auto shape = refusalOf([&] { return BlockView(tensor, -1, 32, Shape{2, 4}).rows(); });
    QCOMPARE(
        lineOf(shape), QString("made.h5: made: shape 2 × 4 does not hold 6 elements; give a shape whose product is 6"));
}

QTEST_APPLESS_MAIN(TestCast)
#include "tst_cast.moc"
