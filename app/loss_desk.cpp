#include "app/loss_desk.h"

#include "app/explorer.h"
#include "app/perplexity_desk.h"
#include "core/error.h"

#include <algorithm>
#include <set>
#include <utility>

namespace nanoscope {
namespace {

/// The axis belongs to the tensor on show, not to the model.
FormatSpec ofModel(FormatSpec spec)
{
    spec.geometry.axis = -1;
    return spec;
}

QByteArray keyOf(const FormatSpec& spec)
{
    return QByteArray::fromStdString(canonicalText(ofModel(spec)));
}

}  // namespace

/// The model with its tokens and its loss as it is, read and evaluated once.
class LossDesk::Bench {
public:
    explicit Bench(PerplexityFiles files)
        : m_files(std::move(files))
    {
    }

    /// @throws Cancelled; Error when a file cannot be read
    void prepare(const std::stop_token& stop)
    {
        if (m_unquantized.tokens > 0)
            return;
        ReadOptions reading;
        reading.stop = stop;
        m_model = loadLanguageModel(m_files.model, reading);
        m_windows = readTokenWindows(m_files.tokens, m_model.shape.vocabulary);
        m_unquantized = unquantizedFigures(m_model, m_windows, optionsOf(stop));
    }

    /// @throws Cancelled
    [[nodiscard]] Known evaluate(const NamedFormat& format, const std::stop_token& stop) const
    {
        try {
            return knownOf(castFigures(m_model, m_windows, caseOf(format), m_unquantized, optionsOf(stop)));
        } catch (const Error& error) {
            return {std::nullopt, QString::fromUtf8(error.what()), {}};
        }
    }

    /// The same with its spread over shifted grids.
    /// @throws Cancelled
    [[nodiscard]] Known spread(const NamedFormat& format, const Known& known, const std::stop_token& stop) const
    {
        try {
            return knownOf(
                withGridSpread(known.figures, m_model, m_windows, caseOf(format), m_unquantized, optionsOf(stop)));
        } catch (const Error& error) {
            return {std::nullopt, QString::fromUtf8(error.what()), {}};
        }
    }

private:
    [[nodiscard]] static PerplexityCase caseOf(const NamedFormat& format)
    {
        PerplexityCase what;
        what.name = format.name;
        what.weights.weights = NamedFormat{format.name, ofModel(format.spec)};
        return what;
    }

    [[nodiscard]] static Known knownOf(const PerplexityFigures& figures)
    {
        return {ParetoLoss{figures.deltaLoss, figures.deltaLossStandardError, figures.gridSpread}, {}, figures};
    }

    [[nodiscard]] static PerplexityOptions optionsOf(const std::stop_token& stop)
    {
        PerplexityOptions options;
        options.stop = stop;
        return options;
    }

    PerplexityFiles m_files;
    LanguageModel m_model;
    TokenWindows m_windows;
    PerplexityFigures m_unquantized;
};

LossDesk::LossDesk(QObject* parent)
    : QObject(parent)
    , m_job([this](const Done& done) { receive(done); },
          [this](const std::exception_ptr& exception) {
              m_run.isRunning = false;
              m_run.error = Explorer::messageOf(exception);
              Q_EMIT changed();
          })
{
}

LossDesk::~LossDesk() = default;

void LossDesk::setPresets(const std::vector<Preset>& presets)
{
    m_keys.clear();
    for (const Preset& preset : presets)
        m_keys.push_back(keyOf(preset.spec));
}

void LossDesk::setFiles(const PerplexityFiles& files)
{
    if (files == m_files)
        return;
    m_files = files;
    m_bench.reset();  // a run that still has it ends first
    m_known.clear();
    m_run = {};
    stop();
}

void LossDesk::evaluate(const std::vector<NamedFormat>& formats)
{
    std::vector<Task> tasks;
    std::set<QByteArray> seen;
    for (const NamedFormat& format : formats)
        if (const QByteArray key = keyOf(format.spec);
            !(m_known.contains(key) && m_known.value(key).isComplete()) && seen.insert(key).second)
            tasks.push_back({key, format, m_known.value(key)});
    m_spreads = tasks.size();
    const auto withoutLoss = static_cast<std::size_t>(
        std::count_if(tasks.begin(), tasks.end(), [](const Task& task) { return !task.known.loss; }));
    m_run = {0, withoutLoss > 0 ? withoutLoss : m_spreads, false, {}, withoutLoss == 0};
    m_job.cancel();
    try {
        if (!m_bench && !tasks.empty())
            m_bench = std::make_shared<Bench>(m_files.model.empty() ? bundledModelFiles() : m_files);
    } catch (const Error& error) {
        m_run.error = QString::fromUtf8(error.what());
        tasks.clear();
    }
    m_run.isRunning = !tasks.empty();
    if (m_run.isRunning)
        m_job.submit([bench = m_bench, tasks = std::move(tasks)](
                         const std::stop_token& stop, const LatestJob<Done>::Publish& publish) mutable {
            bench->prepare(stop);
            for (Task& task : tasks)
                if (!task.known.loss) {
                    task.known = bench->evaluate(task.format, stop);
                    publish({task.key, task.known});
                }
            for (const Task& task : tasks)  // how much of it is luck; five evaluations each
                publish({task.key, task.known.loss ? bench->spread(task.format, task.known, stop) : task.known});
            return Done{};
        });
    Q_EMIT changed();
}

void LossDesk::stop()
{
    m_job.cancel();
    m_run.isRunning = false;
    Q_EMIT changed();
}

void LossDesk::receive(const Done& done)
{
    if (!done.key.isEmpty()) {
        m_known.insert(done.key, done.known);
        ++m_run.done;
        if (!m_run.isOfGrids && m_run.done == m_run.total)
            m_run = {0, m_spreads, true, {}, true};
    }
    m_run.isRunning = m_job.isBusy();
    Q_EMIT changed();
}

void LossDesk::addTo(ParetoEntry& entry, const QByteArray& key) const
{
    const auto found = m_known.constFind(key);
    if (found == m_known.constEnd())
        return;
    entry.loss = found->loss;
    entry.lossRefusal = found->refusal;
}

void LossDesk::addTo(ParetoState& state, const NamedFormat& a, const std::optional<NamedFormat>& b) const
{
    state.losses = m_run;
    if (m_known.isEmpty())
        return;
    for (std::size_t i = 0; i < state.presets.size() && i < m_keys.size(); ++i)
        addTo(state.presets[i], m_keys[i]);
    if (state.a)
        addTo(*state.a, keyOf(a.spec));
    if (state.b && b)
        addTo(*state.b, keyOf(b->spec));
}

}  // namespace nanoscope
