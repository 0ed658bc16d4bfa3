#include "app/step_target.h"

#include "app/languages.h"
#include "core/error.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>

#include <algorithm>

namespace nanoscope {
namespace {

[[noreturn]] void refuse(const QString& name, const char* what)
{
    throw Error(quoted(name), what, "see the names that --dump-ui writes", ErrorKind::Refused);
}

QString ownNameOf(const QWidget& widget)
{
    if (!widget.accessibleName().isEmpty())
        return widget.accessibleName();
    if (const auto* dock = qobject_cast<const QDockWidget*>(&widget))
        return dock->windowTitle();
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    return button ? plainText(button->text()) : QString();
}

bool bears(const QWidget& widget, const QString& name)
{
    if (widget.objectName() == name || isShownFor(plainText(widget.accessibleName()), name))
        return true;
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget);
        button && isShownFor(plainText(button->text()), name))
        return true;
    const auto* dock = qobject_cast<const QDockWidget*>(&widget);
    return dock && isShownFor(dock->windowTitle(), name);
}

bool bears(const QAction& action, const QString& name)
{
    return action.objectName() == name || isShownFor(plainText(action.text()), name)
        || isShownFor(plainText(action.iconText()), name);
}

QWidget* bestOf(const QList<QWidget*>& found)
{
    const auto rank
        = [](const QWidget* widget) { return (widget->isVisible() ? 2 : 0) + (widget->isEnabled() ? 1 : 0); };
    const auto best = std::max_element(found.begin(), found.end(),
        [&rank](const QWidget* left, const QWidget* right) { return rank(left) < rank(right); });
    return best == found.end() ? nullptr : *best;
}

QWidget* widgetIn(const QList<QWidget*>& roots, const QString& name)
{
    QList<QWidget*> found;
    for (QWidget* root : roots) {
        QList<QWidget*> all = root->findChildren<QWidget*>();
        all.prepend(root);
        for (QWidget* each : all)
            if (bears(*each, name))
                found.append(each);
        for (const QLabel* label : root->findChildren<QLabel*>())
            if (label->buddy() && isShownFor(plainText(label->text()), name))
                found.append(label->buddy());
    }
    return bestOf(found);
}

QAction* actionIn(const QList<QWidget*>& roots, const QString& name)
{
    QAction* hidden = nullptr;
    for (const QWidget* root : roots) {
        QList<QAction*> all = root->actions();
        all += root->findChildren<QAction*>();
        for (const QMenu* menu : root->findChildren<QMenu*>())
            all += menu->actions();
        for (QAction* action : all) {
            if (!bears(*action, name))
                continue;
            if (action->isEnabled())
                return action;
            hidden = action;
        }
    }
    return hidden;
}

/// Docks, menus and dialogs that bear a title.
QList<QWidget*> scopesOf(QMainWindow& window, const QString& title)
{
    QList<QWidget*> scopes;
    for (QWidget* root : openWindows(window)) {
        if (root->objectName() == title || isShownFor(root->windowTitle(), title))
            scopes.append(root);
        for (QWidget* each : root->findChildren<QWidget*>()) {
            const auto* menu = qobject_cast<const QMenu*>(each);
            const auto* dock = qobject_cast<const QDockWidget*>(each);
            if ((menu && isShownFor(plainText(menu->title()), title))
                || (dock && (isShownFor(dock->windowTitle(), title) || dock->objectName() == title)))
                scopes.append(each);
        }
    }
    return scopes;
}

StepTarget targetIn(const QList<QWidget*>& roots, const QString& name)
{
    if (QWidget* widget = widgetIn(roots, name); widget && !qobject_cast<QMenu*>(widget))
        return {widget, nullptr};
    return {nullptr, actionIn(roots, name)};
}

}  // namespace

QString plainText(QString text)
{
    text.remove('&');
    text.remove(QStringLiteral("…"));
    text = text.trimmed();
    return text.endsWith(':') ? text.chopped(1) : text;
}

std::string quoted(const QString& name)
{
    return QString('"' + name + '"').toStdString();
}

QString nameOf(const QWidget& widget)
{
    const QString own = ownNameOf(widget);
    return own.isEmpty() ? buddyTexts(*widget.window()).value(&widget) : own;
}

QHash<const QWidget*, QString> buddyTexts(const QWidget& window)
{
    QHash<const QWidget*, QString> texts;
    for (const QLabel* label : window.findChildren<QLabel*>())
        if (label->buddy() && !texts.contains(label->buddy()))
            texts.insert(label->buddy(), plainText(label->text()));
    return texts;
}

QString nameOf(const QWidget& widget, const QHash<const QWidget*, QString>& buddies)
{
    const QString own = ownNameOf(widget);
    return own.isEmpty() ? buddies.value(&widget) : own;
}

QList<QWidget*> openWindows(QMainWindow& window)
{
    QList<QWidget*> windows{&window};
    for (QWidget* each : QApplication::topLevelWidgets())
        if (each != &window && each->isVisible() && !each->inherits("QMenu"))
            windows.prepend(each);
    return windows;
}

StepTarget findTarget(QMainWindow& window, const QString& name)
{
    const auto slash = name.indexOf('/');
    if (slash > 0)
        if (const QList<QWidget*> scopes = scopesOf(window, name.left(slash)); !scopes.isEmpty()) {
            const StepTarget found = targetIn(scopes, name.mid(slash + 1));
            if (found.widget || found.action)
                return found;
        }
    const StepTarget found = targetIn(openWindows(window), name);
    if (!found.widget && !found.action)
        refuse(name, "there is nothing of that name");
    return found;
}

QWidget& findWidget(QMainWindow& window, const QString& name)
{
    const StepTarget found = findTarget(window, name);
    if (!found.widget)
        refuse(name, "is an action of a menu, not a widget");
    return *found.widget;
}

QDockWidget& findDock(QMainWindow& window, const QString& name)
{
    for (QDockWidget* dock : window.findChildren<QDockWidget*>())
        if (isShownFor(dock->windowTitle(), name) || dock->objectName() == name)
            return *dock;
    refuse(name, "there is no panel of that name");
}

}  // namespace nanoscope
