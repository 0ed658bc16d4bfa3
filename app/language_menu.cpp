#include "app/language_menu.h"

#include "app/languages.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

namespace nanoscope {
namespace {

/// Texts of this file, for translation.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::LanguageMenu)
};

}  // namespace

void addLanguageMenu(QMenu& menu, bool remembers, const std::function<void()>& choose)
{
    QMenu* languages = menu.addMenu(Text::tr("Lan&guage"));
    languages->setObjectName("LanguageMenu");
    auto* group = new QActionGroup(languages);
    const Language current = remembers ? rememberedLanguage() : spokenLanguage();
    const auto add = [&](Language language, const QString& name) {
        QAction* action = languages->addAction(name);
        action->setCheckable(true);
        action->setChecked(language == current);
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, languages, [language, remembers, choose] {
            if (remembers)
                rememberLanguage(language);
            choose();
        });
    };
    add(Language::System, Text::tr("&System"));
    add(Language::English, QStringLiteral("&English"));  // languages by their own names: found by those who speak them
    add(Language::German, QStringLiteral("&Deutsch"));
}

}  // namespace nanoscope
