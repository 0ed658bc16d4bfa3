#pragma once

#include "app/explorer.h"

#include <QObject>

#include <optional>

class QUndoStack;

namespace nanoscope {

/// Makes undo steps of what the user does in the data, whichever view it came from: another file or tensor, another
/// cut, another block. Blocks chosen within a second of each other are one step, as are drags.
class PlaceHistory : public QObject {
    Q_OBJECT

public:
    /// What a step changes.
    enum class Change { File, Tensor, Cut, Block };

    PlaceHistory(Explorer& explorer, QUndoStack& stack, QObject* parent = nullptr);

    /// Goes to a place without making a step of it.
    void go(const Place& place);

private:
    void takeTensor();
    void takeCut();
    void takeBlock();
    void push(const Place& now, Change change);

    Explorer& m_explorer;
    QUndoStack& m_stack;
    Place m_known;                   // as the stack has it
    std::optional<Place> m_awaited;  // go() asked for it, and it takes time
    bool m_isGoing = false;
};

}  // namespace nanoscope
