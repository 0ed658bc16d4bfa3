#include "app/languages.h"
#include "app/main_window.h"
#include "app/window_options.h"
#include "core/format/preset.h"
#include "core/format/spec_parameters.h"
#include "tests/app/menu_letters.h"
#include "tests/app/thread_sanitizer.h"
#include "widgets/field_meaning_text.h"

#include <QAction>
#include <QDockWidget>
#include <QFile>
#include <QMenu>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace nanoscope;

namespace {

struct Message {
    QString context;
    QString source;
    QStringList translations;  // more than one where plural forms differ
    bool isFinished = true;
};

/// Texts by context and source.
QString keyOf(const QString& context, const QString& source)
{
    return context + QChar(u'\n') + source;
}

Message readMessage(QXmlStreamReader& xml, const QString& context)
{
    Message message{context, {}, {}, true};
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.isFinished = !xml.attributes().hasAttribute("type");
            QString text;
            while (xml.readNext() != QXmlStreamReader::EndElement) {
                if (xml.isStartElement())
                    message.translations.append(xml.readElementText());
                else
                    text += xml.text();
            }
            if (message.translations.isEmpty())
                message.translations.append(text);
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> readTranslations(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            messages.append(readMessage(xml, context));
    }
    return xml.hasError() ? QList<Message>() : messages;
}

/// %1, %L2, %n: each once, sorted.
QStringList placeholdersOf(const QString& text)
{
    static const QRegularExpression kPlaceholder(QStringLiteral("%(L?\\d+|[nvm]\\b)"));
    QSet<QString> found;
    for (auto match = kPlaceholder.globalMatch(text); match.hasNext();)
        found.insert(match.next().captured());
    QStringList sorted = found.values();
    sorted.sort();
    return sorted;
}

QString linguistTool(const QString& name)
{
    const QString path = QStandardPaths::findExecutable(name, {QStringLiteral("/usr/lib/qt6/bin")});
    return path.isEmpty() ? QStandardPaths::findExecutable(name) : path;
}

/// Notes what the program asks to be translated, and translates nothing.
class Listener : public QTranslator {
public:
    QString translate(const char* context, const char* source, const char*, int) const override
    {
        m_asked.insert(keyOf(QString::fromUtf8(context), QString::fromUtf8(source)));
        return {};
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] const QSet<QString>& asked() const { return m_asked; }

private:
    mutable QSet<QString> m_asked;
};

}  // namespace

/// The German of the window: complete, true to its placeholders, and shown.
class TestTranslations : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyTextIsTranslated();
    void placeholdersAgree();
    void mnemonicsAgree();
    void everySourceTextIsListed();
    void whatTheWindowAsksForIsListed();
    void windowSpeaksGerman();
    void fieldsOfFormatsSpeakGerman();

private:
    QList<Message> m_messages;
    QSet<QString> m_keys;
};

void TestTranslations::initTestCase()
{
    QCoreApplication::setOrganizationName("nanoscope-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    m_messages = readTranslations(QStringLiteral(NANOSCOPE_SOURCES "/resources/translations/nanoscope_de.ts"));
    QVERIFY(m_messages.size() > 1000);
    for (const Message& message : m_messages)
        m_keys.insert(keyOf(message.context, message.source));
}

void TestTranslations::everyTextIsTranslated()
{
    for (const Message& message : m_messages) {
        QVERIFY2(message.isFinished, qPrintable("unfinished: " + message.source));
        QVERIFY2(!message.translations.isEmpty(), qPrintable("not translated: " + message.source));
        for (const QString& translation : message.translations)
            QVERIFY2(!translation.trimmed().isEmpty(), qPrintable("empty: " + message.source));
    }
}

void TestTranslations::placeholdersAgree()
{
    for (const Message& message : m_messages)
        for (const QString& translation : message.translations)
            QVERIFY2(placeholdersOf(translation) == placeholdersOf(message.source),
                qPrintable(message.source + " | " + translation));
}

void TestTranslations::mnemonicsAgree()
{
    static const QRegularExpression kMnemonic(QStringLiteral("&\\S"));
    for (const Message& message : m_messages)
        for (const QString& translation : message.translations)
            QVERIFY2(translation.count(kMnemonic) == message.source.count(kMnemonic),
                qPrintable(message.source + " | " + translation));
}

void TestTranslations::everySourceTextIsListed()
{
    NANOSCOPE_SKIP_UNDER_THREAD_SANITIZER();
    const QString lupdate = linguistTool(QStringLiteral("lupdate"));
    QVERIFY2(!lupdate.isEmpty(), "lupdate of Qt 6 is missing; install qt6-l10n-tools (./dev test does)");
    const QTemporaryDir folder;
    const QString found = folder.filePath("found.ts");
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(NANOSCOPE_SOURCES));
    process.start(lupdate,
        {"app", "widgets", "-I", ".", "-extensions", "cpp,h", "-locations", "none", "-silent", "-source-language", "en",
            "-target-language", "de_DE", "-ts", found});
    QVERIFY(process.waitForFinished(120000));
    QCOMPARE(process.exitCode(), 0);
    const QList<Message> messages = readTranslations(found);
    QVERIFY(messages.size() > 1000);
    QStringList missing;
    for (const Message& message : messages)
        if (!m_keys.contains(keyOf(message.context, message.source)))
            missing.append(message.context + ": " + message.source);
    QVERIFY2(
        missing.isEmpty(), qPrintable("run lupdate as resources/README.md says and translate:\n" + missing.join('\n')));
}

/// What lupdate takes for the context of a text is what the program looks it up in.
void TestTranslations::whatTheWindowAsksForIsListed()
{
    Listener listener;
    QCoreApplication::installTranslator(&listener);
    {
        MainWindow window(startFormats({"NxFP4", "MXFP4"}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
        window.show();
        window.explorer().open(NANOSCOPE_BUNDLED_DATA "/synthetic.h5", "block_by_hand");
        for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
            dock->raise();
            QTest::qWait(10);
        }
        QTRY_VERIFY_WITH_TIMEOUT(window.isReady(), 60000);
    }
    QCoreApplication::removeTranslator(&listener);
    QStringList missing;
    for (const QString& key : listener.asked()) {
        const QString context = key.section('\n', 0, 0);
        if (!context.startsWith('Q') && !m_keys.contains(key))
            missing.append(context + ": " + key.section('\n', 1));
    }
    QVERIFY(listener.asked().size() > 300);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join('\n')));
}

void TestTranslations::windowSpeaksGerman()
{
    QCOMPARE(spokenLanguage(), Language::English);
    QVERIFY(!isShownFor("Stufen", "Levels"));
    speak(Language::German);
    QCOMPARE(spokenLanguage(), Language::German);
    MainWindow window(startFormats({"NxFP4", "MXFP4"}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
    QStringList titles;
    QStringList names;
    for (const QDockWidget* dock : window.findChildren<QDockWidget*>()) {
        titles.append(dock->windowTitle());
        names.append(dock->objectName());
    }
    QVERIFY2(titles.contains("Stufen"), qPrintable(titles.join(", ")));
    QVERIFY2(!titles.contains("Levels"), qPrintable(titles.join(", ")));
    QVERIFY(!names.contains("Stufen"));
    QVERIFY(isShownFor("Stufen", "Levels"));
    QCOMPARE(QLocale().decimalPoint(), QStringLiteral("."));
    const QStringList taken = panelsTakingMenuLetters(window);
    QVERIFY2(taken.isEmpty(), qPrintable(taken.join(", ")));
    const auto* menu = window.findChild<QMenu*>("LanguageMenu");
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 3);
    QVERIFY(menu->actions().at(2)->isChecked());
    speak(Language::English);
    QCOMPARE(spokenLanguage(), Language::English);
    QCOMPARE(MainWindow::tr("&View"), QStringLiteral("&View"));
    speak(Language::German);
    QCOMPARE(MainWindow::tr("&View"), QStringLiteral("&Ansicht"));
}

/// The core says in English what a field is for; the window knows all that a sweep offers.
void TestTranslations::fieldsOfFormatsSpeakGerman()
{
    speak(Language::German);
    std::size_t fields = 0;
    for (const Preset& preset : loadPresets())
        for (const SpecParameter& parameter : parametersOf(preset.spec)) {
            const QString text = fieldMeaningText(parameter.meaning);
            QVERIFY2(text != QString::fromStdString(parameter.meaning), parameter.meaning.c_str());
            ++fields;
        }
    QVERIFY(fields > 1000);
    QCOMPARE(fieldMeaningText("exponent bits of an element, its width kept (codebook E2M1)"),
        QStringLiteral("Exponentenbits eines Elements bei gleicher Breite (Codebuch E2M1)"));
    QCOMPARE(fieldMeaningText("no such field"), QStringLiteral("no such field"));
    speak(Language::English);
    QCOMPARE(fieldMeaningText("block size in elements"), QStringLiteral("block size in elements"));
}

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
