#pragma once

#include "core/format/preset.h"
#include "core/lm/perplexity_session.h"
#include "widgets/latest_job.h"
#include "widgets/pareto_points.h"

#include <QByteArray>
#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

namespace nanoscope {

/// What the language model loses under many formats, weights of its linear layers cast: evaluated when asked, one
/// format after the other, then the spread over shifted grids of each, on a lane of its own. What was evaluated is
/// remembered by the format's canonical text.
class LossDesk : public QObject {
    Q_OBJECT

public:
    explicit LossDesk(QObject* parent = nullptr);
    ~LossDesk() override;

    void setPresets(const std::vector<Preset>& presets);
    /// The model and its tokens; an empty model: the bundled one. Stops, and forgets what is known of another.
    void setFiles(const PerplexityFiles& files);
    /// Evaluates what is not known yet, in this order; replaces an earlier request.
    void evaluate(const std::vector<NamedFormat>& formats);
    /// What is done stays.
    void stop();
    [[nodiscard]] bool isBusy() const { return m_job.isBusy(); }

    /// Adds what is known to the presets of a state, which are in the order of setPresets(), and to its marks.
    /// @param marks  the formats of the marks
    void addTo(ParetoState& state, const NamedFormat& a, const std::optional<NamedFormat>& b) const;

signals:
    /// More is known, or isBusy() has changed.
    void changed();

private:
    class Bench;
    struct Known {
        std::optional<ParetoLoss> loss;
        QString refusal;
        PerplexityFigures figures;  ///< what the spread over grids starts from

        [[nodiscard]] bool isComplete() const { return !loss || loss->gridSpread; }
    };
    /// A format that is to be evaluated, with what is known of it.
    struct Task {
        QByteArray key;
        NamedFormat format;
        Known known;
    };
    /// One format that is done; without a key: nothing new.
    struct Done {
        QByteArray key;
        Known known;
    };

    void receive(const Done& done);
    void addTo(ParetoEntry& entry, const QByteArray& key) const;

    std::vector<QByteArray> m_keys;  // of the presets
    PerplexityFiles m_files;
    QHash<QByteArray, Known> m_known;
    ParetoLossRun m_run;
    std::size_t m_spreads = 0;       // of the newest request
    std::shared_ptr<Bench> m_bench;  // used on the lane only
    LatestJob<Done> m_job;
};

}  // namespace nanoscope
