#include "widgets/pareto_chart.h"

#include "widgets/number_text.h"
#include "widgets/pareto_scene_chart.h"
#include "widgets/pareto_symbols.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kReach = 12.0;  // pixels from a point that still mean it

}  // namespace

ParetoChart::ParetoChart(QWidget* parent)
    : PlotView(parent)
    , m_scene(std::make_unique<ParetoScene>())
{
    setObjectName(QStringLiteral("paretoChart"));
    setAccessibleName(tr("Pareto chart"));
    m_scene->setTheme(theme());
    contentChanged();
}

ParetoChart::~ParetoChart() = default;

void ParetoChart::setState(std::shared_ptr<const ParetoState> state)
{
    m_state = std::move(state);
    choosePoints();
}

void ParetoChart::setFilter(const ParetoFilter& filter)
{
    const bool isOtherAxis = filter.axis != m_filter.axis || filter.merit != m_filter.merit
        || filter.isLogarithmic != m_filter.isLogarithmic;
    m_filter = filter;
    if (isOtherAxis)
        m_isRangeChosen = false;
    choosePoints();
}

std::optional<QPointF> ParetoChart::placeOf(const ParetoEntry& entry) const
{
    return paretoPlace(entry, m_filter);
}

QPointF ParetoChart::positionOf(std::size_t preset) const
{
    return m_scene->positionOf(*placeOf(m_state->presets[preset]));
}

void ParetoChart::choosePoints()
{
    const QString current
        = m_current && m_state && *m_current < m_state->presets.size() ? m_state->presets[*m_current].name : QString();
    m_selection = m_state ? paretoSelection(*m_state, m_filter) : ParetoSelection{};
    m_current.reset();
    for (const std::size_t i : m_selection.shown)
        if (m_state->presets[i].name == current)
            m_current = i;
    m_bounds = m_state ? paretoBoundLines(*m_state, m_filter) : ParetoScene::Bounds{};
    m_scene->setPoints(m_selection.groups, m_selection.line);
    m_scene->setBounds(m_bounds);
    if (m_isRangeChosen)
        setRange(m_range);
    else
        showUsualRange();
}

void ParetoChart::showUsualRange()
{
    m_isRangeChosen = false;
    setRange(m_state ? usualParetoRange(*m_state, m_selection, m_filter) : QRectF(0, 0, 1, 1));
}

void ParetoChart::showWholeRange()
{
    m_isRangeChosen = true;
    setRange(m_state ? wholeParetoRange(*m_state, m_selection, m_filter) : QRectF(0, 0, 1, 1));
}

void ParetoChart::setRange(const QRectF& range)
{
    m_range = range;
    m_scene->setAxes(m_range, m_filter.isLogarithmic, paretoAxisTitle(m_filter.axis), spansDecades(m_filter.merit),
        meritFigureTitle(m_filter.merit));
    contentChanged();
}

void ParetoChart::zoom(double factor, const QPointF& around)
{
    const QPointF at = m_scene->placeAt(around - screenArea().topLeft());
    m_isRangeChosen = true;
    setRange(QRectF(QPointF(at.x() + (m_range.left() - at.x()) * factor, at.y() + (m_range.top() - at.y()) * factor),
        m_range.size() * factor));
}

void ParetoChart::themeChanged()
{
    m_scene->setTheme(theme());
}

QString ParetoChart::plotTitle() const
{
    return tr("Pareto");
}

QString ParetoChart::summary() const
{
    if (!m_state || m_selection.shown.empty())
        return tr("%1: nothing measured yet").arg(plotTitle());
    QStringList names;
    for (const std::size_t i : m_selection.front)
        names << m_state->presets[i].name;
    return tr("%1 against %2: %3 formats, on the front %4")
        .arg(meritFigureName(m_filter.merit), paretoAxisName(m_filter.axis), countText(m_selection.shown.size()),
            names.join(QStringLiteral(", ")));
}

QRectF ParetoChart::chartArea(const QRectF& area, const QFontMetricsF& metrics) const
{
    return area.adjusted(0, headerHeight(metrics) + metrics.height() + 4, 0, 0);
}

QRectF ParetoChart::screenArea() const
{
    const QRectF chart = chartArea(rect(), QFontMetricsF(font(), this));
    m_scene->fit(chart.size(), font());
    return chart;
}

void ParetoChart::paintErrorBars(QPainter& painter, const QRectF& chart) const
{
    constexpr double kShortest = 3.0;  // pixels; shorter ones hide behind their symbols
    for (const std::size_t i : m_selection.shown) {
        const ParetoEntry& entry = m_state->presets[i];
        const auto span = paretoErrorSpan(entry, m_filter);
        if (!span)
            continue;
        const double x = placeOf(entry)->x();
        const QPointF low = m_scene->positionOf({x, span->first}) + chart.topLeft();
        const QPointF high = m_scene->positionOf({x, span->second}) + chart.topLeft();
        if (low.y() - high.y() < kParetoSymbol + kShortest)
            continue;
        painter.setPen(QPen(paretoColor(entry.group, theme()), 1.2));
        painter.drawLine(low, high);
    }
}

void ParetoChart::paintMarks(QPainter& painter, const QRectF& chart, std::vector<QRectF>& taken) const
{
    constexpr double kMark = 8.0;
    const QFontMetricsF metrics(painter.font(), painter.device());
    const QRectF plot = m_scene->plotArea().translated(chart.topLeft());
    for (const bool isA : {false, true}) {  // A on top
        const std::optional<ParetoEntry>& entry = isA ? m_state->a : m_state->b;
        const auto at = entry ? placeOf(*entry) : std::nullopt;
        if (!at)
            continue;
        const QPointF center = m_scene->positionOf(*at) + chart.topLeft();
        if (!plot.adjusted(-2, -2, 2, 2).contains(center))
            continue;
        const QColor color = isA ? theme().seriesA : theme().seriesB;
        painter.setBrush(Qt::NoBrush);
        for (const QPen& pen : {QPen(theme().panel, 5), QPen(color, 2.4)}) {
            painter.setPen(pen);
            if (isA)
                painter.drawEllipse(center, kMark, kMark);
            else
                painter.drawRect(QRectF(center - QPointF(kMark, kMark), QSizeF(2 * kMark, 2 * kMark)));
        }
        const QString name = (isA ? QStringLiteral("A ") : QStringLiteral("B ")) + entry->name;
        const double width = metrics.horizontalAdvance(name) + 6;
        QRectF box(
            center.x() - width - kMark - 3, center.y() - (isA ? metrics.height() + 2 : -2), width, metrics.height());
        if (box.left() < plot.left())
            box.moveLeft(center.x() + kMark + 3);
        painter.setPen(QPen(color, 1));
        painter.setBrush(theme().panel);
        painter.drawRoundedRect(box, 3, 3);
        painter.setPen(theme().text);
        painter.drawText(box, Qt::AlignCenter, name);
        taken.push_back(box);
        taken.emplace_back(center - QPointF(kMark, kMark), QSizeF(2 * kMark, 2 * kMark));
    }
}

/// Each bound is named where it leaves the plot.
void ParetoChart::paintBoundNames(QPainter& painter, const QRectF& chart, std::vector<QRectF>& taken) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const QRectF plot = m_scene->plotArea().translated(chart.topLeft());
    painter.setPen(theme().mutedText);
    for (const ParetoBound bound : kParetoBounds) {
        const QList<QPointF>& line = m_bounds[static_cast<std::size_t>(bound)];
        const QString name = paretoBoundName(bound);
        const QSizeF size(metrics.horizontalAdvance(name) + 2, metrics.height());
        for (auto it = line.rbegin(); it != line.rend(); ++it) {
            const QPointF at = m_scene->positionOf(*it) + chart.topLeft();
            const QRectF box(at - QPointF(size.width() + 4, size.height()), size);
            const bool isFree = plot.contains(box)
                && std::none_of(
                    taken.begin(), taken.end(), [&box](const QRectF& other) { return other.intersects(box); });
            if (!isFree)
                continue;
            painter.drawText(box, Qt::AlignCenter, name);
            taken.push_back(box);
            break;
        }
    }
}

void ParetoChart::paintNames(QPainter& painter, const QRectF& chart) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const QRectF plot = m_scene->plotArea().translated(chart.topLeft());
    std::vector<QRectF> taken;
    paintMarks(painter, chart, taken);
    paintBoundNames(painter, chart, taken);
    for (const std::size_t i : m_selection.front)
        taken.emplace_back(positionOf(i) + chart.topLeft() - QPointF(kParetoSymbol, kParetoSymbol) / 2,
            QSizeF(kParetoSymbol, kParetoSymbol));
    // The best stand out at the right end, so names are given from there.
    for (auto it = m_selection.front.rbegin(); it != m_selection.front.rend(); ++it) {
        const ParetoEntry& entry = m_state->presets[*it];
        const QPointF at = m_scene->positionOf(*placeOf(entry)) + chart.topLeft();
        if (!plot.contains(at))
            continue;
        const double width = metrics.horizontalAdvance(entry.name) + 2;
        const double height = metrics.height();
        const std::array boxes{QRectF(at.x() - width - 5, at.y() - height, width, height),
            QRectF(at.x() - width / 2, at.y() - height - 6, width, height),
            QRectF(at.x() - width - 8, at.y() - height / 2, width, height),
            QRectF(at.x() + 7, at.y() - 2, width, height), QRectF(at.x() + 7, at.y() - height / 2, width, height)};
        for (const QRectF& box : boxes) {
            const bool isFree = plot.contains(box)
                && std::none_of(
                    taken.begin(), taken.end(), [&box](const QRectF& other) { return other.intersects(box); });
            if (!isFree)
                continue;
            painter.setPen(theme().text);
            painter.drawText(box, Qt::AlignCenter, entry.name);
            taken.push_back(box);
            break;
        }
    }
}

QString ParetoChart::emptyText() const
{
    const bool hasLoss = m_state
        && std::any_of(m_state->presets.begin(), m_state->presets.end(),
            [](const ParetoEntry& entry) { return entry.loss.has_value(); });
    if (m_filter.merit.isLossChange() && !hasLoss)
        return tr("No preset is evaluated yet: “Evaluate the front” casts the language model to the formats of the "
                  "SQNR front.");
    if (!m_state || m_state->measured == 0)
        return tr("Presets are measured while this panel is visible.");
    const bool hasAny = std::any_of(m_state->presets.begin(), m_state->presets.end(),
        [this](const ParetoEntry& entry) { return paretoMerit(entry, m_filter.merit).has_value(); });
    return hasAny ? tr("No format passes the filter.")
                  : tr("No format has this figure here: it is exact, refused, or nothing finite is to be measured.");
}

void ParetoChart::paintPlot(QPainter& painter, const QRectF& area) const
{
    painter.save();
    const QRectF rest
        = paintHeader(painter, area, plotTitle(), m_state ? paretoDetail(*m_state, m_selection, m_filter) : QString());
    if (m_selection.shown.empty()) {
        paintEmpty(painter, rest, emptyText());
        painter.restore();
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintParetoLegend(painter, rest, m_filter.hiddenGroups, theme());
    const QRectF chart = chartArea(area, QFontMetricsF(painter.font(), painter.device()));
    m_scene->fit(chart.size(), painter.font());
    m_scene->render(painter, chart);
    painter.setClipRect(m_scene->plotArea().translated(chart.topLeft()).adjusted(-6, -6, 6, 6));
    paintErrorBars(painter, chart);
    paintNames(painter, chart);
    painter.restore();
}

void ParetoChart::paintOverlay(QPainter& painter, const QRectF& area) const
{
    if (!m_current || !hasFocus())
        return;
    const QRectF chart = chartArea(area, QFontMetricsF(painter.font(), painter.device()));
    const ParetoEntry& entry = m_state->presets[*m_current];
    const QPointF at = m_scene->positionOf(*placeOf(entry)) + chart.topLeft();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(theme().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, kParetoSymbol - 1, kParetoSymbol - 1);
    const QFontMetricsF metrics(painter.font(), painter.device());
    const QString text = paretoTip(entry, m_filter.axis, m_filter.merit).section(u'\n', 0, 0);
    const double width = std::min(metrics.horizontalAdvance(text) + 12, area.width() - 12);
    const QRectF box(std::clamp(at.x() - width / 2, area.left() + 4, area.right() - width - 4),
        at.y() > area.center().y() ? at.y() - 2.4 * metrics.height() : at.y() + metrics.height(), width,
        metrics.height() + 4);
    painter.setPen(QPen(theme().accent, 1));
    painter.setBrush(theme().panel);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(theme().text);
    painter.drawText(box, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideRight, width - 8));
}

QPointF ParetoChart::placeOf(std::size_t preset) const
{
    const QRectF chart = screenArea();
    return positionOf(preset) + chart.topLeft();
}

std::optional<std::size_t> ParetoChart::presetAt(const QPointF& at) const
{
    const QRectF chart = screenArea();
    std::optional<std::size_t> nearest;
    double best = kReach;
    for (const std::size_t i : m_selection.shown) {
        const QPointF distance = positionOf(i) + chart.topLeft() - at;
        const double length = std::hypot(distance.x(), distance.y());
        if (length < best) {
            best = length;
            nearest = i;
        }
    }
    return nearest;
}

}  // namespace nanoscope
