#pragma once

#include "core/analysis/report.h"
#include "widgets/chart_pane.h"

#include <memory>

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

    /// Either may be null. Bins the blocks at once; beyond two million every n-th is taken and the chart says so.
    void setReports(std::shared_ptr<const Report> a, std::shared_ptr<const Report> b);
    void setShape(Shape shape);
    [[nodiscard]] Shape shape() const { return m_shape; }

private:
    void rebuild();

    std::shared_ptr<const Report> m_a;
    std::shared_ptr<const Report> m_b;
    Shape m_shape = Shape::Histogram;
};

}  // namespace nanoscope
