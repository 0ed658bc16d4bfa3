#pragma once

#include "core/lm/calibration.h"
#include "core/lm/layer_columns.h"
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
#include <utility>
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
    std::vector<LayerColumn> layers;       ///< single layers under `asked`; empty: not asked for
    LayerFigures layersAsked = LayerFigures::None;
    bool isComplete = false;  ///< nothing more follows
};

/// The files of a session.
struct PerplexityFiles {
    std::filesystem::path model;
    std::filesystem::path tokens;
    std::filesystem::path tokenizer;    ///< turns tokens into text; empty: there are no texts
    std::filesystem::path calibration;  ///< inputs of the linear layers; empty: output errors are not known
    bool operator==(const PerplexityFiles&) const = default;
};

/// Evaluates a model under one set of cases after another, and remembers what it has seen; also what text each of them
/// writes behind the same prompt with the same random numbers. Cases whose method needs inputs of the layers get those
/// of the session's files. Not thread-safe: one lane calls.
class PerplexitySession {
public:
    using Publish = std::function<void(std::shared_ptr<const PerplexityState>)>;

    /// @param files  read at the first evaluation, the calibration when layers or a method first need it
    explicit PerplexitySession(PerplexityFiles files);
    PerplexitySession(std::filesystem::path model, std::filesystem::path tokens, std::filesystem::path tokenizer = {})
        : PerplexitySession(PerplexityFiles{std::move(model), std::move(tokens), std::move(tokenizer), {}})
    {
    }

    /// Evaluates the cases: errors of layers, all windows of each case, texts, shifted grids, sensitivities.
    /// @param layers   what is to be known of single layers, weights cast alone
    /// @param publish  gets what is known so far, some 20 times a second
    /// @return the complete state
    /// @throws Cancelled; Error when the model, the tokens or the calibration cannot be read
    [[nodiscard]] std::shared_ptr<const PerplexityState> evaluate(const std::vector<PerplexityCase>& cases,
        LayerFigures layers, unsigned threads, const std::stop_token& stop, const Publish& publish);
    /// The same without single layers.
    [[nodiscard]] std::shared_ptr<const PerplexityState> evaluate(
        const std::vector<PerplexityCase>& cases, unsigned threads, const std::stop_token& stop, const Publish& publish)
    {
        return evaluate(cases, LayerFigures::None, threads, stop, publish);
    }

private:
    class Run;

    void load(const std::stop_token& stop, unsigned threads);
    /// Reads the calibration, once; where there is no file it stays null.
    void loadCalibration(unsigned threads, const std::stop_token& stop);
    /// @name Single layers, into m_columns
    /// @{
    void findErrors(Run& run, unsigned threads, const std::stop_token& stop);
    void findSensitivities(Run& run, unsigned threads, const std::stop_token& stop);
    /// @}
    void keep(const std::string& key, const PerplexityEntry& entry);
    /// What the model adds to the prompt after a cast; nothing: as it is.
    [[nodiscard]] std::string textOf(const PerplexityCase* what, unsigned threads, const std::stop_token& stop) const;

    PerplexityFiles m_files;
    std::optional<Tokenizer> m_tokenizer;
    std::string m_text;  // of the model as it is
    LanguageModel m_model;
    TokenWindows m_windows;
    PerplexityFigures m_unquantized;
    bool m_isLoaded = false;
    std::map<std::string, PerplexityEntry> m_known;  // complete in windows, by key
    std::vector<std::string> m_order;                // of their last request, newest first
    std::shared_ptr<const Calibration> m_calibration;
    std::map<std::string, LayerColumn> m_columns;  // by key
};

}  // namespace nanoscope
