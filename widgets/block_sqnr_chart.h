#pragma once

#include "widgets/chart_pane.h"

namespace nanoscope {

/// How the SQNR of single blocks spreads: the worst blocks matter, the tensor's one figure hides them.
class BlockSqnrChart : public ChartPane {
    Q_OBJECT

public:
    enum class Shape {
        Histogram,  ///< share of the blocks per bin
        Cumulative  ///< share of the blocks with no more than so much SQNR
    };

    explicit BlockSqnrChart(QWidget* parent = nullptr);

    /// Bins the blocks at once; beyond two million every n-th is taken and the chart says so.
    void setReports(RoleReports reports);
    void setShape(Shape shape);
    [[nodiscard]] Shape shape() const { return m_shape; }

private:
    void rebuild();

    RoleReports m_reports;
    Shape m_shape = Shape::Histogram;
};

}  // namespace nanoscope
