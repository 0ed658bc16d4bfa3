#include "core/lm/perplexity_session.h"

#include "core/error.h"
#include "core/lm/perplexity_run.h"
#include "core/lm/text_sample.h"

#include <algorithm>
#include <chrono>

namespace nanoscope {
namespace {

constexpr std::size_t kMostEarlier = 24;

bool castsWeights(const PerplexityCase& what)
{
    return what.weights.weights.has_value() || !what.weights.perTensor.empty();
}

}  // namespace

bool PerplexityEntry::isComplete(std::size_t tokens) const
{
    return !error.empty() || (figures.tokens == tokens && (!castsWeights(what) || figures.grids == kGridShifts.size()));
}

PerplexitySession::PerplexitySession(PerplexityFiles files)
    : m_files(std::move(files))
{
}

void PerplexitySession::load(const std::stop_token& stop, unsigned threads)
{
    if (m_isLoaded)
        return;
    ReadOptions options;
    options.stop = stop;
    options.threads = threads;
    m_model = loadLanguageModel(m_files.model, options);
    m_windows = readTokenWindows(m_files.tokens, m_model.shape.vocabulary);
    if (!m_files.tokenizer.empty())
        m_tokenizer.emplace(m_files.tokenizer);
    m_isLoaded = true;
}

void PerplexitySession::loadCalibration(unsigned threads, const std::stop_token& stop)
{
    if (m_calibration || m_files.calibration.empty())
        return;
    ReadOptions reading;
    reading.stop = stop;
    reading.threads = threads;
    m_calibration = std::make_shared<const Calibration>(readCalibration(m_files.calibration, m_model, reading));
}

std::string PerplexitySession::textOf(const PerplexityCase* what, unsigned threads, const std::stop_token& stop) const
{
    if (!m_tokenizer)
        return {};
    SampleOptions options;
    options.stop = stop;
    if (!what)
        return m_tokenizer->textOf(continuation(m_model, {}, sessionPrompt(m_windows), options));
    const CastModel cast = castModel(m_model, what->weights, {threads, stop, {}});
    const ActivationCasts activations{what->activations ? std::optional(what->activations->spec) : std::nullopt,
        what->keyValues ? std::optional(what->keyValues->spec) : std::nullopt};
    return m_tokenizer->textOf(continuation(cast.model, activations, sessionPrompt(m_windows), options));
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

std::shared_ptr<const PerplexityState> PerplexitySession::evaluate(const std::vector<PerplexityCase>& cases,
    LayerFigures layers, unsigned threads, const std::stop_token& stop, const Publish& publish)
{
    load(stop, threads);
    Run run(*this, cases, layers, publish);
    PerplexityOptions options;
    options.threads = threads;
    options.stop = stop;
    run.publish();
    if (m_unquantized.tokens == 0)
        m_unquantized = unquantizedFigures(m_model, m_windows, options);
    for (PerplexityEntry& entry : run.entries())
        if (CalibratedCast& calibrated = entry.what.weights.calibrated; calibrated.needsCalibration()) {
            loadCalibration(threads, stop);
            calibrated.calibration = m_calibration;
        }
    if (layers != LayerFigures::None)
        findErrors(run, threads, stop);

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
            keep(caseKey(entry.what), entry);
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
            keep(caseKey(entry.what), entry);
            run.publish();
        }
    for (PerplexityEntry& entry : run.entries())
        if (!entry.isComplete(m_windows.predicted()))
            refine(entry,
                [&] { return withGridSpread(entry.figures, m_model, m_windows, entry.what, m_unquantized, options); });
    if (layers == LayerFigures::Sensitivities)
        findSensitivities(run, threads, stop);
    return run.state();
}

}  // namespace nanoscope
