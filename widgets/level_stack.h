#pragma once

#include "widgets/level_id.h"
#include "widgets/level_zoom.h"
#include "widgets/series_role.h"

#include <QList>
#include <QSplitter>

#include <array>
#include <optional>

namespace nanoscope {

class LevelPlot;

/// The level plots of formats A to D above each other: one number line where the formats allow it, one count axis, one
/// zoom.
class LevelStack : public QSplitter {
    Q_OBJECT

public:
    explicit LevelStack(QWidget* parent = nullptr);

    [[nodiscard]] LevelPlot* plot(SeriesRole role) const { return m_plots[static_cast<std::size_t>(role)]; }
    /// Whether a format's plot is there at all.
    void setShown(SeriesRole role, bool isShown);
    void setReports(const RoleReports& reports);
    /// Selects a level of a format, and in the other plots the level nearest to it.
    void setSelectedLevel(SeriesRole role, std::optional<LevelId> level);
    /// The level of a format that lies nearest to a level of another, which may be the same.
    [[nodiscard]] std::optional<LevelId> nearest(SeriesRole role, SeriesRole other, LevelId level) const;
    void setTheme(const Theme& theme);
    [[nodiscard]] const LevelZoom& zoom() const { return m_zoom; }
    void setZoom(const LevelZoom& zoom);

signals:
    /// The user chose a level of a format.
    void levelSelected(nanoscope::SeriesRole role, nanoscope::LevelId level);
    /// The user wants no level to be selected.
    void levelDismissed();
    /// The pointer came over a level of a format or left all of them.
    void levelHovered(nanoscope::SeriesRole role, std::optional<nanoscope::LevelId> level);

private:
    void shareHeight(const RoleReports& reports);
    /// Selects in the other plots what lies nearest to the chosen level.
    void linkSelection();

    std::array<LevelPlot*, kSeriesRoles.size()> m_plots{};
    QList<int> m_strips;  // codebooks of the formats
    LevelZoom m_zoom;
    SeriesRole m_chosen = SeriesRole::A;  // whose level the user chose
};

}  // namespace nanoscope
