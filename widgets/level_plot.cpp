#include "widgets/level_plot.h"

#include "widgets/basis_text.h"
#include "widgets/book_label.h"
#include "widgets/number_text.h"
#include "widgets/tier_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nanoscope {

LevelPlot::LevelPlot(QWidget* parent)
    : PlotView(parent)
    , m_zoomInput(new LevelZoomInput(*this))
{
    setMouseTracking(true);
    connect(m_zoomInput, &LevelZoomInput::zoomed, this, &LevelPlot::zoomEdited);
    contentChanged();
}

void LevelPlot::setReport(std::shared_ptr<const Report> report)
{
    if (report == m_report)
        return;
    m_report = std::move(report);
    m_strips = m_report ? LevelStrips(*m_report) : LevelStrips();
    updateGeometry();
    m_ownAxis = commonAxis({m_report.get()});
    if (m_selected && m_strips.find(*m_selected) == nullptr)
        m_selected.reset();
    if (m_hovered && m_strips.find(*m_hovered) == nullptr)
        setHovered(std::nullopt);
    contentChanged();
}

/// Header, plot and axis labels of each strip; further strips have a title.
QSize LevelPlot::minimumSizeHint() const
{
    constexpr int kOneStrip = 78;
    constexpr int kPlotAndGaps = 28;
    const int line = fontMetrics().height();
    const int further = std::max(1, static_cast<int>(m_strips.strips().size())) - 1;
    const int title = further > 0 ? line + 2 : 0;
    return {220, kOneStrip + title + further * (2 * line + kPlotAndGaps)};
}

void LevelPlot::setAxis(const std::optional<LevelAxis>& axis)
{
    if (axis == m_axis)
        return;
    m_axis = axis;
    update();
}

void LevelPlot::setRole(SeriesRole role)
{
    m_role = role;
    update();
}

void LevelPlot::setLogCounts(bool logarithmic)
{
    if (logarithmic == m_logCounts)
        return;
    m_logCounts = logarithmic;
    contentChanged();
    emit logCountsChanged(logarithmic);
}

void LevelPlot::setZoom(const LevelZoom& zoom)
{
    m_zoomInput->setZoom(zoom);
    if (zoom == m_zoom)
        return;
    m_zoom = zoom;
    contentChanged();
}

void LevelPlot::setSelectedLevel(std::optional<LevelId> level)
{
    if (level && m_strips.find(*level) == nullptr)
        level.reset();
    if (level == m_selected)
        return;
    m_selected = level;
    contentChanged();
}

std::optional<double> LevelPlot::selectedValue() const
{
    return m_selected ? valueOf(*m_selected) : std::nullopt;
}

std::optional<double> LevelPlot::valueOf(LevelId level) const
{
    const LevelMark* mark = m_strips.find(level);
    return mark != nullptr ? std::optional(mark->level) : std::nullopt;
}

std::optional<LevelId> LevelPlot::levelNear(double value) const
{
    const LevelMark* nearest = nullptr;
    for (const LevelStrip& strip : m_strips.strips())
        for (const LevelMark& mark : strip.marks)
            if (!mark.structural
                && (nearest == nullptr || std::fabs(mark.level - value) < std::fabs(nearest->level - value)))
                nearest = &mark;
    return nearest != nullptr ? std::optional(nearest->id) : std::nullopt;
}

void LevelPlot::selectNear(std::optional<double> value)
{
    setSelectedLevel(value ? levelNear(*value) : std::nullopt);
}

void LevelPlot::setElement(std::optional<ElementMarker> element)
{
    if (element == m_element)
        return;
    m_element = element;
    update();
}

QString LevelPlot::plotTitle() const
{
    return tr("Levels");
}

QString LevelPlot::vacancyText() const
{
    // Wide books list only the codes that occur, so those without a count are added from the figure.
    const auto used = std::count_if(
        m_report->levels.begin(), m_report->levels.end(), [](const LevelCount& entry) { return entry.count > 0; });
    const QString all = countText(static_cast<std::uint64_t>(used) + m_report->vacant.tensor);
    if (m_report->vacant.tensor == 0)
        return tr("none of %1 levels vacant").arg(all);
    if (m_report->tier == ReportTier::Preview)  // a sample cannot tell that a level is nowhere
        return tr("%1 of %2 levels not sampled").arg(countText(m_report->vacant.tensor), all);
    return tr("%1 of %2 levels vacant").arg(countText(m_report->vacant.tensor), all);
}

QString LevelPlot::basisLine() const
{
    return m_report ? basisSentence(QString::fromStdString(m_report->basis)) : QString();
}

QString LevelPlot::headline() const
{
    QStringList parts;
    parts << tr("%1 bits").arg(fixedText(m_report->bitsPerElement, 2));
    if (!m_report->hasMeasured()) {
        parts << tr("SQNR –") << tr("every block holds a NaN or infinity");
        return parts.join(QStringLiteral("  ·  "));
    }
    parts << (m_report->error.sqnrDecibel ? tr("SQNR %1").arg(decibelText(m_report->error.sqnrDecibel))
            : m_report->error.mse > 0     ? tr("SQNR –")
                                          : tr("no error"));
    if (const QString tier = tierText(*m_report); !tier.isEmpty())  // where a narrow plot does not cut it off
        parts << tier;
    parts << vacancyText();
    if (m_report->tier != ReportTier::Summary)  // a summary does not know blocks
        parts << tr("%1 unused per block").arg(fixedText(m_report->vacant.blockMean, 1));
    return parts.join(QStringLiteral("  ·  "));
}

QString LevelPlot::summary() const
{
    if (!m_report)
        return tr("No tensor is open");
    QString text
        = tr("Levels of %1 under %2: %3; counts on a %4 axis")
              .arg(QString::fromStdString(m_report->tensor.name), QString::fromStdString(m_report->format.name),
                  headline(), m_logCounts ? tr("logarithmic") : tr("linear"));
    if (!m_zoom.isWhole())
        text += tr("; zoomed to %1 of the number line").arg(percentText(m_zoom.length()));
    if (m_report->vacant.structural > 0)
        text += tr("; %1 structural codes").arg(countText(m_report->vacant.structural));
    if (const QString basis = basisLine(); !basis.isEmpty())
        text += QStringLiteral("; ") + basis;
    if (m_selected)
        if (const LevelMark* mark = m_strips.find(*m_selected))
            text += tr("; selected level %1").arg(m_strips.describeShortly(*mark));
    return text;
}

LevelLook LevelPlot::look() const
{
    LevelLook look;
    look.theme = theme();
    look.series = seriesColor(m_role, theme());
    look.logCounts = m_logCounts;
    look.selected = m_selected;
    look.element = m_element;
    return look;
}

LevelLayout LevelPlot::layoutOn(const QRectF& area, const QPaintDevice* device, const QFont& font) const
{
    const QFontMetricsF metrics(font, device);
    const double basisHeight = basisLine().isEmpty() ? 0.0 : metrics.height();
    return LevelLayout(area.adjusted(0, headerHeight(metrics) + basisHeight, 0, 0), metrics, m_strips, axis(), m_zoom);
}

LevelLayout LevelPlot::screenLayout() const
{
    return layoutOn(rect(), this, font());
}

void LevelPlot::paintPlot(QPainter& painter, const QRectF& area) const
{
    if (!m_report || m_strips.isEmpty()) {
        paintEmpty(painter, area, tr("Nothing to show yet: open a tensor, or choose a format that fits it"));
        return;
    }
    const QRectF rest = paintHeader(painter, area, QString::fromStdString(m_report->format.name), headline());
    if (const QString basis = basisLine(); !basis.isEmpty()) {
        const QFontMetricsF metrics(painter.font(), painter.device());
        painter.setPen(theme().text);
        painter.drawText(QRectF(rest.left() + 10, rest.top(), rest.width() - 20, metrics.height()),
            Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(basis, Qt::ElideRight, rest.width() - 20));
    }
    const LevelLayout layout = layoutOn(area, painter.device(), painter.font());
    const LevelAxis shown = axis();
    const LevelLook shownLook = look();
    LevelPainter(painter, layout, m_strips, shown, shownLook).paint();
}

void LevelPlot::paintOverlay(QPainter& painter, const QRectF& area) const
{
    if (!m_hovered)
        return;
    const LevelLayout layout = layoutOn(area, this, font());
    const LevelAxis shown = axis();
    const LevelLook shownLook = look();
    LevelPainter(painter, layout, m_strips, shown, shownLook).paintHover(*m_hovered);
}

std::optional<QPointF> LevelPlot::positionOf(LevelId level) const
{
    const LevelMark* mark = m_strips.find(level);
    if (mark == nullptr)
        return std::nullopt;
    const LevelLayout layout = screenLayout();
    const QRectF& plot = layout.strips()[level.book].plot;
    return QPointF(layout.x(mark->level, level.book),
        mark->structural ? plot.bottom() + LevelLayout::kFootDepth / 2 : plot.center().y());
}

QString LevelPlot::tipOf(LevelId level) const
{
    const LevelMark& mark = *m_strips.find(level);
    const LevelLayout layout = screenLayout();
    const std::uint32_t levels = layout.levelsAt(layout.x(mark.level, level.book), level.book);
    QString text = m_strips.describe(mark);
    if (levels > 1)
        text += u'\n' + tr("One of %1 levels on this pixel").arg(levels);
    return text;
}

bool LevelPlot::hasContent() const
{
    return m_report != nullptr;
}

/// Levels, then the bins of the density under them.
PlotData LevelPlot::plotData() const
{
    if (!m_report)
        return {};
    std::vector<std::string> names;
    for (const ElementBook& book : booksOf(m_report->format.spec))
        names.push_back(book.id);
    const auto nameOf = [&](std::size_t book) {
        return book < names.size() ? bookLabel(names, static_cast<std::uint32_t>(book)) : QString::number(book);
    };
    static constexpr const char* kUses[]{"level", "recycled", "redundant", "not a number"};
    std::vector<std::vector<PlotValue>> rows;
    for (const LevelCount& level : m_report->levels)
        rows.push_back({QStringLiteral("level"), nameOf(level.book), std::uint64_t{level.code},
            QLatin1String(kUses[static_cast<std::size_t>(level.use)]), level.level, PlotValue(), level.count,
            level.squaredError});
    for (std::size_t book = 0; book < m_report->density.size(); ++book) {
        const Density& density = m_report->density[book];
        const double width = (density.highest - density.lowest) / static_cast<double>(density.counts.size());
        for (std::size_t bin = 0; bin < density.counts.size(); ++bin)
            rows.push_back({QStringLiteral("density"), nameOf(book), PlotValue(), PlotValue(),
                density.lowest + width * static_cast<double>(bin),
                density.lowest + width * static_cast<double>(bin + 1), density.counts[bin], PlotValue()});
    }
    return tableData(plotTitle(),
        {{tr("kind")}, {tr("codebook")}, {tr("code")}, {tr("use")}, {tr("level or bin from"), tr("scale")},
            {tr("bin to"), tr("scale")}, {tr("count"), tr("elements")}, {tr("squared error")}},
        std::move(rows));
}

}  // namespace nanoscope
