#include "core/io/hdf5_chunks.h"

#include "core/io/hdf5_handle.h"

#include <algorithm>
#include <cstddef>
#include <functional>
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
    const auto filters = static_cast<unsigned>(checked(H5Pget_nfilters(creation.get())));
    chunks.filtered = filters > 0;
    for (unsigned i = 0; i < filters; ++i) {
        unsigned flags = 0;
        unsigned config = 0;
        std::size_t parameters = 0;
        const H5Z_filter_t filter
            = checked(H5Pget_filter2(creation.get(), i, &flags, &parameters, nullptr, 0, nullptr, &config));
        if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
            chunks.resizers |= 1u << i;
    }
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

}  // namespace nanoscope
