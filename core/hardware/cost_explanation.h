#pragma once

#include "core/hardware/format_cost.h"

#include <vector>

namespace nanoscope {

/// How each figure of a cost was found: name, value, unit, formula and source. Every formula is words, ` = ` and
/// arithmetic in numbers with `+ - x /`, parentheses, `max` and `ceil` that gives the value, up to the five digits that
/// are written. Values are those of `cost`; `group` means nothing here.
///
/// Names: `bits, weights`, `bits, activations` (bit/element); `unit`, `per lane`, `quantizer`, `dequantizer` (NAND2);
/// `unit area`, `array area`, `buffer area` (mm2); `one dot product` (pJ); `leakage` (mW); then for each of `prefill`
/// and `decode`: `P, cycles`, `P, latency` (s), `P, tokens per second` (1/s), `P, DRAM`, `P, SRAM`, `P, core`,
/// `P, static`, `P, energy` (J/token); `footprint, weights`, `footprint, embeddings`, `footprint, keys and values`,
/// `footprint` (byte). `findTerm` finds one.
/// @param setup  the one that `cost` was made with
[[nodiscard]] std::vector<CostTerm> explainCost(const FormatCost& cost, const CostSetup& setup);

/// The same for a layer of a phase: `compute cycles`, `memory cycles`, `cycles`, `weight bytes`, `activation bytes`,
/// `output bytes`, `DRAM`, `SRAM`, `core`, `static`, `energy` (J). How the schedule came to its bytes is told in words.
[[nodiscard]] std::vector<CostTerm> explainLayer(
    const LayerCost& layer, const FormatCost& cost, const CostSetup& setup);

/// The same for the headline ratios to a baseline: `area`, `energy`, `latency`, `prefill energy`, `prefill latency`.
[[nodiscard]] std::vector<CostTerm> explainRatio(const FormatCost& cost, const FormatCost& baseline);

}  // namespace nanoscope
