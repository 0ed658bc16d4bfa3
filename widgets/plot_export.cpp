#include "widgets/plot_export.h"

#include "widgets/plot_view.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QPainter>

namespace nanoscope {

namespace {

/// Texts of this file, for translation.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::PlotExport)
};

/// The one painting for all kinds of file.
void paintPicture(QPainter& painter, const PlotView& plot, const PlotRecipe& recipe, const PlotExportOptions& options)
{
    const QFont font = pictureFont(options.pointSize);
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

QString lineOf(const QString& path, const QString& what, const QString& remedy)
{
    return QStringLiteral("%1: %2; %3").arg(QDir::toNativeSeparators(path), what, remedy);
}

}  // namespace

Picture plotPicture(const PlotView& plot, const PlotRecipe& recipe, const PlotExportOptions& options)
{
    return {QStringLiteral("%1: %2").arg(plot.plotTitle(), captionOf(recipe)), plot.summary(), options.size, recipe,
        [&plot, recipe, options](QPainter& painter) { paintPicture(painter, plot, recipe, options); }};
}

QString exportPlot(
    const PlotView& plot, const PlotRecipe& recipe, const QString& path, const PlotExportOptions& options)
{
    const auto kind = pictureKind(QFileInfo(path).suffix());
    if (!kind)
        return lineOf(path, Text::tr("no picture format has this ending"), Text::tr("use .svg, .pdf or .png"));
    const QByteArray bytes = pictureBytes(plotPicture(plot, recipe, options), *kind, options.scale);
    if (bytes.isEmpty())
        return lineOf(path, Text::tr("the picture could not be made"), Text::tr("choose a smaller size"));
    return writeFile(path, bytes);
}

}  // namespace nanoscope
