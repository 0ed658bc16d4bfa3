#pragma once

#include <QByteArray>
#include <QSizeF>
#include <QString>

#include <optional>

namespace nanoscope {

class PlotView;

/// What a picture was made from; every exported picture carries it.
struct PlotRecipe {
    QString formatName;
    QByteArray specJson;  ///< canonical, UTF-8
    QString tensor;
    QString file;
    QString version;        ///< of this program
    QByteArray setup = {};  ///< hardware and language model of plots of cost, JSON; empty for others
    bool operator==(const PlotRecipe&) const = default;
};

/// How an exported picture looks.
struct PlotExportOptions {
    QSizeF size{900, 540};   ///< in CSS pixels (1/96 inch)
    double scale = 2.0;      ///< pixels of a PNG per CSS pixel
    double pointSize = 9.0;  ///< of the text
    bool caption = true;     ///< a line under the plot that names tensor, file, format and program
};

/// Writes the plot as SVG or PNG, as the ending of `path` says, with the recipe inside: in an SVG as <metadata>, in a
/// PNG as text chunks `nanoscope:format`, `nanoscope:spec`, `nanoscope:tensor`, `nanoscope:file`,
/// `nanoscope:version` and `nanoscope:setup`. An existing file is replaced only when all is written.
/// @return an error in one line, what to do included; empty on success
[[nodiscard]] QString exportPlot(
    const PlotView& plot, const PlotRecipe& recipe, const QString& path, const PlotExportOptions& options = {});

/// The recipe in a picture that exportPlot() wrote; nothing for any other file.
[[nodiscard]] std::optional<PlotRecipe> readRecipe(const QString& path);

}  // namespace nanoscope
