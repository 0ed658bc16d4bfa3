#pragma once

#include "app/format_set.h"
#include "app/loaded_tensor.h"
#include "core/analysis/block_trace.h"
#include "core/analysis/report.h"
#include "core/analysis/study.h"
#include "core/fast/worker_pool.h"
#include "core/io/tensor_source.h"
#include "widgets/latest_job.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace nanoscope {

/// Where the user is in the data: what sessions keep and undo goes back to.
struct Place {
    QString file;
    QString tensor;
    TensorCut cut;
    std::optional<quint64> block;  ///< nothing: the one with the largest squared error
    int element = 0;               ///< of the block
    bool operator==(const Place&) const = default;
};

/// The state of the window and the work behind it: opens files, reads tensors, measures formats and explains blocks on
/// lanes of their own. The newest request wins; a failure leaves what was there untouched.
class Explorer : public QObject {
    Q_OBJECT

public:
    enum Slot { A, B, C, D, kSlots };
    static constexpr std::array kEverySlot{A, B, C, D};

    explicit Explorer(FormatSet formats, QObject* parent = nullptr);
    ~Explorer() override;

    /// Opens a file and shows `tensor`, or the first one that can be explored.
    void open(const QString& path, const QString& tensor = {});
    void selectTensor(const QString& name);
    /// Opens what has to be opened and selects block and element once they are known. A cut that does not fit the
    /// tensor is left out, a block beyond the last one is the last one.
    void goTo(const Place& place);
    void setCut(const TensorCut& cut);
    void setFormats(const FormatSet& formats);
    void selectBlock(quint64 block);
    void selectElement(int element);
    /// Selects both at once: no element of another block is shown in between.
    void selectElementOf(quint64 block, int element);
    /// Whether the comparators beside the formats (StudyResult) are wanted: they cost more than a report.
    void setStudied(bool isStudied);
    /// Stops whatever runs. What is shown stays, except that a tensor which was not measured yet has nothing to show.
    void cancel();

    /// File of the tensor that is shown.
    [[nodiscard]] QString file() const { return m_file; }
    /// True when there are tensors to choose from.
    [[nodiscard]] bool hasSource() const { return m_source != nullptr; }
    [[nodiscard]] std::shared_ptr<const LoadedTensor> tensor() const { return m_tensor; }
    [[nodiscard]] const TensorCut& cut() const { return m_cut; }
    [[nodiscard]] const FormatSet& formats() const { return m_formats; }
    /// Newest finished report of a slot; null before the first, and for B to D when there is no such format.
    [[nodiscard]] std::shared_ptr<const Report> report(Slot slot) const { return m_reports[slot]; }
    /// Why there is no report of what a slot asks for now, in one line; empty while there may still be one.
    [[nodiscard]] const QString& refusal(Slot slot) const { return m_refusals[slot]; }
    /// Those of all formats, a line each; empty when every format takes the tensor.
    [[nodiscard]] QString refusals() const;
    /// The selected block under format A.
    [[nodiscard]] std::shared_ptr<const BlockTrace> trace() const { return m_trace; }
    /// What is known soonest of the newest request while the whole tensor is still to be measured: an answer of the
    /// exact summary (ReportTier::Summary) or of a sample (ReportTier::Preview); else report().
    [[nodiscard]] std::shared_ptr<const Report> answer(Slot slot) const
    {
        return m_answers[slot] ? m_answers[slot] : m_reports[slot];
    }
    /// Comparators of the newest report of A that was studied; null before the first.
    [[nodiscard]] std::shared_ptr<const StudyResult> study() const { return m_study; }
    /// True when study() belongs to what is shown of A.
    [[nodiscard]] bool isStudyCurrent() const { return !m_isStudyStale; }
    [[nodiscard]] Place place() const;
    [[nodiscard]] quint64 selectedBlock() const { return m_block; }
    [[nodiscard]] int selectedElement() const { return m_element; }
    /// What went wrong in one line, for the user.
    [[nodiscard]] static QString messageOf(const std::exception_ptr& exception);
    /// True while a file is opened or a tensor is read.
    [[nodiscard]] bool isReading() const { return m_io.isBusy(); }
    /// True while a result is still to come.
    [[nodiscard]] bool isBusy() const;
    /// True when what is shown answers the latest request: nothing runs, and nothing was canceled or failed on the way.
    [[nodiscard]] bool isCurrent() const;

signals:
    void fileOpened(const QString& path, const std::vector<nanoscope::TensorInfo>& tensors);
    /// A tensor was read; its reports follow.
    void tensorChanged();
    void cutChanged();
    /// Another block was selected; not told of the block that a new tensor starts with.
    void blockChanged();
    void formatsChanged();
    /// A report arrived, or that of B, C or D went.
    void reportChanged(int slot);
    /// answer() changed: before a report, and with it.
    void answerChanged(int slot);
    void traceChanged();
    /// A study arrived, or the one at hand has become one of an earlier report.
    void studyChanged();
    void elementChanged(int element);
    void failed(const QString& message);
    /// A request was canceled or failed.
    void stopped();
    /// A format was refused, or is no longer.
    void refusalsChanged();
    /// What runs and how far it is; a fraction of 1 ends it.
    void progressed(const QString& what, double fraction);
    void busyChanged();

private:
    struct Opened {
        QString path;
        std::shared_ptr<const TensorSource> source;
        std::vector<TensorInfo> tensors;
    };
    /// Places of the I/O lane and of the study beside those of the slots.
    static constexpr std::size_t kReading = kSlots;
    static constexpr std::size_t kStudying = kSlots + 1;

    struct Loaded {
        std::shared_ptr<const LoadedTensor> tensor;
        std::optional<Place> place;  ///< where to go in it
    };
    /// What the I/O lane delivers.
    using IoEvent = std::variant<Opened, Loaded>;
    using ReportJob = LatestJob<std::shared_ptr<const Report>>;

    void openAt(const QString& path, const QString& tensor, const std::optional<Place>& place);
    void readAt(const QString& name, const std::optional<Place>& place);
    void takeCut(const std::optional<Place>& place);
    void receive(IoEvent event);
    void fail(const QString& message);
    void fail(const std::exception_ptr& exception) { fail(messageOf(exception)); }
    void refuse(Slot slot, const std::exception_ptr& exception);
    void setRefusal(Slot slot, const QString& refusal);
    void requestReport(Slot slot);
    void requestAnswer(Slot slot, const NamedFormat& format);
    void receiveAnswer(Slot slot, std::shared_ptr<const Report> answer);
    void measure(Slot slot);
    [[nodiscard]] bool isMeasuring(Slot slot) const;
    void requestTrace();
    void requestStudy();
    void clearUnmeasured();
    [[nodiscard]] bool isStalled(Slot slot) const;
    void receiveReport(Slot slot, std::shared_ptr<const Report> report);
    void keepBlockInRange();
    [[nodiscard]] NamedFormat effectiveFormat(Slot slot) const;
    /// A callback for workers, which only store how far they are; the window looks at it from time to time.
    [[nodiscard]] std::function<void(double)> progressOf(std::size_t lane);
    void showProgress();

    QTimer m_progressTimer;
    std::array<std::shared_ptr<std::atomic<double>>, kSlots + 2> m_progress;  // fraction done: formats, reading, study
    QString m_sourceFile;
    std::shared_ptr<const TensorSource> m_source;  // used on the I/O lane only
    QString m_file;
    std::shared_ptr<const LoadedTensor> m_tensor;
    TensorCut m_cut;
    FormatSet m_formats;
    std::shared_ptr<WorkerPool> m_pool;  // of passes by a kernel
    std::array<std::shared_ptr<const Report>, kSlots> m_reports;
    std::array<std::shared_ptr<const Report>, kSlots> m_answers;  // of summary or sample, until the report arrives
    std::array<QString, kSlots> m_refusals;
    std::shared_ptr<const BlockTrace> m_trace;
    quint64 m_block = 0;
    int m_element = 0;
    bool m_isNewTensor = false;
    std::optional<Place> m_wanted;            // its block and element, once the report is there
    std::array<bool, kSlots> m_isStale{};     // from a request until its answer, which may never come
    std::array<bool, kSlots> m_isAnswered{};  // by the ask lane, of the newest request
    bool m_isTraceStale = false;
    std::shared_ptr<const StudyResult> m_study;
    bool m_isStudied = false;
    bool m_isStudyStale = true;

    LatestJob<IoEvent> m_io;
    std::array<std::unique_ptr<ReportJob>, kSlots> m_measure;
    std::array<std::unique_ptr<ReportJob>, kSlots> m_ask;
    std::array<QTimer, kSlots> m_rest;  // running: the measurement waits until the changes pause
    LatestJob<std::shared_ptr<const BlockTrace>> m_explain;
    LatestJob<std::shared_ptr<const StudyResult>> m_studies;
};

}  // namespace nanoscope
