#pragma once

#include "widgets/level_axis.h"
#include "widgets/level_layout.h"
#include "widgets/level_strips.h"
#include "widgets/theme.h"

#include <QColor>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <cstdint>
#include <optional>

class QPainter;

namespace nanoscope {

/// An element and the level that it is rounded to, drawn as an arrow along the number line.
struct ElementMarker {
    std::uint32_t book = 0;
    double scaled = 0.0;  ///< value / scale
    double level = 0.0;   ///< what it is rounded to
    bool operator==(const ElementMarker&) const = default;
};

/// How a level plot looks at the moment.
struct LevelLook {
    Theme theme;
    QColor series;  ///< of stems and density
    bool logCounts = true;
    std::optional<LevelId> selected;
    std::optional<ElementMarker> element;
};

/// Paints the strips and the legend of a level plot. Lives for one painting: it refers to what it is given.
class LevelPainter {
public:
    LevelPainter(QPainter& painter, const LevelLayout& layout, const LevelStrips& strips, const LevelAxis& axis,
        const LevelLook& look);

    void paint();
    /// The level under the pointer.
    void paintHover(LevelId id);

private:
    void paintStrip(std::size_t index);
    void paintGrid(std::size_t index);
    void paintDensity(std::size_t index);
    void paintBands(std::size_t index);
    void paintMarks(std::size_t index);
    void paintColumns(std::size_t index);
    void paintLabels(std::size_t index);
    void paintElement(std::size_t index);
    void paintSelected(std::size_t index);
    void paintLegend();
    void paintTag(QPointF anchor, const QString& text, const QColor& color, const QRectF& inside);

    [[nodiscard]] CountScale countScale(std::size_t index) const;
    /// Where the mark's symbol is.
    [[nodiscard]] QPointF headOf(const LevelMark& mark, std::size_t index) const;
    /// The values that the mark's level takes, over the height of the strip.
    [[nodiscard]] QRectF bandOf(const LevelMark& mark, std::size_t index) const;
    [[nodiscard]] double radiusOf(std::size_t index) const;
    /// False for levels that a zoom leaves out.
    [[nodiscard]] bool isInside(double level, std::size_t index) const;

    QPainter& m_painter;
    const LevelLayout& m_layout;
    const LevelStrips& m_strips;
    const LevelAxis& m_axis;
    const LevelLook& m_look;
};

}  // namespace nanoscope
