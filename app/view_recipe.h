#pragma once

#include "app/explorer.h"
#include "app/view_docks.h"
#include "widgets/level_zoom.h"
#include "widgets/plot_recipe.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace nanoscope {

class PlotView;

/// What brings a view back beside file, tensor and formats.
struct ViewState {
    TensorCut cut;
    quint64 block = 0;
    int element = 0;
    QString dock;  ///< object name of the dock that the picture is of; empty for reports
    /// @name Nothing in pictures of earlier versions: what is on screen stays
    /// @{
    std::optional<Arrangement> arrangement;
    std::optional<LevelZoom> zoom;  ///< of the number lines
    std::optional<bool> logCounts;  ///< of the level plots
    /// @}
    bool operator==(const ViewState&) const = default;
};

/// As a recipe carries it: {axis, reshape, block, element, dock, arrangement, zoom, log_counts}.
[[nodiscard]] QByteArray toText(const ViewState& view);
/// Defaults in place of what is missing.
[[nodiscard]] ViewState viewStateOf(const QByteArray& text);

/// What everything on screen was made from, the tensor's hash left open.
/// @param slot  the format that the picture is of
/// @return nothing before the first figures of that format
[[nodiscard]] std::optional<PlotRecipe> recipeOfView(
    const Explorer& explorer, const ViewDocks& docks, Explorer::Slot slot);

/// The same for a plot of the window: plots of cost carry their hardware, too, and need no tensor.
[[nodiscard]] std::optional<PlotRecipe> recipeOfPlot(const Explorer& explorer, ViewDocks& docks, const PlotView& plot);

/// Arranges and zooms the window as a picture has it.
void restoreLook(const ViewState& view, const ViewDocks& docks);

/// The formats of a recipe; those of pictures before all formats were kept have A alone. `fallback` fills what is
/// missing.
/// @throws Error for a format that this version does not know
[[nodiscard]] FormatSet formatsOfRecipe(const PlotRecipe& recipe, const FormatSet& fallback);

}  // namespace nanoscope
