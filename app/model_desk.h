#pragma once

#include "app/format_set.h"
#include "core/analysis/sweep_row.h"
#include "core/format/preset.h"
#include "widgets/latest_job.h"
#include "widgets/model_state.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <deque>
#include <memory>
#include <vector>

namespace nanoscope {

/// Measures every tensor of the open file under formats A to D and a few presets, while somebody looks: every element,
/// on a lane of its own with its own handle of the file, one tensor in memory at a time. What was measured is kept per
/// file and format. Waits while the window works on its formats, in the middle of a tensor, too.
class ModelDesk : public QObject {
    Q_OBJECT

public:
    explicit ModelDesk(QObject* parent = nullptr);
    ~ModelDesk() override;

    /// The file that was opened; its tensors that can be explored are measured.
    void setFile(const QString& path, const std::vector<TensorInfo>& tensors);
    void setFormats(const FormatSet& formats);
    /// Some of these stand beside A to D.
    void setPresets(const std::vector<Preset>& presets);
    /// Whether anybody looks: nothing is measured otherwise.
    void setWanted(bool isWanted);
    /// The window needs the processor.
    void setPaused(bool isPaused) { m_isPaused->store(isPaused); }
    /// The user stops the measuring, or lets it go on.
    void setStopped(bool isStopped);

    /// Null without a file.
    [[nodiscard]] std::shared_ptr<const ModelState> state() const { return m_state; }

signals:
    void stateChanged();
    void failed(const QString& message);

private:
    /// A format by its canonical text.
    struct Format {
        QByteArray key;
        NamedFormat format;
        std::optional<SeriesRole> role;
    };
    struct KnownTensor {
        QString refusal;
        std::optional<TensorStatistics> statistics;
        QHash<QByteArray, SweepFigures> figures;
    };
    struct Known {
        QString file;
        QDateTime changed;
        std::vector<TensorInfo> tensors;
        std::vector<KnownTensor> results;  // one per tensor
        QList<QByteArray> keys;            // of formats, oldest first
    };
    /// What the lane found of a tensor.
    struct Found {
        std::size_t tensor = 0;
        QString refusal;
        std::optional<TensorStatistics> statistics;
        QByteArray key;  // empty: no figures
        SweepFigures figures;
    };
    /// What the lane is to do with a tensor while it has it.
    struct Task {
        std::size_t tensor = 0;
        std::string name;
        std::optional<TensorStatistics> statistics;  ///< if they are known
        std::vector<std::pair<QByteArray, NamedFormat>> formats;
    };
    using Batch = std::vector<Found>;

    [[nodiscard]] std::vector<Format> formats() const;
    [[nodiscard]] std::vector<Task> tasks() const;
    void measure();
    [[nodiscard]] static Batch run(const std::string& file, const std::vector<Task>& tasks,
        const std::atomic<bool>& isPaused, const std::stop_token& stop, const LatestJob<Batch>::Publish& publish);
    void receive(const Batch& batch);
    void forgetOldFormats();
    void fail(const std::exception_ptr& exception);
    void publish();

    FormatSet m_formats;
    std::vector<Format> m_presets;
    std::deque<Known> m_known;  // the open file first
    bool m_isWanted = false;
    bool m_isStopped = false;
    std::shared_ptr<const ModelState> m_state;
    std::shared_ptr<std::atomic<bool>> m_isPaused;
    QTimer m_soon;  // gathers results into one state
    LatestJob<Batch> m_measuring;
};

}  // namespace nanoscope
