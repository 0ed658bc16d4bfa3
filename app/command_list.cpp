#include "app/command_list.h"

#include "app/step_target.h"

#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>

namespace nanoscope {
namespace {

void collect(const QList<QAction*>& actions, const QString& place, QList<MenuCommand>& found)
{
    for (QAction* action : actions) {
        QMenu* menu = action->menu();
        if (menu == nullptr) {
            if (!action->isSeparator() && action->isVisible())
                found.append({action, place});
            continue;
        }
        emit menu->aboutToShow();
        const QString title = plainText(menu->title());
        collect(menu->actions(), place.isEmpty() ? title : place + " > " + title, found);
    }
}

}  // namespace

QList<MenuCommand> menuCommands(const QMenuBar& bar)
{
    QList<MenuCommand> found;
    collect(bar.actions(), {}, found);
    return found;
}

CommandEntry entryOf(const MenuCommand& command, int id)
{
    const QAction& action = *command.action;
    QStringList keys;
    for (const QKeySequence& each : action.shortcuts())
        keys << each.toString(QKeySequence::NativeText);
    QString place = command.place;
    if (action.isCheckable())
        place = (action.isChecked() ? QCoreApplication::translate("CommandList", "%1, is on")
                                    : QCoreApplication::translate("CommandList", "%1, is off"))
                    .arg(place);
    return {id, plainText(action.text()), place, keys.join(", "), action.isEnabled()};
}

void showAndFocus(QDockWidget& dock)
{
    dock.show();
    dock.raise();
    for (QWidget* child : dock.findChildren<QWidget*>())
        if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus) != 0) {
            child->setFocus(Qt::TabFocusReason);
            return;
        }
}

}  // namespace nanoscope
