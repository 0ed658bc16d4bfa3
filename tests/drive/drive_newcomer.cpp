#include "drag_source.h"
#include "driven_window.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPixmap>
#include <QRegularExpression>
#include <QScreen>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <limits>
#include <memory>

namespace {

constexpr int kLongest = 120000;  // milliseconds; nothing is asserted about time

QString g_program;
QString g_project;

/// SQNR at the beginning of a cell's text; nothing there counts as the best.
double decibelsOf(const QString& cell)
{
    static const QRegularExpression number("^[-−]?[0-9.]+");
    const QString text = number.match(cell).captured().replace("−", "-");
    return text.isEmpty() ? std::numeric_limits<double>::infinity() : text.toDouble();
}

/// Fields of the recipe in an SVG file, as any reader of XML finds them.
QMap<QString, QString> recipeIn(const QString& path)
{
    QFile file(path);
    QMap<QString, QString> fields;
    if (!file.open(QIODevice::ReadOnly))
        return fields;
    QXmlStreamReader xml(&file);
    bool isInside = false;
    while (!xml.atEnd())
        if (xml.readNextStartElement()) {
            isInside = isInside || xml.name() == QStringLiteral("metadata");
            if (isInside && xml.namespaceUri() == QStringLiteral("urn:nanoscope:recipe:1"))
                fields[xml.name().toString()] = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        }
    return fields;
}

/// Lightness of the screen where a widget is, 0 to 255, median over some pixels.
int lightnessAt(const QRect& place)
{
    const QImage screen = QGuiApplication::primaryScreen()->grabWindow(0).toImage();
    std::vector<int> found;
    for (int i = 1; i < 20; ++i)
        found.push_back(screen.pixelColor(place.left() + i * place.width() / 20, place.top() + i * place.height() / 20)
                            .lightness());
    std::nth_element(found.begin(), found.begin() + 9, found.end());
    return found[9];
}

}  // namespace

#define WAIT_FOR(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, kLongest)
/// For what waits inside: its failure ends the task.
#define DO(action)                                                                                                     \
    action;                                                                                                            \
    if (QTest::currentTestFailed())                                                                                    \
    return

/// What a newcomer does in real windows, under an X server with a window manager. One task leads to the next, so a
/// failure leaves out the rest.
class DriveNewcomer : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void theStepsOfTheScript();
    void openAFileByTheDialog();
    void openAFileByDroppingIt();
    void findTheWorstTensor();
    void findABlockThatChoseBfp();
    void exportAnSvgAndReadItsSpec();
    void openThePictureAgain();
    void saveTheSession();
    void undoByKey();
    void restoreTheSessionOfAWindowThatCrashed();
    void switchTheTheme();
    void switchTheLanguageAndBack();
    void closeInOrder();

private:
    void openByDialog(const QString& path);
    void command(const QString& name);
    [[nodiscard]] bool isReady() { return m_window.status("ready"); }

    DrivenWindow m_window{g_program};
    bool m_hasFailed = false;
};

void DriveNewcomer::init()
{
    if (m_hasFailed)
        QSKIP("an earlier task failed");
}

void DriveNewcomer::cleanup()
{
    if (QTest::currentTestFailed() && !m_hasFailed)
        QGuiApplication::primaryScreen()->grabWindow(0).save("drive_newcomer_failed.png");
    m_hasFailed = m_hasFailed || QTest::currentTestFailed();
}

void DriveNewcomer::theStepsOfTheScript()
{
    QCOMPARE(m_window.run({"--replay", g_project + "/tests/drive/newcomer.json", "--size", "1280x800"}), 0);
}

void DriveNewcomer::openByDialog(const QString& path)
{
    DrivenWindow::keys({"ctrl+o"});
    WAIT_FOR(m_window.hasFocus("fileNameEdit"));
    DrivenWindow::type(path);
    WAIT_FOR(m_window.text("fileNameEdit") == path);
    DrivenWindow::keys({"Return"});
}

void DriveNewcomer::openAFileByTheDialog()
{
    QVERIFY(m_window.open());
    WAIT_FOR(m_window.status("open a file to begin"));
    DO(openByDialog(g_project + "/data/real_weights.h5"));
    WAIT_FOR(m_window.title().startsWith("pose/conv2d_24"));
    WAIT_FOR(isReady());
    QVERIFY(!m_window.rows("tensorTree").filter("conv2d_35").isEmpty());
}

void DriveNewcomer::openAFileByDroppingIt()
{
    const QRect window = DrivenWindow::rectOf(m_window.widget("MainWindow"));
    DragSource files;
    files.move(1380, 850);
    files.show();
    QVERIFY(QTest::qWaitForWindowExposed(&files));
    QVERIFY(!window.intersects(files.frameGeometry()));
    QVERIFY(files.drop(g_project + "/data/synthetic.h5", window.center()));
    WAIT_FOR(m_window.title().contains("synthetic.h5"));
    WAIT_FOR(isReady());
    QVERIFY(m_window.rows("tensorTree").filter("conv2d_35").isEmpty());
    QVERIFY(files.drop(g_project + "/data/real_weights.h5", window.center()));
    WAIT_FOR(m_window.title().contains("real_weights.h5"));
    WAIT_FOR(isReady());
    QVERIFY(!m_window.rows("tensorTree").filter("conv2d_35").isEmpty());
}

/// Every tensor is measured; the one with the smallest SQNR is in the first row, and a click opens it.
void DriveNewcomer::findTheWorstTensor()
{
    DO(command("Go to Model"));
    WAIT_FOR(!m_window.rows("modelTable").isEmpty());
    WAIT_FOR(isReady());
    const QStringList rows = m_window.rows("modelTable");
    const auto column = static_cast<int>(rows[0].split('\t').indexOf("A, dB"));
    QVERIFY2(column > 0, qPrintable(rows[0]));
    const double worst = decibelsOf(rows.value(1).split('\t').value(column));
    QVERIFY(worst < 100.0);
    for (qsizetype row = 2; row < rows.size(); ++row)
        QVERIFY2(decibelsOf(rows[row].split('\t').value(column)) >= worst, qPrintable(rows[row]));
    const QString tensor = rows[1].section('\t', 0, 0);
    QVERIFY(!m_window.title().startsWith(tensor + " ·"));
    const QRect header = DrivenWindow::rectOf(m_window.widget("modelHeader"));
    DrivenWindow::click(QPoint(header.left() + 40, header.bottom() + header.height() / 2));
    WAIT_FOR(m_window.title().startsWith(tensor + " ·"));
    WAIT_FOR(isReady());
}

/// The first block shown is the worst one; the panel finds one that chose the other codebook.
void DriveNewcomer::findABlockThatChoseBfp()
{
    DO(openByDialog(g_project + "/data/real_weights.h5"));
    WAIT_FOR(m_window.title().startsWith("pose/conv2d_24"));
    WAIT_FOR(isReady());
    WAIT_FOR(m_window.text("blockSummary").contains("codebook 0: E2M1"));
    QVERIFY(m_window.text("bookToFind").startsWith("BFP4"));
    const QString first = m_window.text("blockNumber");
    QVERIFY(m_window.click("findBook"));
    WAIT_FOR(m_window.text("blockSummary").contains("codebook 1: BFP4"));
    const QString second = m_window.text("blockNumber");
    QVERIFY(second != first);
    DrivenWindow::keys({"n"});
    WAIT_FOR(m_window.text("blockNumber") != second);
    WAIT_FOR(m_window.text("blockSummary").contains("codebook 1: BFP4"));
}

void DriveNewcomer::exportAnSvgAndReadItsSpec()
{
    const QString path = m_window.path("plot.svg");
    DO(command("Go to Levels"));
    WAIT_FOR(m_window.click("levelsA"));
    DrivenWindow::keys({"braceleft"});  // smaller blocks: no preset as shipped
    WAIT_FOR(m_window.text("formatA_blockSize") == "16");
    WAIT_FOR(isReady());
    DrivenWindow::keys({"ctrl+e"});
    WAIT_FOR(m_window.hasFocus("exportPath"));
    DrivenWindow::keys({"ctrl+a"});
    DrivenWindow::type(path);
    WAIT_FOR(m_window.text("exportPath") == path);
    QVERIFY(m_window.text("exportKind").startsWith("SVG"));
    QVERIFY(m_window.click("exportButton"));
    WAIT_FOR(recipeIn(path).contains("spec"));
    const QMap<QString, QString> recipe = recipeIn(path);
    const QJsonObject spec = QJsonDocument::fromJson(recipe["spec"].toUtf8()).object();
    QCOMPARE(spec["geometry"]["block"].toInt(), 16);
    QCOMPARE(spec["elements"].toArray().size(), 2);
    QCOMPARE(recipe["tensor"], QStringLiteral("pose/conv2d_24"));
    QCOMPARE(recipe["file"], QStringLiteral("real_weights.h5"));
    QVERIFY2(QRegularExpression("^sha256:[0-9a-f]{64}$").match(recipe["hash"]).hasMatch(), qPrintable(recipe["hash"]));
}

/// The picture brings its format and tensor back into a window that shows others.
void DriveNewcomer::openThePictureAgain()
{
    WAIT_FOR(!m_window.look().isEmpty() && m_window.widget("ExportDialog").isEmpty());
    DrivenWindow::keys({"7"});
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NVFP4"));
    DO(openByDialog(g_project + "/data/synthetic.h5"));
    WAIT_FOR(m_window.title().contains("synthetic.h5"));
    WAIT_FOR(isReady());
    DO(openByDialog(m_window.path("plot.svg")));
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NxFP4"));
    WAIT_FOR(m_window.title().startsWith("pose/conv2d_24 · real_weights.h5"));
    WAIT_FOR(m_window.text("formatA_blockSize") == "16");
    WAIT_FOR(isReady());
}

void DriveNewcomer::saveTheSession()
{
    DrivenWindow::keys({"ctrl+s"});
    WAIT_FOR(m_window.hasFocus("fileNameEdit"));
    DrivenWindow::keys({"ctrl+a"});
    const QString path = m_window.path("mine.nanoscope.json");
    DrivenWindow::type(path);
    WAIT_FOR(m_window.text("fileNameEdit") == path);
    DrivenWindow::keys({"Return"});
    WAIT_FOR(m_window.title().startsWith("mine.nanoscope.json "));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("\"pose/conv2d_24\""));
}

void DriveNewcomer::undoByKey()
{
    DrivenWindow::keys({"7"});
    WAIT_FOR(m_window.title().startsWith("mine.nanoscope.json*"));
    DrivenWindow::keys({"ctrl+z"});
    WAIT_FOR(m_window.title().startsWith("mine.nanoscope.json "));
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NxFP4"));
}

void DriveNewcomer::restoreTheSessionOfAWindowThatCrashed()
{
    DrivenWindow::keys({"7"});
    const auto isKept = [this] {
        const QDir folder(m_window.path("data/nanoscope/nanoscope/sessions"));
        const QStringList copies = folder.entryList({"*.nanoscope.json"});
        return std::any_of(copies.begin(), copies.end(), [&folder](const QString& name) {
            QFile file(folder.filePath(name));
            const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            return text.contains("\"NVFP4\"") && text.contains("\"pose/conv2d_24\"");
        });
    };
    WAIT_FOR(isKept());
    m_window.kill();
    QVERIFY(m_window.open());
    WAIT_FOR(m_window.text("Restore its session") == "Restore its session");
    QVERIFY(!m_window.title().contains("conv2d_24"));
    QVERIFY(m_window.click("Restore its session"));
    WAIT_FOR(m_window.title().contains("pose/conv2d_24"));
    WAIT_FOR(isReady());
    QVERIFY(m_window.text("figureTitle").startsWith("A: NVFP4"));
}

void DriveNewcomer::switchTheTheme()
{
    const QRect tensors = DrivenWindow::rectOf(m_window.widget("tensorTree"));
    const int before = lightnessAt(tensors);
    DrivenWindow::keys({"ctrl+d"});
    WAIT_FOR((lightnessAt(tensors) < 128) != (before < 128));
    DrivenWindow::keys({"ctrl+d"});
    WAIT_FOR((lightnessAt(tensors) < 128) == (before < 128));
}

/// A language takes effect at once: another window goes on with what the one before it showed, and with its undo steps.
void DriveNewcomer::switchTheLanguageAndBack()
{
    DrivenWindow::keys({"ctrl+d", "6"});  // dark, and a step to undo
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: MXFP6"));
    QVERIFY(m_window.click("tensorFilter"));
    WAIT_FOR(m_window.hasFocus("tensorFilter") && isReady());
    const QString title = m_window.title();
    const QRect tensors = DrivenWindow::rectOf(m_window.widget("tensorTree"));
    DO(command("Deutsch"));
    WAIT_FOR(m_window.status("bereit"));
    WAIT_FOR(m_window.hasFocus("tensorFilter"));
    QCOMPARE(m_window.title(), title);
    QStringList actions = m_window.actions();
    QVERIFY2(actions.contains("Öffnen") && !actions.contains("Open"), qPrintable(actions.join(", ")));
    QVERIFY(!m_window.widget("Fehlerkarte").isEmpty());
    QVERIFY(m_window.rows("figureTable").value(0).startsWith("Kennzahl"));
    QVERIFY(m_window.text("blockSummary").contains("Zeile"));
    QCOMPARE(DrivenWindow::rectOf(m_window.widget("tensorTree")).topLeft(), tensors.topLeft());
    WAIT_FOR(lightnessAt(tensors) < 128);
    DrivenWindow::keys({"ctrl+z"});
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NVFP4"));
    DrivenWindow::keys({"ctrl+y"});
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: MXFP6"));
    DO(command("English"));
    WAIT_FOR(isReady());
    WAIT_FOR(m_window.hasFocus("tensorFilter"));
    QCOMPARE(m_window.title(), title);
    actions = m_window.actions();
    QVERIFY2(actions.contains("Open") && !actions.contains("Öffnen"), qPrintable(actions.join(", ")));
    QVERIFY(!m_window.widget("Error map").isEmpty());
    DrivenWindow::keys({"ctrl+z", "ctrl+d"});
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NVFP4"));
    WAIT_FOR(lightnessAt(tensors) > 128);
}

/// Runs a command by the list of all commands.
void DriveNewcomer::command(const QString& name)
{
    DrivenWindow::keys({"ctrl+shift+p"});
    WAIT_FOR(m_window.hasFocus("CommandPalette.search"));
    DrivenWindow::type(name);
    WAIT_FOR(m_window.rows("CommandPalette.list").value(1).startsWith(name + "\t"));
    DrivenWindow::keys({"Return"});
    WAIT_FOR(m_window.widget("CommandPalette").isEmpty());
}

void DriveNewcomer::closeInOrder()
{
    DrivenWindow::keys({"ctrl+q"});
    WAIT_FOR(!m_window.isOpen());
    const QDir copies(m_window.path("data/nanoscope/nanoscope/sessions"));
    QCOMPARE(copies.entryList({"*.nanoscope.json"}), QStringList());
}

/// drive_newcomer NANOSCOPE PROJECT_FOLDER; what else is given goes to Qt Test.
int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QStringList arguments = application.arguments();
    if (arguments.size() < 3)
        return 2;
    g_program = arguments.takeAt(1);
    g_project = arguments.takeAt(1);
    DriveNewcomer test;
    return QTest::qExec(&test, arguments);
}

#include "drive_newcomer.moc"
