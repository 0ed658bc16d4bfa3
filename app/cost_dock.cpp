#include "app/cost_dock.h"

#include "widgets/cost_panel.h"
#include "widgets/plot_view.h"

#include <QDockWidget>
#include <QSettings>

namespace nanoscope {
namespace {

constexpr auto kChoiceKey = "cost/choice";

}  // namespace

CostDock::CostDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_panel(new CostPanel)
{
    dock.setWidget(m_panel);
    m_panel->setChoice(m_desk.choice());
    m_desk.setFormats(explorer.formats());
    connect(&explorer, &Explorer::formatsChanged, this, [this] { m_desk.setFormats(m_explorer.formats()); });
    connect(&dock, &QDockWidget::visibilityChanged, &m_desk, &CostDesk::setActive);
    connect(m_panel, &CostPanel::choiceEdited, this, &CostDock::choiceEdited);
    connect(&m_desk, &CostDesk::choiceChanged, this, [this] { m_panel->setChoice(m_desk.choice()); });
    connect(&m_desk, &CostDesk::resultChanged, this, [this] { m_panel->setResult(m_desk.result()); });
    connect(&m_desk, &CostDesk::problemChanged, this, [this] { m_panel->setProblem(m_desk.problem()); });
    connect(&m_desk, &CostDesk::currentChanged, this, &CostDock::currentChanged);
}

QString CostDock::unsettled() const
{
    return tr("no cost for these settings");
}

void CostDock::setTheme(const Theme& theme)
{
    m_panel->setTheme(theme);
}

void CostDock::setPresets(const std::vector<Preset>& presets)
{
    m_panel->setPresets(presets);
}

std::optional<PlotRecipe> CostDock::recipeOf(const PlotView& plot) const
{
    const std::shared_ptr<const CostResult> result = m_desk.result();
    if (!result || !m_panel->isAncestorOf(&plot))
        return std::nullopt;
    m_panel->refreshPages();  // the plot may be on a page that was left
    PlotRecipe recipe;
    recipe.formatName = QString::fromStdString(result->a.name);
    if (result->b)
        recipe.formatName += QStringLiteral(", ") + QString::fromStdString(result->b->name);
    recipe.specJson = QByteArray::fromStdString(canonicalText(m_explorer.formats().a.spec));
    recipe.version = NANOSCOPE_VERSION;
    recipe.setup = CostDesk::toText(result->choice);
    return recipe;
}

void CostDock::save(QSettings& settings) const
{
    settings.setValue(kChoiceKey, CostDesk::toText(m_desk.choice()));
}

void CostDock::restore(const QSettings& settings)
{
    if (const auto choice = CostDesk::fromText(settings.value(kChoiceKey).toByteArray()))
        m_desk.setChoice(*choice);
}

}  // namespace nanoscope
