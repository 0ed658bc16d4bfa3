#include "widgets/pareto_scene_chart.h"

#include "widgets/bare_chart.h"
#include "widgets/chart_marker.h"
#include "widgets/pareto_symbols.h"

#include <QFontMetricsF>
#include <QLineSeries>
#include <QMargins>
#include <QScatterSeries>

namespace nanoscope {
namespace {

constexpr double kTickSpacing = 56.0;

}  // namespace

struct ParetoScene::Parts {
    Parts()
        : chart(QMargins(4, 8, 20, 2))
        , frontLine(new QLineSeries)
    {
        for (QLineSeries*& line : boundLines)
            chart.attach(line = new QLineSeries);
        chart.attach(frontLine);
        for (const ParetoGroup group : kParetoGroups) {
            QScatterSeries*& series = symbols[static_cast<std::size_t>(group)];
            chart.attach(series = new QScatterSeries);
            setMarker(*series, paretoShape(group));
            series->setMarkerSize(group == ParetoGroup::Other ? kParetoSymbol - 2 : kParetoSymbol);
        }
    }

    void setTheme(const Theme& theme)
    {
        chart.setTheme(theme);
        frontLine->setPen(QPen(theme.text, 1.4));
        constexpr std::array kStyles{Qt::SolidLine, Qt::DashLine, Qt::DotLine};  // few points: dashes cost nothing
        for (std::size_t i = 0; i < boundLines.size(); ++i)
            boundLines[i]->setPen(QPen(theme.mutedText, 1.4, kStyles[i]));
        for (const ParetoGroup group : kParetoGroups) {
            const QColor color = paretoColor(group, theme);
            QScatterSeries* series = symbols[static_cast<std::size_t>(group)];
            series->setPen(QPen(group == ParetoGroup::Other ? color : theme.panel, 1));
            series->setBrush(group == ParetoGroup::Other ? theme.panel : color);
        }
    }

    void fit(QSizeF size, const QFont& font)
    {
        if (!chart.needsLayout(size, font))
            return;
        const QFontMetricsF metrics(font);
        const auto ticks = [](double low, double high, double most, bool inDecades) {
            return inDecades ? decadeTicks(low, high, static_cast<int>(most))
                             : linearTicks(low, high, static_cast<int>(most));
        };
        chart.setAxis(ChartSide::X, range.left(), range.right(),
            ticks(range.left(), range.right(), size.width() / kTickSpacing, isLogarithmic), title, font);
        chart.setAxis(ChartSide::Y, range.top(), range.bottom(),
            ticks(range.top(), range.bottom(), size.height() / (2.2 * metrics.height()), isMeritLogarithmic),
            meritTitle, font);
        chart.layOut(size, font);
    }

    BareChart chart;
    QLineSeries* frontLine;  // the chart owns the series
    std::array<QLineSeries*, 3> boundLines{};
    std::array<QScatterSeries*, kParetoGroups.size()> symbols{};
    QRectF range{0, 0, 1, 1};
    bool isLogarithmic = false;
    bool isMeritLogarithmic = false;
    QString title;
    QString meritTitle;
};

ParetoScene::ParetoScene()
    : m_parts(std::make_unique<Parts>())
{
}

ParetoScene::~ParetoScene() = default;

void ParetoScene::setPoints(const Groups& groups, const QList<QPointF>& front)
{
    for (std::size_t i = 0; i < groups.size(); ++i)
        m_parts->symbols[i]->replace(groups[i]);
    m_parts->frontLine->replace(front);
}

void ParetoScene::setBounds(const Bounds& lines)
{
    for (std::size_t i = 0; i < lines.size(); ++i)
        m_parts->boundLines[i]->replace(lines[i]);
}

void ParetoScene::setAxes(
    const QRectF& range, bool isLogarithmic, const QString& title, bool isMeritLogarithmic, const QString& meritTitle)
{
    m_parts->range = range;
    m_parts->isLogarithmic = isLogarithmic;
    m_parts->title = title;
    m_parts->isMeritLogarithmic = isMeritLogarithmic;
    m_parts->meritTitle = meritTitle;
    m_parts->chart.spoil();
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
    m_parts->chart.render(painter, target);
}

QPointF ParetoScene::positionOf(const QPointF& place) const
{
    return m_parts->chart.positionOf(place);
}

QPointF ParetoScene::placeAt(const QPointF& position) const
{
    return m_parts->chart.placeAt(position);
}

QRectF ParetoScene::plotArea() const
{
    return m_parts->chart.plotArea();
}

}  // namespace nanoscope
