#pragma once

#include "app/explorer.h"
#include "core/hardware/format_cost.h"
#include "widgets/latest_job.h"
#include "widgets/parameter_sweep_points.h"

#include <QHash>
#include <QObject>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// Varies parameters of format A on the tensor on show, while somebody looks: a lane of its own, the newest request
/// wins, points come as they are measured. Summaries, samples and merits are kept until another tensor or cut comes, so
/// that most changes of A or of what is varied are answered at once.
class SweepDesk : public QObject {
    Q_OBJECT

public:
    explicit SweepDesk(QObject* parent = nullptr);
    ~SweepDesk() override;

    /// Null: no tensor.
    void setTensor(std::shared_ptr<const LoadedTensor> tensor, const TensorCut& cut);
    void setFormat(const NamedFormat& format);
    void setChoice(const SweepChoice& choice);
    void setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations);
    /// Whether anybody looks: nothing is measured otherwise.
    void setWanted(bool isWanted);
    /// The window needs the processor: what no summary answers waits.
    void setPaused(bool isPaused) { m_isPaused->store(isPaused); }
    /// Stops the measuring until something is asked anew.
    void cancel();

    /// What format A lets vary.
    [[nodiscard]] const std::vector<SpecParameter>& parameters() const { return m_parameters; }
    [[nodiscard]] const SweepChoice& choice() const { return m_choice; }
    /// Null without a tensor, and while nothing can be varied as chosen.
    [[nodiscard]] std::shared_ptr<const SweepState> state() const { return m_state; }
    [[nodiscard]] bool isBusy() const { return m_job.isBusy(); }
    /// False when the newest request was stopped.
    [[nodiscard]] bool isCurrent() const { return !m_isStopped && !m_job.isBusy(); }

signals:
    void stateChanged();
    /// parameters() changed.
    void parametersChanged();

private:
    struct Bench;  // what the lane measures with
    /// What the lane found since it last told.
    struct Progress {
        std::vector<std::pair<std::size_t, SweepEntry>> entries;
    };

    void refreshParameters();
    void start();
    void receive(Progress progress);
    void publish();

    std::shared_ptr<const LoadedTensor> m_tensor;
    TensorCut m_cut;
    NamedFormat m_format;
    std::vector<SpecParameter> m_parameters;
    SweepChoice m_choice;
    CostSetup m_setup;
    std::optional<NamedFormat> m_activations;
    bool m_isWanted = false;
    bool m_isStopped = false;
    bool m_areParametersStale = true;
    QHash<QByteArray, FormatMerit> m_known;  // of this tensor and cut, by canonical text
    std::shared_ptr<Bench> m_bench;          // touched by the lane only
    SweepPlan m_plan;
    std::vector<SweepEntry> m_entries;
    std::shared_ptr<const SweepState> m_state;
    std::shared_ptr<std::atomic<bool>> m_isPaused;
    LatestJob<Progress> m_job;
};

}  // namespace nanoscope
