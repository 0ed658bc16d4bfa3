#include "made_tensor.h"
#include "packed_of.h"

#include "core/format/preset.h"
#include "core/quant/cast.h"
#include "core/quant/prepared_tensor.h"
#include "core/quant/transform.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

using namespace nanoscope;

/// Transforms before quantization, and 2-D tiles (oracles: the Hadamard matrix written out, and the same formats on
/// tensors that were rearranged by hand).
class TestTransform : public QObject {
    Q_OBJECT

private slots:
    void hadamardOfFourIsTheWorkedExample();
    void rotationIsTheHadamardMatrix_data();
    void rotationIsTheHadamardMatrix();
    void rotationIsItsOwnInverseAndKeepsTheEnergy_data();
    void rotationIsItsOwnInverseAndKeepsTheEnergy();
    void columnsBehindTheLastWholeGroupStay();
    void signsArePerColumnAndFollowTheSeed();
    void columnsAreSortedByNormAndBack();
    void equalColumnsKeepTheirOrder();
    void aNanSpreadsInItsGroupOnly();
    void castQuantizesTheRotatedTensor_data();
    void castQuantizesTheRotatedTensor();
    void castOfSortedColumnsIsInTheFilesOrder();
    void aTileIsOneBlock_data();
    void aTileIsOneBlock();
    void squareTilesQuantizeTheTransposeTheSame();
    void aTileOfOneRowIsABlock();
};

namespace {

std::vector<float> rotated(const std::vector<float>& values, MatrixShape shape, const TransformSpec& transform,
    const std::vector<std::uint32_t>& order = {})
{
    return transformed(values, shape, transform, order, {});
}

std::vector<float> back(const std::vector<float>& values, MatrixShape shape, const TransformSpec& transform,
    const std::vector<std::uint32_t>& order = {})
{
    return restored(values, shape, transform, order, {});
}

double energy(const std::vector<float>& values)
{
    double sum = 0.0;
    for (const float value : values)
        sum += static_cast<double>(value) * static_cast<double>(value);
    return sum;
}

CastTensor castOf(const Tensor& tensor, const FormatSpec& spec)
{
    return castTensor(tensor, viewOf(tensor, spec), spec);
}

FormatSpec specOf(const char* format)
{
    return parseFormat(format).spec;
}

constexpr std::size_t kRows = 40;
constexpr std::size_t kColumns = 50;

std::vector<float> transposeOf(const std::vector<float>& values)
{
    std::vector<float> transposed(values.size());
    for (std::size_t row = 0; row < kRows; ++row)
        for (std::size_t column = 0; column < kColumns; ++column)
            transposed[column * kRows + row] = values[row * kColumns + column];
    return transposed;
}

}  // namespace

void TestTransform::hadamardOfFourIsTheWorkedExample()
{
    // Catalogue 11.
    const TransformSpec transform{4, std::nullopt, false};
    QCOMPARE(rotated({8, 0, 0, 1}, {1, 4}, transform), (std::vector<float>{4.5F, 3.5F, 3.5F, 4.5F}));
    QCOMPARE(back({4.5F, 3.5F, 3.5F, 4.5F}, {1, 4}, transform), (std::vector<float>{8, 0, 0, 1}));
}

void TestTransform::rotationIsTheHadamardMatrix_data()
{
    QTest::addColumn<int>("n");
    for (const int n : {2, 4, 8, 16, 64, 128})
        QTest::addRow("%d", n) << n;
}

void TestTransform::rotationIsTheHadamardMatrix()
{
    // Sylvester's matrix: entry (i, j) is -1 where i and j have an odd number of bits in common.
    QFETCH(int, n);
    const auto count = static_cast<std::size_t>(n);
    const std::vector<float> values = gaussian(2 * count, 3);
    const std::vector<float> actual = rotated(values, {1, 2 * count}, {n, std::nullopt, false});
    for (std::size_t group = 0; group < 2; ++group)
        for (std::size_t i = 0; i < count; ++i) {
            double sum = 0.0;
            for (std::size_t j = 0; j < count; ++j)
                sum += (std::popcount(i & j) % 2 == 0 ? 1.0 : -1.0) * static_cast<double>(values[group * count + j]);
            const double expected = sum / std::sqrt(static_cast<double>(n));
            QVERIFY(std::fabs(static_cast<double>(actual[group * count + i]) - expected) < 1e-6);
        }
}

void TestTransform::rotationIsItsOwnInverseAndKeepsTheEnergy_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<bool>("signs");
    QTest::addColumn<bool>("sort");
    for (const int n : {0, 2, 16, 128, 1024})
        for (const bool signs : {false, true})
            for (const bool sort : {false, true})
                QTest::addRow("%d%s%s", n, signs ? ", signs" : "", sort ? ", sorted" : "") << n << signs << sort;
}

void TestTransform::rotationIsItsOwnInverseAndKeepsTheEnergy()
{
    QFETCH(int, n);
    QFETCH(bool, signs);
    QFETCH(bool, sort);
    const TransformSpec transform{n, signs ? std::optional<std::uint32_t>(7) : std::nullopt, sort};
    const MatrixShape shape{5, 1100};
    const std::vector<float> values = gaussian(shape.rows * shape.columns, 5);
    const std::vector<std::uint32_t> order = sort ? columnsByNorm(values, shape) : std::vector<std::uint32_t>{};
    const std::vector<float> there = rotated(values, shape, transform, order);
    QVERIFY(std::fabs(energy(there) - energy(values)) < 1e-6 * energy(values));
    const std::vector<float> again = back(there, shape, transform, order);
    for (std::size_t i = 0; i < values.size(); ++i)
        QVERIFY(std::fabs(again[i] - values[i]) <= (n > 0 ? 3e-6F : 0.0F));
}

void TestTransform::columnsBehindTheLastWholeGroupStay()
{
    const std::vector<float> values = gaussian(2 * 10, 9);
    const std::vector<float> there = rotated(values, {2, 10}, {4, std::nullopt, false});
    for (std::size_t row = 0; row < 2; ++row) {
        for (std::size_t column = 8; column < 10; ++column)
            QCOMPARE(there[row * 10 + column], values[row * 10 + column]);
        QVERIFY(there[row * 10] != values[row * 10]);
    }
    QCOMPARE(rotated({1, 2, 3}, {1, 3}, {4, std::nullopt, false}), (std::vector<float>{1, 2, 3}));
}

void TestTransform::signsArePerColumnAndFollowTheSeed()
{
    const MatrixShape shape{3, 256};
    const std::vector<float> ones(shape.rows * shape.columns, 1.0F);
    const std::vector<float> signs = rotated(ones, shape, {0, 1, false});
    double sum = 0.0;
    for (std::size_t column = 0; column < shape.columns; ++column) {
        QCOMPARE(std::fabs(signs[column]), 1.0F);
        QCOMPARE(signs[shape.columns + column], signs[column]);
        sum += static_cast<double>(signs[column]);
    }
    QVERIFY(std::fabs(sum) < 5 * std::sqrt(256.0));  // both signs occur, about as often
    QVERIFY(rotated(ones, shape, {0, 1, false}) == signs);
    QVERIFY(rotated(ones, shape, {0, 2, false}) != signs);
}

void TestTransform::columnsAreSortedByNormAndBack()
{
    // Norms 5, 1, 13: columns 2, 0, 1.
    const std::vector<float> values{3, 1, -5, 4, 0, 12};
    const std::vector<std::uint32_t> order = columnsByNorm(values, {2, 3});
    QCOMPARE(order, (std::vector<std::uint32_t>{2, 0, 1}));
    const TransformSpec transform{0, std::nullopt, true};
    const std::vector<float> sorted = rotated(values, {2, 3}, transform, order);
    QCOMPARE(sorted, (std::vector<float>{-5, 3, 1, 12, 4, 0}));
    QCOMPARE(back(sorted, {2, 3}, transform, order), values);
}

void TestTransform::equalColumnsKeepTheirOrder()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    QCOMPARE(columnsByNorm(std::vector<float>{1, -1, 2, 1, 0}, {1, 5}), (std::vector<std::uint32_t>{2, 0, 1, 3, 4}));
    QCOMPARE(columnsByNorm(std::vector<float>{nan, 1, 2, 3}, {2, 2}), (std::vector<std::uint32_t>{1, 0}));
}

void TestTransform::aNanSpreadsInItsGroupOnly()
{
    std::vector<float> values(16, 1.0F);
    values[5] = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> there = rotated(values, {1, 16}, {8, std::nullopt, false});
    for (std::size_t i = 0; i < 16; ++i)
        QCOMPARE(std::isnan(there[i]), i < 8);
}

void TestTransform::castQuantizesTheRotatedTensor_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("plain");
    const auto row
        = [](const char* format, const char* plain) { QTest::newRow(format) << QString(format) << QString(plain); };
    row("INT4_g16_hadamard", "INT4_g16");
    row("FP4_g128_hadamard", "FP4_g128");
    row("MR_GPTQ_NVFP4", "NVFP4");
    row("MR_GPTQ_MXFP4", "MXFP4");
    row("BFP4_g64_sorted", "BFP4_g64");
    row("NxFP4:transform.hadamard=8,transform.signs=3,transform.sort=true", "NxFP4");
}

void TestTransform::castQuantizesTheRotatedTensor()
{
    QFETCH(QString, format);
    QFETCH(QString, plain);
    const MatrixShape shape{6, 300};
    const std::vector<float> values = gaussian(shape.rows * shape.columns, 13);
    const FormatSpec spec = parseFormat(format.toStdString()).spec;
    const CastTensor cast = castOf(madeTensor({shape.rows, shape.columns}, values), spec);
    const std::vector<std::uint32_t> order
        = spec.transform->sortColumns ? columnsByNorm(values, shape) : std::vector<std::uint32_t>{};
    QCOMPARE(cast.columnOrder, order);
    const Tensor basis = madeTensor({shape.rows, shape.columns}, rotated(values, shape, *spec.transform, order));
    const CastTensor inBasis = castOf(basis, parseFormat(plain.toStdString()).spec);
    QCOMPARE(cast.packed, inBasis.packed);
    QCOMPARE(cast.scales, inBasis.scales);
    QCOMPARE(cast.meta, inBasis.meta);
    QCOMPARE(cast.dequantized, back(inBasis.dequantized, shape, *spec.transform, order));
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestTransform::castOfSortedColumnsIsInTheFilesOrder()
{
    // The large columns share a block, so that the small ones are not lost beside them.
    const FormatSpec spec = specOf("BFP4:geometry.block=2,transform.sort=true");
    const CastTensor cast = castOf(madeTensor({2, 4}, {64, 1, 48, 0.5F, -32, -1, 48, 0.5F}), spec);
    QCOMPARE(cast.columnOrder, (std::vector<std::uint32_t>{0, 2, 1, 3}));
    QCOMPARE(cast.dequantized, (std::vector<float>{64, 1, 48, 0.5F, -32, -1, 48, 0.5F}));
    // In the file's order: 4 and 3 in steps of 16, 4 and 2 in steps of 1/4.
    QCOMPARE(cast.codes, (std::vector<std::uint32_t>{4, 4, 3, 2, 12, 12, 6, 2}));
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestTransform::aTileIsOneBlock_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::newRow("16 x 16") << "MXFP4:geometry.block=256,geometry.tile=16" << 16 << 16;
    QTest::newRow("4 x 8") << "NxFP4:geometry.tile=4" << 4 << 8;
    QTest::newRow("32 x 1") << "MXINT8:geometry.tile=32" << 32 << 1;
}

void TestTransform::aTileIsOneBlock()
{
    QFETCH(QString, format);
    QFETCH(int, height);
    QFETCH(int, width);
    const std::vector<float> values = gaussian(kRows * kColumns, 17);
    const FormatSpec spec = parseFormat(format.toStdString()).spec;
    const CastTensor cast = castOf(madeTensor({kRows, kColumns}, values), spec);
    FormatSpec plain = spec;
    plain.geometry.tileRows = 1;
    const auto down = static_cast<std::size_t>(height);
    const auto across = static_cast<std::size_t>(width);
    std::size_t block = 0;
    for (std::size_t top = 0; top < kRows; top += down)
        for (std::size_t left = 0; left < kColumns; left += across, ++block) {
            std::vector<float> tile;  // row by row; the last ones are lower and narrower
            std::vector<std::size_t> places;
            for (std::size_t row = top; row < std::min(kRows, top + down); ++row)
                for (std::size_t column = left; column < std::min(kColumns, left + across); ++column) {
                    tile.push_back(values[row * kColumns + column]);
                    places.push_back(row * kColumns + column);
                }
            const CastTensor alone = castOf(madeRow(tile), plain);
            QCOMPARE(alone.scales.size(), std::size_t{1});
            QCOMPARE(cast.scales[block], alone.scales[0]);
            for (std::size_t i = 0; i < places.size(); ++i) {
                QCOMPARE(cast.dequantized[places[i]], alone.dequantized[i]);
                QCOMPARE(cast.codes[places[i]], alone.codes[i]);
            }
        }
    QCOMPARE(cast.scales.size(), block);
    QCOMPARE(cast.rows, std::uint64_t{(kRows + down - 1) / down});
    QCOMPARE(cast.blocksPerRow, std::uint64_t{(kColumns + across - 1) / across});
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestTransform::squareTilesQuantizeTheTransposeTheSame()
{
    const std::vector<float> values = gaussian(kRows * kColumns, 19);
    const FormatSpec spec = findPreset("NVFP4_train_2D")->spec;
    const CastTensor cast = castOf(madeTensor({kRows, kColumns}, values), spec);
    const CastTensor other = castOf(madeTensor({kColumns, kRows}, transposeOf(values)), spec);
    QCOMPARE(transposeOf(cast.dequantized), other.dequantized);
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
    // 3 x 4 tiles: four bits an element, eight a tile, strips padded to a byte, and the tensor scale.
    QCOMPARE(cast.scales.size(), std::size_t{12});
    QCOMPARE(cast.packed.size(), std::size_t{kRows * kColumns / 2 + 12});
}

void TestTransform::aTileOfOneRowIsABlock()
{
    const Tensor tensor = madeTensor({kRows, kColumns}, gaussian(kRows * kColumns, 23));
    const CastTensor tiles = castOf(tensor, specOf("MXFP4:geometry.tile=1"));
    QCOMPARE(tiles.packed, castOf(tensor, specOf("MXFP4")).packed);
}

QTEST_APPLESS_MAIN(TestTransform)
#include "tst_transform.moc"
