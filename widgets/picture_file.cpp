#include "widgets/picture_file.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFont>
#include <QImage>
#include <QMarginsF>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace nanoscope {

namespace {

/// Texts of this file, for translation.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::PlotExport)
};

constexpr int kCssDotsPerInch = 96;
constexpr double kPointsPerInch = 72.0;

QByteArray svgBytes(const Picture& picture)
{
    QByteArray svg;
    QBuffer buffer(&svg);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(kCssDotsPerInch);  // the default makes all text a quarter too small
    generator.setSize(picture.size.toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), picture.size));
    generator.setTitle(withoutControls(picture.title).toHtmlEscaped());  // it does not do that itself
    generator.setDescription(withoutControls(picture.description).toHtmlEscaped());
    QPainter painter(&generator);
    picture.paint(painter);
    painter.end();
    // QSvgGenerator has no metadata: they go behind the description, where SVG wants them.
    const QByteArray mark = "</desc>";
    const qsizetype at = svg.indexOf(mark);
    if (at >= 0)
        svg.insert(at + mark.size(), '\n' + recipeXml(picture.recipe, QStringLiteral("metadata")));
    return svg;
}

/// The recipe as an XMP packet. Readers of XMP show its fields as properties of the namespace.
QByteArray xmpOf(const Picture& picture)
{
    QByteArray description = recipeXml(picture.recipe, QStringLiteral("rdf:Description"));
    description.insert(QByteArrayLiteral("<rdf:Description").size(), " rdf:about=\"\"");
    const QByteArray title = withoutControls(picture.title).toHtmlEscaped().toUtf8();
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title><rdf:Alt>"
           "<rdf:li xml:lang=\"x-default\">"
        + title + "</rdf:li></rdf:Alt></dc:title></rdf:Description>\n" + description
        + "\n</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

QByteArray pdfBytes(const Picture& picture)
{
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kCssDotsPerInch);
    writer.setPageSize(QPageSize(
        picture.size * (kPointsPerInch / kCssDotsPerInch), QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setTitle(picture.title);
    writer.setCreator(QStringLiteral("Nanoscope ") + picture.recipe.version);
    writer.setDocumentXmpMetadata(xmpOf(picture));
    QPainter painter(&writer);
    picture.paint(painter);
    painter.end();
    return pdf;
}

QByteArray pngBytes(const Picture& picture, double scale)
{
    QImage image((picture.size * scale).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    picture.paint(painter);
    painter.end();
    image.setDotsPerMeterX(qRound(scale * kCssDotsPerInch / 0.0254));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    for (const auto& [name, value] : recipeFields(picture.recipe))
        if (!value.isEmpty())
            image.setText(QStringLiteral("nanoscope:") + name, value);
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return png;
}

}  // namespace

std::optional<PictureKind> pictureKind(const QString& ending)
{
    for (const PictureKind kind : {PictureKind::Svg, PictureKind::Pdf, PictureKind::Png})
        if (ending.compare(endingOf(kind), Qt::CaseInsensitive) == 0)
            return kind;
    return std::nullopt;
}

QString endingOf(PictureKind kind)
{
    switch (kind) {
    case PictureKind::Svg:
        return QStringLiteral("svg");
    case PictureKind::Pdf:
        return QStringLiteral("pdf");
    case PictureKind::Png:
        break;
    }
    return QStringLiteral("png");
}

QByteArray pictureBytes(const Picture& picture, PictureKind kind, double scale)
{
    switch (kind) {
    case PictureKind::Svg:
        return svgBytes(picture);
    case PictureKind::Pdf:
        return pdfBytes(picture);
    case PictureKind::Png:
        break;
    }
    return pngBytes(picture, scale);
}

QFont pictureFont(double pointSize)
{
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(qMax(1, qRound(pointSize * kCssDotsPerInch / kPointsPerInch)));
    return font;
}

QString writeFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return {};
    return QStringLiteral("%1: %2; %3")
        .arg(QDir::toNativeSeparators(path), Text::tr("cannot be written (%1)").arg(file.errorString()),
            Text::tr("choose a folder that you may write to"));
}

}  // namespace nanoscope
