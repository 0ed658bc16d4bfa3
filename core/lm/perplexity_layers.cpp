#include "core/error.h"
#include "core/lm/perplexity_run.h"
#include "core/lm/sensitivity.h"

namespace nanoscope {

void PerplexitySession::findErrors(Run& run, unsigned threads, const std::stop_token& stop)
{
    loadCalibration(threads, stop);
    PerplexityOptions options;
    options.threads = threads;
    options.stop = stop;
    for (const PerplexityEntry& entry : run.entries()) {
        LayerColumn column = run.columnOf(entry);
        if (column.isComplete(LayerFigures::Errors))
            continue;
        try {
            const CastModel cast = castFor(m_model, entry.what, options);
            column.errors = layerErrors(m_model, cast.model, m_calibration.get(), {threads, stop, {}});
        } catch (const Error& error) {
            column.error = error.what();
        }
        m_columns[caseKey(entry.what)] = std::move(column);
        run.publish();
    }
}

void PerplexitySession::findSensitivities(Run& run, unsigned threads, const std::stop_token& stop)
{
    PerplexityOptions options;
    options.threads = threads;
    options.stop = stop;
    for (const PerplexityEntry& entry : run.entries()) {
        if (run.columnOf(entry).isComplete(LayerFigures::Sensitivities))
            continue;
        const CastModel cast = castFor(m_model, entry.what, options);
        LayerColumn& column = m_columns[caseKey(entry.what)];
        column.sensitivities.assign(column.errors.size(), std::nullopt);
        (void)layerSensitivities(m_model, cast.model, m_windows, m_unquantized.windowLosses,
            {threads, stop, {}, [&](std::size_t layer, const LossChange& change) {
                 column.sensitivities[layer] = change;
                 run.publishSometimes();
             }});
    }
}

}  // namespace nanoscope
