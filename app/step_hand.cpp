#include "app/step_hand.h"

#include "app/languages.h"
#include "core/error.h"
#include "widgets/preset_box.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHash>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

[[noreturn]] void refuse(const QWidget& widget, const QString& what, const QString& remedy)
{
    const QString name = nameOf(widget);
    throw Error(quoted(name.isEmpty() ? widget.objectName() : name), what.toStdString(), remedy.toStdString(),
        ErrorKind::Refused);
}

void requireUsable(const QWidget& widget)
{
    if (!widget.isEnabled())
        refuse(widget, "is disabled", "do first what enables it");
}

double numberIn(const QWidget& widget, const ControlValue& value)
{
    if (const double* number = std::get_if<double>(&value))
        return *number;
    refuse(widget, "takes a number, not " + textOf(value), "give one");
}

bool flagIn(const QWidget& widget, const ControlValue& value)
{
    if (const bool* flag = std::get_if<bool>(&value))
        return *flag;
    refuse(widget, "takes true or false, not " + textOf(value), "give one of them");
}

QString textIn(const ControlValue& value)
{
    if (const QString* text = std::get_if<QString>(&value))
        return *text;
    return textOf(value);
}

int wholeIn(const QWidget& widget, const ControlValue& value, int least, int most)
{
    const double number = numberIn(widget, value);
    if (number != std::floor(number) || number < least || number > most)
        refuse(widget, "cannot be " + textOf(value),
            "give a whole number from " + QString::number(least) + " to " + QString::number(most));
    return static_cast<int>(number);
}

double numberWithin(const QWidget& widget, const ControlValue& value, double least, double most)
{
    const double number = numberIn(widget, value);
    if (!(number >= least && number <= most))
        refuse(widget, "cannot be " + textOf(value),
            "give a number from " + QString::number(least) + " to " + QString::number(most));
    return number;
}

/// @return true when the widget, or one around it, took the key
bool sendKey(QWidget& widget, int key, Qt::KeyboardModifiers modifiers, const QString& text)
{
    const QPointer<QWidget> shown(&widget);  // a key may close a dialog
    QKeyEvent press(QEvent::KeyPress, key, modifiers, text);
    QApplication::sendEvent(&widget, &press);
    if (shown) {
        QKeyEvent release(QEvent::KeyRelease, key, modifiers, text);
        QApplication::sendEvent(&widget, &release);
    }
    return press.isAccepted();
}

/// What the window says is wrong with what was entered: the labels that are named for it.
QHash<const QLabel*, QString> problemsShownIn(const QWidget& window)
{
    QHash<const QLabel*, QString> problems;
    for (const QLabel* label : window.findChildren<QLabel*>())
        if (label->objectName().endsWith(QLatin1String("Problem")) && !label->isHidden() && !label->text().isEmpty())
            problems.insert(label, label->text());
    return problems;
}

void clickAt(QWidget& widget, QPointF place)
{
    for (const QEvent::Type type : {QEvent::MouseMove, QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
        const bool isPress = type == QEvent::MouseButtonPress;
        QMouseEvent event(type, place, widget.mapToGlobal(place),
            type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, isPress ? Qt::LeftButton : Qt::NoButton,
            Qt::NoModifier);
        QApplication::sendEvent(&widget, &event);
    }
}

/// The lines of a list that can be chosen; headings cannot.
QList<int> choosableRows(const QComboBox& box)
{
    QList<int> rows;
    for (int i = 0; i < box.count(); ++i)
        if (box.model()->flags(box.model()->index(i, box.modelColumn(), box.rootModelIndex())) & Qt::ItemIsEnabled)
            rows.append(i);
    return rows;
}

/// The line that is `text`, else the only one that begins with it, else the first that shows the same number; -1 if
/// none.
int rowFor(const QComboBox& box, const QString& text)
{
    const QList<int> rows = choosableRows(box);
    const auto firstThat = [&rows](auto isRight) {
        const auto found = std::find_if(rows.begin(), rows.end(), isRight);
        return found != rows.end() ? *found : -1;
    };
    int row = firstThat([&](int i) { return box.itemText(i) == text; });
    if (const auto* presets = qobject_cast<const PresetBox*>(&box); row < 0 && presets)
        return presets->rowOf(text);
    const auto begins = [&](int i) { return box.itemText(i).startsWith(text, Qt::CaseInsensitive); };
    if (row < 0 && !text.isEmpty() && std::count_if(rows.begin(), rows.end(), begins) == 1)
        row = firstThat(begins);
    return row >= 0 ? row : firstThat([&](int i) { return isShownFor(box.itemText(i), text); });
}

/// The first lines of a list, for an error.
QString offerOf(const QComboBox& box)
{
    constexpr qsizetype kMost = 12;
    const QList<int> rows = choosableRows(box);
    if (rows.isEmpty())
        return QStringLiteral("it has no lines to choose from");
    QStringList lines;
    for (const int row : rows.first(std::min(rows.size(), kMost)))
        lines.append("\"" + box.itemText(row) + "\"");
    const qsizetype more = rows.size() - lines.size();
    return "give one of " + lines.join(QStringLiteral(", "))
        + (more > 0 ? QStringLiteral(" and %1 more").arg(more) : QString());
}

void choose(QComboBox& box, const QString& text)
{
    const int index = rowFor(box, text);
    const bool takesAnyText = box.isEditable() && qobject_cast<const PresetBox*>(&box) == nullptr;
    if (index < 0 && takesAnyText) {
        box.lineEdit()->selectAll();
        typeInto(*box.lineEdit(), text + "\n");
        return;
    }
    if (index < 0)
        refuse(box, "does not offer \"" + text + "\"", offerOf(box));
    box.setFocus();
    box.setCurrentIndex(index);
    Q_EMIT box.activated(index);
    Q_EMIT box.textActivated(box.itemText(index));
}

void chooseTab(QTabBar& bar, const QString& text)
{
    for (int i = 0; i < bar.count(); ++i)
        if (isShownFor(plainText(bar.tabText(i)), text)) {
            bar.setCurrentIndex(i);
            return;
        }
    refuse(bar, "has no tab \"" + text + "\"", "give the text of one");
}

/// The first row with `text` in one of its cells: the row's first cell; in a tree also below.
QModelIndex rowWith(const QAbstractItemModel& model, const QString& text, const QModelIndex& parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column)
            if (model.index(row, column, parent).data().toString() == text)
                return model.index(row, column, parent);
        if (const QModelIndex below = rowWith(model, text, model.index(row, 0, parent)); below.isValid())
            return below;
    }
    return {};
}

void chooseRow(QAbstractItemView& view, const ControlValue& value)
{
    const bool isNumber = std::holds_alternative<double>(value);
    const int last = view.model()->rowCount() - 1;
    const QModelIndex index = isNumber && last >= 0 ? view.model()->index(wholeIn(view, value, 0, last), 0)
                                                    : rowWith(*view.model(), textIn(value));
    if (!index.isValid())
        refuse(view, "has no row " + textOf(value), "give the text of a cell, or the row's number from 0");
    view.setFocus();
    view.scrollTo(index);
    view.setCurrentIndex(index);
    Q_EMIT view.clicked(index);
}

}  // namespace

void clickOn(const StepTarget& target, const std::optional<QPointF>& at)
{
    if (target.action) {
        if (!target.action->isEnabled())
            throw Error(quoted(plainText(target.action->text())), "is disabled", "do first what enables it",
                ErrorKind::Refused);
        target.action->trigger();
        return;
    }
    QWidget& widget = *target.widget;
    requireUsable(widget);
    if (auto* button = qobject_cast<QAbstractButton*>(&widget); button && !at) {
        button->click();
        return;
    }
    const QPointF place = at.value_or(QPointF(0.5, 0.5));
    widget.setFocus();
    auto* area = qobject_cast<QAbstractScrollArea*>(&widget);
    QWidget& hit = area ? *area->viewport() : widget;
    clickAt(hit, {place.x() * (hit.width() - 1), place.y() * (hit.height() - 1)});
}

namespace {

void put(QWidget& widget, const ControlValue& value);

}  // namespace

void moveTo(const StepTarget& target, const ControlValue& value)
{
    if (target.action) {
        if (const bool* flag = std::get_if<bool>(&value); flag && target.action->isCheckable()) {
            if (target.action->isChecked() != *flag)
                target.action->trigger();
            return;
        }
        throw Error(quoted(plainText(target.action->text())), "is an action, not a control",
            "click it, or set one that can be checked to true or false", ErrorKind::Refused);
    }
    QWidget& widget = *target.widget;
    requireUsable(widget);
    const QPointer<QWidget> shown(&widget);  // may close its dialog
    const QHash<const QLabel*, QString> before = problemsShownIn(*widget.window());
    put(widget, value);
    if (!shown)
        return;
    const QHash<const QLabel*, QString> after = problemsShownIn(*widget.window());
    for (auto problem = after.begin(); problem != after.end(); ++problem)
        if (before.value(problem.key()) != problem.value())
            refuse(widget, "cannot be " + textOf(value), plainText(problem.value()));
}

namespace {

void put(QWidget& widget, const ControlValue& value)
{
    if (widget.focusPolicy() != Qt::NoFocus)
        widget.setFocus(Qt::MouseFocusReason);
    if (auto* slider = qobject_cast<QAbstractSlider*>(&widget))
        slider->setValue(wholeIn(widget, value, slider->minimum(), slider->maximum()));
    else if (auto* spin = qobject_cast<QSpinBox*>(&widget))
        spin->setValue(wholeIn(widget, value, spin->minimum(), spin->maximum()));
    else if (auto* real = qobject_cast<QDoubleSpinBox*>(&widget))
        real->setValue(numberWithin(widget, value, real->minimum(), real->maximum()));
    else if (auto* box = qobject_cast<QComboBox*>(&widget))
        choose(*box, textIn(value));
    else if (auto* button = qobject_cast<QAbstractButton*>(&widget); button && button->isCheckable()) {
        if (button->isChecked() != flagIn(widget, value))
            button->click();
    } else if (auto* line = qobject_cast<QLineEdit*>(&widget)) {
        line->selectAll();
        if (textIn(value).isEmpty())
            sendKey(widget, Qt::Key_Delete, Qt::NoModifier, {});
        typeInto(widget, textIn(value) + "\n");
    } else if (auto* tabs = qobject_cast<QTabWidget*>(&widget))
        chooseTab(*tabs->tabBar(), textIn(value));
    else if (auto* bar = qobject_cast<QTabBar*>(&widget))
        chooseTab(*bar, textIn(value));
    else if (auto* view = qobject_cast<QAbstractItemView*>(&widget))
        chooseRow(*view, value);
    else
        refuse(widget, "holds no value", "name a control");
}

}  // namespace

void typeInto(QWidget& widget, const QString& text)
{
    requireUsable(widget);
    widget.setFocus();
    for (const QChar letter : text) {
        if (letter == '\n')
            sendKey(widget, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"));
        else
            sendKey(widget, letter.toUpper().unicode(), Qt::NoModifier, letter);
    }
}

void pressKeys(QMainWindow& window, QWidget& widget, const QKeySequence& keys)
{
    const QKeyCombination pressed = keys[0];
    const Qt::KeyboardModifiers modifiers = pressed.keyboardModifiers();
    const bool isLetter = pressed.key() < 0x80 && !(modifiers & (Qt::ControlModifier | Qt::AltModifier));
    QString text = isLetter ? QString(QChar(static_cast<char16_t>(pressed.key()))) : QString();
    if (!(modifiers & Qt::ShiftModifier))
        text = text.toLower();
    QKeyEvent claim(QEvent::ShortcutOverride, pressed.key(), modifiers, text);
    claim.ignore();
    QApplication::sendEvent(&widget, &claim);
    if (!claim.isAccepted())
        for (QAction* action : window.findChildren<QAction*>())
            if (action->isEnabled() && action->shortcuts().contains(keys)) {
                action->trigger();
                return;
            }
    if (!sendKey(widget, pressed.key(), modifiers, text))
        refuse(widget, "does nothing when " + keys.toString() + " is pressed",
            "name a key that it or a menu has (F1 in its panel lists them)");
}

std::optional<ControlValue> valueOf(const StepTarget& target)
{
    if (target.action)
        return target.action->isCheckable() ? std::optional<ControlValue>(target.action->isChecked()) : std::nullopt;
    const QWidget* widget = target.widget;
    if (const auto* slider = qobject_cast<const QAbstractSlider*>(widget))
        return static_cast<double>(slider->value());
    if (const auto* spin = qobject_cast<const QSpinBox*>(widget))
        return static_cast<double>(spin->value());
    if (const auto* real = qobject_cast<const QDoubleSpinBox*>(widget))
        return real->value();
    if (const auto* box = qobject_cast<const QComboBox*>(widget))
        return box->currentText();
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget); button && button->isCheckable())
        return button->isChecked();
    if (const auto* line = qobject_cast<const QLineEdit*>(widget))
        return line->text();
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget))
        return text->toPlainText();
    if (const auto* tabs = qobject_cast<const QTabWidget*>(widget))
        return plainText(tabs->tabText(tabs->currentIndex()));
    if (const auto* view = qobject_cast<const QAbstractItemView*>(widget); view && view->currentIndex().isValid())
        return view->currentIndex().data().toString();
    return std::nullopt;
}

}  // namespace nanoscope
