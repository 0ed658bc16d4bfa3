#pragma once

#include <QObject>

namespace nanoscope {

/// Lets the keys of undo and redo reach the window while a field has the focus that has nothing to undo itself: Qt's
/// fields claim them always. To be installed on the application.
class UndoKeys : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace nanoscope
