#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace nanoscope {

/// A format that was on screen when a picture was made.
struct RecipeFormat {
    QString slot;  ///< "A" to "D"
    QString name;
    QByteArray specJson;  ///< canonical, UTF-8
    bool operator==(const RecipeFormat&) const = default;
};

/// What a picture was made from; every exported picture carries it.
struct PlotRecipe {
    QString formatName;   ///< what the picture itself is of
    QByteArray specJson;  ///< canonical, UTF-8; of the first format the picture is of
    QString tensor;
    QString file;                            ///< its name, without folders
    QString version;                         ///< of this program
    QByteArray setup = {};                   ///< hardware and language model behind figures of cost, JSON
    std::vector<RecipeFormat> formats = {};  ///< all that were on screen, A first
    QString tensorHash = {};                 ///< see app/tensor_hash.h; empty when it was not known
    QByteArray view = {};                    ///< what else brings the view back, JSON: axis, reshape, block, plot
    bool operator==(const PlotRecipe&) const = default;
};

/// Every field of a recipe by the name that it has in pictures. `formats` is a JSON list of {slot, name, spec}.
[[nodiscard]] std::vector<std::pair<QString, QString>> recipeFields(const PlotRecipe& recipe);

/// The other way round. Fields that are not there, as in pictures of earlier versions, stay empty.
/// @param valueOf  gives a field by its name
template <typename ValueOf> [[nodiscard]] PlotRecipe recipeOf(ValueOf valueOf);

/// All formats as JSON text, and back; nothing for text that is no such list.
[[nodiscard]] QByteArray formatsText(const std::vector<RecipeFormat>& formats);
[[nodiscard]] std::vector<RecipeFormat> formatsOf(const QByteArray& text);

/// The line under a picture: tensor, file, format and program.
[[nodiscard]] QString captionOf(const PlotRecipe& recipe);

/// The recipe as elements of the namespace `urn:nanoscope:recipe:1`.
/// @param element  qualified name of the element around them, for example "metadata"
/// @return the element with the namespace declared on it
[[nodiscard]] QByteArray recipeXml(const PlotRecipe& recipe, const QString& element);

/// Control characters, for which XML has no place and which names of tensors might have, replaced by U+FFFD.
[[nodiscard]] QString withoutControls(QString text);

/// The recipe in an exported picture or report, told by content: SVG and HTML (`<metadata>`), PNG (text chunks
/// `nanoscope:<field>`), PDF (its XMP packet). Nothing for any other file.
[[nodiscard]] std::optional<PlotRecipe> readRecipe(const QString& path);

template <typename ValueOf> PlotRecipe recipeOf(ValueOf valueOf)
{
    PlotRecipe recipe;
    recipe.formatName = valueOf(QStringLiteral("format"));
    recipe.specJson = valueOf(QStringLiteral("spec")).toUtf8();
    recipe.tensor = valueOf(QStringLiteral("tensor"));
    recipe.file = valueOf(QStringLiteral("file"));
    recipe.version = valueOf(QStringLiteral("version"));
    recipe.setup = valueOf(QStringLiteral("setup")).toUtf8();
    recipe.formats = formatsOf(valueOf(QStringLiteral("formats")).toUtf8());
    recipe.tensorHash = valueOf(QStringLiteral("hash"));
    recipe.view = valueOf(QStringLiteral("view")).toUtf8();
    return recipe;
}

}  // namespace nanoscope
