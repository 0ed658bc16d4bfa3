// The report as a page for browsers; report_page.cpp has the one for paper.
#include "widgets/report_page.h"

#include "widgets/picture_file.h"
#include "widgets/plot_export.h"
#include "widgets/plot_view.h"
#include "widgets/report_parts.h"

#include <QRegularExpression>

namespace nanoscope {

namespace {

const char* const kStyle = R"(
body { font: 15px/1.4 "DejaVu Sans", system-ui, sans-serif; color: #1b1f24; background: #fff; max-width: 1060px;
  margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; margin-bottom: 0.2em; }
p.fact { color: #57606a; margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: 1.2em 0; width: 100%; }
th, td { text-align: right; padding: 0.15em 0.7em; }
th:first-child, td:first-child { text-align: left; }
thead tr { border-top: 1.5px solid #57606a; border-bottom: 1px solid #57606a; }
tbody tr:last-child { border-bottom: 1.5px solid #57606a; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(480px, 1fr)); gap: 1em; }
figure { margin: 0; }
figcaption { font-weight: bold; }
figure svg { width: 100%; height: auto; }
pre { font-size: 9px; color: #57606a; white-space: pre-wrap; overflow-wrap: anywhere; }
)";

QString escaped(const QString& text)
{
    return withoutControls(text).toHtmlEscaped();
}

/// A plot as an element for a page that holds others: without what belongs to a file. None of these plots needs names
/// (ids), which would have to be unique on the page; a test tells when that changes.
QString inlineSvg(const PlotView& plot)
{
    PlotExportOptions options;
    options.size = {640, 360};
    options.caption = false;
    QString svg = QString::fromUtf8(pictureBytes(plotPicture(plot, {}, options), PictureKind::Svg));
    svg.remove(0, svg.indexOf(QLatin1String("<svg")));
    static const QRegularExpression kMetadata(
        QStringLiteral("<metadata.*</metadata>"), QRegularExpression::DotMatchesEverythingOption);
    svg.remove(kMetadata);
    return svg;
}

QString tableOf(const ReportParts& parts)
{
    QString html = QStringLiteral("<table>\n<thead><tr>");
    for (const QString& head : parts.heads())
        html += QStringLiteral("<th scope=\"col\">%1</th>").arg(escaped(head));
    html += QStringLiteral("</tr></thead>\n<tbody>\n");
    for (const std::vector<ReportParts::Cell>& row : parts.rows()) {
        html += QStringLiteral("<tr>");
        for (const ReportParts::Cell& cell : row)
            html += QString(cell.isBest ? "<td><b>%1</b></td>" : "<td>%1</td>").arg(escaped(cell.text));
        html += QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</tbody>\n</table>\n");
}

}  // namespace

QByteArray reportHtml(const ReportPage& page)
{
    const ReportParts parts(page);
    if (parts.levels().empty())
        return {};
    QString html = QStringLiteral("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>"
                                  "<meta charset=\"utf-8\"/><title>%1</title>\n<style>%2</style></head>\n<body>\n")
                       .arg(escaped(page.title), QLatin1String(kStyle));
    html += QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\">%1</svg>\n")
                .arg(QString::fromUtf8(recipeXml(page.recipe, QStringLiteral("metadata"))));
    html += QStringLiteral("<h1>%1</h1>\n").arg(escaped(page.title));
    for (const QString& fact : page.facts)
        html += QStringLiteral("<p class=\"fact\">%1</p>\n").arg(escaped(fact));
    html += tableOf(parts);
    html += QStringLiteral("<div class=\"plots\">\n");
    for (const auto* plots : {&parts.levels(), &parts.others()})
        for (const ReportParts::Plot& plot : *plots)
            html += QStringLiteral("<figure><figcaption>")
                + escaped(QString(plot.letter + ' ' + plot.view->plotTitle()).trimmed())
                + QStringLiteral("</figcaption>\n") + inlineSvg(*plot.view) + QStringLiteral("</figure>\n");
    html += QStringLiteral("</div>\n");
    for (const QString& spec : parts.specs())
        html += QStringLiteral("<pre>") + escaped(spec) + QStringLiteral("</pre>\n");
    return (html + QStringLiteral("</body>\n</html>\n")).toUtf8();
}

}  // namespace nanoscope
