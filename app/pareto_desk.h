#pragma once

#include "app/explorer.h"
#include "core/format/preset.h"
#include "core/hardware/format_cost.h"
#include "core/preview/format_merit.h"
#include "widgets/latest_job.h"
#include "widgets/pareto_points.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// Measures every preset on the tensor on show and prices it, while somebody looks: two lanes of their own. What was
/// measured is kept per tensor and cut; another hardware costs no measurement. Waits while the window works on A and B.
class ParetoDesk : public QObject {
    Q_OBJECT

public:
    explicit ParetoDesk(QObject* parent = nullptr);
    ~ParetoDesk() override;

    void setPresets(const std::vector<Preset>& presets);
    /// Null: no tensor.
    void setTensor(std::shared_ptr<const LoadedTensor> tensor, const TensorCut& cut);
    /// The marks: a format with the newest report of it, which may be null.
    void setMark(Explorer::Slot slot, const std::optional<NamedFormat>& format, std::shared_ptr<const Report> report);
    void setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations);
    /// Whether anybody looks: nothing is measured otherwise.
    void setWanted(bool isWanted);
    /// The window needs the processor for A and B.
    void setPaused(bool isPaused) { m_isPaused->store(isPaused); }
    /// The user stops the measuring, or lets it go on.
    void setStopped(bool isStopped);

    /// Null without a tensor.
    [[nodiscard]] std::shared_ptr<const ParetoState> state() const { return m_state; }
    [[nodiscard]] const CostSetup& costSetup() const { return m_setup; }

signals:
    void stateChanged();

private:
    /// Merits of presets by their canonical text.
    using Merits = QHash<QByteArray, FormatMerit>;
    struct Known {
        std::weak_ptr<const void> values;  ///< of the tensor
        TensorCut cut;
        Merits merits;
        std::optional<BoundCurves> bounds;
    };
    struct Measured {
        std::vector<std::pair<QByteArray, FormatMerit>> merits;  ///< new ones
        std::optional<BoundCurves> bounds;                       ///< of the tensor, once
    };
    struct Priced {
        std::optional<ParetoCost> cost;
        QString note;
        QString refusal;
    };
    struct Prices {
        std::vector<Priced> presets;
        std::array<Priced, Explorer::kSlots> marks;
        bool hasPresets = false;
    };

    [[nodiscard]] Known& known();
    void measure();
    void receive(const Measured& measured);
    void price(bool withPresets);
    void receivePrices(const Prices& prices);
    void publish();
    [[nodiscard]] static Priced priceOf(
        const NamedFormat& format, const std::optional<NamedFormat>& activations, const CostSetup& setup);

    std::vector<Preset> m_presets;
    std::vector<QByteArray> m_keys;  // of the presets
    std::shared_ptr<const LoadedTensor> m_tensor;
    TensorCut m_cut;
    std::array<std::optional<NamedFormat>, Explorer::kSlots> m_formats;
    std::array<std::shared_ptr<const Report>, Explorer::kSlots> m_reports;
    CostSetup m_setup;
    std::optional<NamedFormat> m_activations;
    bool m_isWanted = false;
    bool m_isStopped = false;
    bool m_arePresetsPriced = false;
    std::deque<Known> m_known;  // newest first
    std::vector<Priced> m_prices;
    std::array<Priced, Explorer::kSlots> m_markPrices;
    std::shared_ptr<const ParetoState> m_state;
    std::shared_ptr<std::atomic<bool>> m_isPaused;
    QTimer m_soon;  // gathers changes into one state a frame
    LatestJob<Measured> m_measuring;
    LatestJob<Prices> m_pricing;
};

}  // namespace nanoscope
