#include "widgets/study_plot.h"

#include "widgets/number_text.h"
#include "widgets/study_painter.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kTipReach = 22.0;  // pixels beside a point that still mean it

QString valueText(double value, const ChartAxis& axis)
{
    const QString text = shortNumberText(value, 3);
    return axis.unit.isEmpty() ? text : text + QChar(0x00a0) + axis.unit;
}

}  // namespace

StudyPlot::StudyPlot(QWidget* parent)
    : PlotView(parent)
{
}

void StudyPlot::setContent(StudyContent content)
{
    m_content = std::move(content);
    contentChanged();
}

QString StudyPlot::summary() const
{
    if (m_content.series.empty())
        return m_content.emptyText;
    return tr("%1: %2").arg(m_content.title, m_content.note);
}

void StudyPlot::paintPlot(QPainter& painter, const QRectF& area) const
{
    if (m_content.series.empty()) {
        paintEmpty(painter, area, m_content.emptyText);
        return;
    }
    const QRectF rest = paintHeader(painter, area, m_content.title, m_content.detail);
    const QFontMetricsF metrics(painter.font(), painter.device());
    StudyPainter(m_content, theme(), rest, metrics).paint(painter);
}

bool StudyPlot::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_content.series.empty())
        return PlotView::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QFontMetricsF metrics(font(), this);
    const QRectF rest = QRectF(rect()).adjusted(0, headerHeight(metrics), 0, 0);
    const StudyPainter places(m_content, theme(), rest, metrics);

    const StudySeries* nearestSeries = nullptr;
    QPointF nearest;
    double distance = std::numeric_limits<double>::infinity();
    for (const StudySeries& series : m_content.series) {
        for (const QPointF& point : series.points) {
            const QPointF away = places.placeOf(point) - help->pos();
            // A bar is meant by its column, whatever the height.
            const double reach = series.form == StudyForm::Bars ? std::fabs(away.x()) : std::hypot(away.x(), away.y());
            if (reach < distance) {
                distance = reach;
                nearest = point;
                nearestSeries = &series;
            }
        }
    }
    if (nearestSeries == nullptr || distance > kTipReach) {
        QToolTip::hideText();
        return true;
    }
    const auto category = static_cast<int>(std::lround(nearest.x()));
    QString place = m_content.categories.value(category);
    place = place.isEmpty() ? valueText(nearest.x(), m_content.x) : place.replace(QLatin1Char('\n'), QLatin1Char(' '));
    QToolTip::showText(help->globalPos(),
        tr("%1: %2 at %3").arg(nearestSeries->name, valueText(nearest.y(), m_content.y), place), this);
    return true;
}

bool StudyPlot::hasContent() const
{
    return !m_content.series.empty();
}

PlotData StudyPlot::plotData() const
{
    const auto nameAt = [this](double x) -> PlotValue {
        const auto index = static_cast<qsizetype>(std::lround(x));
        return index >= 0 && index < m_content.categories.size()
            ? PlotValue(QString(m_content.categories[index]).replace(u'\n', u' '))
            : PlotValue();
    };
    std::vector<std::vector<PlotValue>> rows;
    for (const StudySeries& series : m_content.series)
        for (const QPointF& point : series.points)
            rows.push_back({series.name, nameAt(point.x()), point.x(), point.y()});
    return m_content.series.empty() ? PlotData()
                                    : tableData(plotTitle(),
                                        {{tr("series")}, {tr("category")}, {m_content.x.title, m_content.x.unit},
                                            {m_content.y.title, m_content.y.unit}},
                                        std::move(rows));
}

}  // namespace nanoscope
