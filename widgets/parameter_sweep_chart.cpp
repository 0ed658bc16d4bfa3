#include "widgets/parameter_sweep_chart.h"

#include "widgets/number_list.h"
#include "widgets/number_text.h"
#include "widgets/parameter_sweep_scene_chart.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kReach = 12.0;  // pixels from a point that still mean it

/// Widened by a margin, and never empty.
void pad(double& low, double& high)
{
    const double room = std::max({0.06 * (high - low), 1e-3 * std::fabs(low), 1e-9});
    low -= room;
    high += room;
}

}  // namespace

ParameterSweepChart::ParameterSweepChart(QWidget* parent)
    : PlotView(parent)
    , m_scene(std::make_unique<ParameterSweepScene>())
{
    setObjectName(QStringLiteral("sweepChart"));
    setAccessibleName(tr("Sweep chart"));
    m_scene->setTheme(theme());
    contentChanged();
}

ParameterSweepChart::~ParameterSweepChart() = default;

void ParameterSweepChart::setState(std::shared_ptr<const SweepState> state)
{
    const bool isSamePlan = state && m_state && state->plan == m_state->plan;
    m_state = std::move(state);
    if (!isSamePlan)
        m_current.reset();
    choosePoints();
}

void ParameterSweepChart::setFigure(SweepFigure figure)
{
    m_figure = figure;
    choosePoints();
}

void ParameterSweepChart::setAcross(Across across)
{
    m_across = across;
    choosePoints();
}

void ParameterSweepChart::setNames(const QString& x, const QString& curve)
{
    m_xName = x;
    m_curveName = curve;
    choosePoints();
}

/// Powers of two, and values that span as much, stand by their logarithm.
bool ParameterSweepChart::isDoubling() const
{
    constexpr double kWide = 8.0;
    double low = 0.0;
    double high = 0.0;
    bool arePowers = true;
    for (const SweepEntry& entry : m_state->entries) {
        if (!entry.point.refusal.empty())
            continue;
        const double x = entry.point.x;
        low = high == 0.0 ? x : std::min(low, x);
        high = std::max(high, x);
        int exponent = 0;
        arePowers = arePowers && std::frexp(x, &exponent) == 0.5;
    }
    return low > 0 && (arePowers || high >= kWide * low);
}

std::optional<QPointF> ParameterSweepChart::axesPlace(const SweepEntry& entry) const
{
    const auto y = sweepValue(entry, m_figure);
    if (!y || !std::isfinite(*y) || entry.point.curveNumber >= kMostSweepCurves)
        return std::nullopt;
    if (isLogarithmic(m_figure) && *y <= 0)
        return std::nullopt;
    const double x = m_across == Across::Bits ? entry.point.merit->bitsPerElement
        : isDoubling()                        ? std::log2(entry.point.x)
                                              : entry.point.x;
    return QPointF(x, isLogarithmic(m_figure) ? std::log10(*y) : *y);
}

void ParameterSweepChart::choosePoints()
{
    m_shown.clear();
    std::vector<QList<QPointF>> curves(kMostSweepCurves);
    SweepScale x{acrossName(), 0, 1, false, {}};
    SweepScale y{sweepFigureTitle(m_figure), 0, 1, isLogarithmic(m_figure), {}};
    for (std::size_t i = 0; m_state && i < m_state->entries.size(); ++i) {
        const SweepEntry& entry = m_state->entries[i];
        const auto place = axesPlace(entry);
        if (!place)
            continue;
        const bool isFirst = m_shown.empty();
        x.low = isFirst ? place->x() : std::min(x.low, place->x());
        x.high = isFirst ? place->x() : std::max(x.high, place->x());
        y.low = isFirst ? place->y() : std::min(y.low, place->y());
        y.high = isFirst ? place->y() : std::max(y.high, place->y());
        m_shown.push_back(i);
        curves[entry.point.curveNumber] << *place;
        if (m_across == Across::Parameter)
            x.ticks.push_back({place->x(), exactText(entry.point.x)});
    }
    std::stable_sort(m_shown.begin(), m_shown.end(), [this](std::size_t a, std::size_t b) {
        return axesPlace(m_state->entries[a])->x() < axesPlace(m_state->entries[b])->x();
    });
    std::sort(x.ticks.begin(), x.ticks.end(), [](const ChartTick& a, const ChartTick& b) { return a.place < b.place; });
    if (m_current && std::find(m_shown.begin(), m_shown.end(), *m_current) == m_shown.end())
        m_current.reset();
    pad(x.low, x.high);
    pad(y.low, y.high);
    m_scene->setCurves(curves);
    m_scene->setScales(std::move(x), std::move(y));
    contentChanged();
}

std::optional<std::size_t> ParameterSweepChart::present() const
{
    for (const std::size_t i : m_shown)
        if (m_state->entries[i].point.format.spec == m_state->plan.base.spec)
            return i;
    return std::nullopt;
}

QString ParameterSweepChart::acrossName() const
{
    return m_across == Across::Bits ? meritFigureTitle(MeritFigure::Bits) : m_xName;
}

QString ParameterSweepChart::plotTitle() const
{
    return tr("Sweep");
}

QString ParameterSweepChart::summary() const
{
    if (m_shown.empty())
        return tr("%1: nothing measured yet").arg(plotTitle());
    return tr("%1 of %2 against %3: %4 points")
        .arg(sweepFigureName(m_figure), QString::fromStdString(m_state->plan.base.name), acrossName(),
            countText(m_shown.size()));
}

QRectF ParameterSweepChart::chartArea(const QRectF& area, const QFontMetricsF& metrics) const
{
    const bool hasLegend = m_state && m_state->plan.curves;
    return area.adjusted(0, headerHeight(metrics) + (hasLegend ? metrics.height() + 4 : 0), 0, 0);
}

void ParameterSweepChart::paintLegend(QPainter& painter, const QRectF& line) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double middle = line.top() + metrics.height() / 2;
    double x = line.left() + 12;
    const QString name = metrics.elidedText(m_curveName + u':', Qt::ElideRight, line.width() / 2);
    painter.setPen(theme().mutedText);
    painter.drawText(QRectF(x, line.top(), line.width() / 2, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, name);
    x += metrics.horizontalAdvance(name) + 10;
    const std::vector<double>& values = m_state->plan.curves->values;
    for (std::size_t i = 0; i < std::min(values.size(), kMostSweepCurves); ++i) {
        const QString text = exactText(values[i]);
        const double width = kSweepSymbol + 16 + metrics.horizontalAdvance(text) + 12;
        if (x + width > line.right())
            return;
        painter.setPen(QPen(sweepColor(i, theme()), 2));
        painter.drawLine(QPointF(x, middle), QPointF(x + kSweepSymbol + 10, middle));
        paintShape(painter, QPointF(x + kSweepSymbol / 2 + 5, middle), kSweepSymbol, sweepShape(i),
            sweepColor(i, theme()), theme().panel);
        painter.setPen(theme().text);
        painter.drawText(
            QRectF(x + kSweepSymbol + 14, line.top(), width, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += width;
    }
}

void ParameterSweepChart::paintErrors(QPainter& painter, const QRectF& chart) const
{
    if (m_figure != SweepFigure::Sqnr)
        return;
    for (const std::size_t i : m_shown) {
        const SweepEntry& entry = m_state->entries[i];
        const double deviation = entry.point.merit->standardError;
        if (deviation <= 0)
            continue;
        const QPointF at = *axesPlace(entry);
        painter.setPen(QPen(sweepColor(entry.point.curveNumber, theme()), 1.2));
        painter.drawLine(m_scene->chart().positionOf(at - QPointF(0, deviation)) + chart.topLeft(),
            m_scene->chart().positionOf(at + QPointF(0, deviation)) + chart.topLeft());
    }
}

/// A ring and the letter A at the point that format A is.
void ParameterSweepChart::paintPresent(QPainter& painter, const QRectF& chart) const
{
    constexpr double kRing = 8.0;
    const auto entry = present();
    if (!entry)
        return;
    const QPointF center = m_scene->chart().positionOf(*axesPlace(m_state->entries[*entry])) + chart.topLeft();
    painter.setBrush(Qt::NoBrush);
    for (const QPen& pen : {QPen(theme().panel, 5), QPen(theme().text, 2)}) {
        painter.setPen(pen);
        painter.drawEllipse(center, kRing, kRing);
    }
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double width = metrics.horizontalAdvance(u'A') + 6;
    const QRectF box(center.x() - kRing - width, center.y() + 3, width, metrics.height());
    painter.setPen(QPen(theme().text, 1));
    painter.setBrush(theme().panel);
    painter.drawRoundedRect(box, 3, 3);
    painter.drawText(box, Qt::AlignCenter, QStringLiteral("A"));
}

void ParameterSweepChart::paintPlot(QPainter& painter, const QRectF& area) const
{
    painter.save();
    QString detail;
    if (m_state) {
        detail = tr("%1 of %2").arg(sweepFigureName(m_figure), QString::fromStdString(m_state->plan.base.name));
        if (m_state->done < m_state->entries.size())
            detail += tr(" · %1 of %2 measured").arg(m_state->done).arg(m_state->entries.size());
        const auto refused = std::count_if(m_state->entries.begin(), m_state->entries.end(),
            [](const SweepEntry& entry) { return !entry.point.refusal.empty(); });
        if (refused > 0)
            detail += tr(" · %1 refused: see the table").arg(refused);
    }
    const QRectF rest = paintHeader(painter, area, plotTitle(), detail);
    if (m_shown.empty()) {
        const bool isDone = m_state && m_state->done == m_state->entries.size() && !m_state->entries.empty();
        paintEmpty(painter, rest,
            isDone ? tr("No value gives this figure: the table says why.")
                   : tr("Points are measured while this panel is visible and a tensor is open."));
        painter.restore();
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    if (m_state->plan.curves)
        paintLegend(painter, rest);
    const QRectF chart = chartArea(area, QFontMetricsF(painter.font(), painter.device()));
    m_scene->fit(chart.size(), painter.font());
    m_scene->chart().render(painter, chart);
    paintErrors(painter, chart);
    paintPresent(painter, chart);
    painter.restore();
}

QString ParameterSweepChart::tipOf(const SweepEntry& entry) const
{
    QString text = tr("%1: %2").arg(m_xName, exactText(entry.point.x));
    if (entry.point.curve)
        text += tr(", %1: %2").arg(m_curveName, exactText(*entry.point.curve));
    text += u'\n'
        + tr("%1 %2, %3 bits")
              .arg(sweepFigureName(m_figure), shortNumberText(*sweepValue(entry, m_figure)),
                  fixedText(entry.point.merit->bitsPerElement, 4));
    return text + u'\n' + sweepStanding(entry, m_figure);
}

void ParameterSweepChart::paintOverlay(QPainter& painter, const QRectF& /*area*/) const
{
    if (!m_current || !hasFocus())
        return;
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(theme().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(placeOf(*m_current), kSweepSymbol - 2, kSweepSymbol - 2);
}

void ParameterSweepChart::themeChanged()
{
    m_scene->setTheme(theme());
}

QPointF ParameterSweepChart::placeOf(std::size_t entry) const
{
    const QRectF chart = chartArea(rect(), QFontMetricsF(font(), this));
    m_scene->fit(chart.size(), font());
    return m_scene->chart().positionOf(*axesPlace(m_state->entries[entry])) + chart.topLeft();
}

std::optional<std::size_t> ParameterSweepChart::entryAt(const QPointF& at) const
{
    std::optional<std::size_t> nearest;
    double best = kReach;
    for (const std::size_t i : m_shown) {
        const QPointF distance = placeOf(i) - at;
        const double length = std::hypot(distance.x(), distance.y());
        if (length < best) {
            best = length;
            nearest = i;
        }
    }
    return nearest;
}

void ParameterSweepChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto found = entryAt(event->position())) {
        m_current = found;
        update();
        Q_EMIT entryChosen(*found);
    }
}

void ParameterSweepChart::keyPressEvent(QKeyEvent* event)
{
    const bool isStep = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    const bool isChoice = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_shown.empty() || (!isStep && !isChoice)) {
        PlotView::keyPressEvent(event);
        return;
    }
    if (isChoice) {
        if (m_current)
            Q_EMIT entryChosen(*m_current);
        return;
    }
    const auto at = std::find(m_shown.begin(), m_shown.end(), m_current.value_or(present().value_or(m_shown.size())));
    const auto last = static_cast<std::ptrdiff_t>(m_shown.size()) - 1;
    const std::ptrdiff_t step = event->key() == Qt::Key_Right ? 1 : -1;
    const std::ptrdiff_t next
        = at == m_shown.end() ? 0 : std::clamp<std::ptrdiff_t>(at - m_shown.begin() + step, 0, last);
    m_current = m_shown[static_cast<std::size_t>(next)];
    setAccessibleDescription(tipOf(m_state->entries[*m_current]));
    update();
}

bool ParameterSweepChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_shown.empty())
        return PlotView::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto found = entryAt(help->pos()))
        QToolTip::showText(help->globalPos(), tipOf(m_state->entries[*found]), this);
    else
        QToolTip::hideText();
    return true;
}

/// Every figure of the points that are shown.
PlotData ParameterSweepChart::plotData() const
{
    if (m_shown.empty())
        return {};
    std::vector<PlotColumn> columns{{m_xName}, {m_curveName.isEmpty() ? tr("curve") : m_curveName}, {tr("format")}};
    for (const SweepFigure figure : kSweepFigures)
        columns.push_back({sweepFigureTitle(figure)});
    std::vector<std::vector<PlotValue>> rows;
    for (const std::size_t i : m_shown) {
        const SweepEntry& entry = m_state->entries[i];
        rows.push_back({entry.point.x, plotValue(entry.point.curve), QString::fromStdString(entry.point.format.name)});
        for (const SweepFigure figure : kSweepFigures)
            rows.back().push_back(plotValue(sweepValue(entry, figure)));
    }
    return tableData(plotTitle(), std::move(columns), std::move(rows));
}

}  // namespace nanoscope
