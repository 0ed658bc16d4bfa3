#include "app/panel_help.h"

#include "app/help_data.h"

#include <QCoreApplication>
#include <QDockWidget>

#include <algorithm>

namespace nanoscope {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("PanelHelp", text);
}

/// The panels of formats A to D share a page.
QString pageOf(const QString& dock)
{
    constexpr int kLetter = 1;
    return dock.startsWith("Format") ? dock.chopped(kLetter) : dock;
}

}  // namespace

QString panelHelp(const QDockWidget& dock)
{
    const std::string name = pageOf(dock.objectName()).toStdString();
    const auto pages = helpPages();
    const auto page = std::find_if(pages.begin(), pages.end(), [&name](const HelpPage& p) { return p.name == name; });
    if (page == pages.end())
        return {};
    return QString::fromUtf8(page->text.data(), static_cast<qsizetype>(page->text.size()));
}

QString keysHelp(const QList<MenuCommand>& commands, const QDockWidget& panel)
{
    QString text = QStringLiteral("| %1 | %2 | %3 |\n|---|---|---|\n")
                       .arg(translated("Key"), translated("What it does"), translated("Found in"));
    for (const MenuCommand& command : commands) {
        const CommandEntry entry = entryOf(command, 0);
        if (!entry.shortcut.isEmpty())
            text += QStringLiteral("| `%1` | %2 | %3 |\n").arg(entry.shortcut, entry.text, command.place);
    }
    return text + QStringLiteral("\n# %1\n\n").arg(panel.windowTitle()) + panelHelp(panel);
}

}  // namespace nanoscope
