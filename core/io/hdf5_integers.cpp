#include "core/io/hdf5_integers.h"

#include "core/error.h"
#include "core/io/hdf5_handle.h"
#include "core/io/hdf5_source.h"

namespace nanoscope {
namespace {

IntegerMatrix readMatrix(hid_t file, const TensorInfo& info)
{
    const Hdf5Id dataset = checkedId(H5Dopen2(file, info.name.c_str(), H5P_DEFAULT));
    IntegerMatrix matrix{info.name, info.shape[0], info.shape[1], {}};
    matrix.values.resize(info.elements);
    if (!matrix.values.empty())
        checked(H5Dread(dataset.get(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, matrix.values.data()));
    return matrix;
}

}  // namespace

std::vector<IntegerMatrix> readIntegerMatrices(const std::filesystem::path& path, std::uint64_t mostValues)
{
    // Opened once through the source, for its checks and errors.
    const std::unique_ptr<TensorSource> source = openTensorSource(path);
    if (!dynamic_cast<const Hdf5Source*>(source.get()))
        throw Error(path.string(), "not an HDF5 file", "give integers as a two-dimensional HDF5 dataset");
    const Hdf5Silence silence;
    std::vector<IntegerMatrix> matrices;
    for (const TensorInfo& info : source->list()) {
        if (info.dtype != "integer" || info.shape.size() != 2)
            continue;
        if (info.elements > mostValues)
            throw Error(path.string() + ": " + info.name,
                "has " + std::to_string(info.elements) + " values, more than " + std::to_string(mostValues),
                "give fewer");
        try {
            const Hdf5Id file = checkedId(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
            matrices.push_back(readMatrix(file.get(), info));
        } catch (const Hdf5Failure& failure) {
            throw Error(path.string() + ": " + info.name, std::string("cannot be read (") + failure.what() + ")",
                "the file seems to be damaged; copy or download it again");
        }
    }
    return matrices;
}

}  // namespace nanoscope
