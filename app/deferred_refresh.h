#pragma once

#include <QDockWidget>

#include <functional>
#include <utility>

namespace nanoscope {

/// Refreshes what a dock shows, at once while it can be seen, else when it is next shown: hidden docks cost nothing.
class DeferredRefresh : public QObject {
    Q_OBJECT

public:
    DeferredRefresh(QDockWidget* dock, std::function<void()> refresh)
        : QObject(dock)
        , m_refresh(std::move(refresh))
    {
        connect(dock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
            m_visible = visible;
            if (visible && m_stale)
                run();
        });
    }

    void request()
    {
        m_stale = true;
        if (m_visible)
            run();
    }

    /// Refreshes what is not up to date although nobody sees it, for those who read what the dock would show.
    void catchUp()
    {
        if (m_stale)
            run();
    }

private:
    void run()
    {
        m_stale = false;
        m_refresh();
    }

    std::function<void()> m_refresh;
    bool m_visible = false;
    bool m_stale = false;
};

}  // namespace nanoscope
