// What is kept: pictures, sessions, undo steps.
#include "newcomer.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <algorithm>

namespace {

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

}  // namespace

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

/// Into a window that shows another file and another format.
void DriveNewcomer::restoreTheSession()
{
    DO(command("Go to Levels"));
    DrivenWindow::keys({"7"});
    WAIT_FOR(m_window.title().startsWith("mine.nanoscope.json*"));
    DO(openByDialog(g_project + "/data/synthetic.h5"));
    WAIT_FOR(m_window.title().contains("synthetic.h5"));
    WAIT_FOR(isReady());
    DO(openByDialog(m_window.path("mine.nanoscope.json")));
    WAIT_FOR(m_window.title().startsWith("mine.nanoscope.json — pose/conv2d_24 · real_weights.h5"));
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NxFP4"));
    WAIT_FOR(m_window.text("formatA_blockSize") == "16");
    WAIT_FOR(isReady());
}

/// Ten changes of every kind, and back by keys. An opened session begins with no steps.
void DriveNewcomer::undoTenSteps()
{
    QVERIFY(!m_window.widget("Undo")["enabled"].toBool());
    const QString block = m_window.text("blockNumber");
    DO(command("Go to Levels"));
    for (const auto& [key, format] : {std::pair("7", "A: NVFP4 "), std::pair("5", "A: MXFP4 ")}) {
        DrivenWindow::keys({key});
        WAIT_FOR(m_window.text("figureTitle").startsWith(format));
    }
    QVERIFY(m_window.click("formatA_wholeRow"));
    WAIT_FOR(m_window.widget("formatA_wholeRow")["value"].toBool());
    DO(choosePreset("formatA_preset", "NxFP5"));
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NxFP5 "));
    QVERIFY(m_window.click("formatA_codeRecycling"));
    WAIT_FOR(!m_window.widget("formatA_codeRecycling")["value"].toBool());
    QVERIFY(m_window.click("Swap A and B"));
    WAIT_FOR(m_window.text("figureTitle").contains("B: NxFP5"));
    QVERIFY(m_window.click("Compare with B"));
    WAIT_FOR(!m_window.text("figureTitle").contains("C: "));  // which has moved up
    QVERIFY(m_window.clickCell("tensorTree", "conv2d_26"));
    WAIT_FOR(m_window.title().contains("pose/conv2d_26 "));
    WAIT_FOR(isReady());
    QVERIFY(m_window.click("blocksAlong"));
    DrivenWindow::keys({"Home", "Return"});  // in the list that opened
    WAIT_FOR(m_window.text("blocksAlong").startsWith("axis 0"));
    WAIT_FOR(isReady());
    QVERIFY(m_window.fill("blockNumber", "9"));
    DrivenWindow::keys({"Return"});
    WAIT_FOR(m_window.text("blockNumber") == "9");
    WAIT_FOR(isReady());
    QVERIFY(m_window.title().startsWith("mine.nanoscope.json*"));

    for (int step = 0; step < 10; ++step) {
        WAIT_FOR(m_window.widget("Undo")["enabled"].toBool());
        DrivenWindow::keys({"ctrl+z"});
    }
    WAIT_FOR(m_window.title().startsWith("mine.nanoscope.json — pose/conv2d_24 "));
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NxFP4"));
    WAIT_FOR(isReady());
    QCOMPARE(m_window.text("formatA_blockSize"), QStringLiteral("16"));
    QCOMPARE(m_window.text("blockNumber"), block);
    QVERIFY(!m_window.widget("Undo")["enabled"].toBool());
    QVERIFY(m_window.widget("Redo")["enabled"].toBool());
}

void DriveNewcomer::restoreTheSessionOfAWindowThatCrashed()
{
    DO(command("Go to Levels"));
    DrivenWindow::keys({"7"});
    const auto isKept = [this] {
        const QDir folder(m_window.path("data/nanoscope/nanoscope/sessions"));
        const QStringList copies = folder.entryList({"*.nanoscope.json"});
        return std::any_of(copies.begin(), copies.end(), [&folder](const QString& name) {
            QFile file(folder.filePath(name));
            const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            const QJsonObject session = QJsonDocument::fromJson(text).object();
            return session["formats"][0]["name"] == "NVFP4" && session["tensor"]["name"] == "pose/conv2d_24";
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
