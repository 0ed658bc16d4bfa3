#pragma once

#include "widgets/level_axis.h"
#include "widgets/level_strips.h"

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

    enum class Glyph { Level, Recycled, Vacant, Structural, Density, Title };
    struct LegendEntry {
        Glyph glyph = Glyph::Level;
        QString text;
        QRectF rect{};  ///< glyph and text
    };

    /// @param area     below the header
    /// @param metrics  of the font that the labels are painted with
    LevelLayout(const QRectF& area, const QFontMetricsF& metrics, const LevelStrips& strips, const LevelAxis& axis);

    [[nodiscard]] const std::vector<Strip>& strips() const { return m_strips; }
    [[nodiscard]] const std::vector<LegendEntry>& legend() const { return m_legend; }
    [[nodiscard]] double x(double value) const;
    [[nodiscard]] double value(double x) const;
    /// Strip under a point, its labels included.
    [[nodiscard]] std::optional<std::size_t> stripAt(QPointF point) const;
    /// Level under a point: the one that takes values there; near the foot a structural code.
    [[nodiscard]] std::optional<LevelId> levelAt(QPointF point, const LevelStrips& strips) const;

    static constexpr double kGlyphWidth = 18.0;
    static constexpr double kFootDepth = 9.0;  ///< room for structural codes between base line and labels

private:
    void collectLegend(const LevelStrips& strips, const LevelAxis& axis);
    /// @return height of all rows
    double flowLegend(const QRectF& area, const QFontMetricsF& metrics);

    std::vector<Strip> m_strips;
    std::vector<LegendEntry> m_legend;
    LevelAxis m_axis;
    double m_left = 0.0;
    double m_width = 1.0;
};

}  // namespace nanoscope
