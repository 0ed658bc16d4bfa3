#include "app/languages.h"

#include "app/step_target.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QMultiHash>
#include <QSettings>
#include <QTranslator>

#include <array>
#include <utility>

namespace nanoscope {
namespace {

constexpr auto kLanguageKey = "window/language";
constexpr std::array kCodes{
    std::pair(Language::System, "system"), std::pair(Language::English, "en"), std::pair(Language::German, "de")};

/// Buttons of Qt's dialogs, for systems without Qt's own translations.
[[maybe_unused]] constexpr std::array kButtonTexts{QT_TRANSLATE_NOOP("QPlatformTheme", "OK"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Save"), QT_TRANSLATE_NOOP("QPlatformTheme", "Open"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "&Yes"), QT_TRANSLATE_NOOP("QPlatformTheme", "&No"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Close"), QT_TRANSLATE_NOOP("QPlatformTheme", "Cancel"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Discard"), QT_TRANSLATE_NOOP("QPlatformTheme", "Apply"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Reset")};

/// Remembers what it translated, so that a text on screen can be led back to the source.
class Translator : public QTranslator {
public:
    using QTranslator::QTranslator;

    QString translate(const char* context, const char* source, const char* disambiguation, int count) const override
    {
        QString text = QTranslator::translate(context, source, disambiguation, count);
        const QString shown = plainText(text);
        const QString english = plainText(QString::fromUtf8(source));
        if (!text.isEmpty() && shown != english && !m_sources.contains(shown, english))
            m_sources.insert(shown, english);
        return text;
    }

    [[nodiscard]] bool means(const QString& shown, const QString& english) const
    {
        return m_sources.contains(plainText(shown), english);
    }

private:
    mutable QMultiHash<QString, QString> m_sources;
};

Translator* installed()
{
    return qApp->findChild<Translator*>(QStringLiteral("NanoscopeTranslator"), Qt::FindDirectChildrenOnly);
}

}  // namespace

QString codeOf(Language language)
{
    for (const auto& [each, code] : kCodes)
        if (each == language)
            return QString::fromLatin1(code);
    return {};
}

std::optional<Language> languageOfCode(const QString& code)
{
    for (const auto& [language, each] : kCodes)
        if (code == QLatin1String(each))
            return language;
    return std::nullopt;
}

Language rememberedLanguage()
{
    return languageOfCode(QSettings().value(kLanguageKey).toString()).value_or(Language::System);
}

void rememberLanguage(Language language)
{
    QSettings().setValue(kLanguageKey, codeOf(language));
}

void speak(Language language)
{
    const bool systemIsGerman = QLocale::system().language() == QLocale::German;
    if (QLocale().decimalPoint() != QStringLiteral("."))
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    // A translator that is deleted is no longer installed.
    qDeleteAll(qApp->findChildren<QTranslator*>(Qt::FindDirectChildrenOnly));
    if (language == Language::English || (language == Language::System && !systemIsGerman))
        return;
    auto* ofQt = new QTranslator(qApp);
    if (ofQt->load(QStringLiteral("qtbase_de"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(ofQt);
    auto* ours = new Translator(qApp);
    ours->setObjectName(QStringLiteral("NanoscopeTranslator"));
    if (ours->load(QStringLiteral(":/translations/nanoscope_de.qm")))
        QCoreApplication::installTranslator(ours);
}

Language spokenLanguage()
{
    return installed() ? Language::German : Language::English;
}

bool isShownFor(const QString& shown, const QString& english)
{
    if (shown == english)
        return true;
    const Translator* translator = installed();
    return translator && translator->means(shown, english);
}

}  // namespace nanoscope
