#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// How a buffer's figures are found.
enum class SramMethod {
    Sweep,  ///< between the rows of the CACTI sweep, in the logarithms of size and width; beyond them the fit
    Fit     ///< power laws: mean error 7 to 16 %, up to a factor of two below 4 KB
};

/// One bank of on-chip memory.
struct SramFigures {
    double readPicojoulePerBit = 0.0;
    double writePicojoulePerBit = 0.0;
    double leakageMilliwatt = 0.0;  ///< at 360 K: pessimistic
    double squareMillimeter = 0.0;
};

/// Technologies of the sweep: "28hp", "28lop", "45hp".
[[nodiscard]] std::vector<std::string> sramTechnologies();

/// Figures of a bank of `kilobytes`, `widthBits` read at a time. Source: own CACTI 7 sweep
/// (resources/hardware/sram.json).
/// @throws Error (Refused) for an unknown technology
[[nodiscard]] SramFigures sramFigures(
    std::string_view technology, double kilobytes, double widthBits, SramMethod method = SramMethod::Sweep);

}  // namespace nanoscope
