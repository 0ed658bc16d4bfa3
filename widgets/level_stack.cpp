#include "widgets/level_stack.h"

#include "widgets/book_label.h"
#include "widgets/level_plot.h"

#include <algorithm>

namespace nanoscope {

LevelStack::LevelStack(QWidget* parent)
    : QSplitter(Qt::Vertical, parent)
{
    setObjectName(QStringLiteral("levelStack"));
    for (const SeriesRole role : kSeriesRoles) {
        auto* plot = new LevelPlot;
        plot->setObjectName(QStringLiteral("levels") + seriesLetter(role));
        plot->setAccessibleName(tr("Levels of format %1").arg(seriesLetter(role)));
        plot->setRole(role);
        addWidget(plot);
        m_plots[static_cast<std::size_t>(role)] = plot;
        connect(plot, &LevelPlot::logCountsChanged, this, [this](bool logarithmic) {
            for (LevelPlot* each : m_plots)
                each->setLogCounts(logarithmic);
        });
        connect(plot, &LevelPlot::zoomEdited, this, &LevelStack::setZoom);
        connect(plot, &LevelPlot::levelSelected, this, [this, role](LevelId level) {
            setSelectedLevel(role, level);
            emit levelSelected(role, level);
        });
        connect(plot, &LevelPlot::levelDismissed, this, &LevelStack::levelDismissed);
        connect(plot, &LevelPlot::levelHovered, this,
            [this, role](std::optional<LevelId> level) { emit levelHovered(role, level); });
    }
}

void LevelStack::setShown(SeriesRole role, bool isShown)
{
    plot(role)->setVisible(isShown);
}

void LevelStack::setReports(const RoleReports& reports)
{
    std::vector<const Report*> present;
    for (const auto& report : reports)
        if (report)
            present.push_back(report.get());
    std::optional<LevelAxis> axis;
    if (present.size() > 1 && shareNumberLine(present))
        axis = commonAxis(present);
    for (std::size_t slot = 0; slot < m_plots.size(); ++slot) {
        m_plots[slot]->setReport(slot < reports.size() ? reports[slot] : nullptr);
        m_plots[slot]->setAxis(axis);
    }
    linkSelection();  // a report may have come after the selection
    shareHeight(reports);
}

void LevelStack::setSelectedLevel(SeriesRole role, std::optional<LevelId> level)
{
    m_chosen = role;
    plot(role)->setSelectedLevel(level);
    linkSelection();
}

void LevelStack::linkSelection()
{
    LevelPlot* chosen = plot(m_chosen);
    for (LevelPlot* other : m_plots)
        if (other != chosen)
            other->selectNear(chosen->selectedValue());
}

std::optional<LevelId> LevelStack::nearest(SeriesRole role, SeriesRole other, LevelId level) const
{
    if (role == other)
        return level;
    const std::optional<double> value = plot(other)->valueOf(level);
    return value ? plot(role)->levelNear(*value) : std::nullopt;
}

void LevelStack::setTheme(const Theme& theme)
{
    for (LevelPlot* each : m_plots)
        each->setTheme(theme);
}

void LevelStack::setZoom(const LevelZoom& zoom)
{
    m_zoom = zoom;
    for (LevelPlot* each : m_plots)
        each->setZoom(zoom);
}

/// A plot gets height by its number of codebooks, each of which is a strip; what the user moved stays until that
/// changes.
void LevelStack::shareHeight(const RoleReports& reports)
{
    constexpr int kHeader = 30;  // pixels, of which only the ratios count
    constexpr int kStrip = 68;
    constexpr int kTitle = 19;  // of one strip among several
    QList<int> strips;
    QList<int> heights;
    for (const auto& report : reports) {
        strips.append(report ? static_cast<int>(booksOf(report->format.spec).size()) : 0);
        const int shown = std::max(1, strips.back());  // a format without a report keeps its place
        heights.append(kHeader + shown * (kStrip + (shown > 1 ? kTitle : 0)));
    }
    if (strips == m_strips)
        return;
    m_strips = strips;
    setSizes(heights);
}

}  // namespace nanoscope
