#pragma once

#include "core/analysis/report.h"
#include "core/preview/block_sample.h"
#include "core/preview/sample_estimate.h"
#include "core/summary/summary_answer.h"

#include <optional>

namespace nanoscope {

/// True for formats whose blocks can be quantized one by one, wherever they lie: what one block becomes depends on
/// its own values and at most on the largest magnitude of the tensor. Not: transforms, mixed blocks, tiles, levels
/// fitted to the values, columns and shares of outliers, choices for the whole tensor, random rounding, OliVe,
/// MicroScopiQ, phase codes.
[[nodiscard]] bool isPreviewable(const FormatSpec& spec);

/// The parameters that the whole tensor would give a previewable format, from what the sample knows of it.
[[nodiscard]] TensorParameters sampledParameters(const FormatSpec& spec, const BlockSample& sample);

/// What a sample says of a format as a report (ReportTier::Preview).
///
/// Estimated: error figures, counts per level, shares, vacancy of blocks, density, error by magnitude. Exact: elements,
/// NaN, infinity, stored bits, tensor scale, and the tensor's power, which NMSE and SQNR refer to. Not known: the
/// largest error (NaN), figures of single blocks and bounds (empty). `vacant.tensor` counts the codes that the sample
/// does not hold: some of them may occur.
/// @param sample   of the rows that `subject` tells of, cut as the format does
/// @param format   validated; resolved here
/// @return nothing for a format that is not previewable, or that cuts blocks of another length
/// @throws Cancelled
[[nodiscard]] std::optional<Report> previewReport(const BlockSample& sample, const NamedFormat& format,
    const SummarySubject& subject, const PreviewOptions& options = {});

}  // namespace nanoscope
