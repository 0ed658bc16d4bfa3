#pragma once

#include "core/hardware/gemm_schedule.h"
#include "core/hardware/parameters.h"
#include "core/hardware/unit_cost.h"
#include "core/hardware/workload.h"

#include <string>
#include <vector>

namespace nanoscope {

/// Energy by where it goes, in joules.
struct EnergyStack {
    double dram = 0.0;
    double sram = 0.0;
    double core = 0.0;
    double still = 0.0;  ///< static power times time

    [[nodiscard]] double total() const { return dram + sram + core + still; }
    EnergyStack& operator+=(const EnergyStack& other);
};

enum class Bound { Compute, Memory };

/// A matrix product that runs `count` times in a phase; cycles, bytes and energy are of all of them.
struct LayerCost {
    std::string name;
    double count = 1.0;
    double macs = 0.0;
    double computeCycles = 0.0;
    double memoryCycles = 0.0;
    Traffic traffic;
    Bound bound = Bound::Compute;
    EnergyStack energy;
    Gemm gemm;                        ///< one of them
    double edgeWeightBits = 0.0;      ///< that the array reads from the buffer of weights
    double edgeActivationBits = 0.0;  ///< that the array reads from the buffer of activations

    [[nodiscard]] double cycles() const { return computeCycles > memoryCycles ? computeCycles : memoryCycles; }
};

/// Prefill of the prompts, or the decoding of one token for every sequence of the batch.
struct PhaseCost {
    double tokens = 0.0;  ///< that the phase advances by, over the batch
    std::vector<LayerCost> layers;
    double cycles = 0.0;
    double latencySeconds = 0.0;
    Traffic traffic;
    EnergyStack energy;
    double macs = 0.0;
    double edgeWeightBits = 0.0;      ///< as in LayerCost
    double edgeActivationBits = 0.0;  ///< as in LayerCost

    [[nodiscard]] double joulePerToken() const { return energy.total() / tokens; }
    [[nodiscard]] double tokensPerSecond() const { return tokens / latencySeconds; }
};

/// What the array and its memories are made of.
struct ArrayCost {
    ArrayShape shape;
    SramFigures weightBuffer;
    SramFigures activationBuffer;
    SramFigures outputBuffer;
    double dramReadPicojoulePerBit = 0.0;
    double dramWritePicojoulePerBit = 0.0;
    double dramStaticMilliwatt = 0.0;
    double unitSquareMillimeter = 0.0;
    double arraySquareMillimeter = 0.0;
    double sramSquareMillimeter = 0.0;
    double dotPicojoule = 0.0;      ///< one dot product of all lanes, at the node
    double leakageMilliwatt = 0.0;  ///< gates and buffers
};

/// Units, areas and powers of the array.
/// @throws Error (Refused) when the area budget holds no unit
[[nodiscard]] ArrayCost arrayCost(const UnitCost& unit, const HardwareParameters& parameters);

/// Bits per element of weights and activations in memory.
struct OperandBits {
    double weights = 16.0;
    double activations = 16.0;
};

/// @name The two phases of a language model
/// Attention runs on the same array at the same rate, with keys and values of `storage.kv_bits`; scores and
/// probabilities stay on the chip, and no work is saved by the causal mask. The head runs for the last token.
/// @{
[[nodiscard]] PhaseCost prefillCost(
    const Workload& workload, const ArrayCost& array, const OperandBits& bits, const HardwareParameters& parameters);
[[nodiscard]] PhaseCost decodeCost(
    const Workload& workload, const ArrayCost& array, const OperandBits& bits, const HardwareParameters& parameters);
/// @}

/// One matrix product, `count` times.
[[nodiscard]] LayerCost layerCost(
    std::string name, const Gemm& gemm, double count, const ArrayCost& array, const HardwareParameters& parameters);

}  // namespace nanoscope
