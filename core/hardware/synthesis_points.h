#pragma once

#include "core/hardware/unit_cost.h"

#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// A unit that was synthesized (yosys 0.23, NanGate45), beside the design that the formulas price.
struct SynthesisPoint {
    std::string name;
    UnitDesign design;
    double nand2 = 0.0;              ///< area of the netlist
    std::optional<double> fjPerMac;  ///< switching energy without glitches, 45 nm and 1.1 V; dot products only
    std::optional<double> leakageMicrowatt;
};

/// All points, in the order of resources/hardware/synthesized.json.
[[nodiscard]] std::vector<SynthesisPoint> synthesisPoints();

/// The point of this name.
/// @throws Error (Refused) when there is none
[[nodiscard]] SynthesisPoint synthesisPoint(std::string_view name);

/// The synthesized unit that a design is, if it is one: same operands, lanes, parts and style.
[[nodiscard]] std::optional<SynthesisPoint> synthesizedAs(const UnitDesign& design, const HardwareConstants& constants);

}  // namespace nanoscope
