#include "widgets/block_text.h"

#include "widgets/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace nanoscope {

namespace {

struct BlockText {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::BlockText)
};

}  // namespace

QString quantityName(BlockQuantity quantity)
{
    switch (quantity) {
    case BlockQuantity::SquaredError:
        return BlockText::tr("mean squared error per block");
    case BlockQuantity::Sqnr:
        return BlockText::tr("SQNR per block, dB");
    case BlockQuantity::MaxError:
        return BlockText::tr("largest error per block");
    }
    return {};
}

QStringList describeBlock(const Report& report, std::uint64_t block)
{
    const std::uint64_t row = block / report.blocksPerRow;
    const std::uint64_t length = blockLength(report, block);
    const auto whole = static_cast<std::uint64_t>(report.format.spec.geometry.block);
    const std::uint64_t column = block % report.blocksPerRow * whole;
    QStringList lines;
    lines << BlockText::tr("Block %1 · row %2, columns %3 to %4")
                 .arg(countText(block), countText(row), countText(column), countText(column + length - 1));
    const auto error = static_cast<double>(report.blockSquaredError[block]);
    if (std::isnan(error))
        return lines << BlockText::tr("Excluded: holds NaN or infinity");
    lines << BlockText::tr("MSE %1 · SQNR %2")
                 .arg(shortNumberText(error / static_cast<double>(length), 3), decibelText(blockSqnr(report, block)));
    const auto largest = static_cast<double>(report.blockMaxError[block]);
    lines << BlockText::tr("Largest error %1").arg(shortNumberText(largest, 3));
    return lines;
}

}  // namespace nanoscope
