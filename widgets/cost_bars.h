#pragma once

#include "widgets/cost_bar_chart.h"
#include "widgets/cost_result.h"

namespace nanoscope {

/// What stands below A and B. FP16 is several times as large as everything else.
enum class BarBaselines { FourBits, AlsoFp16 };

/// Areas of a unit by group, with NanoMantissa, Adaptive Microexponent and Code Recycling as parts of their own.
[[nodiscard]] CostBars areaBars(const CostResult& result, BarBaselines baselines);

/// Energy per token of a phase as DRAM, SRAM, core and static.
[[nodiscard]] CostBars energyBars(const CostResult& result, bool isDecode, BarBaselines baselines);

}  // namespace nanoscope
