#include "widgets/block_text.h"

#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
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
    const std::uint64_t whole = report.blockLength;
    const std::uint64_t column = block % report.blocksPerRow * whole;
    QStringList lines;
    lines << BlockText::tr("Block %1 · row %2, columns %3 to %4")
                 .arg(countText(block), countText(row), countText(column), countText(column + length - 1));
    const auto error = report.blockSquaredError[block];
    if (std::isnan(error))
        return lines << BlockText::tr("Excluded: holds NaN or infinity");
    lines << BlockText::tr("MSE %1 · SQNR %2")
                 .arg(shortNumberText(error / static_cast<double>(length), 3), decibelText(blockSqnr(report, block)));
    const auto largest = static_cast<double>(report.blockMaxError[block]);
    lines << BlockText::tr("Largest error %1").arg(shortNumberText(largest, 3));
    return lines;
}

QString describeLayout(const Report& report, const BlockLayout& layout, QSizeF size)
{
    QStringList parts;
    parts << BlockText::tr("%1 × %2 blocks of %3")
                 .arg(countText(layout.rows()), countText(layout.blocksPerRow()), countText(report.blockLength));
    if (layout.panels() > 1)
        parts << BlockText::tr("folded: %1 columns of %2 rows")
                     .arg(countText(layout.panels()), countText(layout.rowsPerPanel()));
    if (layout.linesPerRow() > 1)
        parts << BlockText::tr("lines of %1 blocks").arg(countText(layout.blocksPerLine()));
    const double across = std::max(1.0, std::ceil(static_cast<double>(layout.gridColumns()) / size.width()));
    const double down = std::max(1.0, std::ceil(static_cast<double>(layout.gridLines()) / size.height()));
    if (across * down > 1)
        parts
            << BlockText::tr("each pixel: worst of up to %1").arg(countText(static_cast<std::uint64_t>(across * down)));
    return parts.join(QStringLiteral("  ·  "));
}

}  // namespace nanoscope
