#pragma once

#include "app/explorer.h"
#include "core/lm/perplexity_session.h"
#include "widgets/latest_job.h"
#include "widgets/perplexity_view.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace nanoscope {

/// The bundled model with what belongs to it.
/// @throws Error naming the first file that is missing
[[nodiscard]] PerplexityFiles bundledModelFiles();

/// Evaluates the language model under formats A and B while somebody looks, on a lane of its own. The newest formats
/// win; what was seen is remembered.
class PerplexityDesk : public QObject {
    Q_OBJECT

public:
    explicit PerplexityDesk(QObject* parent = nullptr);

    void setFormats(const FormatSet& formats);
    void setScope(const PerplexityScope& scope);
    /// What is to be known of single layers.
    void setLayers(LayerFigures figures);
    /// The model and what belongs to it; an empty model: the bundled one. Forgets what was seen of another.
    void setFiles(const PerplexityFiles& files);
    [[nodiscard]] const PerplexityFiles& files() const { return m_files; }
    /// Whether anybody looks: nothing is evaluated otherwise.
    void setWanted(bool isWanted);
    void cancel();

    /// Null before the first evaluation.
    [[nodiscard]] std::shared_ptr<const PerplexityState> state() const { return m_state; }
    /// True when nobody looks, or state() is complete for the newest formats.
    [[nodiscard]] bool isCurrent() const { return !m_isWanted || !m_isStale; }
    [[nodiscard]] bool isBusy() const { return m_rest.isActive() || m_job.isBusy(); }

    /// Why there is no answer for the newest formats; empty: nothing failed.
    [[nodiscard]] const QString& error() const { return m_error; }

signals:
    /// state(), error(), isBusy() or isCurrent() may have changed.
    void stateChanged();
    void filesChanged(const nanoscope::PerplexityFiles& files);

private:
    using State = std::shared_ptr<const PerplexityState>;

    void request();
    void start();
    void fail(const std::exception& error);
    void receive(State state);

    FormatSet m_formats;
    PerplexityScope m_scope;
    LayerFigures m_layers = LayerFigures::None;
    PerplexityFiles m_files;
    bool m_isWanted = false;
    bool m_isStale = true;
    State m_state;
    QString m_error;
    std::shared_ptr<PerplexitySession> m_session;  // used on the lane only
    QTimer m_rest;  // running: formats change, the processor is for the views of the tensor
    LatestJob<State> m_job;
};

}  // namespace nanoscope
