#pragma once

#include "widgets/plot_recipe.h"

#include <QByteArray>
#include <QSizeF>
#include <QString>

#include <functional>
#include <optional>

class QFont;
class QPainter;

namespace nanoscope {

/// Kinds of pictures, vector first.
enum class PictureKind { Svg, Pdf, Png };

/// One page of anything that can be painted.
struct Picture {
    QString title;
    QString description;  ///< in one line; in SVG only
    QSizeF size;          ///< in CSS pixels (1/96 inch)
    PlotRecipe recipe;
    std::function<void(QPainter&)> paint;  ///< fills the page; logical units are CSS pixels
};

/// The kind that an ending stands for: svg, pdf or png in either case.
[[nodiscard]] std::optional<PictureKind> pictureKind(const QString& ending);

/// The ending of a kind, in lower case.
[[nodiscard]] QString endingOf(PictureKind kind);

/// The whole file with the recipe inside (readRecipe() takes it out again).
/// @param scale  pixels of a PNG per CSS pixel; of no effect on others
/// @return empty when there is no memory for the picture
[[nodiscard]] QByteArray pictureBytes(const Picture& picture, PictureKind kind, double scale = 2.0);

/// The font of all pictures: named, because an SVG does not embed it, and with its size in pixels, because devices
/// disagree about the length of a point.
/// @param pointSize  at 96 dots per inch
[[nodiscard]] QFont pictureFont(double pointSize);

/// Writes a file under another name and renames it when all is written.
/// @return an error in one line, what to do included; empty on success
[[nodiscard]] QString writeFile(const QString& path, const QByteArray& content);

}  // namespace nanoscope
