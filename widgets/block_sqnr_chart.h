#pragma once

#include "core/analysis/block_sqnr.h"
#include "widgets/chart_pane.h"

#include <optional>

namespace nanoscope {

/// The spread of one format.
struct BlockSqnrLine {
    SeriesRole role = SeriesRole::A;
    std::shared_ptr<const Report> report;  ///< that was read
    std::shared_ptr<const BlockSqnrSpread> spread;
};

/// How the SQNR of single blocks spreads: the worst blocks matter, the tensor's one figure hides them. A bin stands for
/// its first block of the first line, which can be chosen by click or keys.
class BlockSqnrChart : public ChartPane {
    Q_OBJECT

public:
    enum class Shape {
        Histogram,  ///< share of the blocks per bin
        Cumulative  ///< share of the blocks with no more than so much SQNR
    };

    explicit BlockSqnrChart(QWidget* parent = nullptr);

    void setLines(std::vector<BlockSqnrLine> lines);
    void setShape(Shape shape);
    /// Marks a block of the first line's format.
    void setSelectedBlock(std::optional<quint64> block);
    /// Chooses the block that a row of the table stands for; nothing happens for a bin without blocks.
    void chooseRow(int row);
    [[nodiscard]] Shape shape() const { return m_shape; }
    [[nodiscard]] QString summary() const override;

signals:
    /// The user chose a block.
    void blockChosen(quint64 block);

protected:
    void placeChosen(double x) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void rebuild();
    void showSelected();
    void choose(quint64 block);
    /// SQNR of the selected block; nothing without one, or for an exact one.
    [[nodiscard]] std::optional<double> selectedDecibel() const;
    /// First block in the nearest bin that has one, from `decibel` on.
    [[nodiscard]] std::optional<quint64> blockNear(double decibel) const;
    /// First block in the next wide bin below or above the selected one.
    [[nodiscard]] std::optional<quint64> blockBeside(int step) const;

    std::vector<BlockSqnrLine> m_lines;
    Shape m_shape = Shape::Histogram;
    std::optional<quint64> m_selected;
    double m_first = 0.0;  // left edge of the table's first bin, dB
    double m_width = 1.0;  // of its bins
};

}  // namespace nanoscope
