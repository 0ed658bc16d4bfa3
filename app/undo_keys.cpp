#include "app/undo_keys.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>

namespace nanoscope {
namespace {

const QLineEdit* fieldOf(const QObject* widget)
{
    if (const auto* box = qobject_cast<const QComboBox*>(widget))
        return box->lineEdit();
    if (const auto* spin = qobject_cast<const QAbstractSpinBox*>(widget))
        return spin->findChild<const QLineEdit*>();
    return qobject_cast<const QLineEdit*>(widget);
}

}  // namespace

bool UndoKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const QLineEdit* field = fieldOf(watched);
    if (field == nullptr)
        return false;
    const auto* key = static_cast<const QKeyEvent*>(event);
    const bool isFree = (key->matches(QKeySequence::Undo) && !field->isUndoAvailable())
        || (key->matches(QKeySequence::Redo) && !field->isRedoAvailable());
    if (isFree)
        event->ignore();  // not claimed: the window's action takes it
    return isFree;
}

}  // namespace nanoscope
