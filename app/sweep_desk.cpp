#include "app/sweep_desk.h"

#include "core/error.h"
#include "core/summary/summary_answer.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace nanoscope {
namespace {

constexpr qsizetype kMostKnown = 4096;

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

void priceEntry(SweepEntry& entry, const std::optional<NamedFormat>& activations, const CostSetup& setup)
{
    try {
        entry.cost = paretoCost(costOf(entry.point.format, activations.value_or(entry.point.format), setup));
    } catch (const Error& error) {
        entry.costRefusal = QString::fromUtf8(error.what());
    }
}

bool isDone(const SweepEntry& entry, SweepFigure figure)
{
    return !entry.point.refusal.empty() || sweepValue(entry, figure)
        || (entry.point.merit && !entry.costRefusal.isEmpty());
}

}  // namespace

/// The tensor with what the meter keeps of it; made on the lane, because cutting the rows may take long.
struct SweepDesk::Bench {
    std::shared_ptr<const LoadedTensor> tensor;
    TensorCut cut;
    std::unique_ptr<WorkerPool> pool;
    std::unique_ptr<MeritMeter> meter;

    MeritMeter& ready()
    {
        if (!meter) {
            pool = std::make_unique<WorkerPool>(std::max(1U, std::thread::hardware_concurrency()) - 1);
            meter = std::make_unique<MeritMeter>(tensor->tensor(), tensor->view(cut, 1), *pool);
        }
        return *meter;
    }
};

SweepDesk::SweepDesk(QObject* parent)
    : QObject(parent)
    , m_setup{acceleratorByName("m2xfp").parameters, workloadByName("llama-3-8b")}
    , m_isPaused(std::make_shared<std::atomic<bool>>(false))
    , m_job([this](Progress progress) { receive(std::move(progress)); },
          [this](const std::exception_ptr&) { publish(); })  // the cut does not fit: the explorer says so
{
}

SweepDesk::~SweepDesk() = default;

void SweepDesk::setTensor(std::shared_ptr<const LoadedTensor> tensor, const TensorCut& cut)
{
    if (tensor == m_tensor && cut == m_cut)
        return;
    m_tensor = std::move(tensor);
    m_cut = cut;
    m_known.clear();
    m_bench = m_tensor ? std::make_shared<Bench>() : nullptr;
    if (m_bench) {
        m_bench->tensor = m_tensor;
        m_bench->cut = m_cut;
    }
    start();
}

void SweepDesk::setFormat(const NamedFormat& format)
{
    if (format == m_format)
        return;
    m_format = format;
    m_areParametersStale = true;
    start();
}

void SweepDesk::setChoice(const SweepChoice& choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    start();
}

void SweepDesk::setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations)
{
    m_setup = setup;
    m_activations = activations;
    start();
}

void SweepDesk::setWanted(bool isWanted)
{
    if (isWanted == m_isWanted)
        return;
    m_isWanted = isWanted;
    start();
}

void SweepDesk::cancel()
{
    if (!m_job.isBusy())
        return;
    m_isStopped = true;
    m_job.cancel();
    publish();
}

/// Only while somebody looks: trying what wide codebooks accept takes its time.
void SweepDesk::refreshParameters()
{
    if (!m_areParametersStale)
        return;
    m_areParametersStale = false;
    auto parameters = parametersOf(m_format.spec);
    if (parameters == m_parameters)
        return;
    m_parameters = std::move(parameters);
    Q_EMIT parametersChanged();
}

void SweepDesk::start()
{
    m_job.cancel();
    m_isStopped = false;
    if (!m_isWanted) {
        publish();
        return;
    }
    refreshParameters();
    const auto x = sweepAxis(m_parameters, m_choice.xPath, m_choice.xValues);
    const auto curves = sweepAxis(m_parameters, m_choice.curvePath, m_choice.curveValues);
    m_plan = {};
    m_entries.clear();
    if (m_tensor && x) {
        m_plan = {m_format, *x, curves};
        for (SweepPoint& point : sweepPoints(m_plan)) {
            if (const auto found = m_known.constFind(keyOf(point.format.spec));
                found != m_known.constEnd() && point.refusal.empty())
                point.merit = *found;
            m_entries.push_back({std::move(point), std::nullopt, {}});
        }
    }
    if (!m_entries.empty())
        m_job.submit([bench = m_bench, entries = m_entries, figure = m_choice.figure, setup = m_setup,
                         activations = m_activations, isPaused = m_isPaused](
                         const std::stop_token& stop, const LatestJob<Progress>::Publish& publish) {
            using Clock = std::chrono::steady_clock;
            constexpr std::chrono::milliseconds kPause{30};
            Progress fresh;
            Clock::time_point last = Clock::now();
            for (std::size_t i = 0; i < entries.size(); ++i) {
                SweepEntry entry = entries[i];
                if (!entry.point.refusal.empty())
                    continue;
                if (!entry.point.merit && !summaryKindFor(entry.point.format.spec))
                    waitWhile(*isPaused, stop);
                std::vector<SweepPoint> one{std::move(entry.point)};
                measureSweep(one, bench->ready(), meritFigureOf(figure), 0, stop, [](std::size_t) {});
                entry.point = std::move(one.front());
                if (entry.point.refusal.empty())
                    priceEntry(entry, activations, setup);
                fresh.entries.emplace_back(i, std::move(entry));
                if (Clock::now() - last < kPause)
                    continue;
                last = Clock::now();
                publish(std::exchange(fresh, {}));
            }
            return fresh;
        });
    publish();
}

void SweepDesk::receive(Progress progress)
{
    if (m_known.size() > kMostKnown)
        m_known.clear();
    for (auto& [place, entry] : progress.entries) {
        if (entry.point.merit)
            m_known.insert(keyOf(entry.point.format.spec), *entry.point.merit);
        m_entries[place] = std::move(entry);
    }
    publish();
}

void SweepDesk::publish()
{
    if (!m_tensor || m_entries.empty()) {
        m_state.reset();
    } else {
        auto state = std::make_shared<SweepState>();
        state->plan = m_plan;
        state->entries = m_entries;
        state->isRunning = m_job.isBusy();
        state->done = static_cast<std::size_t>(std::count_if(m_entries.begin(), m_entries.end(),
            [this](const SweepEntry& entry) { return isDone(entry, m_choice.figure); }));
        m_state = std::move(state);
    }
    Q_EMIT stateChanged();
}

}  // namespace nanoscope
