#pragma once

#include "core/io/chunk_filters.h"
#include "core/io/slab_plan.h"
#include "core/tensor.h"

#include <hdf5.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {

/// How a chunked dataset is stored.
struct Hdf5Chunks {
    Shape extent;             ///< elements along each axis of one chunk; none is 0
    std::uint64_t bytes = 0;  ///< one whole chunk in memory
    bool filtered = false;    ///< chunks pass through filters, so HDF5 always reads them whole
    unsigned resizers = 0;    ///< bit i: filter i of the pipeline changes a chunk's size
    /// What was applied, first to last, where all of it is known; never an empty list.
    std::optional<std::vector<ChunkFilter>> knownFilters;
};

/// The chunks of an open dataset; nothing if it is not chunked.
/// @throws Hdf5Failure when the dataset's header is damaged
[[nodiscard]] std::optional<Hdf5Chunks> chunksOf(hid_t dataset, std::uint64_t elementBytes);

/// Checks what HDF5 1.10 does not: that every chunk of the box whose compression was skipped is whole. HDF5
/// would read past the end of its own buffer.
/// @param box  part of a filtered dataset that starts at a chunk's first element
/// @throws Hdf5Failure when a chunk is too short
void requireWholeChunks(hid_t dataset, const Hdf5Chunks& chunks, const Box& box);

/// One chunk as it lies in the file.
struct StoredChunk {
    std::vector<std::byte> bytes;
    std::uint32_t skipped = 0;  ///< bit i: filter i was not applied
};

/// Reads a chunk without undoing its filters.
///
/// Why not by its address: HDF5 1.10 searches all chunks whenever it is asked for one's address (4 ns for each that the
/// dataset has), while this takes 0.8 microseconds of HDF5's lock beyond the copying, however many there are.
/// @param start   index of the chunk's first element
/// @param stored  gets the chunk
/// @return false when the chunk was never written, or when it is larger than any that these filters make
/// @throws Hdf5Failure when the file is damaged
[[nodiscard]] bool readStoredChunk(hid_t dataset, const Hdf5Chunks& chunks, const Shape& start, StoredChunk& stored);

}  // namespace nanoscope
