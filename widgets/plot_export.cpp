#include "widgets/plot_export.h"

#include "widgets/plot_view.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QHash>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QStringList>
#include <QSvgGenerator>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <algorithm>
#include <array>
#include <utility>

namespace nanoscope {

namespace {

const QString kNamespace = QStringLiteral("urn:nanoscope:recipe:1");
const QString kPrefix = QStringLiteral("nanoscope:");
constexpr int kCssDotsPerInch = 96;
constexpr double kPointsPerInch = 72.0;

QString translated(const char* text)
{
    return QCoreApplication::translate("nanoscope::PlotExport", text);
}

/// Recipe fields by the name they have in a picture.
std::array<std::pair<QString, QString>, 6> fieldsOf(const PlotRecipe& recipe)
{
    return {
        {{QStringLiteral("format"), recipe.formatName}, {QStringLiteral("spec"), QString::fromUtf8(recipe.specJson)},
            {QStringLiteral("tensor"), recipe.tensor}, {QStringLiteral("file"), recipe.file},
            {QStringLiteral("version"), recipe.version}, {QStringLiteral("setup"), QString::fromUtf8(recipe.setup)}}};
}

template <typename ValueOf> PlotRecipe recipeOf(ValueOf valueOf)
{
    PlotRecipe recipe;
    recipe.formatName = valueOf(QStringLiteral("format"));
    recipe.specJson = valueOf(QStringLiteral("spec")).toUtf8();
    recipe.tensor = valueOf(QStringLiteral("tensor"));
    recipe.file = valueOf(QStringLiteral("file"));
    recipe.version = valueOf(QStringLiteral("version"));
    recipe.setup = valueOf(QStringLiteral("setup")).toUtf8();
    return recipe;
}

QString captionOf(const PlotRecipe& recipe)
{
    QStringList parts{recipe.tensor, QFileInfo(recipe.file).fileName(), recipe.formatName,
        QStringLiteral("Nanoscope ") + recipe.version};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  ·  "));
}

/// The one painting for both kinds of file. The font is named, because an SVG does not embed it, and its size is in
/// pixels, because devices disagree about the length of a point.
void paintPicture(QPainter& painter, const PlotView& plot, const PlotRecipe& recipe, const PlotExportOptions& options)
{
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(qRound(options.pointSize * kCssDotsPerInch / kPointsPerInch));
    painter.setFont(font);
    const QRectF page(QPointF(0, 0), options.size);
    painter.fillRect(page, plot.theme().panel);
    double captionHeight = 0;
    if (options.caption) {
        const QFontMetricsF metrics(font, painter.device());
        captionHeight = metrics.height() + 6;
        const QRectF line(page.left() + 10, page.bottom() - captionHeight, page.width() - 20, captionHeight);
        painter.setPen(plot.theme().mutedText);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(captionOf(recipe), Qt::ElideMiddle, line.width()));
    }
    plot.paintPlot(painter, page.adjusted(0, 0, 0, -captionHeight));
}

QByteArray metadataElement(const PlotRecipe& recipe)
{
    QByteArray xml;
    QXmlStreamWriter writer(&xml);
    writer.writeStartElement(QStringLiteral("metadata"));
    writer.writeNamespace(kNamespace, QStringLiteral("nanoscope"));
    for (const auto& [name, value] : fieldsOf(recipe))
        writer.writeTextElement(kNamespace, name, value);
    writer.writeEndElement();
    return xml;
}

QByteArray svgPicture(const PlotView& plot, const PlotRecipe& recipe, const PlotExportOptions& options)
{
    QByteArray svg;
    QBuffer buffer(&svg);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(kCssDotsPerInch);  // the default makes all text a quarter too small
    generator.setSize(options.size.toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), options.size));
    generator.setTitle(QStringLiteral("%1: %2").arg(plot.plotTitle(), captionOf(recipe)));
    generator.setDescription(plot.summary());
    QPainter painter(&generator);
    paintPicture(painter, plot, recipe, options);
    painter.end();
    // QSvgGenerator has no metadata: they go behind the description, where SVG wants them.
    const QByteArray mark = "</desc>";
    const qsizetype at = svg.indexOf(mark);
    if (at >= 0)
        svg.insert(at + mark.size(), '\n' + metadataElement(recipe));
    return svg;
}

QByteArray pngPicture(const PlotView& plot, const PlotRecipe& recipe, const PlotExportOptions& options)
{
    QImage image((options.size * options.scale).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.setDevicePixelRatio(options.scale);
    QPainter painter(&image);
    paintPicture(painter, plot, recipe, options);
    painter.end();
    image.setDotsPerMeterX(qRound(options.scale * kCssDotsPerInch / 0.0254));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    for (const auto& [name, value] : fieldsOf(recipe))
        image.setText(kPrefix + name, value);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return png;
}

QString lineOf(const QString& path, const QString& what, const QString& remedy)
{
    return QStringLiteral("%1: %2; %3").arg(QDir::toNativeSeparators(path), what, remedy);
}

std::optional<PlotRecipe> recipeInSvg(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    QXmlStreamReader reader(&file);
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
    const QImage image(path);
    if (image.isNull() || !image.textKeys().contains(kPrefix + QStringLiteral("spec")))
        return std::nullopt;
    return recipeOf([&image](const QString& name) { return image.text(kPrefix + name); });
}

}  // namespace

QString exportPlot(
    const PlotView& plot, const PlotRecipe& recipe, const QString& path, const PlotExportOptions& options)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    const bool isSvg = ending == QLatin1String("svg");
    if (!isSvg && ending != QLatin1String("png"))
        return lineOf(path, translated("no picture format has this ending"), translated("use .svg or .png"));
    const QByteArray picture = isSvg ? svgPicture(plot, recipe, options) : pngPicture(plot, recipe, options);
    if (picture.isEmpty())
        return lineOf(path, translated("the picture could not be made"), translated("choose a smaller size"));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(picture) != picture.size() || !file.commit())
        return lineOf(path, translated("cannot be written (%1)").arg(file.errorString()),
            translated("choose a folder that you may write to"));
    return {};
}

std::optional<PlotRecipe> readRecipe(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const bool isPng = file.peek(8).startsWith("\x89PNG");
    file.close();
    return isPng ? recipeInPng(path) : recipeInSvg(path);
}

}  // namespace nanoscope
