#pragma once

#include <QPoint>
#include <QTimer>
#include <QWidget>

/// A small window like that of a file manager: what is dragged out of it is a file. It leads the mouse itself, one step
/// at a time, because a drag runs an event loop of its own: press, to the place, and let go once the window there is
/// willing.
class DragSource : public QWidget {
    Q_OBJECT

public:
    DragSource();

    /// Drags a file to a place on the screen and drops it there.
    /// @return false when nobody took it within ten seconds
    [[nodiscard]] bool drop(const QString& file, QPoint place);

protected:
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QString m_file;
    QPoint m_place;
    bool m_isTaken = false;
    bool m_isOver = false;
};
