#pragma once

#include "core/analysis/report.h"
#include "widgets/block_layout.h"
#include "widgets/theme.h"

#include <QImage>
#include <QRgb>
#include <QSize>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace nanoscope {

/// What a heat map shows of each block.
enum class BlockQuantity {
    SquaredError,  ///< mean squared error
    Sqnr,          ///< 10 log10(power / squared error), in dB
    MaxError       ///< largest |d - w|
};

/// Elements of a block; the last one of a row may be short.
[[nodiscard]] std::uint64_t blockLength(const Report& report, std::uint64_t block);

/// SQNR of a block in dB: infinite for an exact one, NaN for an excluded one.
[[nodiscard]] double blockSqnr(const Report& report, std::uint64_t block);

/// One value per block: the larger the worse, 0 for an exact block, infinite for an excluded one (NaN or infinity in
/// it). For the SQNR the value is its inverse ratio, so that one logarithmic scale serves all quantities.
class BlockValues {
public:
    BlockValues() = default;
    BlockValues(std::shared_ptr<const Report> report, BlockQuantity quantity);

    [[nodiscard]] std::size_t size() const { return m_report ? m_report->blockSquaredError.size() : 0; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// Found on demand: of many millions of blocks the report's own figures take memory enough.
    [[nodiscard]] double operator[](std::size_t block) const;
    /// Ends of the color scale: below `lowest` lies one block in a hundred.
    [[nodiscard]] double lowest() const { return m_lowest; }
    [[nodiscard]] double highest() const { return m_highest; }
    [[nodiscard]] bool hasExact() const { return m_hasExact; }
    [[nodiscard]] bool hasExcluded() const { return m_hasExcluded; }
    /// Place on the color scale, 0 to 1, of a value > 0.
    [[nodiscard]] double fractionOf(double value) const;
    /// Number of the first block of the largest finite value; 0 when there is none.
    [[nodiscard]] std::uint64_t worst() const { return m_worst; }

private:
    [[nodiscard]] double figure(std::size_t block) const;

    std::shared_ptr<const Report> m_report;
    BlockQuantity m_quantity = BlockQuantity::SquaredError;
    bool m_endsShort = false;  // the last block of each row
    double m_lowest = 1.0;
    double m_highest = 10.0;
    bool m_hasExact = false;
    bool m_hasExcluded = false;
    std::uint64_t m_worst = 0;
};

/// Color of an excluded block's pixel: diagonal stripes, so that it is not told by color alone.
[[nodiscard]] QRgb excludedColor(const Theme& theme, int x, int y);
/// Color of a block without error.
[[nodiscard]] QRgb exactColor(const Theme& theme);

/// The blocks as a picture of `size` device pixels. Several blocks on one pixel: the worst one shows.
[[nodiscard]] QImage blockImage(const BlockValues& values, const BlockLayout& layout, QSize size, const Theme& theme);

}  // namespace nanoscope
