#include "widgets/cost_ratio_plot.h"

#include "widgets/cost_rows.h"
#include "widgets/cost_text.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kSymbol = 7.0;
constexpr double kShift = 3.5;  // A above, B below the middle of a line
constexpr int kHeaderLines = 2;

QString tickText(int power)
{
    switch (power) {
    case -2:
        return QStringLiteral("¼");
    case -1:
        return QStringLiteral("½");
    default:
        return power < 0 ? QStringLiteral("1/%1").arg(1 << -power) : QString::number(1 << power);
    }
}

}  // namespace

/// Where things lie: columns for names, points and figures, and lines of equal height.
struct CostRatioPlot::Layout {
    QRectF names;
    QRectF axis;
    QRectF figuresA;
    QRectF figuresB;
    double line = 0.0;
    double lowest = 0.0;  // power of two at the left end
    double highest = 0.0;

    [[nodiscard]] double place(double ratio) const
    {
        const double power = std::clamp(std::log2(std::max(ratio, 1e-12)), lowest, highest);
        return axis.left() + (power - lowest) / (highest - lowest) * axis.width();
    }
};

CostRatioPlot::CostRatioPlot(QWidget* parent)
    : PlotView(parent)
{
    setObjectName(QStringLiteral("costRatios"));
    setAccessibleName(tr("Ratios to the baselines"));
    contentChanged();
}

void CostRatioPlot::setResult(std::shared_ptr<const CostResult> result)
{
    m_result = std::move(result);
    m_rows.clear();
    if (m_result) {
        addMeasure(tr("Area of a unit"), "area", &CostRatio::area, 0);
        addMeasure(tr("Energy per decoded token"), "energy", &CostRatio::energy, 1);
        addMeasure(tr("Latency of a decoded token"), "latency", &CostRatio::latency, 3);
        addMeasure(tr("Energy per token of the prompt"), "prefill energy", &CostRatio::prefillEnergy, 2);
        addMeasure(tr("Latency of the prefill"), "prefill latency", &CostRatio::prefillLatency, 3);
    }
    double reach = 1.0;
    for (const Row& row : m_rows)
        for (const Side& side : {row.a, row.b.value_or(row.a)})
            for (const double end : {side.ratio * (1 - side.error), side.ratio * (1 + side.error)})
                reach = std::max(reach, std::fabs(std::log2(std::clamp(end, 1e-6, 1e6))));
    reach = std::ceil(reach);
    if (reach > m_reach || reach < m_reach - 1)  // the axis stands still while figures move a little
        m_reach = reach;
    updateGeometry();
    contentChanged();
}

void CostRatioPlot::addMeasure(const QString& heading, const char* name, double CostRatio::*ratio, int error)
{
    const HardwareConstants& constants = m_result->choice.setup.parameters.constants;
    const auto sideOf = [&](const FormatCost& cost, const FormatCost& baseline) {
        const CostRatioErrors errors = ratioErrors(cost, baseline, constants);
        const double bars[]{errors.area, errors.energy, errors.prefillEnergy, 0.0};
        return Side{ratioTo(cost, baseline).*ratio, bars[error]};
    };
    bool isFirst = true;
    for (const FormatCost& baseline : m_result->baselines) {
        const QString label = QString::fromStdString(baseline.name);
        Row row{isFirst ? heading : QString(), label, QStringLiteral("ratio/%1/%2").arg(label, QLatin1String(name)),
            sideOf(m_result->a, baseline), std::nullopt};
        if (m_result->b)
            row.b = sideOf(*m_result->b, baseline);
        m_rows.push_back(std::move(row));
        isFirst = false;
    }
}

void CostRatioPlot::setSelected(const QString& id)
{
    m_selected = id;
    update();
}

QString CostRatioPlot::plotTitle() const
{
    return tr("Cost over baselines");
}

QString CostRatioPlot::summary() const
{
    if (!m_result)
        return tr("%1: no figures yet").arg(plotTitle());
    QStringList parts;
    for (const Row& row : m_rows) {
        if (!row.heading.isEmpty())
            parts << row.heading;
        parts << tr("over %1: A %2").arg(row.label, ratioText(row.a.ratio, row.a.error))
                + (row.b ? tr(", B %1").arg(ratioText(row.b->ratio, row.b->error)) : QString());
    }
    return parts.join(QStringLiteral("; "));
}

int CostRatioPlot::lines() const
{
    int lines = kHeaderLines;
    for (const Row& row : m_rows)
        lines += row.heading.isEmpty() ? 1 : 2;
    return lines;
}

QSize CostRatioPlot::minimumSizeHint() const
{
    return {280, static_cast<int>(lines() * QFontMetricsF(font()).height() * 1.05)};
}

CostRatioPlot::Layout CostRatioPlot::layoutFor(const QRectF& area, const QFontMetricsF& metrics) const
{
    Layout layout;
    const double tallest = metrics.height() * 1.7;
    layout.line = std::min(tallest, area.height() / lines());
    const double name = metrics.horizontalAdvance(QStringLiteral("  MXFP4")) + 16;
    constexpr double kMostOfName = 110.0;
    double figure = metrics.horizontalAdvance(QStringLiteral("0.88 ± 0.88"));
    for (const FormatCost* cost : {&m_result->a, m_result->b ? &*m_result->b : &m_result->a})
        figure = std::max(figure, std::min(kMostOfName, metrics.horizontalAdvance(QString::fromStdString(cost->name))));
    figure += 14;
    const double figures = m_result->b ? 2 * figure : figure;
    layout.names = QRectF(area.left() + 10, area.top(), name, area.height());
    layout.figuresB = QRectF(area.right() - 8 - figure, area.top(), figure, area.height());
    layout.figuresA = QRectF(area.right() - 8 - figures, area.top(), figure, area.height());
    layout.axis = QRectF(layout.names.right(), area.top() + kHeaderLines * layout.line,
        std::max(40.0, layout.figuresA.left() - 10 - layout.names.right()), (lines() - kHeaderLines) * layout.line);
    // Ratios to FP16 reach far below 1, nothing reaches far above.
    layout.lowest = -m_reach;
    layout.highest = std::min(m_reach, 1.0);
    for (const Row& row : m_rows)
        for (const Side& side : {row.a, row.b.value_or(row.a)})
            layout.highest = std::max(layout.highest, std::ceil(std::log2(side.ratio * (1 + side.error))));
    return layout;
}

void CostRatioPlot::paintAxis(QPainter& painter, const Layout& layout) const
{
    for (int power = static_cast<int>(layout.lowest); power <= static_cast<int>(layout.highest); ++power) {
        const double x = layout.place(std::exp2(power));
        painter.setPen(QPen(power == 0 ? theme().mutedText : theme().grid, power == 0 ? 1.5 : 1));
        painter.drawLine(QLineF(x, layout.axis.top(), x, layout.axis.bottom()));
        painter.setPen(theme().mutedText);
        painter.drawText(
            QRectF(x - 20, layout.axis.top() - layout.line, 40, layout.line), Qt::AlignCenter, tickText(power));
    }
}

void CostRatioPlot::paintSide(QPainter& painter, const Layout& layout, double y, const Side& side, bool isA) const
{
    const QColor color = isA ? theme().seriesA : theme().seriesB;
    painter.setPen(QPen(color, 1.6));
    if (side.error > 0) {
        const double left = layout.place(side.ratio * (1 - side.error));
        const double right = layout.place(side.ratio * (1 + side.error));
        painter.drawLine(QLineF(left, y, right, y));
        for (const double end : {left, right})
            painter.drawLine(QLineF(end, y - 2.5, end, y + 2.5));
    }
    painter.setPen(QPen(theme().panel, 1));
    painter.setBrush(color);
    const double x = layout.place(side.ratio);
    const QRectF symbol(x - kSymbol / 2, y - kSymbol / 2, kSymbol, kSymbol);
    if (isA)
        painter.drawEllipse(symbol);
    else
        painter.drawRect(symbol);
}

void CostRatioPlot::paintPlot(QPainter& painter, const QRectF& area) const
{
    if (!m_result) {
        paintEmpty(painter, area, tr("No figures yet"));
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    const QFontMetricsF metrics(painter.font(), painter.device());
    const Layout layout = layoutFor(area, metrics);
    const auto head = [&](const QRectF& column, const FormatCost& cost, const QString& sign, const QColor& color) {
        painter.setPen(color);
        painter.drawText(
            QRectF(column.left(), column.top(), column.width(), layout.line), Qt::AlignRight | Qt::AlignVCenter, sign);
        painter.setPen(theme().text);
        painter.drawText(QRectF(column.left(), column.top() + layout.line, column.width(), layout.line),
            Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(QString::fromStdString(cost.name), Qt::ElideMiddle, column.width() - 8));
    };
    QFont bold = painter.font();
    bold.setBold(true);
    const QFont plain = painter.font();
    painter.setFont(bold);
    painter.setPen(theme().text);
    painter.drawText(QRectF(area.left() + 10, area.top(), area.width() / 2, layout.line),
        Qt::AlignLeft | Qt::AlignVCenter, plotTitle());
    painter.setFont(plain);
    const double after = QFontMetricsF(bold, painter.device()).horizontalAdvance(plotTitle()) + 22;
    painter.setPen(theme().mutedText);
    painter.drawText(QRectF(area.left() + after, area.top(), area.width() / 2, layout.line),
        Qt::AlignLeft | Qt::AlignVCenter, tr("below 1 is better"));
    head(layout.figuresA, m_result->a, QStringLiteral("● A"), theme().seriesA);
    if (m_result->b)
        head(layout.figuresB, *m_result->b, QStringLiteral("■ B"), theme().seriesB);
    paintAxis(painter, layout);
    double y = layout.axis.top();
    for (const Row& row : m_rows) {
        if (!row.heading.isEmpty()) {
            painter.setPen(theme().mutedText);
            const QRectF line(layout.names.left(), y, area.width() - 20, layout.line);
            const QRectF written = painter.boundingRect(line, Qt::AlignLeft | Qt::AlignVCenter, row.heading);
            painter.fillRect(written.adjusted(-1, 0, 3, 0), theme().panel);
            painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, row.heading);
            y += layout.line;
        }
        const auto cell = [&](const QRectF& column) { return QRectF(column.left(), y, column.width(), layout.line); };
        painter.setPen(theme().text);
        painter.drawText(cell(layout.names).adjusted(10, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, row.label);
        painter.drawText(cell(layout.figuresA), Qt::AlignRight | Qt::AlignVCenter, ratioText(row.a.ratio, row.a.error));
        const double middle = y + layout.line / 2;
        const double shift = row.b ? kShift : 0.0;
        if (row.b) {
            painter.drawText(
                cell(layout.figuresB), Qt::AlignRight | Qt::AlignVCenter, ratioText(row.b->ratio, row.b->error));
            paintSide(painter, layout, middle + shift, *row.b, false);
        }
        paintSide(painter, layout, middle - shift, row.a, true);
        y += layout.line;
    }
    painter.restore();
}

void CostRatioPlot::paintOverlay(QPainter& painter, const QRectF& area) const
{
    if (m_selected.isEmpty() || !m_result)
        return;
    const Layout layout = layoutFor(area, QFontMetricsF(font()));
    double y = layout.axis.top();
    for (const Row& row : m_rows) {
        y += row.heading.isEmpty() ? 0 : layout.line;
        if (row.id == m_selected) {
            painter.setPen(QPen(theme().accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(area.left() + 6, y, area.width() - 10, layout.line), 3, 3);
        }
        y += layout.line;
    }
}

void CostRatioPlot::mousePressEvent(QMouseEvent* event)
{
    PlotView::mousePressEvent(event);
    if (!m_result)
        return;
    const Layout layout = layoutFor(rect(), QFontMetricsF(font()));
    double y = layout.axis.top();
    for (const Row& row : m_rows) {
        y += row.heading.isEmpty() ? 0 : layout.line;
        if (event->position().y() >= y && event->position().y() < y + layout.line)
            Q_EMIT figureSelected(row.id);
        y += layout.line;
    }
}

void CostRatioPlot::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step == 0 || m_rows.empty()) {
        PlotView::keyPressEvent(event);
        return;
    }
    const auto at = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) { return row.id == m_selected; });
    const auto last = static_cast<std::ptrdiff_t>(m_rows.size()) - 1;
    const std::ptrdiff_t next
        = at == m_rows.end() ? 0 : std::clamp<std::ptrdiff_t>(at - m_rows.begin() + step, 0, last);
    Q_EMIT figureSelected(m_rows[static_cast<std::size_t>(next)].id);
}

bool CostRatioPlot::hasContent() const
{
    return !m_rows.empty();
}

/// Error bars as fractions of the ratio.
PlotData CostRatioPlot::plotData() const
{
    if (!hasContent())
        return {};
    std::vector<std::vector<PlotValue>> rows;
    QString measure;
    for (const Row& row : m_rows) {
        measure = row.heading.isEmpty() ? measure : row.heading;
        rows.push_back({measure, row.label, row.a.ratio, row.a.error, row.b ? PlotValue(row.b->ratio) : PlotValue(),
            row.b ? PlotValue(row.b->error) : PlotValue()});
    }
    const auto name = [this](const FormatCost& cost) { return QString::fromStdString(cost.name); };
    const QString a = name(m_result->a);
    const QString b = m_result->b ? name(*m_result->b) : tr("no B");
    return tableData(plotTitle(),
        {{tr("measure")}, {tr("over")}, {tr("A: %1").arg(a), tr("ratio")}, {tr("error bar of A"), tr("fraction")},
            {tr("B: %1").arg(b), tr("ratio")}, {tr("error bar of B"), tr("fraction")}},
        std::move(rows));
}

}  // namespace nanoscope
