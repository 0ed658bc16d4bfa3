#include "core/io/hdf5_source.h"

#include "core/closest_name.h"
#include "core/error.h"
#include "core/io/hdf5_attributes.h"
#include "core/io/hdf5_load.h"
#include "core/io/hdf5_walk.h"

#include <algorithm>
#include <new>
#include <stdexcept>

namespace nanoscope {

namespace {

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

std::map<std::string, std::string> Hdf5Source::attributes() const
{
    const Hdf5Silence silence;
    try {
        const Hdf5Id root = checkedId(H5Oopen(m_file.get(), "/", H5P_DEFAULT));
        return attributeTexts(root.get());
    } catch (const Hdf5Failure& failure) {
        throw Error(m_path, std::string("its attributes cannot be read (") + failure.what() + ")", kDamagedRemedy);
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
        TensorValues values = loadValues(dataset.get(), described, options);
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
