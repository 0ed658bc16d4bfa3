#pragma once

#include "core/lm/perplexity_session.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace nanoscope {

/// Tells equal cases, whatever their names.
[[nodiscard]] inline std::string caseKey(const PerplexityCase& what)
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

/// The text that is continued: of the last window, because the first texts are the odder ones of the bundled tokens.
[[nodiscard]] inline std::span<const std::int32_t> sessionPrompt(const TokenWindows& windows)
{
    constexpr std::size_t kPromptTokens = 48;
    const std::span<const std::int32_t> window = windows.window(windows.windows() - 1);
    return window.first(std::min(kPromptTokens, window.size() - 1));
}

/// One request: its cases, and when something was published last.
class PerplexitySession::Run {
public:
    Run(PerplexitySession& session, const std::vector<PerplexityCase>& cases, LayerFigures layers,
        const Publish& publish)
        : m_session(session)
        , m_layers(layers)
        , m_publish(publish)
    {
        for (const PerplexityCase& what : cases) {
            const auto known = session.m_known.find(caseKey(what));
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
        state->model = m_session.m_files.model.string();
        state->parameters = m_session.m_model.parameters();
        state->tokens = m_session.m_windows.predicted();
        state->unquantized = m_session.m_unquantized;
        if (m_session.m_tokenizer)
            state->prompt = m_session.m_tokenizer->textOf(sessionPrompt(m_session.m_windows));
        state->text = m_session.m_text;
        state->asked = m_entries;
        std::vector<std::string> asked;
        for (const PerplexityEntry& entry : m_entries)
            asked.push_back(caseKey(entry.what));
        for (const std::string& key : m_session.m_order)
            if (std::find(asked.begin(), asked.end(), key) == asked.end())
                state->earlier.push_back(m_session.m_known.at(key));
        state->layersAsked = m_layers;
        for (const PerplexityEntry& entry : m_entries)
            if (m_layers != LayerFigures::None)
                state->layers.push_back(columnOf(entry));
        const bool hasLayers = std::all_of(state->layers.begin(), state->layers.end(),
            [&](const LayerColumn& column) { return column.isComplete(m_layers); });
        state->isComplete = hasLayers
            && std::all_of(m_entries.begin(), m_entries.end(),
                [&](const PerplexityEntry& entry) { return entry.isComplete(state->tokens); });
        return state;
    }

    /// What is known of the layers under a case.
    [[nodiscard]] LayerColumn columnOf(const PerplexityEntry& entry) const
    {
        LayerColumn column;
        if (const auto found = m_session.m_columns.find(caseKey(entry.what)); found != m_session.m_columns.end())
            column = found->second;
        column.format = entry.what.name;
        return column;
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
    LayerFigures m_layers;
    const Publish& m_publish;
    std::vector<PerplexityEntry> m_entries;
    Clock::time_point m_last;
};

}  // namespace nanoscope
