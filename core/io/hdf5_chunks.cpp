#include "core/io/hdf5_chunks.h"

#include "core/io/hdf5_handle.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace nanoscope {

namespace {

// HDF5 reads past the end of its buffer for a chunk that its index calls shorter than it must be.
void requireWholeUnfilteredChunks(hid_t dataset, std::uint64_t chunkBytes)
{
    const Hdf5Id space = checkedId(H5Dget_space(dataset));
    hsize_t count = 0;
    checked(H5Dget_num_chunks(dataset, space.get(), &count));
    if (H5Dget_storage_size(dataset) / chunkBytes < count)
        throw Hdf5Failure("its chunks are shorter than their elements");
}

bool isTooShort(
    hid_t dataset, const Hdf5Chunks& chunks, const std::vector<hsize_t>& start, std::vector<std::byte>& stored)
{
    hsize_t bytes = 0;
    // A failure means that the chunk was never written: it reads as the fill value.
    if (H5Dget_chunk_storage_size(dataset, start.data(), &bytes) < 0 || bytes >= chunks.bytes)
        return false;
    // Reading the stored chunk is the only way to its filter mask that does not search all chunks each time.
    stored.resize(bytes);
    std::uint32_t skipped = 0;
    checked(H5Dread_chunk(dataset, H5P_DEFAULT, start.data(), &skipped, stored.data()));
    return (chunks.resizers & ~skipped) == 0;
}

/// One filter of a dataset's pipeline.
struct PipelineFilter {
    H5Z_filter_t id = H5Z_FILTER_NONE;
    unsigned firstParameter = 0;  // 0 where there is none
};

PipelineFilter filterAt(hid_t creation, unsigned index)
{
    PipelineFilter filter;
    unsigned flags = 0;
    unsigned config = 0;
    std::size_t parameters = 1;
    filter.id
        = checked(H5Pget_filter2(creation, index, &flags, &parameters, &filter.firstParameter, 0, nullptr, &config));
    return filter;
}

std::optional<ChunkFilter> knownFilter(const PipelineFilter& filter, std::uint64_t elementBytes)
{
    switch (filter.id) {
    case H5Z_FILTER_DEFLATE:
        return ChunkFilter::Deflate;
    case H5Z_FILTER_FLETCHER32:
        return ChunkFilter::Fletcher32;
    case H5Z_FILTER_SHUFFLE:
        if (filter.firstParameter == elementBytes)
            return ChunkFilter::Shuffle;
        break;
    default:
        break;
    }
    return std::nullopt;
}

void describeFilters(hid_t creation, std::uint64_t elementBytes, Hdf5Chunks& chunks)
{
    const auto count = static_cast<unsigned>(checked(H5Pget_nfilters(creation)));
    std::vector<ChunkFilter> known;
    for (unsigned i = 0; i < count; ++i) {
        const PipelineFilter filter = filterAt(creation, i);
        if (filter.id != H5Z_FILTER_SHUFFLE && filter.id != H5Z_FILTER_FLETCHER32)
            chunks.resizers |= 1u << i;
        if (const auto ours = knownFilter(filter, elementBytes))
            known.push_back(*ours);
    }
    chunks.filtered = count > 0;
    unsigned options = 0;
    checked(H5Pget_chunk_opts(creation, &options));
    const bool isUniform = options == 0;  // chunks at the far edges may be stored without filters otherwise
    if (count > 0 && known.size() == count && isUniform)
        chunks.knownFilters = std::move(known);
}

}  // namespace

std::optional<Hdf5Chunks> chunksOf(hid_t dataset, std::uint64_t elementBytes)
{
    const Hdf5Id creation = checkedId(H5Dget_create_plist(dataset));
    if (H5Pget_layout(creation.get()) != H5D_CHUNKED)
        return std::nullopt;
    std::vector<hsize_t> extent(H5S_MAX_RANK, 0);
    extent.resize(static_cast<std::size_t>(
        checked(H5Pget_chunk(creation.get(), static_cast<int>(extent.size()), extent.data()))));
    const Hdf5Id space = checkedId(H5Dget_space(dataset));
    std::vector<hsize_t> most(H5S_MAX_RANK, 0);
    most.resize(static_cast<std::size_t>(checked(H5Sget_simple_extent_dims(space.get(), nullptr, most.data()))));
    // No program can write chunks that are larger than the dataset may ever become.
    if (!std::equal(extent.begin(), extent.end(), most.begin(), most.end(), std::less_equal<>{}))
        throw Hdf5Failure("its chunks do not fit its shape");

    Hdf5Chunks chunks;
    chunks.extent.assign(extent.begin(), extent.end());
    chunks.bytes = elementBytes;
    constexpr std::uint64_t kLargestChunk = (std::uint64_t{1} << 32) - 1;  // HDF5's own limit
    for (const std::uint64_t elements : chunks.extent) {
        if (elements == 0 || elements > kLargestChunk / chunks.bytes)
            throw Hdf5Failure("its chunk size is impossible");
        chunks.bytes *= elements;
    }
    describeFilters(creation.get(), elementBytes, chunks);
    if (!chunks.filtered)
        requireWholeUnfilteredChunks(dataset, chunks.bytes);
    return chunks;
}

void requireWholeChunks(hid_t dataset, const Hdf5Chunks& chunks, const Box& box)
{
    std::vector<hsize_t> start(box.start.begin(), box.start.end());
    std::vector<std::byte> stored;
    while (true) {
        if (isTooShort(dataset, chunks, start, stored))
            throw Hdf5Failure("a chunk is shorter than its elements");
        std::size_t axis = start.size();
        while (axis > 0) {
            --axis;
            start[axis] += chunks.extent[axis];
            if (start[axis] < box.start[axis] + box.extent[axis])
                break;
            start[axis] = box.start[axis];
            if (axis == 0)
                return;
        }
    }
}

bool readStoredChunk(hid_t dataset, const Hdf5Chunks& chunks, const Shape& start, StoredChunk& stored)
{
    const std::vector<hsize_t> first(start.begin(), start.end());
    hsize_t bytes = 0;
    if (H5Dget_chunk_storage_size(dataset, first.data(), &bytes) < 0 || bytes == 0)
        return false;
    // Deflate adds a few bytes to what it cannot compress; a damaged size must not claim memory.
    if (bytes > chunks.bytes + chunks.bytes / 64 + 1024)
        return false;
    stored.bytes.resize(bytes);
    checked(H5Dread_chunk(dataset, H5P_DEFAULT, first.data(), &stored.skipped, stored.bytes.data()));
    return true;
}

}  // namespace nanoscope
