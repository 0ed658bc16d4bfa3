#include "app/pareto_dock.h"

#include "widgets/number_text.h"
#include "widgets/pareto_view.h"

#include <QDockWidget>

#include <algorithm>

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
    connect(&m_desk, &ParetoDesk::stateChanged, this, &ParetoDock::showState);
    connect(&m_losses, &LossDesk::changed, this, &ParetoDock::showState);
    connect(m_view, &ParetoView::lossesAsked, this, &ParetoDock::evaluateLosses);
    connect(m_view, &ParetoView::lossStopAsked, &m_losses, &LossDesk::stop);
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
    return m_losses.isBusy() || (m_isVisible && m_desk.state() && m_desk.state()->isRunning);
}

bool ParetoDock::isCurrent() const
{
    if (m_isVisible && m_losses.isBusy())
        return false;
    return !m_isVisible || !m_desk.state() || m_desk.state()->measured == m_desk.state()->presets.size();
}

QString ParetoDock::unsettled() const
{
    return tr("presets stopped before all were measured");
}

void ParetoDock::cancel()
{
    if (m_losses.isBusy())
        m_losses.stop();
    if (isBusy())
        m_desk.setStopped(true);
}

void ParetoDock::showState()
{
    if (const auto measured = m_desk.state()) {
        auto state = std::make_shared<ParetoState>(*measured);
        m_losses.addTo(*state, m_explorer.formats().a, m_explorer.formats().b);
        m_view->setState(std::move(state));
    } else {
        m_view->setState(nullptr);
    }
    Q_EMIT currentChanged();
}

void ParetoDock::evaluateLosses(const QStringList& presets)
{
    const FormatSet& formats = m_explorer.formats();
    const auto isPreset = [this](const NamedFormat& format) {
        return std::any_of(
            m_presets.begin(), m_presets.end(), [&format](const Preset& preset) { return preset.spec == format.spec; });
    };
    std::vector<NamedFormat> wanted;
    for (const NamedFormat& format : formats.all())  // C and D have no marks: as presets only
        if (format == formats.a || format == formats.b || isPreset(format))
            wanted.push_back(format);
    for (const Preset& preset : m_presets)
        if (presets.contains(QString::fromStdString(preset.name)))
            wanted.push_back({preset.name, preset.spec});
    m_losses.evaluate(wanted);
}

void ParetoDock::setLanguageModel(const PerplexityFiles& files)
{
    m_losses.setFiles(files);
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
    m_losses.setPresets(presets);
    m_desk.setPresets(presets);
}

void ParetoDock::setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations)
{
    m_desk.setCostSetup(setup, activations);
    m_view->setSetupText(setupText(setup));
}

}  // namespace nanoscope
