#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <string>

class QAction;
class QDockWidget;
class QMainWindow;
class QWidget;

namespace nanoscope {

/// What a name in a script stands for: a widget, or an action of a menu.
struct StepTarget {
    QWidget* widget = nullptr;
    QAction* action = nullptr;
};

/// Finds what `name` names: by objectName, accessible name, the text of the label whose buddy it is, its own text, or
/// the text of an action; marks of shortcuts and "…" do not count. "Format A/Bits" looks only inside the dock, menu or
/// dialog of that title or objectName. What can be seen comes before what cannot.
/// @throws Error (Refused) when nothing bears the name
[[nodiscard]] StepTarget findTarget(QMainWindow& window, const QString& name);
/// @throws Error (Refused) when no widget bears the name
[[nodiscard]] QWidget& findWidget(QMainWindow& window, const QString& name);
/// A dock by title or objectName.
/// @throws Error (Refused) when there is none
[[nodiscard]] QDockWidget& findDock(QMainWindow& window, const QString& name);
/// The window and the dialogs that are open.
[[nodiscard]] QList<QWidget*> openWindows(QMainWindow& window);

/// Text without the marks of shortcuts, "…" and a colon at the end: as people say it.
[[nodiscard]] QString plainText(QString text);
/// In double quotes, for errors.
[[nodiscard]] std::string quoted(const QString& name);
/// What names a widget to people: accessible name, buddy label, own text; may be empty.
[[nodiscard]] QString nameOf(const QWidget& widget);
/// Texts of the labels of a window by the widget that each belongs to, for naming many widgets.
[[nodiscard]] QHash<const QWidget*, QString> buddyTexts(const QWidget& window);
/// The same name, with buddyTexts() of the widget's window at hand.
[[nodiscard]] QString nameOf(const QWidget& widget, const QHash<const QWidget*, QString>& buddies);

}  // namespace nanoscope
