#include "widgets/cost_bar_chart.h"

#include "widgets/cost_bar_scene.h"
#include "widgets/cost_text.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QImage>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kSwatch = 11.0;

}  // namespace

CostBarChart::CostBarChart(const QString& objectName, QWidget* parent)
    : PlotView(parent)
    , m_chart(std::make_unique<CostBarScene>())
{
    setObjectName(objectName);
}

CostBarChart::~CostBarChart() = default;

void CostBarChart::setBars(CostBars bars)
{
    const bool hasOtherRows = bars.bars.size() != m_bars.bars.size() || bars.parts.size() != m_bars.parts.size();
    m_bars = std::move(bars);
    m_chart->setBars(m_bars);
    if (hasOtherRows) {
        themeChanged();
        updateGeometry();
    }
    contentChanged();
}

void CostBarChart::setSelected(const QString& id)
{
    m_selected = id;
    update();
}

QBrush CostBarChart::brushOf(int part) const
{
    const Theme& look = theme();
    const QColor colors[]{look.exponentField, look.mantissaField, look.magnitudeField,
        blended(look.panel, look.mutedText, 0.55), look.signField, look.vacant, look.accent, look.mutedText};
    static_assert(std::size(colors) == kMostParts);
    return colors[part];
}

/// Hatches tell features apart from each other and from the rest without color.
QBrush CostBarChart::hatchOf(int part) const
{
    constexpr Qt::BrushStyle kHatches[]{Qt::BDiagPattern, Qt::DiagCrossPattern, Qt::FDiagPattern, Qt::Dense6Pattern};
    const auto at = static_cast<std::size_t>(part);
    const bool isHatched = at < m_bars.parts.size() && m_bars.parts[at].isFeature;
    return isHatched ? QBrush(theme().fieldText, kHatches[at % std::size(kHatches)]) : QBrush(Qt::NoBrush);
}

void CostBarChart::themeChanged()
{
    std::array<QBrush, kMostParts> brushes;
    for (int part = 0; part < kMostParts; ++part)
        brushes[static_cast<std::size_t>(part)] = brushOf(part);
    m_chart->setTheme(theme(), brushes);
}

QString CostBarChart::summary() const
{
    QStringList bars;
    for (const CostBar& bar : m_bars.bars) {
        QStringList parts;
        for (std::size_t i = 0; i < bar.values.size(); ++i)
            if (bar.values[i] > 0)
                parts << m_bars.parts[i].name + u' ' + costValueText(bar.values[i], m_bars.unit);
        bars << tr("%1 %2 (%3)")
                    .arg(bar.name, costValueWithUnit(totalOf(bar), m_bars.unit), parts.join(QStringLiteral(", ")));
    }
    return m_bars.title + QStringLiteral(": ") + bars.join(QStringLiteral("; "));
}

QSize CostBarChart::minimumSizeHint() const
{
    const double line = QFontMetricsF(font()).height();
    return {280, static_cast<int>((5.5 + 1.25 * std::max<double>(2, static_cast<double>(m_bars.bars.size()))) * line)};
}

double CostBarChart::paintLegend(QPainter& painter, const QRectF& area, bool measureOnly) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    double x = area.left() + 12;
    double y = area.top();
    for (std::size_t i = 0; i < m_bars.parts.size(); ++i) {
        const bool isUsed = std::any_of(
            m_bars.bars.begin(), m_bars.bars.end(), [i](const CostBar& bar) { return bar.values[i] > 0; });
        if (!isUsed)
            continue;
        const double width = kSwatch + 5 + metrics.horizontalAdvance(m_bars.parts[i].name) + 14;
        if (x + width > area.right() && x > area.left() + 12) {
            x = area.left() + 12;
            y += metrics.height() + 2;
        }
        if (!measureOnly) {
            painter.setPen(QPen(theme().mutedText, 0.5));
            const QRectF swatch(x, y + (metrics.height() - kSwatch) / 2, kSwatch, kSwatch);
            for (const QBrush& brush : {brushOf(static_cast<int>(i)), hatchOf(static_cast<int>(i))}) {
                painter.setBrush(brush);
                painter.drawRect(swatch);
            }
            painter.setPen(theme().text);
            painter.drawText(QRectF(x + kSwatch + 5, y, width, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                m_bars.parts[i].name);
        }
        x += width;
    }
    return y + metrics.height() + 4 - area.top();
}

void CostBarChart::paintHatches(QPainter& painter, const QRectF& chart) const
{
    painter.setPen(Qt::NoPen);
    for (std::size_t bar = 0; bar < m_bars.bars.size(); ++bar) {
        double from = 0.0;
        for (std::size_t part = 0; part < m_bars.parts.size(); ++part) {
            const double to = from + m_bars.bars[bar].values[part];
            if (m_bars.parts[part].isFeature && to > from) {
                painter.setBrush(hatchOf(static_cast<int>(part)));
                painter.drawRect(m_chart->rectOf(static_cast<int>(bar), from, to).translated(chart.topLeft()));
            }
            from = to;
        }
    }
}

void CostBarChart::paintTotals(QPainter& painter, const QRectF& chart) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    painter.setPen(theme().text);
    for (int bar = 0; bar < static_cast<int>(m_bars.bars.size()); ++bar) {
        const double total = totalOf(m_bars.bars[static_cast<std::size_t>(bar)]);
        const QRectF end = m_chart->rectOf(bar, 0, total).translated(chart.topLeft());
        painter.drawText(QRectF(end.right() + 5, end.top(), 120, end.height()), Qt::AlignLeft | Qt::AlignVCenter,
            costValueText(total, m_bars.unit));
    }
}

QRectF CostBarChart::chartArea(const QRectF& area, const QFontMetricsF& metrics) const
{
    return area.adjusted(0, headerHeight(metrics), 0, 0);
}

void CostBarChart::paintPlot(QPainter& painter, const QRectF& area) const
{
    if (m_bars.bars.empty()) {
        paintEmpty(painter, area, tr("No figures yet"));
        return;
    }
    painter.save();
    QRectF rest = paintHeader(painter, area, m_bars.title, m_bars.detail);
    painter.setRenderHint(QPainter::Antialiasing, true);
    rest.setTop(rest.top() + paintLegend(painter, rest, false));
    m_chart->fit(rest.size(), painter.font());
    m_chart->render(painter, rest);
    paintHatches(painter, rest);
    paintTotals(painter, rest);
    painter.restore();
}

QRectF CostBarChart::segmentRect(int bar, int part) const
{
    QImage surface(1, 1, QImage::Format_ARGB32);
    QPainter measuring(&surface);
    measuring.setFont(font());
    QRectF chart = chartArea(rect(), QFontMetricsF(font(), this));
    chart.setTop(chart.top() + paintLegend(measuring, chart, true));
    m_chart->fit(chart.size(), font());
    const std::vector<double>& values = m_bars.bars[static_cast<std::size_t>(bar)].values;
    const double from = std::accumulate(values.begin(), values.begin() + part, 0.0);
    return m_chart->rectOf(bar, from, from + values[static_cast<std::size_t>(part)]).translated(chart.topLeft());
}

std::optional<std::pair<int, int>> CostBarChart::partAt(const QPointF& point) const
{
    for (int bar = 0; bar < static_cast<int>(m_bars.bars.size()); ++bar)
        for (int part = 0; part < static_cast<int>(m_bars.parts.size()); ++part)
            if (segmentRect(bar, part).contains(point))
                return std::pair(bar, part);
    return std::nullopt;
}

void CostBarChart::paintOverlay(QPainter& painter, const QRectF& /*area*/) const
{
    painter.setPen(QPen(theme().text, 2));
    painter.setBrush(Qt::NoBrush);
    for (int part = 0; part < static_cast<int>(m_bars.parts.size()); ++part)
        if (m_bars.parts[static_cast<std::size_t>(part)].id == m_selected)
            for (int bar = 0; bar < static_cast<int>(m_bars.bars.size()); ++bar)
                if (const QRectF segment = segmentRect(bar, part); segment.width() > 0.5)
                    painter.drawRect(segment);
}

void CostBarChart::mousePressEvent(QMouseEvent* event)
{
    PlotView::mousePressEvent(event);
    if (const auto found = partAt(event->position()))
        Q_EMIT partSelected(m_bars.parts[static_cast<std::size_t>(found->second)].id);
}

void CostBarChart::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || m_bars.parts.empty()) {
        PlotView::keyPressEvent(event);
        return;
    }
    const auto at = std::find_if(
        m_bars.parts.begin(), m_bars.parts.end(), [&](const CostPart& part) { return part.id == m_selected; });
    const auto last = static_cast<std::ptrdiff_t>(m_bars.parts.size()) - 1;
    const std::ptrdiff_t next
        = at == m_bars.parts.end() ? 0 : std::clamp<std::ptrdiff_t>(at - m_bars.parts.begin() + step, 0, last);
    Q_EMIT partSelected(m_bars.parts[static_cast<std::size_t>(next)].id);
}

bool CostBarChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return PlotView::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto found = partAt(help->pos())) {
        const CostBar& bar = m_bars.bars[static_cast<std::size_t>(found->first)];
        const double value = bar.values[static_cast<std::size_t>(found->second)];
        QToolTip::showText(help->globalPos(),
            tr("%1, %2: %3, %4 of %5")
                .arg(bar.name, m_bars.parts[static_cast<std::size_t>(found->second)].name,
                    costValueWithUnit(value, m_bars.unit), percentText(value / totalOf(bar)),
                    costValueWithUnit(totalOf(bar), m_bars.unit)),
            this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

bool CostBarChart::hasContent() const
{
    return !m_bars.bars.empty();
}

PlotData CostBarChart::plotData() const
{
    if (!hasContent())
        return {};
    std::vector<PlotColumn> columns{{tr("format")}};
    for (const CostPart& part : m_bars.parts)
        columns.push_back({part.name, QString::fromStdString(m_bars.unit)});
    std::vector<std::vector<PlotValue>> rows;
    for (const CostBar& bar : m_bars.bars) {
        rows.push_back({bar.name});
        rows.back().insert(rows.back().end(), bar.values.begin(), bar.values.end());
    }
    return tableData(plotTitle(), std::move(columns), std::move(rows));
}

}  // namespace nanoscope
