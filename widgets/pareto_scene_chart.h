#pragma once

#include "widgets/pareto_points.h"
#include "widgets/theme.h"

#include <QFont>
#include <QList>
#include <QPointF>
#include <QRectF>

#include <array>
#include <memory>

class QPainter;

namespace nanoscope {

/// The Qt Charts side of the Pareto chart: a chart in a scene without a view. Places are values, or powers of ten on a
/// logarithmic axis: logarithms are taken by the caller.
class ParetoScene {
public:
    /// Places of the symbols of each group, in the order of kParetoGroups.
    using Groups = std::array<QList<QPointF>, kParetoGroups.size()>;
    /// Places of the lines of bounds: Shannon, Panter-Dite, Lloyd-Max.
    using Bounds = std::array<QList<QPointF>, 3>;

    ParetoScene();
    ~ParetoScene();
    ParetoScene(const ParetoScene&) = delete;
    ParetoScene& operator=(const ParetoScene&) = delete;

    /// @param front  corners of the line of the front
    void setPoints(const Groups& groups, const QList<QPointF>& front);
    /// @param range  from the least to the greatest place in both directions
    void setAxes(const QRectF& range, bool isLogarithmic, const QString& title, bool isMeritLogarithmic,
        const QString& meritTitle);
    void setBounds(const Bounds& lines);
    void setTheme(const Theme& theme);
    /// Lays the chart out; before render() and the three below.
    void fit(QSizeF size, const QFont& font);
    void render(QPainter& painter, const QRectF& target);

    [[nodiscard]] QPointF positionOf(const QPointF& place) const;
    [[nodiscard]] QPointF placeAt(const QPointF& position) const;
    [[nodiscard]] QRectF plotArea() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace nanoscope
