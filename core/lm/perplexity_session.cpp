#include "core/lm/perplexity_session.h"

#include "core/error.h"
#include "core/lm/text_sample.h"

#include <algorithm>
#include <chrono>

namespace nanoscope {
namespace {

constexpr std::size_t kMostEarlier = 24;
constexpr std::size_t kPromptTokens = 48;

/// Tells equal cases, whatever their names.
std::string keyOf(const PerplexityCase& what)
{
    const auto textOf = [](const std::optional<NamedFormat>& format) {
        return format ? canonicalText(format->spec) : std::string("-");
    };
    std::string key = textOf(what.weights.weights) + '\n' + textOf(what.activations) + '\n' + textOf(what.keyValues)
        + '\n' + what.weights.layers + '\n' + (what.weights.embedding ? 'e' : '-') + (what.weights.head ? 'h' : '-');
    key += '\n' + methodName(what.weights.calibrated.method) + (what.weights.calibrated.correctsBias ? " bias" : "");
    for (const auto& [name, format] : what.weights.perTensor)
        key += '\n' + name + '=' + canonicalText(format.spec);
    return key;
}

bool castsWeights(const PerplexityCase& what)
{
    return what.weights.weights.has_value() || !what.weights.perTensor.empty();
}

/// The text that is continued: of the last window, because the first texts are the odder ones of the bundled tokens.
std::span<const std::int32_t> promptOf(const TokenWindows& windows)
{
    const std::span<const std::int32_t> window = windows.window(windows.windows() - 1);
    return window.first(std::min(kPromptTokens, window.size() - 1));
}

}  // namespace

bool PerplexityEntry::isComplete(std::size_t tokens) const
{
    return !error.empty() || (figures.tokens == tokens && (!castsWeights(what) || figures.grids == kGridShifts.size()));
}

/// One request: its cases, and when something was published last.
class PerplexitySession::Run {
public:
    Run(PerplexitySession& session, const std::vector<PerplexityCase>& cases, const Publish& publish)
        : m_session(session)
        , m_publish(publish)
    {
        for (const PerplexityCase& what : cases) {
            const auto known = session.m_known.find(keyOf(what));
            PerplexityEntry entry;
            if (known != session.m_known.end())
                entry = known->second;
            entry.what = what;  // the name may be another
            entry.figures.format = what.name;
            m_entries.push_back(std::move(entry));
        }
    }

    [[nodiscard]] std::vector<PerplexityEntry>& entries() { return m_entries; }

    [[nodiscard]] std::shared_ptr<const PerplexityState> state() const
    {
        auto state = std::make_shared<PerplexityState>();
        state->model = m_session.m_modelPath.string();
        state->parameters = m_session.m_model.parameters();
        state->tokens = m_session.m_windows.predicted();
        state->unquantized = m_session.m_unquantized;
        if (m_session.m_tokenizer)
            state->prompt = m_session.m_tokenizer->textOf(promptOf(m_session.m_windows));
        state->text = m_session.m_text;
        state->asked = m_entries;
        std::vector<std::string> asked;
        for (const PerplexityEntry& entry : m_entries)
            asked.push_back(keyOf(entry.what));
        for (const std::string& key : m_session.m_order)
            if (std::find(asked.begin(), asked.end(), key) == asked.end())
                state->earlier.push_back(m_session.m_known.at(key));
        state->isComplete = std::all_of(m_entries.begin(), m_entries.end(),
            [&](const PerplexityEntry& entry) { return entry.isComplete(state->tokens); });
        return state;
    }

    void publish()
    {
        m_last = Clock::now();
        if (m_publish)
            m_publish(state());
    }

    /// Publishes unless something was published just before.
    void publishSometimes()
    {
        constexpr std::chrono::milliseconds kPause{50};
        if (Clock::now() - m_last >= kPause)
            publish();
    }

private:
    using Clock = std::chrono::steady_clock;

    PerplexitySession& m_session;
    const Publish& m_publish;
    std::vector<PerplexityEntry> m_entries;
    Clock::time_point m_last;
};

PerplexitySession::PerplexitySession(
    std::filesystem::path model, std::filesystem::path tokens, std::filesystem::path tokenizer)
    : m_modelPath(std::move(model))
    , m_tokensPath(std::move(tokens))
    , m_tokenizerPath(std::move(tokenizer))
{
}

void PerplexitySession::load(const std::stop_token& stop, unsigned threads)
{
    if (m_isLoaded)
        return;
    ReadOptions options;
    options.stop = stop;
    options.threads = threads;
    m_model = loadLanguageModel(m_modelPath, options);
    m_windows = readTokenWindows(m_tokensPath, m_model.shape.vocabulary);
    if (!m_tokenizerPath.empty())
        m_tokenizer.emplace(m_tokenizerPath);
    m_isLoaded = true;
}

std::string PerplexitySession::textOf(const PerplexityCase* what, unsigned threads, const std::stop_token& stop) const
{
    if (!m_tokenizer)
        return {};
    SampleOptions options;
    options.stop = stop;
    if (!what)
        return m_tokenizer->textOf(continuation(m_model, {}, promptOf(m_windows), options));
    const CastModel cast = castModel(m_model, what->weights, {threads, stop, {}});
    const ActivationCasts activations{what->activations ? std::optional(what->activations->spec) : std::nullopt,
        what->keyValues ? std::optional(what->keyValues->spec) : std::nullopt};
    return m_tokenizer->textOf(continuation(cast.model, activations, promptOf(m_windows), options));
}

void PerplexitySession::keep(const std::string& key, const PerplexityEntry& entry)
{
    m_known[key] = entry;
    std::erase(m_order, key);
    m_order.insert(m_order.begin(), key);
    if (m_order.size() > kMostEarlier) {
        m_known.erase(m_order.back());
        m_order.pop_back();
    }
}

std::shared_ptr<const PerplexityState> PerplexitySession::evaluate(
    const std::vector<PerplexityCase>& cases, unsigned threads, const std::stop_token& stop, const Publish& publish)
{
    load(stop, threads);
    Run run(*this, cases, publish);
    PerplexityOptions options;
    options.threads = threads;
    options.stop = stop;
    run.publish();
    if (m_unquantized.tokens == 0)
        m_unquantized = unquantizedFigures(m_model, m_windows, options);

    // What the user waits for first: every case on all windows, then how much of it is luck.
    const auto refine = [&](PerplexityEntry& entry, const auto& evaluate) {
        options.refined = [&](const PerplexityFigures& figures) {
            entry.figures = figures;
            run.publishSometimes();
        };
        try {
            entry.figures = evaluate();
        } catch (const Error& error) {
            entry.error = error.what();
        }
        if (entry.error.empty())
            keep(keyOf(entry.what), entry);
        run.publish();
    };
    for (PerplexityEntry& entry : run.entries())
        if (entry.figures.tokens < m_windows.predicted())
            refine(entry, [&] { return castFigures(m_model, m_windows, entry.what, m_unquantized, options); });
    if (m_tokenizer && m_text.empty()) {
        m_text = textOf(nullptr, threads, stop);
        run.publish();
    }
    for (PerplexityEntry& entry : run.entries())
        if (m_tokenizer && entry.error.empty() && entry.text.empty()) {
            entry.text = textOf(&entry.what, threads, stop);
            keep(keyOf(entry.what), entry);
            run.publish();
        }
    for (PerplexityEntry& entry : run.entries())
        if (!entry.isComplete(m_windows.predicted()))
            refine(entry,
                [&] { return withGridSpread(entry.figures, m_model, m_windows, entry.what, m_unquantized, options); });
    return run.state();
}

}  // namespace nanoscope
