#include "app/pareto_dock.h"

#include "widgets/number_text.h"
#include "widgets/pareto_view.h"

#include <QDockWidget>

namespace nanoscope {
namespace {

/// What costs refer to, on one line.
QString setupText(const CostSetup& setup)
{
    const HardwareParameters& p = setup.parameters;
    return ParetoDock::tr("%1 on an array of %2 × %3, %4 nm, %5 at %6 GB/s")
        .arg(QString::fromStdString(setup.workload.title))
        .arg(p.array.rows)
        .arg(p.array.columns)
        .arg(QString::fromStdString(p.node.name), QString::fromStdString(p.dram.preset),
            shortNumberText(p.dram.bandwidthGigabytePerSecond));
}

}  // namespace

ParetoDock::ParetoDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_dock(dock)
    , m_view(new ParetoView)
{
    dock.setWidget(m_view);
    m_view->setSetupText(setupText(m_desk.costSetup()));
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isVisible = isVisible;
        m_desk.setWanted(isVisible);
    });
    const auto showTensor = [this] { m_desk.setTensor(m_explorer.tensor(), m_explorer.cut()); };
    connect(&explorer, &Explorer::tensorChanged, this, showTensor);
    connect(&explorer, &Explorer::cutChanged, this, showTensor);
    connect(&explorer, &Explorer::busyChanged, this, [this] { m_desk.setPaused(m_explorer.isBusy()); });
    connect(&explorer, &Explorer::answerChanged, this, &ParetoDock::showMarks);
    connect(&explorer, &Explorer::formatsChanged, this, &ParetoDock::showMarks);
    connect(&m_desk, &ParetoDesk::stateChanged, this, [this] {
        m_view->setState(m_desk.state());
        Q_EMIT currentChanged();
    });
    connect(m_view, &ParetoView::runAsked, this, [this](bool run) { m_desk.setStopped(!run); });
    connect(m_view, &ParetoView::formatChosen, this, [this](const QString& name) {
        for (const Preset& preset : m_presets)
            if (preset.name == name.toStdString())
                Q_EMIT formatChosen({preset.name, preset.spec});
    });
    showMarks();
}

bool ParetoDock::isBusy() const
{
    return m_isVisible && m_desk.state() && m_desk.state()->isRunning;
}

bool ParetoDock::isCurrent() const
{
    return !m_isVisible || !m_desk.state() || m_desk.state()->measured == m_desk.state()->presets.size();
}

QString ParetoDock::unsettled() const
{
    return tr("presets stopped before all were measured");
}

void ParetoDock::cancel()
{
    if (isBusy())
        m_desk.setStopped(true);
}

void ParetoDock::showMarks()
{
    const FormatSet& formats = m_explorer.formats();
    m_desk.setMark(Explorer::A, formats.a, m_explorer.answer(Explorer::A));
    m_desk.setMark(Explorer::B, formats.b, formats.b ? m_explorer.answer(Explorer::B) : nullptr);
}

void ParetoDock::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

void ParetoDock::setPresets(const std::vector<Preset>& presets)
{
    m_presets = presets;
    m_desk.setPresets(presets);
}

void ParetoDock::setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations)
{
    m_desk.setCostSetup(setup, activations);
    m_view->setSetupText(setupText(setup));
}

}  // namespace nanoscope
