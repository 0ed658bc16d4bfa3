#include "app/error_share_dock.h"

#include <QDockWidget>

#include <utility>

namespace nanoscope {

ErrorShareDock::ErrorShareDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_view(new ErrorShareView)
    , m_job([this](Lines lines) { receive(std::move(lines)); },
          [this](const std::exception_ptr& exception) {
              Q_EMIT failed(Explorer::messageOf(exception));
              Q_EMIT currentChanged();
          })
{
    dock.setWidget(m_view);
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isVisible = isVisible;
        if (m_isVisible && m_isStale)
            request();
    });
    connect(&explorer, &Explorer::reportChanged, this, [this] {
        m_isStale = true;
        if (m_isVisible)
            request();
    });
    connect(&explorer, &Explorer::traceChanged, this, [this] { m_view->setSelectedBlock(m_explorer.selectedBlock()); });
    connect(m_view, &ErrorShareView::blockChosen, &explorer, &Explorer::selectBlock);
}

QString ErrorShareDock::unsettled() const
{
    return tr("stopped before the blocks were ranked");
}

void ErrorShareDock::cancel()
{
    m_job.cancel();
}

void ErrorShareDock::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

void ErrorShareDock::request()
{
    Lines wanted;
    for (const Explorer::Slot slot : Explorer::kEverySlot) {
        ErrorShareLine line{kSeriesRoles[slot], m_explorer.report(slot), nullptr};
        if (!line.report)
            continue;
        for (const ErrorShareLine& known : m_lines)
            if (known.report == line.report)
                line.share = known.share;
        wanted.push_back(std::move(line));
    }
    m_job.submit([wanted = std::move(wanted)](const std::stop_token& stop) mutable {
        for (ErrorShareLine& line : wanted)
            if (!line.share)
                line.share = std::make_shared<const ErrorShare>(errorShare(line.report->blockSquaredError, stop));
        return std::move(wanted);
    });
    Q_EMIT currentChanged();
}

void ErrorShareDock::receive(Lines lines)
{
    m_lines = std::move(lines);
    m_isStale = false;
    m_view->setLines(m_lines);
    m_view->setSelectedBlock(m_explorer.selectedBlock());
    Q_EMIT currentChanged();
}

}  // namespace nanoscope
