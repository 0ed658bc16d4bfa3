#pragma once

#include "core/format/format_spec.h"
#include "core/quant/block_view.h"
#include "core/quant/effective_scale.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// What a format needs to know of a whole tensor before its blocks can be encoded; found once, then shared by all
/// threads. `scale`, `book` and `values` are stored with the tensor; the rest is only for encoding.
struct TensorParameters {
    TensorScale scale;                  ///< tensor scale; 1 where the format has none
    std::size_t book = 0;               ///< chooser.unit tensor: the codebook of all blocks
    std::vector<float> values;          ///< encoder's own: the fitted codebook, the scales of phase stages
    double threshold = 0.0;             ///< Sparse and Columns: smallest magnitude that stays FP16
    std::vector<std::uint8_t> columns;  ///< Columns: 1 for a column that stays FP16, by position in the row
    std::vector<std::uint8_t> parts;    ///< mixed formats: the part of each block, row by row
};

/// How long passes over a tensor are run.
struct PassOptions {
    unsigned threads = 0;  ///< 0: as many as there are cores
    std::stop_token stop;  ///< a stop throws Cancelled
    /// Fraction done, from any worker; only of searches over the whole tensor; may be empty.
    std::function<void(double)> progress = {};
};

/// One pass or more over the tensor, as many as the format needs; none for most.
/// @param spec  resolved for the view
/// @throws Cancelled
[[nodiscard]] TensorParameters tensorParameters(
    const FormatSpec& spec, const BlockView& view, const PassOptions& options = {});

/// Codebooks times tensor scales that are tried over the whole tensor; 1 where nothing is searched.
[[nodiscard]] std::size_t tensorCandidateCount(const FormatSpec& spec);

/// Share of the time of a measurement that its search over the whole tensor takes: every candidate costs a pass, as the
/// measurement itself does.
[[nodiscard]] double tensorSearchShare(const FormatSpec& spec);

/// True when a format stores a tensor scale: its own, or the one that the parts of a mix share.
[[nodiscard]] bool hasTensorScale(const FormatSpec& spec);

/// True when tensorParameters() has to look at the tensor's values.
[[nodiscard]] bool needsTensorPass(const FormatSpec& spec);

}  // namespace nanoscope
