#pragma once

#include "core/io/hdf5_handle.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace nanoscope {

class TensorSource;

/// A file of one tensor on which loading is measured. It has lost its name by the time it is made: nothing is left of
/// it however the program ends.
struct SpeedFile {
    std::unique_ptr<TensorSource> source;  ///< this program's way to it
    Hdf5Id file;                           ///< HDF5's own
    Hdf5Id dataset;
    std::string name;  ///< of the tensor
    std::uint64_t elements = 0;
};

/// How the tensor of a SpeedFile is stored.
enum class SpeedStorage {
    F16Contiguous,
    F32Contiguous,
    F32ShuffleDeflate,  ///< chunks of 1 MiB, level 1
    F16ShuffleDeflate
};

/// Writes values like those of weights (speedTensor).
/// @param elements  a multiple of kSpeedRow
/// @throws Error when the folder cannot be written to
[[nodiscard]] SpeedFile makeSpeedFile(
    const std::filesystem::path& folder, SpeedStorage storage, std::uint64_t elements);

}  // namespace nanoscope
