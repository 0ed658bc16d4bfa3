#include "core/analysis/analyze.h"
#include "core/analysis/block_difference.h"
#include "core/format/format_by_name.h"
#include "core/quant/dequantize.h"
#include "made_tensor.h"
#include "refusal.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace nanoscope;

namespace {

Tensor randomRows(std::uint64_t rows, std::uint64_t columns)
{
    return madeTensor({rows, columns}, gaussian(rows * columns, 5));
}

Report reportOf(const Tensor& tensor, const NamedFormat& format)
{
    return analyze(tensor, BlockView(tensor, format.spec.geometry.axis, 1), format);
}

}  // namespace

/// The signed difference of two reports, cell by cell, against sums over the elements.
class TestBlockDifference : public QObject {
    Q_OBJECT

private slots:
    void cellsAgreeWithTheElements_data();
    void cellsAgreeWithTheElements();
    void aNaNLeavesItsCellOut();
    void exactCellsAreInfinite();
    void otherAxesAreRefused();
};

void TestBlockDifference::cellsAgreeWithTheElements_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<quint64>("columns");
    QTest::addColumn<quint64>("cell");
    QTest::newRow("same blocks") << "MXFP4"
                                 << "NxFP4" << quint64(96) << quint64(32);
    QTest::newRow("16 within 32") << "NVFP4"
                                  << "MXFP4" << quint64(96) << quint64(32);
    QTest::newRow("24 and 32") << "MXFP4:geometry.block=24"
                               << "MXFP4" << quint64(200) << quint64(96);
    QTest::newRow("longer than a row") << "MXFP4:geometry.block=7"
                                       << "MXFP4:geometry.block=11" << quint64(50) << quint64(50);
    QTest::newRow("short last cell") << "MXFP4"
                                     << "MXINT8" << quint64(75) << quint64(32);
}

void TestBlockDifference::cellsAgreeWithTheElements()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(quint64, columns);
    QFETCH(quint64, cell);
    constexpr std::uint64_t kRows = 5;
    const Tensor tensor = randomRows(kRows, columns);
    const NamedFormat formats[]{parseFormat(first.toStdString()), parseFormat(second.toStdString())};
    const BlockDifference difference = blockDifference(reportOf(tensor, formats[0]), reportOf(tensor, formats[1]));
    QCOMPARE(difference.rows, kRows);
    QCOMPARE(difference.cellLength, cell);
    QCOMPARE(difference.cellsPerRow, (columns + cell - 1) / cell);
    QCOMPARE(difference.decibel.size(), std::size_t(kRows * difference.cellsPerRow));

    std::uint64_t firstBetter = 0;
    std::uint64_t secondBetter = 0;
    const std::vector<float> original = gaussian(kRows * columns, 5);
    const std::vector<float> cast[]{dequantize(viewOf(tensor, formats[0].spec), formats[0].spec).values,
        dequantize(viewOf(tensor, formats[1].spec), formats[1].spec).values};
    for (std::uint64_t row = 0; row < kRows; ++row) {
        for (std::uint64_t start = 0; start < columns; start += cell) {
            double errors[2]{};
            for (std::uint64_t at = start; at < std::min(start + cell, columns); ++at)
                for (int side = 0; side < 2; ++side)
                    errors[side] += std::pow(static_cast<double>(cast[side][row * columns + at])
                            - static_cast<double>(original[row * columns + at]),
                        2);
            const double expected = 10 * std::log10(errors[1]) - 10 * std::log10(errors[0]);
            const float shown = difference.decibel[row * difference.cellsPerRow + start / cell];
            QVERIFY2(std::fabs(static_cast<double>(shown) - expected) < 1e-4, qPrintable(QString::number(expected)));
            firstBetter += errors[0] < errors[1] ? 1U : 0U;
            secondBetter += errors[1] < errors[0] ? 1U : 0U;
        }
    }
    QCOMPARE(difference.firstBetter, firstBetter);
    QCOMPARE(difference.secondBetter, secondBetter);
}

void TestBlockDifference::aNaNLeavesItsCellOut()
{
    std::vector<float> values = gaussian(128, 3);
    values[70] = std::numeric_limits<float>::quiet_NaN();  // block 4 of 16, cell 2 of 32
    const Tensor tensor = madeRow(values);
    const BlockDifference difference = blockDifference(
        reportOf(tensor, parseFormat("MXFP4:geometry.block=16")), reportOf(tensor, parseFormat("MXFP4")));
    QCOMPARE(difference.decibel.size(), std::size_t(4));
    for (std::size_t i = 0; i < 4; ++i)
        QCOMPARE(std::isnan(difference.decibel[i]), i == 2);
    QVERIFY(difference.firstBetter + difference.secondBetter <= 3);
}

void TestBlockDifference::exactCellsAreInfinite()
{
    std::vector<float> values(96, 1.0F);  // exact under both
    for (std::size_t i = 32; i < 64; ++i)
        values[i] = i % 2 == 0 ? 1.0F : 0.875F;  // needs more bits than MXFP4 has
    for (std::size_t i = 64; i < 96; ++i)
        values[i] = 0.3F * static_cast<float>(i);  // exact under neither
    const Tensor tensor = madeRow(values);
    const Report coarse = reportOf(tensor, parseFormat("MXFP4"));
    const Report fine = reportOf(tensor, parseFormat("MXINT8"));
    const std::vector<float> forward = blockDifference(coarse, fine).decibel;
    const std::vector<float> backward = blockDifference(fine, coarse).decibel;
    QCOMPARE(forward[0], 0.0F);
    QCOMPARE(forward[1], -std::numeric_limits<float>::infinity());
    QCOMPARE(backward[1], std::numeric_limits<float>::infinity());
    QVERIFY(std::isfinite(forward[2]) && forward[2] < 0);
    QCOMPARE(backward[2], -forward[2]);
    QCOMPARE(blockDifference(fine, coarse).firstBetter, std::uint64_t(2));
}

void TestBlockDifference::otherAxesAreRefused()
{
    const Tensor tensor = randomRows(8, 64);
    const Report last = reportOf(tensor, parseFormat("MXFP4"));
    const Report first = reportOf(tensor, parseFormat("MXFP4:geometry.axis=0"));
    const auto error = refusalOf([&] { return blockDifference(last, first); });
    QVERIFY(error.has_value());
    QCOMPARE(error->kind(), ErrorKind::Refused);
    QVERIFY2(lineOf(error).contains("axes 1 and 0"), qPrintable(lineOf(error)));
}

QTEST_APPLESS_MAIN(TestBlockDifference)
#include "tst_block_difference.moc"
