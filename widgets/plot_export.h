#pragma once

#include "widgets/picture_file.h"
#include "widgets/plot_recipe.h"

#include <QSizeF>
#include <QString>

namespace nanoscope {

class PlotView;

/// How an exported picture looks.
struct PlotExportOptions {
    QSizeF size{900, 540};   ///< in CSS pixels (1/96 inch)
    double scale = 2.0;      ///< pixels of a PNG per CSS pixel
    double pointSize = 9.0;  ///< of the text
    bool caption = true;     ///< a line under the plot that names tensor, file, format and program
};

/// A plot as a page with its recipe; it is painted when the page is, so it must live until then.
[[nodiscard]] Picture plotPicture(
    const PlotView& plot, const PlotRecipe& recipe, const PlotExportOptions& options = {});

/// Writes the plot as SVG, PDF or PNG, as the ending of `path` says, with the recipe inside. An existing file is
/// replaced only when all is written.
/// @return an error in one line, what to do included; empty on success
[[nodiscard]] QString exportPlot(
    const PlotView& plot, const PlotRecipe& recipe, const QString& path, const PlotExportOptions& options = {});

}  // namespace nanoscope
