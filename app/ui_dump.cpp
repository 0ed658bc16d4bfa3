#include "app/ui_dump.h"

#include "app/in_sight.h"
#include "app/step_hand.h"
#include "app/ui_dump_cells.h"
#include "app/ui_text.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QMainWindow>
#include <QSaveFile>
#include <QSet>

namespace nanoscope {
namespace {

constexpr int kMostRows = 200;

QJsonValue jsonOf(const ControlValue& value)
{
    if (const bool* flag = std::get_if<bool>(&value))
        return *flag;
    if (const double* number = std::get_if<double>(&value))
        return *number;
    return std::get<QString>(value);
}

QString dockOf(const QWidget& widget)
{
    for (const QWidget* each = widget.parentWidget(); each != nullptr; each = each->parentWidget())
        if (const auto* dock = qobject_cast<const QDockWidget*>(each))
            return dock->windowTitle();
    return {};
}

void setUnlessEmpty(QJsonObject& object, const char* key, const QString& text)
{
    if (!text.isEmpty())
        object[QLatin1String(key)] = text;
}

QJsonObject describe(QWidget& widget, const QHash<const QWidget*, QString>& buddies)
{
    const QPoint corner = widget.mapToGlobal(QPoint());
    QJsonObject object{
        {"class", widget.metaObject()->className()},
        {"rect", QJsonArray{corner.x(), corner.y(), widget.width(), widget.height()}},
        {"visible", isInSight(widget)},
        {"enabled", widget.isEnabled()},
    };
    setUnlessEmpty(object, "objectName", widget.objectName());
    setUnlessEmpty(object, "name", nameOf(widget, buddies));
    setUnlessEmpty(object, "description", widget.accessibleDescription());
    setUnlessEmpty(object, "dock", dockOf(widget));
    setUnlessEmpty(object, "text", ownText(widget));
    if (widget.hasFocus())
        object["focus"] = true;
    if (const auto value = valueOf({&widget, nullptr}))
        object["value"] = jsonOf(*value);
    if (const auto* view = qobject_cast<QAbstractItemView*>(&widget); view && view->model())
        object["rows"] = QJsonArray::fromStringList(tableText(*view->model(), kMostRows));
    if (const QJsonArray cells = cellsInSight(widget); !cells.isEmpty())
        object["cells"] = cells;
    return object;
}

QJsonObject describe(const QAction& action)
{
    QJsonObject object{
        {"text", plainText(action.text())}, {"visible", action.isVisible()}, {"enabled", action.isEnabled()}};
    setUnlessEmpty(object, "objectName", action.objectName());
    setUnlessEmpty(object, "shortcut", action.shortcut().toString(QKeySequence::PortableText));
    setUnlessEmpty(object, "toolTip", action.toolTip());
    if (action.isCheckable())
        object["checked"] = action.isChecked();
    return object;
}

}  // namespace

QJsonObject uiDump(QMainWindow& window, UiDumpScope scope)
{
    QJsonArray widgets;
    QJsonArray actions;
    QSet<const QAction*> seen;
    for (QWidget* root : openWindows(window)) {
        const QHash<const QWidget*, QString> buddies = buddyTexts(*root);
        QList<QWidget*> all = root->findChildren<QWidget*>();
        all.prepend(root);
        for (QWidget* widget : all) {
            if (scope == UiDumpScope::Everything || isInSight(*widget))
                widgets.append(describe(*widget, buddies));
            for (const QAction* action : widget->actions())
                if (!action->isSeparator() && !action->text().isEmpty() && !seen.contains(action)) {
                    seen.insert(action);
                    actions.append(describe(*action));
                }
        }
    }
    const QString title = window.windowTitle().replace("[*]", window.isWindowModified() ? "*" : "");
    return {{"version", 1}, {"title", title}, {"widgets", widgets}, {"actions", actions}};
}

QString writeUiDump(QMainWindow& window, const QString& path, UiDumpScope scope)
{
    QSaveFile file(path);
    const QByteArray text = QJsonDocument(uiDump(window, scope)).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return QCoreApplication::translate("nanoscope", "%1: cannot be written: %2; choose another place")
            .arg(path, file.errorString());
    return {};
}

}  // namespace nanoscope
