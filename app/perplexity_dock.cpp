#include "app/perplexity_dock.h"

#include <QDockWidget>
#include <QSettings>

namespace nanoscope {
namespace {

constexpr auto kActivationsKey = "perplexity/activations";
constexpr auto kKeyValuesKey = "perplexity/keyValues";
constexpr auto kEmbeddingKey = "perplexity/embedding";
constexpr auto kHeadKey = "perplexity/head";

}  // namespace

PerplexityDock::PerplexityDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_view(new PerplexityView)
{
    dock.setWidget(m_view);
    m_desk.setFormats(explorer.formats());
    connect(&explorer, &Explorer::formatsChanged, this, [this, &explorer] { m_desk.setFormats(explorer.formats()); });
    connect(&dock, &QDockWidget::visibilityChanged, &m_desk, &PerplexityDesk::setWanted);
    connect(m_view, &PerplexityView::scopeEdited, &m_desk, &PerplexityDesk::setScope);
    connect(&m_desk, &PerplexityDesk::stateChanged, this, [this] {
        m_view->setState(m_desk.state());
        m_view->setError(m_desk.error());  // a state takes back what was said before
        Q_EMIT currentChanged();
    });
}

QString PerplexityDock::unsettled() const
{
    return tr("perplexity stopped before it was complete");
}

void PerplexityDock::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

void PerplexityDock::setPresets(const std::vector<Preset>& presets)
{
    QStringList names;
    for (const Preset& preset : presets)
        names << QString::fromStdString(preset.name);
    m_view->setPresets(names);
}

void PerplexityDock::setScope(const PerplexityScope& scope)
{
    m_view->setScope(scope);
    m_desk.setScope(m_view->scope());
}

void PerplexityDock::save(QSettings& settings) const
{
    const PerplexityScope scope = m_view->scope();
    settings.setValue(kActivationsKey, scope.activations);
    settings.setValue(kKeyValuesKey, scope.keyValues);
    settings.setValue(kEmbeddingKey, scope.embedding);
    settings.setValue(kHeadKey, scope.head);
}

void PerplexityDock::restore(const QSettings& settings)
{
    setScope({settings.value(kActivationsKey).toString(), settings.value(kKeyValuesKey).toString(),
        settings.value(kEmbeddingKey).toBool(), settings.value(kHeadKey).toBool()});
}

}  // namespace nanoscope
