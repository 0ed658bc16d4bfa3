#include "app/main_window.h"
#include "app/window_options.h"
#include "widgets/format_difference_view.h"
#include "widgets/message_bar.h"
#include "widgets/preset_browser.h"
#include "widgets/preset_form.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace nanoscope;

/// Finding formats in the window, keeping one as a preset, and seeing why two differ.
class TestWindowPresets : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void keysOpenTheBrowserAndChooseAAndB();
    void choosingIsOneUndoStep();
    void savedPresetIsListedEverywhereAtOnce();
    void editedFormatIsSavedAndBearsItsName();
    void failedSaveKeepsTheFormOpen();
    void filesThatComeLaterAreFound();
    void brokenFilesAreToldInTheBrowser();
    void differenceFollowsTheFormats();

private:
    [[nodiscard]] QAction* action(const QString& text) const;
    [[nodiscard]] PresetBrowser* browser() const { return m_window->findChild<PresetBrowser*>(); }
    [[nodiscard]] QComboBox* presetBox(const char* slot) const
    {
        return m_window->findChild<QComboBox*>(QStringLiteral("format%1_preset").arg(QLatin1String(slot)));
    }
    void saveAs(const QString& name, const QString& family = {});
    void write(const QString& name, const QByteArray& content) const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<MainWindow> m_window;
};

void TestWindowPresets::initTestCase()
{
    QCoreApplication::setOrganizationName("nanoscope-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
}

void TestWindowPresets::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    qputenv("NANOSCOPE_PRESETS", m_dir->filePath("presets").toLocal8Bit());
    m_window = std::make_unique<MainWindow>(startFormats({}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestWindowPresets::cleanup()
{
    m_window.reset();
    qunsetenv("NANOSCOPE_PRESETS");
}

QAction* TestWindowPresets::action(const QString& text) const
{
    for (QAction* candidate : m_window->findChildren<QAction*>())
        if (QString(candidate->text()).remove('&') == text)
            return candidate;
    return nullptr;
}

void TestWindowPresets::write(const QString& name, const QByteArray& content) const
{
    QVERIFY(QDir(m_dir->path()).mkpath("presets"));
    QFile file(m_dir->filePath("presets/" + name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

void TestWindowPresets::saveAs(const QString& name, const QString& family)
{
    action("Save as preset…")->trigger();
    auto* form = m_window->findChild<PresetForm*>();
    QVERIFY(form && form->isVisible());
    form->findChild<QLineEdit*>("presetFormName")->setText(name);
    form->findChild<QComboBox*>("presetFormFamily")->setEditText(family);
    form->findChild<QPushButton*>("presetFormSave")->click();
}

void TestWindowPresets::keysOpenTheBrowserAndChooseAAndB()
{
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier);
    QVERIFY(browser() && browser()->isVisible());
    QVERIFY(!browser()->isModal());
    QCOMPARE(browser()->selectedPresets(), QStringList("NxFP4"));  // what A is
    auto* search = browser()->findChild<QLineEdit*>("presetSearch");
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, "nvfp4");
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(m_window->explorer().formats().a.name, std::string("NVFP4"));
    search->clear();
    QTest::keyClicks(search, "mxfp4+");
    QTest::keyClick(search, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_window->explorer().formats().b->name, std::string("MXFP4+"));
    QCOMPARE(browser()->findChild<QLabel*>("presetInForce")->text(), QString("A is NVFP4, B is MXFP4+"));
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(!browser()->isVisible());
    QCOMPARE(presetBox("A")->currentText(), QString("NVFP4"));
}

void TestWindowPresets::choosingIsOneUndoStep()
{
    const FormatSet before = m_window->explorer().formats();
    action("Presets…")->trigger();
    browser()->showPreset("MXINT8");
    browser()->findChild<QPushButton*>("presetUseA")->click();
    QCOMPARE(m_window->explorer().formats().a.name, std::string("MXINT8"));
    for (QAction* candidate : m_window->findChildren<QAction*>())
        if (candidate->shortcut() == QKeySequence(QKeySequence::Undo))
            candidate->trigger();
    QVERIFY(m_window->explorer().formats() == before);
}

void TestWindowPresets::savedPresetIsListedEverywhereAtOnce()
{
    action("Presets…")->trigger();
    const int before = presetBox("A")->count();
    saveAs("My_format", "NxFP");
    QVERIFY(!m_window->findChild<PresetForm*>()->isVisible());
    QVERIFY(QFile::exists(m_dir->filePath("presets/My_format.json")));
    for (const char* slot : {"A", "B"}) {
        QCOMPARE(presetBox(slot)->count(), before + 1);
        QVERIFY(presetBox(slot)->findText("My_format") >= 0);
    }
    QCOMPARE(browser()->selectedPresets(), QStringList("My_format"));
    const NamedFormat saved = parseFormat(m_dir->filePath("presets/My_format.json").toStdString());
    QVERIFY(saved.spec == m_window->explorer().formats().a.spec);
    QCOMPARE(m_window->explorer().formats().a.name, std::string("My_format"));

    action("Save as preset…")->trigger();  // the name is taken now
    auto* form = m_window->findChild<PresetForm*>();
    form->findChild<QLineEdit*>("presetFormName")->setText("my-format");
    QVERIFY(!form->findChild<QPushButton*>("presetFormSave")->isEnabled());
    QVERIFY(form->findChild<QLabel*>("presetFormProblem")->text().contains("taken by My_format"));
}

void TestWindowPresets::editedFormatIsSavedAndBearsItsName()
{
    action("Smaller blocks")->trigger();
    QCOMPARE(m_window->explorer().formats().a.name, std::string("NxFP4 (edited)"));
    saveAs("NxFP4_b16");
    QCOMPARE(m_window->explorer().formats().a.name, std::string("NxFP4_b16"));
    QCOMPARE(m_window->explorer().formats().a.spec.geometry.block, 16);
    QCOMPARE(presetBox("A")->currentText(), QString("NxFP4_b16"));
    QFile file(m_dir->filePath("presets/NxFP4_b16.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("NxFP4:geometry.block=16"));  // says what it came from
    action("Smaller blocks")->trigger();
    QCOMPARE(m_window->explorer().formats().a.name, std::string("NxFP4_b16 (edited)"));
}

void TestWindowPresets::failedSaveKeepsTheFormOpen()
{
    QFile obstacle(m_dir->filePath("presets"));  // a file where the folder would be
    QVERIFY(obstacle.open(QIODevice::WriteOnly));
    saveAs("Mine");
    auto* form = m_window->findChild<PresetForm*>();
    QVERIFY(form->isVisible());
    QVERIFY2(form->findChild<QLabel*>("presetFormProblem")->text().contains("cannot be made"),
        qPrintable(form->findChild<QLabel*>("presetFormProblem")->text()));
    QCOMPARE(m_window->explorer().formats().a.name, std::string("NxFP4"));
}

void TestWindowPresets::filesThatComeLaterAreFound()
{
    QVERIFY(presetBox("A")->findText("Later") < 0);
    write("Later.json", R"({"geometry": {"block": 64}})");
    action("Presets…")->trigger();
    browser()->showPreset("Later");
    browser()->findChild<QPushButton*>("presetUseB")->click();
    QCOMPARE(m_window->explorer().formats().b->spec.geometry.block, 64);
    QVERIFY(presetBox("A")->findText("Later") >= 0);
}

void TestWindowPresets::brokenFilesAreToldInTheBrowser()
{
    write("Broken.json", "{");
    action("Presets…")->trigger();
    auto* message = browser()->findChild<MessageBar*>();
    QVERIFY(message->isVisible());
    QVERIFY2(message->text().contains("Broken.json: is not JSON"), qPrintable(message->text()));
    QVERIFY(m_window->message().isEmpty());
}

void TestWindowPresets::differenceFollowsTheFormats()
{
    action("Why A and B differ")->trigger();
    auto* dialog = m_window->findChild<QDialog*>("DifferenceDialog");
    QVERIFY(dialog && dialog->isVisible());
    const auto* view = dialog->findChild<FormatDifferenceView*>();
    QVERIFY(view->toText().startsWith("Field\tNxFP4\tMXFP4\t"));
    QVERIFY(view->toText().contains("\nmicro\t"));
    FormatSet formats = m_window->explorer().formats();
    formats.a = parseFormat("NVFP4");
    m_window->explorer().setFormats(formats);
    QVERIFY(view->toText().startsWith("Field\tNVFP4\tMXFP4\t"));
    formats.b.reset();
    m_window->explorer().setFormats(formats);
    QVERIFY(!action("Why A and B differ")->isEnabled());
    QVERIFY(!dialog->isVisible());  // there is no B to speak of
}

QTEST_MAIN(TestWindowPresets)
#include "tst_window_presets.moc"
