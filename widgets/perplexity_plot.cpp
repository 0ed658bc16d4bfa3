#include "widgets/perplexity_plot.h"

#include "widgets/asked_case.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kMargin = 10.0;
constexpr double kGap = 8.0;

bool isKnown(const PerplexityEntry& entry)
{
    return entry.error.empty() && entry.figures.tokens > 0 && std::isfinite(entry.figures.deltaLoss);
}

/// The change with its standard error: "+0.0497 ± 0.0024".
QString changeText(const PerplexityEntry& entry)
{
    if (!entry.error.empty())
        return PerplexityPlot::tr("refused");
    if (entry.figures.tokens == 0)
        return PerplexityPlot::tr("waiting");
    const double change = entry.figures.deltaLoss;
    if (!std::isfinite(change))
        return PerplexityPlot::tr("no number");
    const QString text = (change > 0 ? QStringLiteral("+") : QString()) + fixedText(change, 4);
    const double error = entry.figures.deltaLossStandardError;
    return std::isfinite(error) ? text + QStringLiteral(" ± ") + fixedText(error, 4) : text;
}

/// Half of the longest error bar.
double reachOf(const PerplexityEntry& entry)
{
    const double error = entry.figures.deltaLossStandardError;  // unknown after a single window
    return std::max(std::isfinite(error) ? error : 0.0, entry.figures.gridSpread.value_or(0.0));
}

}  // namespace

/// Where a change lies on the plot.
struct PerplexityPlot::Scale {
    double lowest = 0.0;
    double highest = 0.01;
    double left = 0.0;
    double right = 1.0;

    [[nodiscard]] double at(double change) const
    {
        return left + (right - left) * (std::clamp(change, lowest, highest) - lowest) / (highest - lowest);
    }
};

std::vector<PerplexityBar> perplexityBars(const PerplexityState& state)
{
    std::vector<PerplexityBar> bars;
    for (const AskedCase& asked : askedCases(state))
        if (asked.index < state.asked.size()) {
            const PerplexityEntry& entry = state.asked[asked.index];
            bars.push_back({asked.role, asked.withMethod(QString::fromStdString(entry.what.name)), &entry,
                !asked.method.isEmpty()});
        }
    const std::size_t firstEarlier = bars.size();
    for (const PerplexityEntry& entry : state.earlier) {
        const QString method = castMethodText(entry.what.weights.calibrated);
        const AskedCase earlier{0, {}, method};
        bars.push_back(
            {std::nullopt, earlier.withMethod(QString::fromStdString(entry.what.name)), &entry, !method.isEmpty()});
    }
    std::stable_sort(bars.begin() + static_cast<std::ptrdiff_t>(firstEarlier), bars.end(),
        [](const PerplexityBar& a, const PerplexityBar& b) {
            return a.entry->figures.deltaLoss < b.entry->figures.deltaLoss;
        });
    return bars;
}

QString perplexityProgress(const PerplexityEntry& entry, const PerplexityState& state)
{
    if (!entry.error.empty())
        return QString::fromStdString(entry.error);
    if (entry.isComplete(state.tokens))
        return {};
    if (entry.figures.tokens < state.tokens)
        return PerplexityPlot::tr("%1 of %2 tokens").arg(countText(entry.figures.tokens), countText(state.tokens));
    return PerplexityPlot::tr("grid %1 of %2").arg(entry.figures.grids).arg(kGridShifts.size());
}

PerplexityPlot::PerplexityPlot(QWidget* parent)
    : PlotView(parent)
{
    setAccessibleName(tr("Perplexity chart"));
    contentChanged();
}

void PerplexityPlot::setState(std::shared_ptr<const PerplexityState> state)
{
    m_state = std::move(state);
    contentChanged();
}

QString PerplexityPlot::plotTitle() const
{
    return tr("Change of loss");
}

QString PerplexityPlot::summary() const
{
    if (!m_state)
        return tr("No language model evaluated yet");
    QStringList parts;
    for (const PerplexityBar& bar : perplexityBars(*m_state))
        if (bar.role)
            parts << tr("%1 %2 nats per token").arg(bar.name, changeText(*bar.entry));
    return parts.join(QStringLiteral("; "));
}

PerplexityPlot::Scale PerplexityPlot::scaleOf(const std::vector<PerplexityBar>& bars, double left, double right) const
{
    Scale scale{0.0, 0.01, left, right};
    for (const PerplexityBar& bar : bars) {
        if (!isKnown(*bar.entry))
            continue;
        scale.lowest = std::min(scale.lowest, bar.entry->figures.deltaLoss - reachOf(*bar.entry));
        scale.highest = std::max(scale.highest, bar.entry->figures.deltaLoss + reachOf(*bar.entry));
    }
    scale.highest += 0.04 * (scale.highest - scale.lowest);
    return scale;
}

QColor PerplexityPlot::colorOf(std::optional<SeriesRole> role) const
{
    return role ? seriesColor(*role, theme()) : blended(theme().panel, theme().mutedText, 0.6);
}

void PerplexityPlot::paintAxis(QPainter& painter, const QRectF& area, const Scale& scale) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double letters = metrics.horizontalAdvance(QStringLiteral("0.000")) + 24;
    const NiceTicks ticks
        = niceTicks(scale.lowest, scale.highest, std::max(2, static_cast<int>((scale.right - scale.left) / letters)));
    const double baseline = area.bottom() - 2 * metrics.height();
    for (const double tick : ticks.values) {
        const double x = scale.at(tick);
        painter.setPen(QPen(tick == 0 ? theme().text : theme().grid, 1));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, baseline));
        painter.setPen(theme().mutedText);
        painter.drawText(QRectF(x - letters / 2, baseline + 2, letters, metrics.height()), Qt::AlignHCenter,
            fixedText(tick, ticks.decimals));
    }
    painter.setPen(theme().mutedText);
    const QString title = tr("change of loss, nats per token");
    const double width = metrics.horizontalAdvance(title) + 4;
    const double left = std::clamp((scale.left + scale.right - width) / 2, area.left() + kMargin,
        std::max(area.left() + kMargin, area.right() - width));
    painter.drawText(QRectF(left, baseline + metrics.height() + 1, width, metrics.height()), Qt::AlignLeft, title);
}

void PerplexityPlot::paintBar(QPainter& painter, const QRectF& row, const PerplexityBar& bar, const Scale& scale) const
{
    const PerplexityFigures& figures = bar.entry->figures;
    if (!isKnown(*bar.entry))
        return;
    const QColor color = colorOf(bar.role);
    const double zero = scale.at(0);
    const double end = scale.at(figures.deltaLoss);
    const QRectF body(QPointF(std::min(zero, end), row.top() + row.height() * 0.2),
        QPointF(std::max(zero, end), row.bottom() - row.height() * 0.2));
    const bool isPartial = figures.tokens < m_state->tokens;
    painter.setPen(QPen(color, 1));
    painter.setBrush(isPartial ? QBrush(color, Qt::Dense6Pattern)
                               : QBrush(blended(theme().panel, color, bar.isCalibrated ? 0.25 : 0.55)));
    painter.drawRect(body);
    if (figures.gridSpread) {
        const QRectF band(QPointF(scale.at(figures.deltaLoss - *figures.gridSpread), body.top() - 2),
            QPointF(scale.at(figures.deltaLoss + *figures.gridSpread), body.bottom() + 2));
        painter.setPen(QPen(theme().text, 1));
        painter.setBrush(QBrush(theme().text, Qt::BDiagPattern));
        painter.drawRect(band);
    }
    const double middle = body.center().y();
    if (!std::isfinite(figures.deltaLossStandardError))
        return;
    const double from = scale.at(figures.deltaLoss - figures.deltaLossStandardError);
    const double to = scale.at(figures.deltaLoss + figures.deltaLossStandardError);
    const double cap = std::min(4.0, body.height() / 3);
    painter.setPen(QPen(theme().text, 1.6));
    painter.drawLine(QPointF(from, middle), QPointF(to, middle));
    for (const double x : {from, to})
        painter.drawLine(QPointF(x, middle - cap), QPointF(x, middle + cap));
}

void PerplexityPlot::paintPlot(QPainter& painter, const QRectF& area) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF plot = paintHeader(painter, area, plotTitle(),
        tr("against the model as it is: bar, ├┤ standard error over windows, ▨ spread over block grids"));
    if (!m_state) {
        paintEmpty(painter, plot, tr("The language model is evaluated while this panel is visible."));
        return;
    }
    const std::vector<PerplexityBar> bars = perplexityBars(*m_state);
    const QFontMetricsF metrics(painter.font(), painter.device());
    double names = 0;
    double numbers = metrics.horizontalAdvance(QStringLiteral("+0.0000 ± 0.0000"));
    for (const PerplexityBar& bar : bars)
        names = std::max(names, metrics.horizontalAdvance(bar.name));
    names = std::min(names, plot.width() * 0.3);
    const Scale scale
        = scaleOf(bars, plot.left() + kMargin + names + kGap + 18, plot.right() - kMargin - numbers - kGap);
    if (scale.right - scale.left < 40)
        return;
    const double axisHeight = 2 * metrics.height() + 2;
    const double highest = metrics.height() * 2.2;
    const double rowHeight
        = std::clamp((plot.height() - axisHeight) / static_cast<double>(std::max<std::size_t>(1, bars.size())),
            metrics.height() * 1.15, highest);
    const auto fitting = static_cast<std::size_t>(std::max(1.0, (plot.height() - axisHeight) / rowHeight));
    const std::size_t shown = std::min(bars.size(), fitting);
    const double bottom = plot.top() + rowHeight * static_cast<double>(shown) + axisHeight;
    paintAxis(painter, QRectF(plot.left(), plot.top(), plot.width(), bottom - plot.top()), scale);
    for (std::size_t i = 0; i < shown; ++i) {
        const PerplexityBar& bar = bars[i];
        const QRectF row(plot.left() + kMargin, plot.top() + rowHeight * static_cast<double>(i),
            plot.width() - 2 * kMargin, rowHeight);
        painter.setPen(theme().text);
        painter.drawText(
            QRectF(row.left(), row.top(), 16, row.height()), Qt::AlignLeft | Qt::AlignVCenter, bar.letter());
        painter.drawText(QRectF(row.left() + 18, row.top(), names + 2, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(bar.name, Qt::ElideMiddle, names));
        painter.drawText(QRectF(row.right() - numbers, row.top(), numbers, row.height()),
            Qt::AlignRight | Qt::AlignVCenter, changeText(*bar.entry));
        paintBar(painter, row, bar, scale);
    }
}

bool PerplexityPlot::hasContent() const
{
    return m_state && m_state->unquantized.tokens > 0;
}

PlotData PerplexityPlot::plotData() const
{
    if (!hasContent())
        return {};
    const auto rowOf = [](const QString& name, const QString& place, const PerplexityFigures& figures,
                           const QString& note) -> std::vector<PlotValue> {
        if (figures.tokens == 0)
            return {name, place, {}, {}, {}, {}, {}, {}, {}, {}, note};
        return {name, place, figures.perplexity, figures.loss, figures.delta, figures.deltaLoss,
            figures.deltaLossStandardError, plotValue(figures.gridSpread), figures.bitsPerElement,
            std::uint64_t{figures.tokens}, note};
    };
    std::vector<std::vector<PlotValue>> rows{rowOf(tr("unquantized"), {}, m_state->unquantized, {})};
    for (const PerplexityBar& bar : perplexityBars(*m_state)) {
        rows.push_back(rowOf(bar.name, bar.letter(), bar.entry->figures,
            bar.entry->error.empty() ? perplexityProgress(*bar.entry, *m_state)
                                     : QString::fromStdString(bar.entry->error)));
    }
    const QString nats = tr("nat/token");
    return tableData(plotTitle(),
        {{tr("format")}, {tr("place")}, {tr("perplexity")}, {tr("loss"), nats}, {tr("change of perplexity")},
            {tr("change of loss"), nats}, {tr("standard error of the change"), nats},
            {tr("spread over block grids"), nats}, {tr("bits per element"), tr("bit")}, {tr("tokens")}, {tr("note")}},
        std::move(rows));
}

}  // namespace nanoscope
