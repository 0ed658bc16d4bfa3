#pragma once

#include "core/format/format_json.h"
#include "core/hardware/converters.h"
#include "core/hardware/synthesis_points.h"
#include "core/hardware/system_model.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// Hardware and model together: everything that `--set` reaches.
struct CostSetup {
    HardwareParameters parameters;
    Workload workload;
};

/// A setup with `path=value` applied: a path of the parameters' JSON, or one behind `workload.`.
/// @throws Error (Refused) naming the path, the value and what is allowed
[[nodiscard]] CostSetup withSetting(const CostSetup& setup, std::string_view setting);

/// What a format costs: a unit, an array of them, and a language model on it.
struct FormatCost {
    std::string name;
    std::string activations;  ///< name of the activations' format
    OperandBits bits;         ///< stored bits per element, nominal
    UnitCost unit;
    ArrayCost array;
    std::vector<CostTerm> dotEnergy;         ///< fJ at 45 nm
    std::vector<CostTerm> quantizer;         ///< one column of lanes, beside the array
    std::vector<CostTerm> dequantizer;       ///< weights to BF16, one column of lanes
    std::optional<SynthesisPoint> measured;  ///< the synthesized unit that this one is
    Footprint footprint;
    PhaseCost prefill;
    PhaseCost decode;
    std::vector<std::string> notes;        ///< what is not priced
    std::vector<CostTerm> weightBits;      ///< of what `bits.weights` is the sum
    std::vector<CostTerm> activationBits;  ///< of what `bits.activations` is the sum

    /// Relative error bar of the energy per token of a phase: that of DRAM where it is more than half, else the core's.
    [[nodiscard]] double energyError(const PhaseCost& phase, const HardwareConstants& constants) const;
};

/// @throws Error (Refused) when the datapath cannot be built
[[nodiscard]] FormatCost costOf(const NamedFormat& weights, const NamedFormat& activations, const CostSetup& setup);

/// A format over another: below 1 is better.
struct CostRatio {
    std::string baseline;
    double area = 1.0;     ///< of a unit
    double energy = 1.0;   ///< per decoded token
    double latency = 1.0;  ///< of decoding a token
    double prefillEnergy = 1.0;
    double prefillLatency = 1.0;
};

[[nodiscard]] CostRatio ratioTo(const FormatCost& cost, const FormatCost& baseline);

/// Costs of MXFP4, NVFP4 and FP16, each with itself as activations and in the style `automatic`, whatever style is set.
[[nodiscard]] std::vector<FormatCost> baselineCosts(const CostSetup& setup);

/// The object that `cost --json` prints for a format (core/hardware/README.md).
[[nodiscard]] nlohmann::json toJson(
    const FormatCost& cost, const std::vector<CostRatio>& ratios, const CostSetup& setup);

/// What a reader of these figures must know, one sentence each.
[[nodiscard]] std::vector<std::string> costLimits();

}  // namespace nanoscope
