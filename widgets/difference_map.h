#pragma once

#include "core/analysis/block_difference.h"
#include "widgets/difference_image.h"
#include "widgets/plot_view.h"

#include <memory>
#include <optional>

namespace nanoscope {

/// Where one format serves the tensor better than another: the difference of their SQNR in every cell of the tensor, at
/// its place. The color is that of the better format.
class DifferenceMap : public PlotView {
    Q_OBJECT

public:
    explicit DifferenceMap(QWidget* parent = nullptr);

    /// @param difference  null empties the map
    void setDifference(std::shared_ptr<const BlockDifference> difference, const DifferenceSides& sides);
    /// What stands in an empty map.
    void setEmptyText(const QString& text);
    void setSelectedCell(std::optional<quint64> cell);
    [[nodiscard]] std::optional<quint64> selectedCell() const { return m_selected; }

    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 80}; }
    [[nodiscard]] QString plotTitle() const override { return tr("Difference map"); }
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override { return m_difference != nullptr; }

    /// A cell on the widget, for tests.
    [[nodiscard]] std::optional<QRectF> cellRect(quint64 cell) const;

signals:
    /// The user chose a cell by click or key.
    void cellSelected(quint64 cell);

protected:
    void themeChanged() override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Parts {
        QRectF map;
        QRectF bar;
        QRectF caption;
    };

    [[nodiscard]] Parts partsOf(const QRectF& area, const QFontMetricsF& metrics) const;
    [[nodiscard]] QRectF screenMap() const;
    [[nodiscard]] BlockLayout layoutOn(const QRectF& map) const;
    [[nodiscard]] std::optional<quint64> cellAt(QPointF point) const;
    [[nodiscard]] QString tipOf(quint64 cell) const;
    void paintMap(QPainter& painter, const QRectF& map, const BlockLayout& layout) const;
    void paintBar(QPainter& painter, const QRectF& bar) const;
    void paintSelected(QPainter& painter, const QRectF& map, const BlockLayout& layout) const;
    void selectByUser(quint64 cell);

    std::shared_ptr<const BlockDifference> m_difference;
    DifferenceSides m_sides;
    double m_reach = 1.0;
    QString m_emptyText;
    std::optional<quint64> m_selected;
    mutable QImage m_picture;  // made again when its size, the difference or the theme change
};

/// Which side is better and by how much: "A better by 1.2 dB".
[[nodiscard]] QString cellDifferenceText(float decibel, const DifferenceSides& sides);

}  // namespace nanoscope
