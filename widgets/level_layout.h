#pragma once

#include "widgets/level_axis.h"
#include "widgets/level_columns.h"
#include "widgets/level_line.h"
#include "widgets/level_strips.h"
#include "widgets/level_zoom.h"

#include <QCoreApplication>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

class QFontMetricsF;

namespace nanoscope {

/// Where the parts of a level plot lie. Painting and the pointer use the same one.
class LevelLayout {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::LevelLayout)

public:
    struct Strip {
        QRectF title;   ///< empty when there is only one codebook
        QRectF plot;    ///< its lower edge is the base line
        QRectF labels;  ///< under the number line
    };

    enum class Glyph { Level, Recycled, Vacant, Structural, Column, VacantShare, Density, Text, Title };
    struct LegendEntry {
        Glyph glyph = Glyph::Level;
        QString text;
        QRectF rect{};  ///< glyph and text
    };

    /// @param area     below the header
    /// @param metrics  of the font that the labels are painted with
    LevelLayout(const QRectF& area, const QFontMetricsF& metrics, const LevelStrips& strips, const LevelAxis& axis,
        const LevelZoom& zoom = {});

    [[nodiscard]] const std::vector<Strip>& strips() const { return m_strips; }
    [[nodiscard]] const std::vector<LegendEntry>& legend() const { return m_legend; }
    /// Ends of the number line of a strip.
    [[nodiscard]] const LevelLine& line(std::size_t strip) const { return m_lines[strip]; }
    [[nodiscard]] double x(double value, std::size_t strip) const;
    /// How the levels of a strip are drawn.
    [[nodiscard]] const LevelDrawing& drawing(std::size_t strip) const { return m_drawings[strip]; }
    /// What the density of a strip counts elements per.
    [[nodiscard]] double densityUnit(std::size_t strip) const;
    /// Strip under a point, its labels included.
    [[nodiscard]] std::optional<std::size_t> stripAt(QPointF point) const;
    /// Level under a point: the one that takes values there; near the foot a structural code.
    [[nodiscard]] std::optional<LevelId> levelAt(QPointF point, const LevelStrips& strips) const;

    /// Levels that share the pixels at `x`; 1 where they are drawn one by one.
    [[nodiscard]] std::uint32_t levelsAt(double x, std::size_t strip) const;

    static constexpr double kGlyphWidth = 18.0;
    static constexpr double kFootDepth = 9.0;  ///< room for structural codes between base line and labels

private:
    void layLines(const LevelStrips& strips);
    void collectLegend(const LevelStrips& strips);
    void addDensityLegend(const LevelStrips& strips);
    /// @return height of all rows
    double flowLegend(const QRectF& area, const QFontMetricsF& metrics);

    std::vector<Strip> m_strips;
    std::vector<LegendEntry> m_legend;
    std::vector<LevelLine> m_lines;
    std::vector<LevelDrawing> m_drawings;
    LevelAxis m_axis;
    LevelZoom m_zoom;
    double m_left = 0.0;
    double m_width = 1.0;
};

}  // namespace nanoscope
