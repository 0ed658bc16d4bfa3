#include "app/model_dock.h"

#include "widgets/model_overview.h"

#include <QDockWidget>

namespace nanoscope {

ModelDock::ModelDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_view(new ModelOverview)
{
    dock.setWidget(m_view);
    m_desk.setFormats(explorer.formats());
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isVisible = isVisible;
        m_desk.setWanted(isVisible);
    });
    connect(&explorer, &Explorer::fileOpened, &m_desk, &ModelDesk::setFile);
    connect(&explorer, &Explorer::formatsChanged, this, [this] { m_desk.setFormats(m_explorer.formats()); });
    connect(&explorer, &Explorer::busyChanged, this, [this] { m_desk.setPaused(m_explorer.isBusy()); });
    connect(&explorer, &Explorer::tensorChanged, this,
        [this] { m_view->setCurrent(QString::fromStdString(m_explorer.tensor()->tensor().info.name)); });
    connect(&m_desk, &ModelDesk::stateChanged, this, [this] {
        if (m_isVisible)
            m_view->setState(m_desk.state());
        Q_EMIT currentChanged();
    });
    connect(&m_desk, &ModelDesk::failed, this, &PanelDock::failed);
    connect(m_view, &ModelOverview::runAsked, this, [this](bool run) { m_desk.setStopped(!run); });
    connect(m_view, &ModelOverview::tensorChosen, this, [this](const QString& name) {
        const auto shown = m_explorer.tensor();
        if (!shown || shown->tensor().info.name != name.toStdString())
            m_explorer.selectTensor(name);
    });
}

bool ModelDock::isBusy() const
{
    return m_isVisible && m_desk.state() && m_desk.state()->isRunning;
}

bool ModelDock::isCurrent() const
{
    return !m_isVisible || !m_desk.state() || m_desk.state()->measured == m_desk.state()->pairs();
}

QString ModelDock::unsettled() const
{
    return tr("model stopped before all tensors were measured");
}

void ModelDock::cancel()
{
    if (isBusy())
        m_desk.setStopped(true);
}

void ModelDock::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

void ModelDock::setPresets(const std::vector<Preset>& presets)
{
    m_desk.setPresets(presets);
}

}  // namespace nanoscope
