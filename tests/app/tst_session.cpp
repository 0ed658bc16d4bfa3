// Many cases, one subject: one window and its files serve all of them.
#include "app/arrangements.h"
#include "app/main_window.h"
#include "app/session_desk.h"
#include "app/session_keeper.h"
#include "app/window_options.h"
#include "core/error.h"
#include "core/format/format_by_name.h"
#include "core/io/hdf5_exit.h"
#include "tests/app/thread_sanitizer.h"
#include "tests/core/hdf5_writer.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"
#include "widgets/message_bar.h"

#include <QAction>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMimeData>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <memory>

using namespace nanoscope;

/// Sessions: what comes back, what is told when something does not, and steps back.
class TestSession : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup() { m_window.reset(); }
    void everythingComesBack();
    void unknownKeysAreKept();
    void aMovedFolderFindsItsFile();
    void whatCannotBeRestoredIsTold_data();
    void whatCannotBeRestoredIsTold();
    void whatIsNoSessionIsRefused_data();
    void whatIsNoSessionIsRefused();
    void anotherTensorOfTheNameIsTold();
    void titleTellsWhatIsNotSaved();
    void aDroppedSessionIsRestored();
    void tensorCutAndBlockCanBeUndone();
    void blocksInQuickSuccessionAreOneStep();
    void aSessionOutlivesACrash();
    void aCopyThatCannotBeReadIsOfferedOnce();
    void anotherWindowTakesOver();

private:
    MainWindow& window();
    void openWeights(const char* tensor = "pose/conv2d_35");
    [[nodiscard]] QString inFolder(const char* name) const { return m_directory.filePath(name); }
    /// A saved session with `edit` done to its JSON.
    [[nodiscard]] QString edited(const std::function<void(QJsonObject&)>& edit);
    [[nodiscard]] QAction* action(const char* text);
    static QJsonObject read(const QString& path);
    static void write(const QString& path, const QByteArray& text);
    [[nodiscard]] static QString weights() { return QStringLiteral(NANOSCOPE_BUNDLED_DATA "/real_weights.h5"); }

    QTemporaryDir m_directory;
    std::unique_ptr<MainWindow> m_window;
};

void TestSession::initTestCase()
{
    skipHdf5CleanupAtExit();  // a file that is not HDF5 is opened
    QCoreApplication::setOrganizationName("nanoscope-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
}

MainWindow& TestSession::window()
{
    if (!m_window) {
        m_window = std::make_unique<MainWindow>(startFormats({}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
        m_window->show();
    }
    return *m_window;
}

void TestSession::openWeights(const char* tensor)
{
    window().explorer().open(weights(), tensor);
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
}

QAction* TestSession::action(const char* text)
{
    for (QAction* each : window().findChildren<QAction*>())
        if (each->text().remove('&').startsWith(text))
            return each;
    return nullptr;
}

QJsonObject TestSession::read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void TestSession::write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QString TestSession::edited(const std::function<void(QJsonObject&)>& edit)
{
    const QString path = inFolder("edited.nanoscope.json");
    window().explorer().setFormats({parseFormat("NVFP4"), parseFormat("NxFP5")});
    openWeights();
    if (!window().sessions().save(path).isEmpty())
        return {};
    QJsonObject json = read(path);
    edit(json);
    write(path, QJsonDocument(json).toJson());
    m_window.reset();
    return path;
}

void TestSession::everythingComesBack()
{
    openWeights();
    Explorer& explorer = window().explorer();
    explorer.setFormats(
        {parseFormat("NxFP4:geometry.block=16"), parseFormat("NVFP4"), parseFormat("MXINT8"), std::nullopt});
    explorer.setCut({0, Shape{864, 288}});
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    explorer.selectBlock(77);
    explorer.selectElement(5);
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    window().docks().selectLevel(LevelId{1, 3});
    window().arrangements().choose(Arrangement::Compare);
    auto* levels = window().findChild<LevelStack*>();
    levels->setZoom({0.25, 0.5});
    for (const SeriesRole role : kSeriesRoles)
        levels->plot(role)->setLogCounts(false);
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    const QString path = inFolder("all.nanoscope.json");
    QTRY_VERIFY(window().sessions().present().mark.has_value());
    QCOMPARE(window().sessions().save(path), QString());
    const Session before = window().sessions().present();
    QCOMPARE(*before.place.block, 77U);
    m_window.reset();

    window().sessions().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    QTRY_VERIFY(window().sessions().present().mark.has_value());
    QTRY_COMPARE(window().sessions().present().level.value_or(LevelId{}).code, 3U);
    const Session after = window().sessions().present();
    QCOMPARE(after.place, before.place);
    QCOMPARE(after.formats, before.formats);
    QCOMPARE(after.level, before.level);
    QCOMPARE(after.mark, before.mark);
    QCOMPARE(after.view.arrangement, before.view.arrangement);
    QCOMPARE(after.view.shownDocks, before.view.shownDocks);
    QCOMPARE(after.view.frontDocks, before.view.frontDocks);
    QCOMPARE(after.view.logCounts, false);
    QCOMPARE(after.view.zoomFrom, 0.25);
    QCOMPARE(after.view.zoomTo, 0.5);
    QCOMPARE(window().message(), QString());
}

void TestSession::unknownKeysAreKept()
{
    const QString path = edited([](QJsonObject& json) {
        json["note"] = "mine";
        QJsonObject view = json["view"].toObject();
        view["later"] = QJsonArray{1, 2};
        json["view"] = view;
    });
    window().sessions().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    window().arrangements().choose(Arrangement::Teach);
    QCOMPARE(window().sessions().save(path), QString());
    const QJsonObject json = read(path);
    QCOMPARE(json["note"].toString(), QString("mine"));
    QCOMPARE(json["view"].toObject()["later"].toArray(), (QJsonArray{1, 2}));
    QCOMPARE(json["view"].toObject()["arrangement"].toString(), QString("teach"));
}

void TestSession::aMovedFolderFindsItsFile()
{
    QVERIFY(QDir(m_directory.path()).mkpath("first"));
    QVERIFY(QFile::copy(weights(), inFolder("first/w.h5")));
    window().explorer().open(inFolder("first/w.h5"), "pose/conv2d_35");
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    QCOMPARE(window().sessions().save(inFolder("first/s.nanoscope.json")), QString());
    m_window.reset();
    QVERIFY(QDir(m_directory.path()).rename("first", "second"));
    window().sessions().open(inFolder("second/s.nanoscope.json"));
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    QCOMPARE(window().explorer().file(), inFolder("second/w.h5"));
    QCOMPARE(window().message(), QString());
}

void TestSession::whatCannotBeRestoredIsTold_data()
{
    QTest::addColumn<QString>("part");  // of the session
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("told");
    QTest::addColumn<bool>("hasTensor");
    QTest::newRow("file is gone") << "file"
                                  << QJsonValue(QJsonObject{{"relative", "gone.h5"}, {"absolute", "/gone.h5"}})
                                  << "/gone.h5 is not there any more" << false;
    QTest::newRow("file is another") << "file"
                                     << QJsonValue(QJsonObject{{"relative", weights()}, {"absolute", weights()},
                                            {"bytes", 12}, {"head_sha256", "00"}})
                                     << "is not the file it was" << true;
    QTest::newRow("tensor is gone") << "tensor" << QJsonValue(QJsonObject{{"name", "no/such"}}) << "no/such" << false;
    QTest::newRow("cut does not fit") << "cut" << QJsonValue(QJsonObject{{"axis", 7}}) << "" << true;
    QTest::newRow("a format is broken") << "formats"
                                        << QJsonValue(QJsonArray{QJsonValue(),
                                               QJsonObject{{"name", "x"}, {"spec", QJsonObject{{"no", 1}}}}})
                                        << "format B is left out" << true;
    QTest::newRow("file is no object") << "file" << QJsonValue("weights.h5") << "\"file\" is not as a session has it"
                                       << false;
    QTest::newRow("formats are no list") << "formats" << QJsonValue("zork") << "\"formats\" is not as a session has it"
                                         << true;
    QTest::newRow("arrangement of a later version")
        << "view" << QJsonValue(QJsonObject{{"arrangement", "present"}}) << "\"present\"" << true;
}

void TestSession::whatCannotBeRestoredIsTold()
{
    QFETCH(QString, part);
    QFETCH(QJsonValue, value);
    QFETCH(QString, told);
    QFETCH(bool, hasTensor);
    const QString path = edited([&](QJsonObject& json) { json[part] = value; });
    window().sessions().open(path);
    if (hasTensor)
        QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    if (told.isEmpty())
        QCOMPARE(window().message(), QString());
    else
        QTRY_VERIFY2(window().message().contains(told), qPrintable(window().message()));
    QCOMPARE(window().explorer().tensor() != nullptr, hasTensor);
    if (part != "formats") {
        QCOMPARE(window().explorer().formats().a.name, std::string("NVFP4"));
        QCOMPARE(window().explorer().formats().b->name, std::string("NxFP5"));
    }
}

void TestSession::whatIsNoSessionIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("told");
    QTest::newRow("empty") << QByteArray() << "is no session";
    QTest::newRow("another JSON") << QByteArray(R"({"version":1})") << "is no session";
    QTest::newRow("cut short") << QByteArray(R"({"nanoscope_session":1,)") << "is no session";
    QTest::newRow("later version") << QByteArray(R"({"nanoscope_session":2})") << "version 2";
}

void TestSession::whatIsNoSessionIsRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, told);
    const QString path = inFolder("no.nanoscope.json");
    write(path, text);
    window().openSession(path);
    QVERIFY2(window().message().contains(told), qPrintable(window().message()));
    QVERIFY(window().sessions().file().isEmpty());
    QCOMPARE(window().explorer().formats().a.name, std::string("NxFP4"));
}

void TestSession::anotherTensorOfTheNameIsTold()
{
    const QString path = inFolder("small.h5");
    const auto make = [&path](hsize_t rows) {
        const std::vector<float> values(rows * 32, 1.0F);
        const Hdf5Id file = hdf5test::createFile(path.toStdString());
        hdf5test::writeRaw(file.get(), "w", H5T_IEEE_F32LE, {rows, 32}, std::as_bytes(std::span<const float>(values)));
    };
    make(4);
    window().explorer().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    QCOMPARE(window().sessions().save(inFolder("small.nanoscope.json")), QString());
    m_window.reset();
    QFile::remove(path);
    make(6);
    window().openSession(inFolder("small.nanoscope.json"));
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    QTRY_VERIFY2(window().message().contains("w is 6 × 32 now, was 4 × 32"), qPrintable(window().message()));
}

void TestSession::titleTellsWhatIsNotSaved()
{
    openWeights();
    window().editFormats({parseFormat("NVFP4")});
    QVERIFY(!window().isWindowModified());  // there is no session file in use
    const QString path = inFolder("title.nanoscope.json");
    QCOMPARE(window().sessions().save(path), QString());
    QVERIFY(!window().isWindowModified());
    QVERIFY2(window().windowTitle().startsWith("title.nanoscope.json[*]"), qPrintable(window().windowTitle()));
    window().editFormats({parseFormat("MXFP4")});
    QVERIFY(window().isWindowModified());
    action("Undo")->trigger();
    QVERIFY(!window().isWindowModified());
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    window().explorer().selectBlock(3);
    QTRY_VERIFY(window().isWindowModified());
}

void TestSession::aDroppedSessionIsRestored()
{
    const QString path = edited([](QJsonObject&) {});
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window(), &drop);
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    QCOMPARE(window().explorer().formats().a.name, std::string("NVFP4"));
    QCOMPARE(window().sessions().file(), path);
}

void TestSession::tensorCutAndBlockCanBeUndone()
{
    openWeights("pose/conv2d_24");
    Explorer& explorer = window().explorer();
    const auto ready = [this] { return window().isReady(); };
    const auto rest = [] { QTest::qWait(1100); };  // steps within a second of each other may be one
    explorer.selectBlock(11);
    QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
    explorer.setCut({0, std::nullopt});
    QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
    rest();
    explorer.selectBlock(22);
    QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
    explorer.selectTensor("pose/conv2d_35");
    QTRY_VERIFY_WITH_TIMEOUT(ready() && explorer.place().tensor == "pose/conv2d_35", 30000);
    explorer.selectBlock(33);
    QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);

    const auto undo = [&] { action("Undo")->trigger(); };
    undo();
    QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
    QVERIFY(explorer.selectedBlock() != 33U);
    undo();
    QTRY_COMPARE_WITH_TIMEOUT(explorer.place().tensor, QString("pose/conv2d_24"), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
    QCOMPARE(explorer.cut().axis, 0);
    QCOMPARE(explorer.selectedBlock(), 22U);
    undo();
    QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
    QVERIFY(explorer.selectedBlock() != 22U);
    undo();
    QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
    QCOMPARE(explorer.cut().axis, -1);
    QCOMPARE(explorer.selectedBlock(), 11U);
    undo();
    QTRY_VERIFY_WITH_TIMEOUT(ready(), 30000);
    QVERIFY(!action("Undo")->isEnabled());
    for (int i = 0; i < 5; ++i)
        action("Redo")->trigger();  // faster than tensors are read
    QTRY_VERIFY_WITH_TIMEOUT(ready() && explorer.selectedBlock() == 33U, 30000);
    QCOMPARE(explorer.place().tensor, QString("pose/conv2d_35"));
    QVERIFY(!action("Redo")->isEnabled());
}

void TestSession::blocksInQuickSuccessionAreOneStep()
{
    openWeights();
    Explorer& explorer = window().explorer();
    const quint64 first = explorer.selectedBlock();
    for (const quint64 block : {5U, 6U, 7U, 8U})
        explorer.selectBlock(block);
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    action("Undo")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    QCOMPARE(explorer.selectedBlock(), first);
    QVERIFY(!action("Undo")->isEnabled());
}

void TestSession::aSessionOutlivesACrash()
{
    NANOSCOPE_SKIP_UNDER_THREAD_SANITIZER();
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    environment.insert("XDG_DATA_HOME", inFolder("home"));
    environment.insert("XDG_CONFIG_HOME", inFolder("home"));
    program.setProcessEnvironment(environment);
    program.start(NANOSCOPE_WINDOW_PATH, {weights(), "--tensor", "pose/conv2d_35", "--format", "NVFP4"});
    const QString folder = inFolder("home/nanoscope/nanoscope/sessions");
    const auto copies = [&folder] { return QDir(folder).entryList({"*.nanoscope.json"}); };
    QTRY_COMPARE_WITH_TIMEOUT(copies().size(), 1, 60000);

    SessionKeeper keeper(window().sessions(), folder);
    QVERIFY(!keeper.findLeft());  // the other window lives
    program.kill();
    QVERIFY(program.waitForFinished());
    QVERIFY(keeper.findLeft());
    {
        SessionKeeper another(window().sessions(), folder);
        QVERIFY(!another.findLeft());  // this one has it in hand
    }
    keeper.restoreLeft();
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    QCOMPARE(window().explorer().formats().a.name, std::string("NVFP4"));
    QCOMPARE(window().explorer().place().tensor, QString("pose/conv2d_35"));
    QVERIFY(copies().isEmpty());
    QVERIFY(window().sessions().file().isEmpty());

    keeper.setDelay(10);
    window().explorer().selectBlock(9);
    QTRY_VERIFY(QFile::exists(keeper.copyPath()));
}

void TestSession::aCopyThatCannotBeReadIsOfferedOnce()
{
    const QString folder = inFolder("left");
    QVERIFY(QDir().mkpath(folder));
    QFile copy(folder + "/x.nanoscope.json");
    QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write("{\"broken") > 0);
    copy.close();
    SessionKeeper keeper(window().sessions(), folder);
    QVERIFY(keeper.findLeft());
    QVERIFY_EXCEPTION_THROWN(keeper.restoreLeft(), Error);
    QVERIFY(!keeper.findLeft());
    QCOMPARE(QDir(folder).entryList({"*.unreadable"}).size(), 1);  // kept
}

void TestSession::anotherWindowTakesOver()
{
    openWeights();
    const QString file = inFolder("kept.nanoscope.json");
    QCOMPARE(window().sessions().save(file), QString());
    window().editFormats({parseFormat("NVFP4"), parseFormat("NxFP5"), parseFormat("INT8")});
    QTRY_VERIFY_WITH_TIMEOUT(window().isReady(), 30000);
    MainWindow next(startFormats({}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
    next.show();
    next.sessions().takeOver(window().sessions());
    m_window.reset();
    QTRY_VERIFY_WITH_TIMEOUT(next.isReady() && next.explorer().tensor(), 30000);
    QCOMPARE(next.sessions().file(), file);
    QVERIFY(next.isWindowModified());
    QCOMPARE(next.explorer().place().tensor, QStringLiteral("pose/conv2d_35"));
    QCOMPARE(next.explorer().formats(), FormatSet({parseFormat("NVFP4"), parseFormat("NxFP5"), parseFormat("INT8")}));
}

QTEST_MAIN(TestSession)
#include "tst_session.moc"
