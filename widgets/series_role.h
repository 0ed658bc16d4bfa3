#pragma once

#include "core/analysis/report.h"
#include "widgets/theme.h"

#include <QPointF>
#include <QString>

#include <array>
#include <memory>
#include <vector>

class QPainter;

namespace nanoscope {

/// Which of the compared formats something belongs to; it decides color and symbol.
enum class SeriesRole {
    A,  ///< blue, disks
    B,  ///< orange, squares
    C,  ///< green, triangles
    D   ///< violet, diamonds
};
inline constexpr std::array kSeriesRoles{SeriesRole::A, SeriesRole::B, SeriesRole::C, SeriesRole::D};

/// One report a role, from A on; null where there is no format.
using RoleReports = std::vector<std::shared_ptr<const Report>>;

[[nodiscard]] QColor seriesColor(SeriesRole role, const Theme& theme);

/// "A" to "D".
[[nodiscard]] QString seriesLetter(SeriesRole role);

/// Paints the role's symbol with the painter's brush and pen.
/// @param size  width and height in the painter's units
void paintSeriesSymbol(QPainter& painter, SeriesRole role, QPointF center, double size);

}  // namespace nanoscope
