#pragma once

#include <string>
#include <vector>

namespace nanoscope {

/// @name Published comparisons of accelerators, computed anew
/// Arrays, bit mixes and energies are the papers' (resources/hardware/published.json); the arithmetic is ours.
/// @{

/// Speed of M2XFP (arXiv 2601.19213) over a baseline on each model of the baseline's list: 32 x 32 four-bit MACs
/// against 16 x 16 eight-bit ones where a layer needs eight bits.
/// @param baseline  MX-OliVe, MX-ANT, MX-M-ANT or MicroScopiQ
[[nodiscard]] std::vector<double> m2xfpSpeeds(const std::string& baseline);

/// Energy of MicroScopiQ over M2XFP on each model, with the energies of ANT's simulator.
[[nodiscard]] std::vector<double> m2xfpEnergies();

/// An array of BitMoD's comparison (arXiv 2411.11745): `rows` outputs by `columns` tokens by `lanes` inputs.
struct BitmodArray {
    double rows = 32.0;
    double columns = 24.0;
    double lanes = 1.0;
    double cyclesPerDot = 1.0;
};

struct BitmodCost {
    double cycles = 0.0;
    double dramPicojoule = 0.0;
};

/// What BitMoD works on: a prompt at once, or one token behind it.
enum class BitmodTask { Discriminative, Generative };

/// Cycles and DRAM energy of a model with `weightBits` per weight and 16-bit activations; attention and head included,
/// the refetched operand as BitMoD's simulator chooses it.
[[nodiscard]] BitmodCost bitmodCost(
    const std::string& workload, BitmodTask task, double weightBits, const BitmodArray& array);

/// Speed of `design` over `baseline`, geometric mean over the six models.
/// @param design, baseline  FP16, lossless, lossy, ANT or OliVe
[[nodiscard]] double bitmodSpeed(const std::string& design, const std::string& baseline, BitmodTask task);
/// @}

}  // namespace nanoscope
