#include "core/analysis/quick_sweep.h"

#include "core/analysis/decibel.h"
#include "core/error.h"
#include "core/fast/fused_pass.h"
#include "core/fast/worker_pool.h"
#include "core/format/format_storage.h"
#include "core/quant/block_encoder.h"
#include "core/quant/prepared_tensor.h"
#include "core/quant/stored_bits.h"
#include "core/quant/transform.h"

#include <cmath>
#include <optional>

namespace nanoscope {
namespace {

void fillCounts(SweepFigures& figures, const CodeFigures& codes, const std::vector<Codebook>& books)
{
    for (std::size_t book = 0; book < books.size(); ++book) {
        figures.structuralVacant += books[book].structuralVacancies();
        for (std::uint32_t code = 0; code < books[book].codeCount(); ++code)
            if (codes.codes[book][code] == 0 && !books[book].isStructurallyVacant(code))
                ++figures.tensorVacant;
    }
    double entropy = 0.0;
    for (std::size_t code = 0; code < kCodes; ++code) {
        const double p
            = static_cast<double>(codes.ofCode(code)) / static_cast<double>(figures.measured);
        entropy -= p > 0 ? p * std::log2(p) : 0.0;
    }
    figures.utilisation = entropy / books.front().codeBits();
}

/// Nothing where no kernel serves.
std::optional<SweepFigures> passFigures(const BlockView& rows, const FormatSpec& spec,
    const TensorStatistics& statistics, WorkerPool& pool, const SweepOptions& options)
{
    const bool isFinite = statistics.nanCount + statistics.infinityCount == 0;
    if (!isFinite || rows.elements() == 0 || basisText(spec) != basisText(FormatSpec{}))
        return std::nullopt;
    if (!FusedPass::forFormat(resolved(spec, rows.rowLength()), {}))  // before a look at the whole tensor
        return std::nullopt;
    const PreparedTensor prepared = prepare(rows, spec, {options.threads, options.stop, {}});
    const auto pass = FusedPass::forFormat(prepared.spec, prepared.parameters);
    if (!pass || hasVariableBlocks(prepared.spec))
        return std::nullopt;
    const FusedFigures found = pass->measure(prepared.view, {&pool, pool.threads(), options.stop});
    SweepFigures figures;
    figures.elements = figures.measured = rows.elements();
    figures.bitsPerElement = storedBitsPerElement(prepared, {});
    figures.maximumError = found.maximumError;
    figures.squaredError = found.squaredError;
    figures.power = statistics.power;
    if (figures.power > 0)
        figures.nmse = figures.squaredError / figures.power;
    if (figures.power > 0 && figures.squaredError > 0)
        figures.sqnrDecibel = sqnrOfNmse(*figures.nmse);
    fillCounts(figures, found.codes, makeBlockEncoder(prepared.spec, prepared.parameters)->books());
    return figures;
}

}  // namespace

SweepFigures quickSweepFigures(const Tensor& tensor, const NamedFormat& format, const TensorStatistics& statistics,
    WorkerPool& pool, const SweepOptions& options)
{
    FormatSpec spec = format.spec;
    spec.geometry.axis = options.axis.value_or(spec.geometry.axis);
    try {
        const BlockView rows(tensor, spec.geometry.axis, 1);
        if (const auto figures = passFigures(rows, spec, statistics, pool, options))
            return *figures;
    } catch (const Error&) {
        // sweepFigures() tells the reason
    }
    return sweepFigures(tensor, format, options);
}

}  // namespace nanoscope
