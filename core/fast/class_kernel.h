#pragma once

#include "core/fast/class_code.h"
#include "core/fast/instruction_set.h"
#include "core/fast/tile_run.h"

#include <cstdint>

namespace nanoscope {

/// A format as its codes by class.
struct ClassFormat {
    CodeTable table;
    alignas(64) ClassCodes codes{};
};

/// Tiles of classes.
struct ClassRun {
    const std::uint8_t* classes = nullptr;  ///< tiles * 512
    const TileBits* valid = nullptr;        ///< per tile: which elements exist; null: all
    std::size_t tiles = 0;
};

/// Writes the classes of tiles of floats.
/// @param odd  gets 1 for a tile that classes do not describe (NaN, infinity, exponents near the ends of float32)
using ClassifyKernel = void (*)(const float* values, std::size_t tiles, std::uint8_t* classes, std::uint8_t* odd);

/// Counts the codes of tiles of classes.
using CountKernel = void (*)(const ClassFormat& format, const ClassRun& run, ChunkSums& sums);

[[nodiscard]] ClassifyKernel classifyKernel(KernelTarget target);
[[nodiscard]] CountKernel countKernel(KernelTarget target);

/// Counts a tile that the reference encoder has quantized.
void countSlowTile(const ClassFormat& format, const SlowTile& tile, ChunkSums& sums);

}  // namespace nanoscope
