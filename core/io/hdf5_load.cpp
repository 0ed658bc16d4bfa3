#include "core/io/hdf5_load.h"

#include "core/error.h"
#include "core/fast/huge_pages.h"
#include "core/io/hdf5_chunks.h"
#include "core/io/hdf5_handle.h"
#include "core/io/slab_plan.h"
#include "core/quant/parallel.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

namespace nanoscope {

namespace {

constexpr std::uint64_t kPieceBytes = std::uint64_t{1} << 20;   // a millisecond or two: a stop stays prompt
constexpr std::uint64_t kTileBytes = std::uint64_t{128} << 10;  // stays in the second-level cache while it is converted
constexpr std::uint64_t kBufferBytes = std::uint64_t{48} << 20;  // of all threads together
constexpr unsigned kMostThreads = 16;                            // memory serves no more

/// Where the elements of a contiguous dataset lie.
struct FileRange {
    int file = -1;  // HDF5's own descriptor, so that it is the file that was opened whatever its name says by now
    std::uint64_t offset = 0;
};

/// Nothing where the elements do not lie in one piece of one ordinary file.
std::optional<FileRange> contiguousRange(hid_t dataset)
{
    const Hdf5Id creation = checkedId(H5Dget_create_plist(dataset));
    const haddr_t offset = H5Dget_offset(dataset);
    if (H5Pget_layout(creation.get()) != H5D_CONTIGUOUS || offset == HADDR_UNDEF
        || H5Pget_external_count(creation.get()) > 0)
        return std::nullopt;
    const Hdf5Id file = checkedId(H5Iget_file_id(dataset));
    const Hdf5Id access = checkedId(H5Fget_access_plist(file.get()));
    void* handle = nullptr;
    if (H5Pget_driver(access.get()) != H5FD_SEC2 || H5Fget_vfd_handle(file.get(), H5P_DEFAULT, &handle) < 0
        || handle == nullptr)
        return std::nullopt;
    return FileRange{*static_cast<const int*>(handle), offset};
}

/// Fills `bytes` from a place in a file. @throws Hdf5Failure when it cannot
void readExactly(const FileRange& range, std::uint64_t position, std::span<std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t count
            = pread(range.file, bytes.data(), bytes.size(), static_cast<off_t>(range.offset + position));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw Hdf5Failure("file read failed: " + std::generic_category().message(errno));
        if (count == 0)
            throw Hdf5Failure("the file ends before its elements do");
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        position += static_cast<std::uint64_t>(count);
    }
}

/// Reads one box, densely and as stored: the memory type is the file's own, so HDF5 converts nothing.
void readBox(hid_t dataset, hid_t type, const Box& box, std::span<std::byte> raw)
{
    const Hdf5Id fileSpace = checkedId(H5Dget_space(dataset));
    if (box.extent.empty()) {
        checked(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()));
        return;
    }
    const std::vector<hsize_t> start(box.start.begin(), box.start.end());
    const std::vector<hsize_t> extent(box.extent.begin(), box.extent.end());
    checked(H5Sselect_hyperslab(fileSpace.get(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr));
    const Hdf5Id memorySpace = checkedId(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr));
    checked(H5Dread(dataset, type, memorySpace.get(), fileSpace.get(), H5P_DEFAULT, raw.data()));
}

/// The piece that HDF5 reads as a unit, so that no chunk is decompressed for two boxes.
Shape storageGrain(const Shape& shape, const std::optional<Hdf5Chunks>& chunks)
{
    // Parts of an unfiltered chunk can be read directly, so a large one need not be read whole.
    const bool indivisible = chunks && (chunks->filtered || chunks->bytes <= kPieceBytes);
    return indivisible ? chunks->extent : Shape(shape.size(), 1);
}

std::vector<Box> boxesOf(const SlabPlan& plan)
{
    std::vector<Box> boxes{plan.first()};
    for (Box box = boxes.front(); plan.advance(box);)
        boxes.push_back(box);
    return boxes;
}

/// One dataset while it is read.
class Loader {
public:
    Loader(hid_t dataset, const Hdf5Dataset& described, const ReadOptions& options, std::span<std::byte> memory)
        : m_dataset(dataset)
        , m_shape(described.info.shape)
        , m_encoding(*described.encoding)
        , m_itemBytes(elementBytes(m_encoding.type))
        , m_totalBytes(described.info.elements * m_itemBytes)
        , m_options(options)
        , m_memory(memory)
        , m_type(checkedId(H5Dget_type(dataset)))
    {
    }

    void run();

private:
    /// What a worker keeps from one box to the next.
    struct Room {
        std::vector<std::byte> raw;
        StoredChunk stored;
        std::optional<ChunkDecoder> decoder;
    };

    void readPieces(const FileRange& range);
    void readPiece(const FileRange& range, std::uint64_t begin, std::uint64_t end, std::vector<std::byte>& room);
    void readBoxes();
    void readByHdf5(const Box& box, Room& room);
    void readChunks(const Box& box, Room& room);
    void readChunk(const Box& box, Room& room);
    void finish(std::uint64_t bytes);
    [[nodiscard]] unsigned threads(std::uint64_t tasks, std::uint64_t roomBytes) const;
    void convert(std::span<const std::byte> raw, std::uint64_t element);
    /// Room for elements as they are held, float32 or words.
    template <typename Value> std::span<Value> place(std::uint64_t element, std::uint64_t count)
    {
        return {reinterpret_cast<Value*>(m_memory.data()) + element, count};
    }

    hid_t m_dataset;
    const Shape& m_shape;
    ElementEncoding m_encoding;
    std::uint64_t m_itemBytes;
    std::uint64_t m_totalBytes;
    const ReadOptions& m_options;
    std::span<std::byte> m_memory;  // aligned for what is held
    Hdf5Id m_type;
    std::optional<Hdf5Chunks> m_chunks;
    std::mutex m_hdf5;      // one call at a time, also where the library is built without its own lock
    std::mutex m_progress;  // of m_doneBytes and the caller's function
    std::uint64_t m_doneBytes = 0;
};

unsigned Loader::threads(std::uint64_t tasks, std::uint64_t roomBytes) const
{
    const auto affordable = static_cast<unsigned>(std::clamp<std::uint64_t>(kBufferBytes / roomBytes, 1, kMostThreads));
    return std::min(threadCount(m_options.threads, tasks), affordable);
}

void Loader::finish(std::uint64_t bytes)
{
    const std::lock_guard lock(m_progress);
    if (m_options.stop.stop_requested())
        throw Cancelled();
    m_doneBytes += bytes;
    if (m_options.progress)
        m_options.progress(m_doneBytes, m_totalBytes);
}

void Loader::convert(std::span<const std::byte> raw, std::uint64_t element)
{
    const std::uint64_t count = raw.size() / m_itemBytes;
    if (valueKind(m_encoding.type) == ValueKind::Float32)
        decodeElements(raw, m_encoding, place<float>(element, count));
    else
        decodeWords(raw, m_encoding.order, place<std::uint16_t>(element, count));
}

void Loader::readPiece(const FileRange& range, std::uint64_t begin, std::uint64_t end, std::vector<std::byte>& room)
{
    const bool isHeldAsStored = m_encoding.type != ElementType::F64 && m_encoding.order == std::endian::native;
    if (isHeldAsStored) {
        readExactly(range, begin, m_memory.subspan(begin, end - begin));
        return;
    }
    room.resize(kTileBytes);
    for (; begin < end; begin += kTileBytes) {
        const std::span<std::byte> tile = std::span(room).first(std::min(kTileBytes, end - begin));
        readExactly(range, begin, tile);
        convert(tile, begin / m_itemBytes);
    }
}

void Loader::readPieces(const FileRange& range)
{
    const std::uint64_t pieces = (m_totalBytes + kPieceBytes - 1) / kPieceBytes;
    const unsigned workers = threads(pieces, kTileBytes);
    std::vector<std::vector<std::byte>> rooms(workers);
    forEachChunk(pieces, workers, m_options.stop, [&](unsigned worker, std::uint64_t piece) {
        const std::uint64_t begin = piece * kPieceBytes;
        const std::uint64_t end = std::min(m_totalBytes, begin + kPieceBytes);
        readPiece(range, begin, end, rooms[worker]);
        finish(end - begin);
    });
}

void Loader::readByHdf5(const Box& box, Room& room)
{
    room.raw.resize(elementCount(box.extent) * m_itemBytes);
    {
        const std::lock_guard lock(m_hdf5);
        const Hdf5Silence silence;
        if (m_chunks && m_chunks->filtered)
            requireWholeChunks(m_dataset, *m_chunks, box);
        readBox(m_dataset, m_type.get(), box, room.raw);
    }
    forEachRun(m_shape, box, [&](std::uint64_t held, std::uint64_t element, std::uint64_t length) {
        convert(std::span(room.raw).subspan(held * m_itemBytes, length * m_itemBytes), element);
    });
}

/// @param box  of one chunk, cut off where the tensor ends
void Loader::readChunk(const Box& box, Room& room)
{
    bool isStored = false;
    {
        const std::lock_guard lock(m_hdf5);
        const Hdf5Silence silence;
        isStored = readStoredChunk(m_dataset, *m_chunks, box.start, room.stored);
    }
    const auto raw = isStored ? room.decoder->decode(room.stored.bytes, room.stored.skipped) : std::nullopt;
    if (!raw) {
        readByHdf5(box, room);
        return;
    }
    forEachRun(m_shape, box, m_chunks->extent, [&](std::uint64_t held, std::uint64_t element, std::uint64_t length) {
        convert(raw->subspan(held * m_itemBytes, length * m_itemBytes), element);
    });
}

/// @param box  of whole chunks, cut off where the tensor ends
void Loader::readChunks(const Box& box, Room& room)
{
    if (!room.decoder)
        room.decoder.emplace(*m_chunks->knownFilters, m_chunks->bytes, m_itemBytes);
    constexpr std::uint64_t kNoMoreThanGrain = 0;
    const SlabPlan plan(box.extent, m_chunks->extent, m_itemBytes, kNoMoreThanGrain);
    Box inBox = plan.first();
    do {
        Box chunk = inBox;
        for (std::size_t axis = 0; axis < chunk.start.size(); ++axis)
            chunk.start[axis] += box.start[axis];
        readChunk(chunk, room);
    } while (plan.advance(inBox));
}

void Loader::readBoxes()
{
    m_chunks = chunksOf(m_dataset, m_itemBytes);
    const SlabPlan plan(m_shape, storageGrain(m_shape, m_chunks), m_itemBytes, kPieceBytes);
    const std::vector<Box> boxes = boxesOf(plan);
    constexpr std::uint64_t kBuffers = 3;  // of a worker, each of a box or a chunk
    const unsigned workers = threads(boxes.size(), kBuffers * elementCount(plan.extent()) * m_itemBytes);
    std::vector<Room> rooms(workers);
    forEachChunk(boxes.size(), workers, m_options.stop, [&](unsigned worker, std::uint64_t index) {
        const Box& box = boxes[index];
        if (m_chunks && m_chunks->knownFilters)
            readChunks(box, rooms[worker]);
        else
            readByHdf5(box, rooms[worker]);
        finish(elementCount(box.extent) * m_itemBytes);
    });
}

void Loader::run()
{
    if (const auto range = contiguousRange(m_dataset))
        readPieces(*range);
    else
        readBoxes();
}

}  // namespace

TensorValues loadValues(hid_t dataset, const Hdf5Dataset& described, const ReadOptions& options)
{
    const std::size_t count = described.info.elements;
    const ValueKind kind = valueKind(described.encoding->type);
    const std::size_t bytes = count * (kind == ValueKind::Float32 ? sizeof(float) : sizeof(std::uint16_t));
    const std::shared_ptr<std::byte[]> memory = std::make_unique_for_overwrite<std::byte[]>(bytes);
    adviseHugePages(memory.get(), bytes);
    Loader(dataset, described, options, {memory.get(), bytes}).run();
    return {kind, memory, count};
}

}  // namespace nanoscope
