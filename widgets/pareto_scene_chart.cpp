#include "widgets/pareto_scene_chart.h"

#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"
#include "widgets/pareto_symbols.h"

#include <QCategoryAxis>
#include <QChart>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QPainter>
#include <QScatterSeries>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kTickSpacing = 56.0;

QScatterSeries::MarkerShape markerOf(ParetoShape shape)
{
    switch (shape) {
    case ParetoShape::Diamond:
        return QScatterSeries::MarkerShapeRotatedRectangle;
    case ParetoShape::Triangle:
        return QScatterSeries::MarkerShapeTriangle;
    case ParetoShape::Pentagon:
        return QScatterSeries::MarkerShapePentagon;
    case ParetoShape::Square:
        return QScatterSeries::MarkerShapeRectangle;
    case ParetoShape::Star:
        return QScatterSeries::MarkerShapeStar;
    case ParetoShape::Circle:
        break;
    }
    return QScatterSeries::MarkerShapeCircle;
}

}  // namespace

struct ParetoScene::Parts {
    Parts()
        : chart(new QChart)
        , xAxis(new QCategoryAxis)
        , yAxis(new QCategoryAxis)
        , frontLine(new QLineSeries)
    {
        scene.addItem(chart);  // the scene owns it
        chart->setAnimationOptions(QChart::NoAnimation);
        chart->legend()->hide();
        chart->setMargins(QMargins(4, 8, 20, 2));
        chart->setBackgroundVisible(false);
        chart->setPlotAreaBackgroundVisible(false);
        chart->layout()->setContentsMargins(0, 0, 0, 0);
        chart->addAxis(xAxis, Qt::AlignBottom);
        chart->addAxis(yAxis, Qt::AlignLeft);
        for (QCategoryAxis* axis : {xAxis, yAxis}) {
            axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
            axis->setTruncateLabels(false);
        }
        attach(frontLine);
        for (const ParetoGroup group : kParetoGroups) {
            QScatterSeries*& series = symbols[static_cast<std::size_t>(group)];
            attach(series = new QScatterSeries);
            series->setMarkerShape(markerOf(paretoShape(group)));
            series->setMarkerSize(group == ParetoGroup::Other ? kParetoSymbol - 2 : kParetoSymbol);
        }
    }

    void setPoints(const Groups& points, const QList<QPointF>& front)
    {
        for (std::size_t i = 0; i < points.size(); ++i)
            symbols[i]->replace(points[i]);
        frontLine->replace(front);
    }

    void setAxes(const QRectF& range, bool isLogarithmic, const QString& title)
    {
        axesRange = range;
        isLogAxis = isLogarithmic;
        xAxis->setTitleText(title);
        fittedSize = QSizeF();
    }

    void setTheme(const Theme& theme)
    {
        for (QCategoryAxis* axis : {xAxis, yAxis}) {
            axis->setLabelsColor(theme.mutedText);
            axis->setTitleBrush(theme.mutedText);
            axis->setLinePen(QPen(theme.mutedText, 0));
            axis->setGridLinePen(QPen(theme.grid, 0));
        }
        frontLine->setPen(QPen(theme.text, 1.4));
        for (const ParetoGroup group : kParetoGroups) {
            const QColor color = paretoColor(group, theme);
            QScatterSeries* series = symbols[static_cast<std::size_t>(group)];
            series->setPen(QPen(group == ParetoGroup::Other ? color : theme.panel, 1));
            series->setBrush(group == ParetoGroup::Other ? theme.panel : color);
        }
    }

    void fit(QSizeF size, const QFont& font)
    {
        if (size == fittedSize && font == fittedFont)
            return;
        fittedSize = size;
        fittedFont = font;
        const QFontMetricsF metrics(font);
        setTicks(*xAxis, axesRange.left(), axesRange.right(), static_cast<int>(size.width() / kTickSpacing), isLogAxis);
        setTicks(*yAxis, axesRange.top(), axesRange.bottom(),
            static_cast<int>(size.height() / (2.2 * metrics.height())), false);
        yAxis->setTitleText(QCoreApplication::translate("nanoscope::ParetoView", "SQNR, dB"));
        chart->resize(size);
        scene.setSceneRect(QRectF(QPointF(0, 0), size));
        chart->layout()->activate();
    }

    void render(QPainter& painter, const QRectF& target)
    {
        painter.setRenderHint(QPainter::Antialiasing, true);
        scene.render(&painter, target, scene.sceneRect(), Qt::IgnoreAspectRatio);
    }

    void attach(QXYSeries* series)
    {
        chart->addSeries(series);
        series->attachAxis(xAxis);
        series->attachAxis(yAxis);
    }

    void setTicks(QCategoryAxis& axis, double low, double high, int most, bool isLogarithmic)
    {
        for (const QString& label : axis.categoriesLabels())
            axis.remove(label);
        axis.setRange(low, high);
        axis.setStartValue(low);
        constexpr double kFewDecades = 1.1;  // even steps give more ticks there than powers of ten do
        if (isLogarithmic && high - low < kFewDecades) {
            for (const double tick : niceTicks(std::pow(10, low), std::pow(10, high), std::max(2, most)).values)
                if (tick > 0)
                    axis.append(shortNumberText(tick), std::log10(tick));
        } else if (isLogarithmic) {
            for (const double tick : logTicks(std::pow(10, low), std::pow(10, high), std::max(2, most)))
                axis.append(logTickText(tick), std::log10(tick));
        } else {
            const NiceTicks ticks = niceTicks(low, high, std::max(2, most));
            for (const double tick : ticks.values)
                axis.append(fixedText(tick, ticks.decimals), tick);
        }
        axis.setLabelsFont(fittedFont);
        axis.setTitleFont(fittedFont);
    }

    QGraphicsScene scene;
    QChart* chart;
    QCategoryAxis* xAxis;
    QCategoryAxis* yAxis;
    QLineSeries* frontLine;  // the chart owns the series
    std::array<QScatterSeries*, kParetoGroups.size()> symbols{};
    QRectF axesRange{0, 0, 1, 1};
    bool isLogAxis = false;
    QSizeF fittedSize;
    QFont fittedFont;
};

ParetoScene::ParetoScene()
    : m_parts(std::make_unique<Parts>())
{
}

ParetoScene::~ParetoScene() = default;

void ParetoScene::setPoints(const Groups& groups, const QList<QPointF>& front)
{
    m_parts->setPoints(groups, front);
}

void ParetoScene::setAxes(const QRectF& range, bool isLogarithmic, const QString& title)
{
    m_parts->setAxes(range, isLogarithmic, title);
}

void ParetoScene::setTheme(const Theme& theme)
{
    m_parts->setTheme(theme);
}

void ParetoScene::fit(QSizeF size, const QFont& font)
{
    m_parts->fit(size, font);
}

void ParetoScene::render(QPainter& painter, const QRectF& target)
{
    m_parts->render(painter, target);
}

QPointF ParetoScene::positionOf(const QPointF& place) const
{
    return m_parts->chart->mapToPosition(place, m_parts->frontLine);
}

QPointF ParetoScene::placeAt(const QPointF& position) const
{
    return m_parts->chart->mapToValue(position, m_parts->frontLine);
}

QRectF ParetoScene::plotArea() const
{
    return m_parts->chart->plotArea();
}

}  // namespace nanoscope
