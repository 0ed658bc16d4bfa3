#include "widgets/plot_recipe.h"

#include "core/format/json_fields.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QImage>
#include <QStringList>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

namespace nanoscope {

namespace {

const QString kNamespace = QStringLiteral("urn:nanoscope:recipe:1");
const QString kPrefix = QStringLiteral("nanoscope:");

std::optional<PlotRecipe> recipeInXml(const QByteArray& xml)
{
    QXmlStreamReader reader(xml);
    QHash<QString, QString> fields;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.namespaceUri() == kNamespace)
            fields.insert(reader.name().toString(), reader.readElementText());
        else if (reader.isEndElement() && reader.name() == QLatin1String("metadata"))
            break;
    }
    if (fields.isEmpty())
        return std::nullopt;
    return recipeOf([&fields](const QString& name) { return fields.value(name); });
}

std::optional<PlotRecipe> recipeInPng(const QString& path)
{
    const QImage image(path, "png");  // the whole of it: the texts stand behind the pixels
    if (!image.textKeys().contains(kPrefix + QStringLiteral("spec")))
        return std::nullopt;
    return recipeOf([&image](const QString& name) { return image.text(kPrefix + name); });
}

/// Metadata of a PDF are left uncompressed, so that programs which know no PDF find them. A program that saved the file
/// again may have written a packet behind the first one: the last one counts.
std::optional<PlotRecipe> recipeInPdf(const QByteArray& pdf)
{
    const QByteArray close = QByteArrayLiteral("</x:xmpmeta>");
    const qsizetype end = pdf.lastIndexOf(close);
    const qsizetype begin = end < 0 ? -1 : pdf.lastIndexOf("<x:xmpmeta", end);
    return begin < 0 ? std::nullopt : recipeInXml(pdf.mid(begin, end + close.size() - begin));
}

}  // namespace

QString withoutControls(QString text)
{
    for (QChar& letter : text)
        if (letter.unicode() < 0x20 && letter != u'\t' && letter != u'\n' && letter != u'\r')
            letter = QChar::ReplacementCharacter;
    return text;
}

std::vector<std::pair<QString, QString>> recipeFields(const PlotRecipe& recipe)
{
    return {{QStringLiteral("format"), recipe.formatName}, {QStringLiteral("spec"), QString::fromUtf8(recipe.specJson)},
        {QStringLiteral("tensor"), recipe.tensor}, {QStringLiteral("file"), recipe.file},
        {QStringLiteral("version"), recipe.version}, {QStringLiteral("setup"), QString::fromUtf8(recipe.setup)},
        {QStringLiteral("formats"), QString::fromUtf8(formatsText(recipe.formats))},
        {QStringLiteral("hash"), recipe.tensorHash}, {QStringLiteral("view"), QString::fromUtf8(recipe.view)}};
}

QByteArray formatsText(const std::vector<RecipeFormat>& formats)
{
    // Not with Qt's JSON: it would write numbers of the canonical spec another way.
    nlohmann::json list = nlohmann::json::array();
    for (const RecipeFormat& format : formats)
        list.push_back({{"slot", format.slot.toStdString()}, {"name", format.name.toStdString()},
            {"spec", parseJson(format.specJson.toStdString())}});
    return formats.empty() ? QByteArray() : QByteArray::fromStdString(list.dump());
}

std::vector<RecipeFormat> formatsOf(const QByteArray& text)
{
    const nlohmann::json list = parseJson(text.toStdString());
    if (!list.is_array())
        return {};
    const auto textAt = [](const nlohmann::json& object, const char* key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                           : QString();
    };
    std::vector<RecipeFormat> formats;
    for (const nlohmann::json& object : list)
        if (object.is_object() && object.contains("spec"))
            formats.push_back(
                {textAt(object, "slot"), textAt(object, "name"), QByteArray::fromStdString(object["spec"].dump())});
    return formats;
}

QString captionOf(const PlotRecipe& recipe)
{
    QStringList parts{recipe.tensor, QFileInfo(recipe.file).fileName(), recipe.formatName,
        QStringLiteral("Nanoscope ") + recipe.version};
    parts.removeAll(QString());
    return withoutControls(parts.join(QStringLiteral("  ·  ")));
}

QByteArray recipeXml(const PlotRecipe& recipe, const QString& element)
{
    QByteArray xml;
    QXmlStreamWriter writer(&xml);
    writer.writeStartElement(element);
    writer.writeNamespace(kNamespace, QStringLiteral("nanoscope"));
    for (const auto& [name, value] : recipeFields(recipe))
        writer.writeTextElement(kNamespace, name, withoutControls(value));
    writer.writeEndElement();
    return xml;
}

std::optional<PlotRecipe> readRecipe(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray start = file.peek(8);
    if (start.startsWith("\x89PNG"))
        return recipeInPng(path);
    if (start.startsWith("%PDF"))
        return recipeInPdf(file.readAll());
    // Anything else is read only if it may be a picture of ours: a checkpoint of many gigabytes is not.
    constexpr qint64 kFirst = 4096;
    const QByteArray head = file.peek(kFirst);
    if (!head.contains("<svg") && !head.contains("<html"))
        return std::nullopt;
    return recipeInXml(file.readAll());
}

}  // namespace nanoscope
