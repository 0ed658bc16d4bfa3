#pragma once

#include "core/io/slab_plan.h"
#include "core/tensor.h"

#include <hdf5.h>

#include <cstdint>
#include <optional>

namespace nanoscope {

/// How a chunked dataset is stored.
struct Hdf5Chunks {
    Shape extent;             ///< elements along each axis of one chunk; none is 0
    std::uint64_t bytes = 0;  ///< one whole chunk in memory
    bool filtered = false;    ///< chunks pass through filters, so HDF5 always reads them whole
    unsigned resizers = 0;    ///< bit i: filter i of the pipeline changes a chunk's size
};

/// The chunks of an open dataset; nothing if it is not chunked.
/// @throws Hdf5Failure when the dataset's header is damaged
[[nodiscard]] std::optional<Hdf5Chunks> chunksOf(hid_t dataset, std::uint64_t elementBytes);

/// Checks what HDF5 1.10 does not: that every chunk of the box whose compression was skipped is whole. HDF5
/// would read past the end of its own buffer.
/// @param box  part of a filtered dataset that starts at a chunk's first element
/// @throws Hdf5Failure when a chunk is too short
void requireWholeChunks(hid_t dataset, const Hdf5Chunks& chunks, const Box& box);

}  // namespace nanoscope
