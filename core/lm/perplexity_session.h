#pragma once

#include "core/lm/perplexity_figures.h"
#include "core/lm/tokenizer.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// A case with what is known of it so far.
struct PerplexityEntry {
    PerplexityCase what;
    PerplexityFigures figures;  ///< of the windows and grids that are done; without any, tokens is 0
    std::string error;          ///< why it cannot be evaluated; empty: it can
    std::string text;           ///< what the model adds to the prompt; empty until it is known, or without a tokenizer

    /// All windows and all grids are done.
    [[nodiscard]] bool isComplete(std::size_t tokens) const;
};

/// What a session knows at one moment. Immutable once published.
struct PerplexityState {
    std::string model;  ///< its file
    std::size_t parameters = 0;
    std::size_t tokens = 0;                ///< that are predicted when all windows are done
    PerplexityFigures unquantized;         ///< tokens is 0 until it is known
    std::string prompt;                    ///< first tokens of the last window, as text; empty without a tokenizer
    std::string text;                      ///< what the model as it is adds to it
    std::vector<PerplexityEntry> asked;    ///< the cases of the newest request, in its order
    std::vector<PerplexityEntry> earlier;  ///< complete ones of earlier requests, newest first
    bool isComplete = false;               ///< nothing more follows
};

/// Evaluates a model under one set of cases after another, and remembers what it has seen; also what text each of them
/// writes behind the same prompt with the same random numbers. Not thread-safe: one lane calls.
class PerplexitySession {
public:
    using Publish = std::function<void(std::shared_ptr<const PerplexityState>)>;

    /// @param model, tokens  their files; read at the first evaluation
    /// @param tokenizer      turns tokens into text; empty: there are no texts
    PerplexitySession(std::filesystem::path model, std::filesystem::path tokens, std::filesystem::path tokenizer = {});

    /// Evaluates the cases: first all windows of each, then their texts, then the shifted grids.
    /// @param publish  gets what is known so far, some 20 times a second
    /// @return the complete state
    /// @throws Cancelled; Error when the model or the tokens cannot be read
    [[nodiscard]] std::shared_ptr<const PerplexityState> evaluate(const std::vector<PerplexityCase>& cases,
        unsigned threads, const std::stop_token& stop, const Publish& publish);

private:
    class Run;

    void load(const std::stop_token& stop, unsigned threads);
    void keep(const std::string& key, const PerplexityEntry& entry);
    /// What the model adds to the prompt after a cast; nothing: as it is.
    [[nodiscard]] std::string textOf(const PerplexityCase* what, unsigned threads, const std::stop_token& stop) const;

    std::filesystem::path m_modelPath;
    std::filesystem::path m_tokensPath;
    std::filesystem::path m_tokenizerPath;
    std::optional<Tokenizer> m_tokenizer;
    std::string m_text;  // of the model as it is
    LanguageModel m_model;
    TokenWindows m_windows;
    PerplexityFigures m_unquantized;
    bool m_isLoaded = false;
    std::map<std::string, PerplexityEntry> m_known;  // complete in windows, by key
    std::vector<std::string> m_order;                // of their last request, newest first
};

}  // namespace nanoscope
