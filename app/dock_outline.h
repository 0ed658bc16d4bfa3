#pragma once

#include "widgets/theme.h"

#include <QPointer>
#include <QWidget>

class QDockWidget;

namespace nanoscope {

/// A frame around a dock that is to be looked at. Lets every click through.
class DockOutline : public QWidget {
    Q_OBJECT

public:
    explicit DockOutline(QWidget* window);

    /// Null takes the frame away.
    void setDock(QDockWidget* dock);
    void setTheme(const Theme& theme);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();

    QPointer<QDockWidget> m_dock;
    Theme m_theme = lightTheme();
};

}  // namespace nanoscope
