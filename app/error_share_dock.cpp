#include "app/error_share_dock.h"

#include "widgets/error_share_view.h"

#include <QDockWidget>

#include <utility>

namespace nanoscope {

ErrorShareDock::ErrorShareDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_view(new ErrorShareView)
    , m_lane(
          [](const Report& report, const std::stop_token& stop) { return errorShare(report.blockSquaredError, stop); },
          [this](const FigureLane<ErrorShare>::Entries& entries) { show(entries); },
          [this](const QString& message) {
              Q_EMIT failed(message);
              Q_EMIT currentChanged();
          })
{
    dock.setWidget(m_view);
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isVisible = isVisible;
        request();
    });
    connect(&explorer, &Explorer::reportChanged, this, [this] {
        m_isStale = true;
        request();
    });
    connect(&explorer, &Explorer::traceChanged, this, [this] { m_view->setSelectedBlock(m_explorer.selectedBlock()); });
    connect(m_view, &ErrorShareView::blockChosen, &explorer, &Explorer::selectBlock);
}

QString ErrorShareDock::unsettled() const
{
    return tr("stopped before the blocks were ranked");
}

void ErrorShareDock::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

void ErrorShareDock::request()
{
    if (!m_isVisible || !m_isStale)
        return;
    m_lane.request(m_explorer);
    Q_EMIT currentChanged();
}

void ErrorShareDock::show(const FigureLane<ErrorShare>::Entries& entries)
{
    m_isStale = false;
    std::vector<ErrorShareLine> lines;
    for (const auto& entry : entries)
        lines.push_back({entry.role, entry.report, entry.figure});
    m_view->setLines(std::move(lines));
    m_view->setSelectedBlock(m_explorer.selectedBlock());
    Q_EMIT currentChanged();
}

}  // namespace nanoscope
