#pragma once

#include "widgets/study_plot.h"
#include "widgets/theme.h"

#include <QRectF>

class QFontMetricsF;
class QPainter;

namespace nanoscope {

/// Paints the legend, axes and series of a study below its header. Made for one area; knows where each value lies.
class StudyPainter {
public:
    /// @param area     what the header leaves
    /// @param metrics  of the font that is painted with
    StudyPainter(const StudyContent& content, const Theme& theme, const QRectF& area, const QFontMetricsF& metrics);

    void paint(QPainter& painter) const;

    /// Where the axes enclose the values.
    [[nodiscard]] QRectF plotArea() const { return m_plot; }
    /// Place of a value; not finite where an axis cannot hold it.
    [[nodiscard]] QPointF placeOf(QPointF value) const;

private:
    struct LegendEntry {
        const StudySeries* series = nullptr;
        QPointF at;  ///< left end, vertical middle
    };

    void layOutLegend(const QFontMetricsF& metrics);
    void layOutPlot(const QFontMetricsF& metrics);
    void paintLegend(QPainter& painter) const;
    void paintHorizontalGrid(QPainter& painter) const;
    void paintHorizontalAxis(QPainter& painter) const;
    void paintCategories(QPainter& painter) const;
    void paintRules(QPainter& painter) const;
    void paintSeries(QPainter& painter, const StudySeries& series) const;
    void paintBars(QPainter& painter, const StudySeries& series) const;
    void paintMark(QPainter& painter, QPointF at, StudyMark mark, const QColor& color) const;
    void paintSymbol(QPainter& painter, QPointF at, const StudySeries& series) const;
    [[nodiscard]] QColor colorOf(const StudySeries& series) const;

    const StudyContent& m_content;
    const Theme& m_theme;
    QRectF m_area;
    QRectF m_plot;
    double m_lineHeight = 0.0;
    double m_legendHeight = 0.0;
    int m_titleLines = 1;  // of the vertical axis
    std::vector<LegendEntry> m_legend;
};

}  // namespace nanoscope
