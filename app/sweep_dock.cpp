#include "app/sweep_dock.h"

#include "widgets/parameter_sweep_view.h"

#include <QDockWidget>
#include <QSettings>

namespace nanoscope {
namespace {

constexpr auto kParameterKey = "sweep/parameter";
constexpr auto kCurvesKey = "sweep/curves";
constexpr auto kFigureKey = "sweep/figure";

}  // namespace

SweepDock::SweepDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_view(new ParameterSweepView)
{
    dock.setWidget(m_view);
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isVisible = isVisible;
        m_desk.setWanted(isVisible);
    });
    const auto showTensor = [this] { m_desk.setTensor(m_explorer.tensor(), m_explorer.cut()); };
    connect(&explorer, &Explorer::tensorChanged, this, showTensor);
    connect(&explorer, &Explorer::cutChanged, this, showTensor);
    connect(&explorer, &Explorer::busyChanged, this, [this] { m_desk.setPaused(m_explorer.isBusy()); });
    connect(&explorer, &Explorer::formatsChanged, this, [this] { m_desk.setFormat(m_explorer.formats().a); });
    connect(&m_desk, &SweepDesk::parametersChanged, this, [this] { m_view->setParameters(m_desk.parameters()); });
    connect(&m_desk, &SweepDesk::stateChanged, this, [this] {
        m_view->setState(m_desk.state());
        Q_EMIT currentChanged();
    });
    connect(m_view, &ParameterSweepView::choiceEdited, &m_desk, &SweepDesk::setChoice);
    connect(m_view, &ParameterSweepView::formatChosen, this, [this](NamedFormat format) {
        const NamedFormat& a = m_explorer.formats().a;
        m_naming.learn(a);
        format.name = m_naming.nameFor(m_naming.baseOf(QString::fromStdString(a.name)), format.spec).toStdString();
        Q_EMIT formatChosen(format);
    });
    m_desk.setFormat(explorer.formats().a);
    SweepChoice choice;
    choice.curvePath = QStringLiteral("micro.bits");
    m_view->setChoice(choice);
    m_desk.setChoice(choice);
}

bool SweepDock::isCurrent() const
{
    return !m_isVisible || m_desk.isCurrent();
}

bool SweepDock::isBusy() const
{
    return m_isVisible && m_desk.isBusy();
}

QString SweepDock::unsettled() const
{
    return tr("sweep stopped before it was complete");
}

void SweepDock::cancel()
{
    m_desk.cancel();
}

void SweepDock::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

void SweepDock::setPresets(const std::vector<Preset>& presets)
{
    m_naming.setPresets(presets);
}

void SweepDock::setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations)
{
    m_desk.setCostSetup(setup, activations);
}

void SweepDock::save(QSettings& settings) const
{
    const SweepChoice& choice = m_view->choice();
    settings.setValue(kParameterKey, choice.xPath);
    settings.setValue(kCurvesKey, choice.curvePath);
    settings.setValue(kFigureKey, static_cast<int>(choice.figure));
}

void SweepDock::restore(const QSettings& settings)
{
    SweepChoice choice = m_view->choice();
    choice.xPath = settings.value(kParameterKey, choice.xPath).toString();
    choice.curvePath = settings.value(kCurvesKey, choice.curvePath).toString();
    const int figure = settings.value(kFigureKey, 0).toInt();
    if (figure >= 0 && figure < static_cast<int>(kSweepFigures.size()))
        choice.figure = static_cast<SweepFigure>(figure);
    m_view->setChoice(choice);
    m_desk.setChoice(choice);
}

}  // namespace nanoscope
