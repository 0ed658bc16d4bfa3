#include "sample_report.h"
#include "widgets/heat_map.h"
#include "widgets/level_plot.h"
#include "widgets/magnitude_chart.h"
#include "widgets/plot_export.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace nanoscope;

class TestPlotExport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aPictureCarriesItsRecipe_data();
    void aPictureCarriesItsRecipe();
    void anSvgIsWellFormedWithTitleViewBoxAndNamedFont();
    void anSvgOfLevelsHasNoPixelImage();
    void aPdfIsOnePageOfTextAndLines();
    void controlCharactersOfANameDoNoHarm();
    void aPngHasTheAskedSizeAndAFilledBackground();
    void svgAndPngShowTheSame();
    void anUnknownEndingIsRefusedInOneLine();
    void aFolderThatIsMissingIsReportedAndNothingIsLeft();
    void aForeignPictureHasNoRecipe();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const Report> m_report;
    PlotRecipe m_recipe{QStringLiteral("NxFP4:geometry.block=16"),
        "{\"elements\":[{\"id\":\"E2M1\"}],\"note\":\"<&' \u00f7 \u00e9\"}", QStringLiteral("pose/conv2d_35"),
        QStringLiteral("real weights.h5"), QStringLiteral("0.1.0"), "{\"clock\":\"1 < 2 & 3\"}",
        {{QStringLiteral("A"), QStringLiteral("NxFP4:geometry.block=16"), "{\"bits\":4,\"scale\":0.1}"},
            {QStringLiteral("D"), QStringLiteral("own ÷"), "{\"list\":[1e-09,0.3,-0.0,16777217]}"}},
        QStringLiteral("sha256:00ff"), "{\"axis\":-1,\"block\":12}"};
};

void TestPlotExport::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_report = test::sampleReport({});
}

void TestPlotExport::aPictureCarriesItsRecipe_data()
{
    QTest::addColumn<QString>("plot");
    QTest::addColumn<QString>("ending");
    for (const QString plot : {"levels", "heat", "chart"})
        for (const QString ending : {"svg", "pdf", "png", "SVG", "PDF"})
            QTest::addRow("%s.%s", qPrintable(plot), qPrintable(ending)) << plot << ending;
}

void TestPlotExport::aPictureCarriesItsRecipe()
{
    QFETCH(QString, plot);
    QFETCH(QString, ending);
    LevelPlot levels;
    levels.setReport(m_report);
    HeatMap heat;
    heat.setReport(m_report);
    MagnitudeChart chart;
    chart.setReports({m_report, m_report});
    const PlotView& view = plot == QLatin1String("levels") ? static_cast<const PlotView&>(levels)
        : plot == QLatin1String("heat")                    ? static_cast<const PlotView&>(heat)
                                                           : static_cast<const PlotView&>(chart);
    const QString target = path(plot + QLatin1Char('.') + ending);
    QCOMPARE(exportPlot(view, m_recipe, target), QString());
    const auto read = readRecipe(target);
    QVERIFY(read);
    QCOMPARE(read->specJson, m_recipe.specJson);
    QCOMPARE(read->tensor, m_recipe.tensor);
    QVERIFY(*read == m_recipe);
}

void TestPlotExport::anSvgIsWellFormedWithTitleViewBoxAndNamedFont()
{
    LevelPlot plot;
    plot.setReport(m_report);
    QCOMPARE(exportPlot(plot, m_recipe, path("form.svg")), QString());
    const QByteArray svg = contentOf(path("form.svg"));
    QXmlStreamReader reader(svg);
    while (!reader.atEnd())
        reader.readNext();
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(svg.contains("viewBox=\"0 0 900 540\""));
    QVERIFY(svg.contains("<title>Levels: pose/conv2d_35"));
    QVERIFY(svg.contains("font-family=\"DejaVu Sans\""));
}

void TestPlotExport::anSvgOfLevelsHasNoPixelImage()
{
    LevelPlot plot;
    plot.setReport(m_report);
    QCOMPARE(exportPlot(plot, m_recipe, path("vector.svg")), QString());
    QVERIFY(!contentOf(path("vector.svg")).contains("<image"));
}

/// What stands between `begin` and the next `end` behind `from`.
QByteArray between(const QByteArray& text, const QByteArray& begin, const QByteArray& end, qsizetype from)
{
    const qsizetype at = text.indexOf(begin, from);
    const qsizetype stop = at < 0 ? -1 : text.indexOf(end, at + begin.size());
    return stop < 0 ? QByteArray() : text.mid(at + begin.size(), stop - at - begin.size());
}

/// The deflated streams of a PDF that Qt wrote, inflated, one behind the other.
QByteArray inflatedStreams(const QByteArray& pdf)
{
    QByteArray all;
    qsizetype end = 0;
    for (qsizetype at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", end + 10)) {
        end = pdf.indexOf("\nendstream", at);
        const QByteArray packed = between(pdf, "stream\n", "\nendstream", at);
        if (packed.startsWith('\x78'))
            all += qUncompress(QByteArray("\0\x10\0\0", 4) + packed);  // room for a mebibyte, as it wants to know
        if (end < 0)
            break;
    }
    return all;
}

void TestPlotExport::aPdfIsOnePageOfTextAndLines()
{
    LevelPlot plot;
    plot.setReport(m_report);
    QCOMPARE(exportPlot(plot, m_recipe, path("vector.pdf")), QString());
    const QByteArray pdf = contentOf(path("vector.pdf"));
    QVERIFY(pdf.startsWith("%PDF-1."));
    QVERIFY(pdf.contains("/Count 1"));
    QCOMPARE(between(pdf, "/MediaBox [", "]", 0).simplified(), QByteArray("0 0 675.000000 405.000000"));
    QVERIFY2(!pdf.contains("/Subtype /Image"), "a picture of pixels");
    QVERIFY2(pdf.contains("DejaVuSans"), "letters drawn as shapes");
    const QByteArray content = inflatedStreams(pdf);
    QVERIFY2(content.count("\nBT") + content.count("BT\n") > 10, "no text");
    QVERIFY2(content.count(" Tj") + content.count(" TJ") > 10, "no text");
    QVERIFY2(content.count(" l\n") > 20, "no lines");
}

void TestPlotExport::controlCharactersOfANameDoNoHarm()
{
    LevelPlot plot;
    plot.setReport(m_report);
    PlotRecipe recipe = m_recipe;
    recipe.tensor = QStringLiteral("a") + QChar(1) + QStringLiteral("<b>&\"]]>");
    for (const QString name : {"odd.svg", "odd.pdf"}) {
        QCOMPARE(exportPlot(plot, recipe, path(name)), QString());
        const auto read = readRecipe(path(name));
        QVERIFY2(read, qPrintable(name));
        QCOMPARE(read->tensor, QStringLiteral("a\uFFFD<b>&\"]]>"));
        QCOMPARE(read->view, recipe.view);
    }
}

void TestPlotExport::aPngHasTheAskedSizeAndAFilledBackground()
{
    LevelPlot plot;
    plot.setTheme(darkTheme());
    plot.setReport(m_report);
    PlotExportOptions options;
    options.size = {400, 240};
    options.scale = 3;
    QCOMPARE(exportPlot(plot, m_recipe, path("size.png"), options), QString());
    const QImage image(path("size.png"));
    QCOMPARE(image.size(), QSize(1200, 720));
    QCOMPARE(image.pixelColor(0, 0), darkTheme().panel);
    QCOMPARE(image.pixelColor(1199, 719), darkTheme().panel);
}

void TestPlotExport::svgAndPngShowTheSame()
{
    LevelPlot plot;
    plot.setReport(m_report);
    PlotExportOptions options;
    options.size = {600, 300};
    options.scale = 1;
    QCOMPARE(exportPlot(plot, m_recipe, path("same.svg"), options), QString());
    QCOMPARE(exportPlot(plot, m_recipe, path("same.png"), options), QString());
    const QImage png = QImage(path("same.png")).convertToFormat(QImage::Format_RGB32);
    QImage svg(png.size(), QImage::Format_RGB32);
    svg.fill(Qt::red);
    QSvgRenderer renderer(path("same.svg"));
    QPainter painter(&svg);
    renderer.render(&painter);
    painter.end();
    int different = 0;
    for (int y = 0; y < png.height(); ++y)
        for (int x = 0; x < png.width(); ++x)
            different += std::abs(qGray(png.pixel(x, y)) - qGray(svg.pixel(x, y))) > 64 ? 1 : 0;
    // Letters fall on other fractions of a pixel; everything else is the same.
    QVERIFY2(different < png.width() * png.height() / 50, qPrintable(QString::number(different)));
}

void TestPlotExport::anUnknownEndingIsRefusedInOneLine()
{
    LevelPlot plot;
    const QString error = exportPlot(plot, m_recipe, path("plot.bmp"));
    QVERIFY(error.contains(QStringLiteral("plot.bmp")) && error.contains(QStringLiteral(".svg, .pdf or .png")));
    QVERIFY(!error.contains(QLatin1Char('\n')));
    QVERIFY(!QFile::exists(path("plot.bmp")));
}

void TestPlotExport::aFolderThatIsMissingIsReportedAndNothingIsLeft()
{
    LevelPlot plot;
    plot.setReport(m_report);
    const qsizetype before = QDir(m_folder.path()).entryList(QDir::Files).size();
    QVERIFY(!exportPlot(plot, m_recipe, path("missing/plot.png")).isEmpty());
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files).size(), before);
}

void TestPlotExport::aForeignPictureHasNoRecipe()
{
    QImage image(4, 4, QImage::Format_RGB32);
    image.fill(Qt::white);
    QVERIFY(image.save(path("foreign.png")));
    QVERIFY(!readRecipe(path("foreign.png")));
    QFile svg(path("foreign.svg"));
    QVERIFY(svg.open(QIODevice::WriteOnly));
    svg.write("<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata>none</metadata></svg>");
    svg.close();
    QVERIFY(!readRecipe(path("foreign.svg")));
    QVERIFY(!readRecipe(path("does not exist.svg")));
}

QTEST_MAIN(TestPlotExport)
#include "tst_plot_export.moc"
