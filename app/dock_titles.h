#pragma once

#include <QHash>
#include <QList>
#include <QObject>

class QDockWidget;
class QMainWindow;
class QTimer;

namespace nanoscope {

/// A dock that is a tab among others has its name there, and no title bar below that repeats it: the line is the
/// content's. Such docks are dragged by their tabs.
class DockTitles : public QObject {
    Q_OBJECT

public:
    DockTitles(QMainWindow& window, const QList<QDockWidget*>& docks);

private:
    void update();
    [[nodiscard]] bool isDocked(const QDockWidget& dock) const;
    [[nodiscard]] bool isTab(QDockWidget* dock) const;

    QMainWindow& m_window;
    QHash<QDockWidget*, QWidget*> m_none;  // the empty title bar of each dock
    QTimer* m_soon;
};

}  // namespace nanoscope
