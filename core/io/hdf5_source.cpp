#include "core/io/hdf5_source.h"

#include "core/closest_name.h"
#include "core/error.h"
#include "core/io/hdf5_chunks.h"
#include "core/io/hdf5_walk.h"
#include "core/io/slab_plan.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <stdexcept>

namespace nanoscope {

namespace {

constexpr std::uint64_t kSlabBytes = std::uint64_t{4} << 20;  // a few milliseconds from a disk: cancel stays prompt
constexpr const char* kDamagedRemedy = "the file seems to be damaged; copy or download it again";

Hdf5Id openFile(const std::filesystem::path& path)
{
    const Hdf5Id access = checkedId(H5Pcreate(H5P_FILE_ACCESS));
    // Respect a writer's lock, but do not insist where the file system has no locks (network, read-only media).
    checked(H5Pset_file_locking(access.get(), true, true));
    return checkedId(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()));
}

Error openError(const std::string& path, const Hdf5Failure& failure)
{
    const std::string problem = failure.what();
    if (failure.truncated())
        return Error(path, "the file is truncated (" + problem + ")", "copy or download it again");
    if (problem.find("lock file") != std::string::npos)
        return Error(path, "another program is writing to this file", "close that program, or copy the file");
    return Error(path, "HDF5 cannot open it (" + problem + ")", kDamagedRemedy);
}

/// The piece that HDF5 reads as a unit, so that no chunk is decompressed for two slabs.
Shape storageGrain(const Shape& shape, const std::optional<Hdf5Chunks>& chunks)
{
    // Parts of an unfiltered chunk can be read directly, so a large one need not be read whole.
    const bool indivisible = chunks && (chunks->filtered || chunks->bytes <= kSlabBytes);
    return indivisible ? chunks->extent : Shape(shape.size(), 1);
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

std::vector<float> readValues(
    hid_t dataset, const TensorInfo& info, ElementEncoding encoding, const ReadOptions& options)
{
    const std::size_t itemBytes = elementBytes(encoding.type);
    const std::optional<Hdf5Chunks> chunks = chunksOf(dataset, itemBytes);
    const SlabPlan plan(info.shape, storageGrain(info.shape, chunks), itemBytes, kSlabBytes);
    const Hdf5Id type = checkedId(H5Dget_type(dataset));
    const std::uint64_t totalBytes = info.elements * itemBytes;

    std::vector<float> values(info.elements);
    std::vector<std::byte> raw;
    Box box = plan.first();
    std::uint64_t doneBytes = 0;
    do {
        if (options.stop.stop_requested())
            throw Cancelled();
        raw.resize(elementCount(box.extent) * itemBytes);
        if (chunks && chunks->filtered)
            requireWholeChunks(dataset, *chunks, box);
        readBox(dataset, type.get(), box, raw);
        forEachRun(info.shape, box, [&](std::uint64_t offsetInBox, std::uint64_t offset, std::uint64_t length) {
            decodeElements(std::span(raw).subspan(offsetInBox * itemBytes, length * itemBytes), encoding,
                std::span(values).subspan(offset, length));
        });
        doneBytes += raw.size();
        if (options.progress)
            options.progress(doneBytes, totalBytes);
    } while (plan.advance(box));
    return values;
}

}  // namespace

Hdf5Source::Hdf5Source(const std::filesystem::path& path)
    : m_path(path.string())
{
    const Hdf5Silence silence;
    try {
        m_file = openFile(path);
        m_list = listDatasets(m_file.get());
    } catch (const Hdf5Failure& failure) {
        throw openError(m_path, failure);
    } catch (const std::bad_alloc&) {
        throw Error(m_path, "there is not enough memory to list it", "close other programs");
    }
}

Hdf5Id Hdf5Source::openDataset(const std::string& name) const
{
    const std::string where = m_path + ": " + name;
    Hdf5Id object(H5Oopen(m_file.get(), name.c_str(), H5P_DEFAULT));
    if (!object.valid()) {
        const std::string problem = Hdf5Failure().what();
        if (H5Lexists(m_file.get(), name.c_str(), H5P_DEFAULT) > 0)
            throw Error(where, "cannot be opened (" + problem + ")",
                "the file is damaged, or the name is a link to a file or tensor that does not exist");
        throw Error(where, "no such tensor", unknownNameRemedy(name));
    }
    switch (H5Iget_type(object.get())) {
    case H5I_DATASET:
        return object;
    case H5I_GROUP:
        throw Error(where, "is a group, not a tensor", "name a tensor in it");
    default:
        throw Error(where, "is not a tensor", unknownNameRemedy(name));
    }
}

std::string Hdf5Source::unknownNameRemedy(const std::string& name) const
{
    std::vector<std::string> names;
    for (const TensorInfo& info : m_list)
        names.push_back(info.name);
    const auto closest = closestName(name, names);
    const std::string listing = "`nanoscope-cli list " + m_path + "` shows its tensors";
    return closest ? "did you mean " + *closest + "? " + listing : listing;
}

Tensor Hdf5Source::read(const std::string& name, const ReadOptions& options) const
{
    const Hdf5Silence silence;
    const std::string listedName = name.substr(std::min(name.find_first_not_of('/'), name.size()));
    const std::string where = m_path + ": " + listedName;
    try {
        const Hdf5Id dataset = openDataset(listedName);
        Hdf5Dataset described = describeDataset(dataset.get(), listedName,
            options.asBfloat16 ? SixteenBitIntegers::AsBfloat16 : SixteenBitIntegers::AsMarked);
        if (!described.encoding)
            throw Error(where, described.info.reason, described.remedy);
        const std::uint64_t declaredBytes = described.info.elements * elementBytes(described.encoding->type);
        if (const auto contradiction = storageContradiction(dataset.get(), declaredBytes))
            throw Error(where, *contradiction, kDamagedRemedy);
        auto values = std::make_shared<const std::vector<float>>(
            readValues(dataset.get(), described.info, *described.encoding, options));
        return Tensor{m_path, std::move(described.info), std::move(values)};
    } catch (const Hdf5Failure& failure) {
        throw Error(where, std::string("cannot be read (") + failure.what() + ")", kDamagedRemedy);
    } catch (const std::bad_alloc&) {
        throw Error(where, "there is not enough memory to hold it", "close other programs, or choose a smaller tensor");
    } catch (const std::length_error&) {
        throw Error(where, "it is larger than any memory", kDamagedRemedy);
    }
}

}  // namespace nanoscope
