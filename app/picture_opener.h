#pragma once

#include "app/view_recipe.h"

#include <QObject>

#include <optional>

namespace nanoscope {

class ViewDocks;

/// Brings back the view that an exported picture or report was made from: formats, hardware, tensor, cut and selection.
class PictureOpener : public QObject {
    Q_OBJECT

public:
    PictureOpener(QObject* parent, Explorer& explorer, ViewDocks& docks);

    /// @return false for a file that is no picture of this program: nothing happens
    [[nodiscard]] bool open(const QString& path);

signals:
    void formatsChosen(const nanoscope::FormatSet& formats);
    /// The tensor of a picture is on show; its figures follow.
    void tensorRestored(const nanoscope::PlotRecipe& recipe);
    /// An error in one line.
    void failed(const QString& message);

private:
    void restore(const PlotRecipe& recipe, const QString& picture);
    void takeUp();
    void selectBlock();

    Explorer& m_explorer;
    ViewDocks& m_docks;
    std::optional<PlotRecipe> m_wanted;  // until its tensor is on show
    std::optional<ViewState> m_view;     // until its figures are there
};

/// Where a file of this name lies: beside `picture`, where the open file is, among the recent files, in the program's
/// own data. Empty when it is nowhere.
[[nodiscard]] QString findFile(const QString& name, const QString& picture, const QString& openFile);

}  // namespace nanoscope
