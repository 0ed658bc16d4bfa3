#include "app/pareto_desk.h"

#include "core/error.h"
#include "core/format/format_storage.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::size_t kMostKnown = 8;  // tensors whose figures are kept
constexpr int kFrameMilliseconds = 30;

/// Where bounds are drawn; they are smooth between.
constexpr std::array kBoundBits{1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5, 9.0};

QByteArray keyOf(const FormatSpec& spec)
{
    return QByteArray::fromStdString(canonicalText(spec));
}

/// What a job is to measure: a preset by its place in the list of all.
struct Task {
    QByteArray key;
    NamedFormat format;
    int rank = 0;
};

/// The blocks that most users compare come first; then lengths one after the other, because each needs its own sample.
int rankOf(int block)
{
    constexpr std::array kFirst{32, 16, 8, 64, 128};
    const auto at = std::find(kFirst.begin(), kFirst.end(), block);
    return at == kFirst.end() ? 1000 + block : static_cast<int>(at - kFirst.begin());
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

}  // namespace

ParetoDesk::ParetoDesk(QObject* parent)
    : QObject(parent)
    , m_setup{acceleratorByName("m2xfp").parameters, workloadByName("llama-3-8b")}
    , m_isPaused(std::make_shared<std::atomic<bool>>(false))
    , m_measuring([this](const Measured& measured) { receive(measured); },
          [this](const std::exception_ptr&) { publish(); })  // canceled: what is known stays
    , m_pricing([this](const Prices& prices) { receivePrices(prices); }, [](const std::exception_ptr&) {})
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kFrameMilliseconds);
    connect(&m_soon, &QTimer::timeout, this, &ParetoDesk::publish);
}

ParetoDesk::~ParetoDesk() = default;

void ParetoDesk::setPresets(const std::vector<Preset>& presets)
{
    m_presets = presets;
    m_keys.clear();
    for (const Preset& preset : presets)
        m_keys.push_back(keyOf(preset.spec));
    m_prices.assign(presets.size(), {});
    m_arePresetsPriced = false;
    price(true);
    measure();
}

void ParetoDesk::setTensor(std::shared_ptr<const LoadedTensor> tensor, const TensorCut& cut)
{
    if (tensor == m_tensor && cut == m_cut)
        return;
    m_tensor = std::move(tensor);
    m_cut = cut;
    m_isStopped = false;
    measure();
}

void ParetoDesk::setMark(
    Explorer::Slot slot, const std::optional<NamedFormat>& format, std::shared_ptr<const Report> report)
{
    const bool isOther = m_formats[slot] != format;
    m_formats[slot] = format;
    m_reports[slot] = std::move(report);
    if (isOther)
        price(false);
    if (m_isWanted && !m_soon.isActive())
        m_soon.start();
}

void ParetoDesk::setCostSetup(const CostSetup& setup, const std::optional<NamedFormat>& activations)
{
    m_setup = setup;
    m_activations = activations;
    m_arePresetsPriced = false;
    price(true);
}

void ParetoDesk::setWanted(bool isWanted)
{
    if (isWanted == m_isWanted)
        return;
    m_isWanted = isWanted;
    if (!m_isWanted) {
        m_measuring.cancel();
        m_pricing.cancel();
        return;
    }
    price(!m_arePresetsPriced);
    measure();
}

void ParetoDesk::setStopped(bool isStopped)
{
    m_isStopped = isStopped;
    if (isStopped)
        m_measuring.cancel();
    else
        measure();
    publish();
}

ParetoDesk::Known& ParetoDesk::known()
{
    const std::weak_ptr<const void> values = m_tensor->tensor().values.identity();
    for (auto it = m_known.begin(); it != m_known.end(); ++it) {
        const bool isSame = !it->values.owner_before(values) && !values.owner_before(it->values);
        if (!isSame || it->cut != m_cut)
            continue;
        std::rotate(m_known.begin(), it, it + 1);
        return m_known.front();
    }
    m_known.push_front({values, m_cut, {}, std::nullopt});
    if (m_known.size() > kMostKnown)
        m_known.pop_back();
    return m_known.front();
}

void ParetoDesk::measure()
{
    m_measuring.cancel();
    publish();
    if (!m_isWanted || m_isStopped || !m_tensor)
        return;
    const Merits& merits = known().merits;
    std::vector<Task> tasks;
    for (std::size_t i = 0; i < m_presets.size(); ++i)
        if (!merits.contains(m_keys[i]))
            tasks.push_back(
                {m_keys[i], {m_presets[i].name, m_presets[i].spec}, rankOf(m_presets[i].spec.geometry.block)});
    const bool hasBounds = known().bounds.has_value();
    if (tasks.empty() && hasBounds)
        return;
    std::stable_sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) { return a.rank < b.rank; });
    m_measuring.submit([tensor = m_tensor, cut = m_cut, tasks = std::move(tasks), isPaused = m_isPaused, hasBounds](
                           const std::stop_token& stop, const LatestJob<Measured>::Publish& publish) mutable {
        WorkerPool pool(std::max(1U, std::thread::hardware_concurrency()) - 1);
        MeritMeter meter(tensor->tensor(), tensor->view(cut, 1), pool);
        std::stable_partition(
            tasks.begin(), tasks.end(), [&meter](const Task& task) { return !meter.isSlow(task.format.spec); });
        using Clock = std::chrono::steady_clock;
        constexpr std::chrono::milliseconds kPause{50};
        Measured fresh;
        if (!hasBounds) {
            waitWhile(*isPaused, stop);
            fresh.bounds = boundCurves(tensor->view(cut, 1), kBoundBits, stop);
        }
        Clock::time_point last{};
        for (const Task& task : tasks) {
            waitWhile(*isPaused, stop);
            fresh.merits.emplace_back(task.key, meter.measure(task.format, 0, stop));
            if (Clock::now() - last < kPause)
                continue;
            last = Clock::now();
            publish(std::exchange(fresh, {}));
        }
        return fresh;
    });
    publish();
}

void ParetoDesk::receive(const Measured& measured)
{
    if (measured.bounds)
        known().bounds = measured.bounds;
    Merits& merits = known().merits;
    for (const auto& [key, merit] : measured.merits)
        merits.insert(key, merit);
    if (m_measuring.isBusy()) {
        if (!m_soon.isActive())
            m_soon.start();
    } else {
        publish();
    }
}

ParetoDesk::Priced ParetoDesk::priceOf(
    const NamedFormat& format, const std::optional<NamedFormat>& activations, const CostSetup& setup)
{
    try {
        const FormatCost cost = costOf(format, activations.value_or(format), setup);
        QStringList notes;
        for (const std::string& note : cost.notes)
            notes << QString::fromStdString(note);
        return {paretoCost(cost), notes.join(u'\n'), {}};
    } catch (const Error& error) {
        return {std::nullopt, {}, QString::fromUtf8(error.what())};
    }
}

void ParetoDesk::price(bool withPresets)
{
    if (!m_isWanted)
        return;
    const bool arePresetsDue = withPresets || !m_arePresetsPriced;
    m_pricing.submit([presets = arePresetsDue ? m_presets : std::vector<Preset>(), formats = m_formats, setup = m_setup,
                         activations = m_activations,
                         arePresetsDue](const std::stop_token& stop, const LatestJob<Prices>::Publish& publish) {
        Prices prices;
        for (std::size_t slot = 0; slot < formats.size(); ++slot)
            if (formats[slot])
                prices.marks[slot] = priceOf(*formats[slot], activations, setup);
        if (arePresetsDue)
            publish(prices);  // the marks must not wait for all presets while a slider moves
        prices.hasPresets = arePresetsDue;
        for (const Preset& preset : presets) {
            if (stop.stop_requested())
                throw Cancelled();
            prices.presets.push_back(priceOf({preset.name, preset.spec}, activations, setup));
        }
        return prices;
    });
}

void ParetoDesk::receivePrices(const Prices& prices)
{
    m_markPrices = prices.marks;
    if (prices.hasPresets && prices.presets.size() == m_presets.size()) {
        m_prices = prices.presets;
        m_arePresetsPriced = true;
    }
    publish();
}

void ParetoDesk::publish()
{
    m_soon.stop();
    if (!m_tensor || !m_isWanted) {
        if (!m_tensor)
            m_state.reset();
        Q_EMIT stateChanged();
        return;
    }
    const Merits& merits = known().merits;
    auto state = std::make_shared<ParetoState>();
    state->isRunning = m_measuring.isBusy();
    state->bounds = known().bounds;
    for (std::size_t i = 0; i < m_presets.size(); ++i) {
        const Preset& preset = m_presets[i];
        ParetoEntry entry{QString::fromStdString(preset.name), QString::fromStdString(preset.title),
            QString::fromStdString(preset.standing), paretoGroup(QString::fromStdString(preset.family)),
            nominalBitsPerElement(preset.spec), std::nullopt, m_prices[i].cost, m_prices[i].note, m_prices[i].refusal};
        if (const auto found = merits.constFind(m_keys[i]); found != merits.constEnd()) {
            entry.merit = *found;
            ++state->measured;
        }
        state->presets.push_back(std::move(entry));
    }
    for (const Explorer::Slot slot : {Explorer::A, Explorer::B}) {
        if (!m_formats[slot])
            continue;
        ParetoEntry mark;
        mark.name = QString::fromStdString(m_formats[slot]->name);
        mark.nominalBits = nominalBitsPerElement(m_formats[slot]->spec);
        if (m_reports[slot])
            mark.merit = meritOf(*m_reports[slot]);
        mark.cost = m_markPrices[slot].cost;
        mark.costNote = m_markPrices[slot].note;
        mark.costRefusal = m_markPrices[slot].refusal;
        (slot == Explorer::A ? state->a : state->b) = std::move(mark);
    }
    m_state = std::move(state);
    Q_EMIT stateChanged();
}

}  // namespace nanoscope
