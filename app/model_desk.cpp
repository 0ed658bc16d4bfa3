#include "app/model_desk.h"

#include "core/analysis/quick_sweep.h"
#include "core/error.h"
#include "core/fast/worker_pool.h"

#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <new>
#include <thread>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::size_t kMostFiles = 4;
constexpr qsizetype kMostFormats = 48;  // whose figures are kept of a file
constexpr int kFrameMilliseconds = 30;
constexpr int kSlowestMilliseconds = 300;  // between states of many tensors, which take time to show
constexpr std::array kPresets{"MXFP4", "NVFP4", "NxFP4", "M2XFP_weight", "INT4_g32"};

QByteArray keyOf(const FormatSpec& spec)
{
    return QByteArray::fromStdString(canonicalText(spec));
}

void waitWhile(const std::atomic<bool>& isPaused, const std::stop_token& stop)
{
    constexpr std::chrono::milliseconds kNap{4};
    while (isPaused.load()) {
        if (stop.stop_requested())
            throw Cancelled();
        std::this_thread::sleep_for(kNap);
    }
}

/// Hands on what was found from time to time, not with every tensor.
template <class Found> class Delivery {
public:
    explicit Delivery(const std::function<void(std::vector<Found>)>& publish)
        : m_publish(publish)
    {
    }

    void add(Found found)
    {
        constexpr std::chrono::milliseconds kPause{50};
        m_waiting.push_back(std::move(found));
        if (Clock::now() - m_last < kPause)
            return;
        m_last = Clock::now();
        m_publish(std::exchange(m_waiting, {}));
    }
    [[nodiscard]] std::vector<Found> rest() { return std::exchange(m_waiting, {}); }

private:
    using Clock = std::chrono::steady_clock;

    const std::function<void(std::vector<Found>)>& m_publish;
    std::vector<Found> m_waiting;
    Clock::time_point m_last{};
};

}  // namespace

ModelDesk::ModelDesk(QObject* parent)
    : QObject(parent)
    , m_isPaused(std::make_shared<std::atomic<bool>>(false))
    , m_measuring([this](const Batch& batch) { receive(batch); },
          [this](const std::exception_ptr& exception) { fail(exception); })
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &ModelDesk::publish);
}

ModelDesk::~ModelDesk() = default;

void ModelDesk::setFile(const QString& path, const std::vector<TensorInfo>& tensors)
{
    std::vector<TensorInfo> explorable;
    std::copy_if(tensors.begin(), tensors.end(), std::back_inserter(explorable),
        [](const TensorInfo& info) { return info.explorable; });
    const QDateTime changed = QFileInfo(path).lastModified();
    const auto isSame = [&](const Known& known) {
        return known.file == path && known.changed == changed && known.tensors.size() == explorable.size();
    };
    const auto found = std::find_if(m_known.begin(), m_known.end(), isSame);
    if (found != m_known.end())
        std::rotate(m_known.begin(), found, found + 1);
    else
        m_known.push_front({path, changed, explorable, std::vector<KnownTensor>(explorable.size()), {}});
    if (m_known.size() > kMostFiles)
        m_known.pop_back();
    m_isStopped = false;
    measure();
}

void ModelDesk::setFormats(const FormatSet& formats)
{
    if (formats == m_formats)
        return;
    m_formats = formats;
    measure();
}

void ModelDesk::setPresets(const std::vector<Preset>& presets)
{
    m_presets.clear();
    for (const char* name : kPresets)
        for (const Preset& preset : presets)
            if (preset.name == name)
                m_presets.push_back({keyOf(preset.spec), {preset.name, preset.spec}, std::nullopt});
    measure();
}

void ModelDesk::setWanted(bool isWanted)
{
    if (isWanted == m_isWanted)
        return;
    m_isWanted = isWanted;
    measure();
}

void ModelDesk::setStopped(bool isStopped)
{
    m_isStopped = isStopped;
    measure();
}

/// A to D, then the presets that are none of them.
std::vector<ModelDesk::Format> ModelDesk::formats() const
{
    std::vector<Format> result;
    for (std::size_t slot = 0; slot < FormatSet::kMost; ++slot)
        if (const NamedFormat* format = m_formats.at(slot))
            result.push_back({keyOf(format->spec), *format, kSeriesRoles[slot]});
    const std::size_t marks = result.size();
    for (const Format& preset : m_presets)
        if (std::none_of(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(marks),
                [&preset](const Format& mark) { return mark.key == preset.key; }))
            result.push_back(preset);
    return result;
}

/// All tensors under A to D first, then all under the presets.
std::vector<ModelDesk::Task> ModelDesk::tasks() const
{
    const Known& known = m_known.front();
    const std::vector<Format> all = formats();
    std::vector<Task> result;
    for (const bool areMarks : {true, false})
        for (std::size_t i = 0; i < known.tensors.size(); ++i) {
            const KnownTensor& tensor = known.results[i];
            Task task{i, known.tensors[i].name, tensor.statistics, {}};
            for (const Format& format : all) {
                const bool isDue = format.role.has_value() == areMarks && !tensor.figures.contains(format.key)
                    && std::none_of(task.formats.begin(), task.formats.end(),
                        [&format](const auto& other) { return other.first == format.key; });
                if (isDue)
                    task.formats.emplace_back(format.key, format.format);
            }
            if (tensor.refusal.isEmpty() && !task.formats.empty())
                result.push_back(std::move(task));
        }
    return result;
}

void ModelDesk::measure()
{
    m_measuring.cancel();
    if (!m_known.empty() && m_isWanted && !m_isStopped)
        if (std::vector<Task> due = tasks(); !due.empty())
            m_measuring.submit([file = m_known.front().file.toStdString(), due = std::move(due), isPaused = m_isPaused](
                                   const std::stop_token& stop, const LatestJob<Batch>::Publish& publish) {
                return run(file, due, *isPaused, stop, publish);
            });
    publish();
}

/// On the lane.
ModelDesk::Batch ModelDesk::run(const std::string& file, const std::vector<Task>& tasks,
    const std::atomic<bool>& isPaused, const std::stop_token& stop, const LatestJob<Batch>::Publish& publish)
{
    waitWhile(isPaused, stop);
    const auto source = openTensorSource(file);
    Delivery<Found> delivery(publish);
    WorkerPool pool(std::max(1U, std::thread::hardware_concurrency()) - 1);
    SweepOptions options;
    options.stop = stop;
    options.progress = [&isPaused, &stop](double) { waitWhile(isPaused, stop); };
    for (const Task& task : tasks) {
        Found refused;
        refused.tensor = task.tensor;
        try {
            waitWhile(isPaused, stop);
            ReadOptions reading;
            reading.stop = stop;
            const Tensor tensor = source->read(task.name, reading);
            const TensorStatistics statistics
                = task.statistics ? *task.statistics : tensorStatistics(tensor.values, 0, stop);
            if (!task.statistics)
                delivery.add({task.tensor, {}, statistics, {}, {}});
            for (const auto& [key, format] : task.formats) {
                waitWhile(isPaused, stop);
                delivery.add(
                    {task.tensor, {}, std::nullopt, key, quickSweepFigures(tensor, format, statistics, pool, options)});
            }
        } catch (const Error& error) {
            refused.refusal = QString::fromUtf8(error.what());
            delivery.add(refused);
        } catch (const std::bad_alloc&) {
            refused.refusal = tr("there is not enough memory for this tensor");
            delivery.add(refused);
        }
    }
    return delivery.rest();
}

void ModelDesk::receive(const Batch& batch)
{
    Known& known = m_known.front();
    for (const Found& found : batch) {
        KnownTensor& tensor = known.results[found.tensor];
        tensor.refusal = found.refusal;
        if (found.statistics)
            tensor.statistics = found.statistics;
        if (found.key.isEmpty())
            continue;
        tensor.figures.insert(found.key, found.figures);
        if (!known.keys.contains(found.key))
            known.keys.append(found.key);
    }
    forgetOldFormats();
    if (!m_measuring.isBusy())
        publish();
    else if (!m_soon.isActive())
        m_soon.start(std::clamp(static_cast<int>(known.tensors.size()) / 10, kFrameMilliseconds, kSlowestMilliseconds));
}

/// Every place of a slider is a format: the oldest go, except those on show.
void ModelDesk::forgetOldFormats()
{
    Known& known = m_known.front();
    const std::vector<Format> shown = formats();
    for (qsizetype i = 0; i < known.keys.size() && known.keys.size() > kMostFormats;) {
        const QByteArray key = known.keys[i];
        if (std::any_of(shown.begin(), shown.end(), [&key](const Format& format) { return format.key == key; })) {
            ++i;
            continue;
        }
        known.keys.removeAt(i);
        for (KnownTensor& tensor : known.results)
            tensor.figures.remove(key);
    }
}

void ModelDesk::fail(const std::exception_ptr& exception)
{
    m_isStopped = true;
    try {
        std::rethrow_exception(exception);
    } catch (const Cancelled&) {
        // what is known stays
    } catch (const std::exception& error) {
        Q_EMIT failed(QString::fromUtf8(error.what()));
    }
    publish();
}

void ModelDesk::publish()
{
    m_soon.stop();
    if (m_known.empty() || !m_isWanted) {  // a hidden table is brought up to date when it is shown
        Q_EMIT stateChanged();
        return;
    }
    const Known& known = m_known.front();
    const std::vector<Format> all = formats();
    auto state = std::make_shared<ModelState>();
    state->file = known.file;
    state->isRunning = m_measuring.isBusy();
    for (std::size_t i = 0; i < known.tensors.size(); ++i) {
        const KnownTensor& tensor = known.results[i];
        ModelRow row{known.tensors[i], tensor.refusal, tensor.statistics, {}};
        for (const Format& format : all) {
            const auto found = tensor.figures.constFind(format.key);
            const bool isKnown = found != tensor.figures.constEnd();
            row.figures.push_back(isKnown ? std::optional(*found) : std::nullopt);
            state->measured += isKnown || !tensor.refusal.isEmpty() ? 1U : 0U;
        }
        state->rows.push_back(std::move(row));
    }
    for (std::size_t column = 0; column < all.size(); ++column) {
        std::vector<const SweepFigures*> figures;
        for (const ModelRow& row : state->rows)
            if (row.figures[column])
                figures.push_back(&*row.figures[column]);
        state->columns.push_back(
            {QString::fromStdString(all[column].format.name), all[column].role, sweepTotal(figures)});
    }
    m_state = std::move(state);
    Q_EMIT stateChanged();
}

}  // namespace nanoscope
