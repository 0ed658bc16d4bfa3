#include "app/arrangements.h"
#include "app/export_actions.h"
#include "app/main_window.h"
#include "app/tensor_hash.h"
#include "app/view_recipe.h"
#include "core/format/format_by_name.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"
#include "widgets/message_bar.h"
#include "widgets/plot_export.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace nanoscope;

/// What leaves the window, and how it comes back.
class TestWindowExport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void hashIsThatOfTheFloatsWhateverTheyAreStoredAs();
    void aPictureRestoresTheView_data();
    void aPictureRestoresTheView();
    void whatAPictureDoesNotSayStays();
    void aPictureWhoseFileIsMissingNamesIt();
    void aPictureOfOtherValuesIsTold();
    void aPictureWithABrokenSpecIsRefused_data();
    void aPictureWithABrokenSpecIsRefused();
    void thePathDecidesTheKindAndReplacingIsTold();
    void allPlotsGoToAFolderAndReplaceNothing();
    void dataOfTheHeatMapAreTheBlocksOfTheReport();
    void aCopiedPlotIsAnImageAndAnSvg();
    void aReportIsOnePageAndRestoresTheView_data();
    void aReportIsOnePageAndRestoresTheView();
    void figuresAreCopiedForLatex();
    void nothingToExportIsTold();

private:
    [[nodiscard]] static QString bundled(const char* name) { return QStringLiteral(NANOSCOPE_BUNDLED_DATA "/") + name; }
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    void openWeights(const QString& file = bundled("real_weights.h5"));
    void trigger(const QString& text);
    /// Fills the dialog that is open and presses its button.
    void choose(const QString& path, const QString& kind = {});
    void drop(const QString& path);

    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

void TestWindowExport::initTestCase()
{
    QCoreApplication::setOrganizationName("nanoscope-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
}

void TestWindowExport::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_window = std::make_unique<MainWindow>(
        FormatSet{parseFormat("NxFP4"), parseFormat("MXFP4"), parseFormat("NxFP4:geometry.block=16")}, false,
        QSize(1400, 900), MainWindow::Memory::Fresh);
    m_window->show();
}

void TestWindowExport::openWeights(const QString& file)
{
    m_window->explorer().open(file, "pose/conv2d_35");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
}

void TestWindowExport::trigger(const QString& text)
{
    for (QAction* action : m_window->findChildren<QAction*>())
        if (action->text().remove('&') == text) {
            action->trigger();
            return;
        }
    QFAIL(qPrintable("no action " + text));
}

void TestWindowExport::choose(const QString& path, const QString& kind)
{
    auto* dialog = m_window->findChild<ExportDialog*>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit*>("exportPath")->setText(path);
    if (!kind.isEmpty())
        dialog->setKind(kind);
    auto* button = dialog->findChild<QPushButton*>("exportButton");
    QVERIFY(button->isEnabled());
    button->click();
}

void TestWindowExport::drop(const QString& path)
{
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QDropEvent event(QPointF(100, 100), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &event);
}

void TestWindowExport::hashIsThatOfTheFloatsWhateverTheyAreStoredAs()
{
    const auto words = std::make_shared<const std::vector<std::uint16_t>>(
        std::vector<std::uint16_t>{0x3F80, 0xC000, 0x0000});  // bfloat16 of 1, -2, 0
    const auto floats = std::make_shared<const std::vector<float>>(std::vector<float>{1.0F, -2.0F, 0.0F});
    const QString hash = hashOf(TensorValues(floats));
    QCOMPARE(hash,
        "sha256:"
            + QString::fromLatin1(QCryptographicHash::hash(
                QByteArray("\x00\x00\x80\x3F\x00\x00\x00\xC0\x00\x00\x00\x00", 12), QCryptographicHash::Sha256)
                                      .toHex()));
    QCOMPARE(hashOf(TensorValues(ValueKind::Bfloat16, words)), hash);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(hashOf(TensorValues(floats), stop.get_token()).isEmpty());
}

void TestWindowExport::aPictureRestoresTheView_data()
{
    QTest::addColumn<QString>("ending");
    for (const char* ending : {"svg", "pdf", "png"})
        QTest::newRow(ending) << ending;
}

void TestWindowExport::aPictureRestoresTheView()
{
    QFETCH(QString, ending);
    openWeights();
    Explorer& explorer = m_window->explorer();
    explorer.setCut({0, std::nullopt});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    explorer.selectBlock(7);
    explorer.selectElement(3);
    m_window->arrangements().choose(Arrangement::Compare);
    m_window->findChild<LevelStack*>()->setZoom({0.25, 0.5});
    m_window->findChild<LevelPlot*>("levelsB")->setLogCounts(false);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    const FormatSet formats = explorer.formats();
    const QString hash = hashOf(explorer.tensor()->tensor().values);

    const QString picture = path("picture." + ending);
    trigger("This plot…");
    choose(picture);
    QTRY_VERIFY(QFile::exists(picture));
    const auto recipe = readRecipe(picture);
    QVERIFY(recipe);
    QCOMPARE(recipe->tensorHash, hash);
    QCOMPARE(recipe->formats.size(), std::size_t{3});
    QCOMPARE(recipe->formats[2].slot, QStringLiteral("C"));
    QCOMPARE(recipe->file, QStringLiteral("real_weights.h5"));
    QVERIFY(!recipe->setup.isEmpty());

    cleanup();
    m_window
        = std::make_unique<MainWindow>(FormatSet{parseFormat("MXINT8"), parseFormat("NVFP4"), parseFormat("MXFP4")},
            false, QSize(1400, 900), MainWindow::Memory::Fresh);
    m_window->show();
    QVERIFY(QFile::copy(bundled("real_weights.h5"), path("real_weights.h5")));  // beside the picture
    drop(picture);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->explorer().tensor() && m_window->isReady(), 60000);
    const Explorer& restored = m_window->explorer();
    QCOMPARE(m_window->message(), QString());
    QCOMPARE(restored.file(), path("real_weights.h5"));
    QVERIFY(restored.formats() == formats);
    QCOMPARE(restored.tensor()->tensor().info.name, std::string("pose/conv2d_35"));
    QCOMPARE(restored.cut().axis, 0);
    QCOMPARE(restored.selectedBlock(), 7U);
    QCOMPARE(restored.selectedElement(), 3);
    QCOMPARE(m_window->arrangements().current(), Arrangement::Compare);
    QVERIFY(m_window->findChild<LevelStack*>()->zoom() == (LevelZoom{0.25, 0.5}));
    QVERIFY(!m_window->findChild<LevelPlot*>("levelsA")->logCounts());
}

void TestWindowExport::whatAPictureDoesNotSayStays()
{
    QVERIFY(viewStateOf("{}") == ViewState());
    QVERIFY(!viewStateOf(R"({"arrangement":"upside down","log_counts":7})").arrangement);
    for (const char* zoom : {R"({"zoom":[0.5,0.25]})", R"({"zoom":[-1,2]})", R"({"zoom":[0.1]})", R"({"zoom":"near"})"})
        QVERIFY2(!viewStateOf(zoom).zoom, zoom);
    for (const char* shape : {R"({"reshape":[1e30,4]})", R"({"reshape":[-4,4]})", R"({"reshape":["a"]})"})
        QVERIFY2(!viewStateOf(shape).cut.reshape, shape);
    const ViewState view{{0, std::nullopt}, 7, 3, "Levels", Arrangement::Teach, LevelZoom{0.1, 0.9}, true};
    QVERIFY(viewStateOf(toText(view)) == view);
}

void TestWindowExport::aPictureWhoseFileIsMissingNamesIt()
{
    LevelPlot plot;
    PlotRecipe recipe{"MXFP6_E2M3", QByteArray::fromStdString(canonicalText(parseFormat("MXFP6_E2M3").spec)), "layer/w",
        "gone for good.h5", "0.1.0"};
    QCOMPARE(nanoscope::exportPlot(plot, recipe, path("orphan.svg")), QString());
    drop(path("orphan.svg"));
    QVERIFY2(m_window->message().contains("gone for good.h5") && m_window->message().contains("layer/w"),
        qPrintable(m_window->message()));
    // The formats are there all the same: of an early picture, A alone.
    QCOMPARE(m_window->explorer().formats().a.name, std::string("MXFP6_E2M3"));
    QVERIFY(!m_window->explorer().formats().b);
}

void TestWindowExport::aPictureOfOtherValuesIsTold()
{
    openWeights();
    PlotRecipe recipe = *recipeOfView(m_window->explorer(), m_window->docks(), Explorer::A);
    recipe.tensorHash = "sha256:0123";
    LevelPlot plot;
    QCOMPARE(nanoscope::exportPlot(plot, recipe, path("other.svg")), QString());
    drop(path("other.svg"));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->message().contains("other values"), 60000);
}

void TestWindowExport::aPictureWithABrokenSpecIsRefused_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::newRow("no JSON") << QByteArray("{\"bits\":");
    QTest::newRow("no spec") << QByteArray("[1,2]");
    QTest::newRow("unknown field") << QByteArray("{\"from\":\"a later version\"}");
    constexpr int kDeep = 300000;  // more than a stack holds
    QTest::newRow("nested too deep") << QByteArray(kDeep, '[') + QByteArray(kDeep, ']');
}

void TestWindowExport::aPictureWithABrokenSpecIsRefused()
{
    QFETCH(QByteArray, spec);
    const FormatSet before = m_window->explorer().formats();
    LevelPlot plot;
    PlotRecipe recipe{"odd", spec, "w", "real_weights.h5", "9"};
    recipe.formats = {{"B", "odd", spec}};
    QCOMPARE(nanoscope::exportPlot(plot, recipe, path("odd.svg")), QString());
    drop(path("odd.svg"));
    QVERIFY2(m_window->message().contains("odd"), qPrintable(m_window->message()));
    QVERIFY(!m_window->message().contains('\n'));
    QVERIFY(m_window->explorer().formats() == before);
}

void TestWindowExport::thePathDecidesTheKindAndReplacingIsTold()
{
    openWeights();
    trigger("This plot…");
    auto* dialog = m_window->findChild<ExportDialog*>();
    auto* button = dialog->findChild<QPushButton*>("exportButton");
    auto* line = dialog->findChild<QLineEdit*>("exportPath");
    line->setText(path("a.png"));
    QCOMPARE(dialog->choice().kind, QStringLiteral("png"));
    QVERIFY(dialog->findChild<QComboBox*>("exportScale")->isEnabled());
    dialog->setKind("pdf");
    QCOMPARE(dialog->choice().path, path("a.pdf"));
    QVERIFY(!dialog->findChild<QComboBox*>("exportScale")->isEnabled());
    line->setText(path("a.bmp"));
    QVERIFY(!button->isEnabled());
    line->setText(path("bare"));
    QCOMPARE(dialog->choice().path, path("bare.pdf"));
    QFile there(path("there.png"));
    QVERIFY(there.open(QIODevice::WriteOnly));
    QCOMPARE(button->text(), QStringLiteral("Export"));
    line->setText(there.fileName());
    QCOMPARE(button->text(), QStringLiteral("Replace"));
    dialog->setScale(3);
    button->click();
    QTRY_COMPARE(QImage(path("there.png")).size(), QSize(2700, 1620));
    trigger("This plot…");  // kind and folder of the last time
    QCOMPARE(m_window->findChild<ExportDialog*>()->choice().kind, QStringLiteral("png"));
    QVERIFY(m_window->findChild<ExportDialog*>()->choice().path.startsWith(m_folder->path()));
}

void TestWindowExport::allPlotsGoToAFolderAndReplaceNothing()
{
    openWeights();
    for (const int times : {1, 2}) {
        trigger("All plots…");
        choose(path("all"), "svg");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->message().contains("plots written"), 60000);
        m_window->findChild<MessageBar*>()->clear();
        const QStringList files = QDir(path("all")).entryList(QDir::Files);
        QVERIFY2(files.contains("pose-conv2d_35-levels-of-format-a.svg"), qPrintable(files.join(' ')));
        QVERIFY2(files.contains("pose-conv2d_35-levels-of-format-c.svg"), qPrintable(files.join(' ')));
        QVERIFY2(!files.contains("pose-conv2d_35-levels-of-format-d.svg"), "there is no D");
        QVERIFY2(files.contains("pose-conv2d_35-error-by-magnitude-chart.svg"), "hidden behind another dock");
        QCOMPARE(files.contains("pose-conv2d_35-levels-of-format-a-2.svg"), times == 2);
        for (const QString& file : files)
            QVERIFY2(readRecipe(path("all/" + file)), qPrintable(file));
    }
    const auto ofC = readRecipe(path("all/pose-conv2d_35-levels-of-format-c.svg"));
    QCOMPARE(ofC->formatName, QStringLiteral("NxFP4:geometry.block=16"));
    const auto ofAll = readRecipe(path("all/pose-conv2d_35-error-by-magnitude-chart.svg"));
    QCOMPARE(ofAll->formatName, QStringLiteral("NxFP4, MXFP4, NxFP4:geometry.block=16"));
}

void TestWindowExport::dataOfTheHeatMapAreTheBlocksOfTheReport()
{
    openWeights();
    m_window->findChild<QWidget*>("ErrorMap")->findChild<PlotView*>()->setFocus();
    trigger("Data of this plot or table…");
    choose(path("blocks.csv"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("blocks.csv")), 60000);
    QFile file(path("blocks.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QVERIFY(lines[0].startsWith("block,row,block of the row,elements,squared error,"));
    const auto report = m_window->explorer().report(Explorer::A);
    QCOMPARE(lines.size(), static_cast<qsizetype>(report->blockSquaredError.size()) + 2);
    for (std::size_t block = 0; block < report->blockSquaredError.size(); ++block) {
        const QList<QByteArray> cells = lines[static_cast<qsizetype>(block) + 1].split(',');
        QCOMPARE(cells[4].toDouble(), report->blockSquaredError[block]);
        QCOMPARE(cells[5].toDouble(), report->blockPower[block]);
    }
}

void TestWindowExport::aCopiedPlotIsAnImageAndAnSvg()
{
    openWeights();
    trigger("Copy plot");
    const QClipboard* clipboard = QGuiApplication::clipboard();
    QTRY_VERIFY_WITH_TIMEOUT(clipboard->mimeData() && clipboard->mimeData()->hasImage(), 60000);
    const QMimeData* mime = clipboard->mimeData();
    QCOMPARE(qvariant_cast<QImage>(mime->imageData()).size(), QSize(1800, 1080));
    QVERIFY(mime->data("image/svg+xml").contains("urn:nanoscope:recipe:1"));
}

void TestWindowExport::aReportIsOnePageAndRestoresTheView_data()
{
    QTest::addColumn<QString>("ending");
    QTest::newRow("pdf") << "pdf";
    QTest::newRow("html") << "html";
}

void TestWindowExport::aReportIsOnePageAndRestoresTheView()
{
    QFETCH(QString, ending);
    openWeights();
    trigger("Report…");
    choose(path("report." + ending));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("report." + ending)), 60000);
    const auto recipe = readRecipe(path("report." + ending));
    QVERIFY(recipe);
    QCOMPARE(recipe->formats.size(), std::size_t{3});
    QVERIFY(formatsOfRecipe(*recipe, {}) == m_window->explorer().formats());
    QFile file(path("report." + ending));
    QVERIFY(file.open(QIODevice::ReadOnly));
    if (ending == "pdf")
        QVERIFY(file.readAll().contains("/Count 1\n"));
}

void TestWindowExport::figuresAreCopiedForLatex()
{
    openWeights();
    trigger("Copy as LaTeX table");
    const QString latex = QGuiApplication::clipboard()->text();
    QVERIFY2(latex.contains("Figure & NxFP4 & MXFP4 & NxFP4:geometry.block=16 \\\\"), qPrintable(latex));
    trigger("Copy as command line");
    const QString command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.contains(" -f NxFP4 -f MXFP4 -f NxFP4:geometry.block=16"), qPrintable(command));
    QVERIFY2(latex.contains("SQNR (dB) & 19.86 & 18.13 & \\textbf{"), qPrintable(latex));
}

void TestWindowExport::nothingToExportIsTold()
{
    for (const QString action :
        {"This plot…", "All plots…", "Data of this plot or table…", "Report…", "Copy plot", "Copy as LaTeX table"}) {
        trigger(action);
        QVERIFY2(m_window->message().contains("yet; "), qPrintable(action));
        m_window->findChild<MessageBar*>()->clear();
        QVERIFY2(!m_window->findChild<ExportDialog*>(), qPrintable(action));
    }
}

QTEST_MAIN(TestWindowExport)
#include "tst_window_export.moc"
