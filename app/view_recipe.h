#pragma once

#include "app/explorer.h"
#include "widgets/plot_recipe.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace nanoscope {

class PlotView;
class ViewDocks;

/// What brings a view back beside file, tensor and formats.
struct ViewState {
    TensorCut cut;
    quint64 block = 0;
    int element = 0;
    QString dock;  ///< object name of the dock that the picture is of; empty for reports
    bool operator==(const ViewState&) const = default;
};

/// As a recipe carries it: {axis, reshape, block, element, dock}.
[[nodiscard]] QByteArray toText(const ViewState& view);
/// Defaults in place of what is missing.
[[nodiscard]] ViewState viewStateOf(const QByteArray& text);

/// What everything on screen was made from, the tensor's hash left open.
/// @param slot  the format that the picture is of
/// @return nothing before the first figures of that format
[[nodiscard]] std::optional<PlotRecipe> recipeOfView(const Explorer& explorer, Explorer::Slot slot);

/// The same for a plot of the window: plots of cost carry their hardware, too, and need no tensor.
[[nodiscard]] std::optional<PlotRecipe> recipeOfPlot(const Explorer& explorer, ViewDocks& docks, const PlotView& plot);

/// The formats of a recipe; those of pictures before all formats were kept have A alone. `fallback` fills what is
/// missing.
/// @throws Error for a format that this version does not know
[[nodiscard]] FormatSet formatsOfRecipe(const PlotRecipe& recipe, const FormatSet& fallback);

}  // namespace nanoscope
