#pragma once

#include "widgets/chart_pane.h"
#include "widgets/chart_table.h"
#include "widgets/plot_view.h"
#include "widgets/series_role.h"

#include <QList>
#include <QPointF>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace nanoscope {

/// How a series of a study is drawn.
enum class StudyForm {
    Bars,    ///< from the bottom of the plot, as wide as the distance to the next point
    Line,    ///< solid
    Dashed,  ///< dashed line
    Marks    ///< symbols alone
};

/// Symbol at each point. Outlined symbols are filled with the ground.
enum class StudyMark { None, Disk, Square, Diamond, OutlinedSquare, OutlinedDiamond, Star };

/// Color by role; form and symbol tell series apart without it.
enum class StudyInk { A, B, Muted };

struct StudySeries {
    QString name;  ///< in the legend and in tool tips
    StudyForm form = StudyForm::Line;
    StudyMark mark = StudyMark::None;
    StudyInk ink = StudyInk::A;
    QList<QPointF> points;  ///< ascending in x; a point that the axes cannot hold is left out
    QString label;          ///< written at the left of the first point; only its first word where room is short
    bool isInLegend = true;
    std::optional<SeriesRole> role = {};  ///< a compared format's color and symbol, instead of ink and mark
};

/// A line across the plot at a value of the x axis, with its name at the top.
struct StudyRule {
    QString label;
    double at = 0.0;
};

/// Everything that a study plot shows.
struct StudyContent {
    QString title;
    QString detail;     ///< beside the title
    QString emptyText;  ///< instead of a plot without series
    QString note;       ///< the finding in words, shown above the plot
    ChartAxis x;
    ChartAxis y;
    QStringList categories;  ///< labels at x = 0, 1, 2 ...; may hold a line break; empty: numbers
    std::vector<StudySeries> series;
    std::vector<StudyRule> rules;
    ChartTable table;
};

/// Bars, lines and symbols of a study on two axes.
class StudyPlot : public PlotView {
    Q_OBJECT

public:
    explicit StudyPlot(QWidget* parent = nullptr);

    void setContent(StudyContent content);
    [[nodiscard]] const StudyContent& content() const { return m_content; }

    [[nodiscard]] QString plotTitle() const override { return m_content.title; }
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override;

protected:
    bool event(QEvent* event) override;

private:
    StudyContent m_content;
};

}  // namespace nanoscope
