#pragma once

#include "widgets/model_state.h"
#include "widgets/plot_view.h"

#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// SQNR of tensors (lines) under formats (columns) as colors, lighter is worse; the table of the overview is its twin.
class ModelMap : public PlotView {
    Q_OBJECT

public:
    explicit ModelMap(QWidget* parent = nullptr);

    /// @param order  rows of the state from top to bottom
    void setState(std::shared_ptr<const ModelState> state, std::vector<std::size_t> order);
    /// The tensor that is explored; empty: none.
    void setCurrent(const QString& tensor);

    [[nodiscard]] QString plotTitle() const override;
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override { return !isEmpty(); }

    /// Middle of a cell on the screen; nothing when it is not shown.
    /// @param line  place in the order
    [[nodiscard]] std::optional<QPointF> placeOf(std::size_t line, std::size_t column) const;

signals:
    /// The user chose a line.
    void tensorChosen(const QString& name);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// Where things are.
    struct Parts {
        QRectF cells;
        QRectF bar;
        bool areHeadsUpright = false;  ///< turned, because columns are too narrow
        bool hasNames = false;         ///< lines are high enough for names
    };
    struct Cell {
        std::size_t line = 0;
        std::size_t column = 0;
    };

    [[nodiscard]] bool isEmpty() const { return !m_state || m_order.empty() || m_state->columns.empty(); }
    [[nodiscard]] const ModelRow& rowAt(std::size_t line) const { return m_state->rows[m_order[line]]; }
    [[nodiscard]] Parts partsOf(const QRectF& area, const QFontMetricsF& metrics) const;
    [[nodiscard]] QRectF cellRect(const Parts& parts, std::size_t line, std::size_t column) const;
    [[nodiscard]] double fractionOf(double decibel) const;
    [[nodiscard]] std::optional<Cell> cellAt(QPointF point) const;
    [[nodiscard]] QString describe(const Cell& cell) const;
    void paintCell(QPainter& painter, const QRectF& rect, const ModelRow& row, std::size_t column) const;
    void paintHeads(QPainter& painter, const Parts& parts, const QRectF& area) const;
    void paintNames(QPainter& painter, const Parts& parts, const QRectF& area) const;
    void paintBar(QPainter& painter, const QRectF& bar) const;
    void paintCursor(QPainter& painter, const Parts& parts) const;
    void findRange();
    [[nodiscard]] std::optional<std::size_t> lineOf(const QString& tensor) const;

    std::shared_ptr<const ModelState> m_state;
    std::vector<std::size_t> m_order;
    double m_lowest = 0.0;  // dB
    double m_highest = 1.0;
    QString m_current;
    std::optional<std::size_t> m_cursor;  // line that the keyboard is on
};

}  // namespace nanoscope
