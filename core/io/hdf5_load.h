#pragma once

#include "core/io/hdf5_dataset.h"
#include "core/io/tensor_source.h"

#include <hdf5.h>

namespace nanoscope {

/// Reads an open dataset whole, on several threads.
///
/// Elements that lie in one piece are read where they lie, past HDF5. Of chunks HDF5 only finds and reads the stored
/// bytes, one call at a time; what they say is worked out on all threads. Everything else (compact and virtual
/// datasets, external files, chunks without filters or with others than shuffle, deflate and Fletcher32, chunks that
/// were never written) HDF5 reads itself, as the file has it; a chunk that looks damaged too, which gives its error.
/// HDF5 never converts a value, and 16-bit floats stay as they are.
/// @param dataset  as `described` says, its storage free of contradiction
/// @throws Hdf5Failure when the file is damaged
/// @throws Cancelled when options.stop was requested
[[nodiscard]] TensorValues loadValues(hid_t dataset, const Hdf5Dataset& described, const ReadOptions& options);

}  // namespace nanoscope
