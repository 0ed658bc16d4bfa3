#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// What a memory takes per bit. Figures that come from secondary tables only are a band.
struct DramPreset {
    std::string name;
    std::string title;
    std::string source;
    double readPicojoulePerBit = 0.0;
    double writePicojoulePerBit = 0.0;
    double staticMilliwatt = 0.0;
    std::optional<double> low;   ///< pJ per bit
    std::optional<double> high;  ///< pJ per bit
};

/// A process node: what a NAND2 measures and what an operation takes relative to 45 nm and 1.1 V.
struct ProcessNode {
    std::string name;
    std::string title;
    std::string source;
    double nand2SquareMicrometer = 0.0;
    double energyFactor = 0.0;
};

/// @name The shipped tables, in the order in which they are offered
/// @{
[[nodiscard]] std::vector<DramPreset> dramPresets();
[[nodiscard]] std::vector<ProcessNode> processNodes();
/// @}

/// @name One of them by name
/// @throws Error (Refused) naming the names that there are
/// @{
[[nodiscard]] DramPreset dramPreset(std::string_view name);
[[nodiscard]] ProcessNode processNode(std::string_view name);
/// @}

}  // namespace nanoscope
