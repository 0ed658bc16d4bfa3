#include "sample_report.h"
#include "widgets/figure_model.h"
#include "widgets/latex_table.h"
#include "widgets/report_page.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace nanoscope;

/// The report on one page, and the table for LaTeX.
class TestReportPage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void htmlIsWellFormedSelfContainedAndInlinesEveryPlot();
    void namesInsideTheInlinePlotsAreUnique();
    void pdfIsOneA4PageForOneAndForFourFormats_data();
    void pdfIsOneA4PageForOneAndForFourFormats();
    void nothingToReportGivesNothing();
    void latexTextIsEscaped_data();
    void latexTextIsEscaped();
    void latexTableHasAColumnAFormatAndTheBestInBold();
    void latexCompilesWherePdflatexIs();

private:
    [[nodiscard]] ReportPage page(std::size_t formats) const;
    [[nodiscard]] static std::shared_ptr<const Report> named(const Report& report, const char* name);

    std::shared_ptr<const Report> m_report;
};

void TestReportPage::initTestCase()
{
    m_report = test::sampleReport({});
}

std::shared_ptr<const Report> TestReportPage::named(const Report& report, const char* name)
{
    Report copy = report;
    copy.format.name = name;
    return std::make_shared<const Report>(std::move(copy));
}

ReportPage TestReportPage::page(std::size_t formats) const
{
    ReportPage page{"A & B on <w>", {"first", "sha256:00"}, {}, nullptr, {}};
    page.recipe = {"F", "{\"bits\":4}", "<w>", "f.h5", "1"};
    static constexpr const char* kNames[]{"F<1>", "two_two", "three", "four"};
    for (std::size_t i = 0; i < formats; ++i) {
        page.reports.push_back(named(*m_report, kNames[i]));
        page.recipe.formats.push_back({QString(QChar(u'A' + static_cast<char16_t>(i))), kNames[i],
            QByteArray::fromStdString(canonicalText(m_report->format.spec))});
    }
    return page;
}

void TestReportPage::htmlIsWellFormedSelfContainedAndInlinesEveryPlot()
{
    const QByteArray html = reportHtml(page(3));
    QXmlStreamReader reader(html);
    int pictures = 0;
    int cells = 0;
    QString text;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && reader.name() == QLatin1String("svg"))
            ++pictures;
        if (reader.isStartElement() && reader.name() == QLatin1String("td"))
            ++cells;
        if (reader.isCharacters())
            text += reader.text();
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(pictures, 1 + 3 + 2);  // metadata, levels, error map and magnitudes
    QVERIFY(cells >= 4 * 12 && cells % 4 == 0);
    QVERIFY(text.contains("A & B on <w>") && text.contains("F<1>"));
    for (const char* outside : {"src=", "href=\"http", "@import", "<script", "<link"})
        QVERIFY2(!html.contains(outside), outside);
}

void TestReportPage::namesInsideTheInlinePlotsAreUnique()
{
    const QString html = QString::fromUtf8(reportHtml(page(4)));
    static const QRegularExpression kId(" id=\"([^\"]*)\"");
    static const QRegularExpression kUse("url\\(#([^)]*)\\)");
    QSet<QString> ids;
    for (auto found = kId.globalMatch(html); found.hasNext();) {
        const QString id = found.next().captured(1);
        QVERIFY2(!ids.contains(id), qPrintable(id));
        ids << id;
    }
    for (auto found = kUse.globalMatch(html); found.hasNext();) {
        const QString id = found.next().captured(1);
        QVERIFY2(ids.contains(id), qPrintable(id));
    }
}

void TestReportPage::pdfIsOneA4PageForOneAndForFourFormats_data()
{
    QTest::addColumn<int>("formats");
    for (const int formats : {1, 2, 4})
        QTest::addRow("%d", formats) << formats;
}

void TestReportPage::pdfIsOneA4PageForOneAndForFourFormats()
{
    QFETCH(int, formats);
    const QByteArray pdf = reportPdf(page(static_cast<std::size_t>(formats)));
    QVERIFY(pdf.startsWith("%PDF"));
    QVERIFY(pdf.contains("/Count 1\n"));
    QVERIFY2(pdf.contains("/MediaBox [0 0 595.000000 842.000000]"), "A4");
    QVERIFY(pdf.contains("DejaVuSans"));
    QCOMPARE(pdf.count("\"slot\":") + pdf.count("&quot;slot&quot;:"), formats);
}

void TestReportPage::nothingToReportGivesNothing()
{
    QVERIFY(reportPdf({}).isEmpty());
    QVERIFY(reportHtml({}).isEmpty());
}

void TestReportPage::latexTextIsEscaped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("latex");
    QTest::newRow("special") << "50 % of a_b & #1 {x}~^\\$"
                             << "50 \\% of a\\_b \\& \\#1 \\{x\\}\\textasciitilde{}"
                                "\\textasciicircum{}\\textbackslash{}\\$";
    QTest::newRow("minus") << "−0.25"
                           << "$-$0.25";
    QTest::newRow("power") << "8.73×10⁻⁶"
                           << "8.73$\\times$10$^{-6}$";
    QTest::newRow("index") << "−10 log₁₀ NMSE"
                           << "$-$10 log$_{10}$ NMSE";
    QTest::newRow("absent") << "–"
                            << "--";
    QTest::newRow("magnitude") << "Largest |error|"
                               << "Largest \\textbar{}error\\textbar{}";
    QTest::newRow("comparison") << "a < b > c"
                                << "a \\textless{} b \\textgreater{} c";
    QTest::newRow("spaces") << "131" + QString(QChar(0x202F)) + "072" + QChar(0x00A0) + "dB"
                            << "131\\,072~dB";
    QTest::newRow("plain hyphen") << "Lloyd-Max"
                                  << "Lloyd-Max";
}

void TestReportPage::latexTextIsEscaped()
{
    QFETCH(QString, text);
    QTEST(latexText(text), "latex");
}

void TestReportPage::latexTableHasAColumnAFormatAndTheBestInBold()
{
    Report better = *m_report;
    better.error.sqnrDecibel = *m_report->error.sqnrDecibel + 1;
    FigureModel figures;
    figures.setReports({named(*m_report, "a_b"), nullptr, named(better, "C"), nullptr});
    const QString latex = latexTable(figures);
    QVERIFY2(
        latex.contains("\\begin{tabular}{lrr}\n\\toprule\nFigure & a\\_b & C \\\\\n\\midrule\n"), qPrintable(latex));
    QVERIFY(latex.endsWith("\\bottomrule\n\\end{tabular}\n"));
    QVERIFY(latex.contains("SQNR (dB) & "));
    int rows = 0;
    for (const QString& line : latex.split('\n')) {
        if (!line.contains(" & "))
            continue;
        ++rows;
        QCOMPARE(QString(line).remove("\\&").count('&'), 2);
        QVERIFY(line.endsWith(" \\\\"));
        QVERIFY2(!line.contains("✓") && !line.contains("−") && !line.contains("⁻"), qPrintable(line));
        if (line.startsWith("SQNR"))
            QVERIFY2(
                line.contains("& \\textbf{") && line.indexOf("\\textbf") > line.lastIndexOf('&'), qPrintable(line));
    }
    QCOMPARE(rows, figures.rowCount());  // the head line in place of the time
}

void TestReportPage::latexCompilesWherePdflatexIs()
{
    const QString program = QStandardPaths::findExecutable("pdflatex");
    if (program.isEmpty())
        QSKIP("pdflatex is not installed");
    QTemporaryDir folder;
    FigureModel figures;
    figures.setReports({m_report, m_report});
    QFile file(folder.filePath("t.tex"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\\documentclass{article}\\usepackage{booktabs}\\begin{document}\n" + latexTable(figures).toUtf8()
        + "\\end{document}\n");
    file.close();
    QProcess process;
    process.setWorkingDirectory(folder.path());
    process.start(program, {"-halt-on-error", "-interaction=nonstopmode", "t.tex"});
    QVERIFY(process.waitForFinished(60000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardOutput());
}

QTEST_MAIN(TestReportPage)
#include "tst_report_page.moc"
