#pragma once

#include "core/analysis/report.h"
#include "widgets/block_layout.h"
#include "widgets/block_values.h"
#include "widgets/level_overlay.h"
#include "widgets/plot_view.h"

#include <QImage>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <optional>

class QFontMetricsF;

namespace nanoscope {

/// The error of every block at its place in the tensor: rows down, blocks of a row across. Where there are more blocks
/// than pixels each pixel shows the worst of its blocks, and a click on it selects that one. Lighter is worse. A level
/// can be shown in its place: which blocks hold it, and how often.
class HeatMap : public PlotView {
    Q_OBJECT

public:
    explicit HeatMap(QWidget* parent = nullptr);

    /// Null empties the map.
    void setReport(std::shared_ptr<const Report> report);
    void setQuantity(BlockQuantity quantity);
    void setSelectedBlock(std::optional<quint64> block);

    /// Shows which blocks hold a level instead of their errors; nothing shows the errors again.
    void setLevel(std::optional<LevelOverlay> level);

    [[nodiscard]] const std::optional<LevelOverlay>& level() const { return m_level; }
    [[nodiscard]] BlockQuantity quantity() const { return m_quantity; }
    [[nodiscard]] std::optional<quint64> selectedBlock() const { return m_selected; }

    [[nodiscard]] QString plotTitle() const override;
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 112}; }

    /// The cell of a block on the widget, for tests and lessons that point at it.
    [[nodiscard]] std::optional<QRectF> cellOf(quint64 block) const;

signals:
    /// The user chose a block by click or key.
    void blockSelected(quint64 block);

protected:
    void themeChanged() override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// Where map, color bar and texts lie.
    struct Parts {
        QRectF map;
        QRectF bar;
        QRectF caption;
    };

    [[nodiscard]] Parts partsOf(const QRectF& area, const QFontMetricsF& metrics) const;
    [[nodiscard]] Parts screenParts() const;
    [[nodiscard]] int captionLines(QSizeF map, double width, const QFontMetricsF& metrics) const;
    [[nodiscard]] QString captionText(const BlockLayout& layout, QSizeF map) const;
    [[nodiscard]] BlockLayout layoutOn(const QRectF& map) const;
    /// The worst of the blocks on the pixel under a point.
    [[nodiscard]] std::optional<quint64> blockAt(QPointF point) const;
    void paintMap(QPainter& painter, const QRectF& map, const BlockLayout& layout) const;
    void paintRowLabels(QPainter& painter, const QRectF& map) const;
    void paintBar(QPainter& painter, const QRectF& bar) const;
    void paintCaption(QPainter& painter, const Parts& parts, const BlockLayout& layout) const;
    void paintSelected(QPainter& painter, const QRectF& map, const BlockLayout& layout) const;
    void paintLevelBar(QPainter& painter, const QRectF& bar) const;
    /// True when the blocks of a level are shown.
    [[nodiscard]] bool showsLevel() const;
    [[nodiscard]] QStringList describe(quint64 block) const;
    void selectByUser(quint64 block);
    void rebuildValues();

    std::shared_ptr<const Report> m_report;
    BlockQuantity m_quantity = BlockQuantity::SquaredError;
    std::optional<quint64> m_selected;
    BlockValues m_values;
    mutable QImage m_picture;  // of all blocks; made again when its size, the values or the theme change
    std::optional<LevelOverlay> m_level;
    mutable QImage m_levelPicture;  // m_picture with the blocks of the level
};

}  // namespace nanoscope
