#include "app/perplexity_dock.h"

#include "app/perplexity_files_dialog.h"

#include <QDockWidget>
#include <QSettings>

namespace nanoscope {
namespace {

constexpr auto kActivationsKey = "perplexity/activations";
constexpr auto kKeyValuesKey = "perplexity/keyValues";
constexpr auto kEmbeddingKey = "perplexity/embedding";
constexpr auto kHeadKey = "perplexity/head";
constexpr auto kMethodKey = "perplexity/method";
constexpr auto kBiasCorrectionKey = "perplexity/biasCorrection";
constexpr auto kModelKey = "perplexity/model";
constexpr auto kTokensKey = "perplexity/tokens";
constexpr auto kTokenizerKey = "perplexity/tokenizer";
constexpr auto kCalibrationKey = "perplexity/calibration";

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
    connect(m_view, &PerplexityView::layerFiguresEdited, &m_desk, &PerplexityDesk::setLayers);
    connect(m_view, &PerplexityView::modelRequested, this, &PerplexityDock::chooseFiles);
    connect(&m_desk, &PerplexityDesk::stateChanged, this, [this] {
        m_view->setState(m_desk.state());
        m_view->setError(m_desk.error());  // a state takes back what was said before
        Q_EMIT currentChanged();
    });
}

void PerplexityDock::chooseFiles()
{
    PerplexityFilesDialog dialog(m_desk.files(), m_view);
    if (dialog.exec() == QDialog::Accepted)
        m_desk.setFiles(dialog.files());
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
    settings.setValue(kMethodKey, scope.method);
    settings.setValue(kBiasCorrectionKey, scope.correctsBias);
    const PerplexityFiles& files = m_desk.files();
    for (const auto& [key, path] : {std::pair(kModelKey, files.model), std::pair(kTokensKey, files.tokens),
             std::pair(kTokenizerKey, files.tokenizer), std::pair(kCalibrationKey, files.calibration)})
        settings.setValue(key, QString::fromStdString(path.string()));
}

void PerplexityDock::restore(const QSettings& settings)
{
    setScope({settings.value(kActivationsKey).toString(), settings.value(kKeyValuesKey).toString(),
        settings.value(kEmbeddingKey).toBool(), settings.value(kHeadKey).toBool(),
        settings.value(kMethodKey).toString(), settings.value(kBiasCorrectionKey).toBool()});
    const auto pathAt = [&settings](const char* key) -> std::filesystem::path {
        return settings.value(key).toString().toStdString();
    };
    m_desk.setFiles({pathAt(kModelKey), pathAt(kTokensKey), pathAt(kTokenizerKey), pathAt(kCalibrationKey)});
}

}  // namespace nanoscope
