#include "core/io/speed_files.h"

#include "core/error.h"
#include "core/fast/speed_data.h"
#include "core/io/tensor_source.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <system_error>
#include <vector>

namespace nanoscope {
namespace {

constexpr const char* kTensor = "w";
constexpr hsize_t kChunkBytes = 1 << 20;

/// A folder of its own under another; goes with all that is in it.
class TemporaryFolder {
public:
    explicit TemporaryFolder(const std::filesystem::path& parent)
    {
        std::string pattern = (parent / "nanoscope-bench-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr)
            throw Error(parent.string(), "cannot hold the benchmark's files", "let TMPDIR name a folder to write to");
        m_path = pattern;
    }
    ~TemporaryFolder()
    {
        std::error_code error;  // what cannot be removed stays; there is nobody to tell
        std::filesystem::remove_all(m_path, error);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

bool isHalf(SpeedStorage storage)
{
    return storage == SpeedStorage::F16Contiguous || storage == SpeedStorage::F16ShuffleDeflate;
}

bool isDeflated(SpeedStorage storage)
{
    return storage == SpeedStorage::F32ShuffleDeflate || storage == SpeedStorage::F16ShuffleDeflate;
}

/// Values cut to binary16, those too small for a normal number to zero: near enough for measuring speed.
std::vector<std::uint16_t> halvesOf(const TensorValues& values)
{
    constexpr std::uint32_t kRebias = (127U - 15U) << 10;
    std::vector<std::uint16_t> halves;
    halves.reserve(values.size());
    values.forEach([&halves](float value) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        const std::uint32_t magnitude = (bits & 0x7FFFFFFFU) >> 13;
        const std::uint32_t half = magnitude < kRebias + 0x400U ? 0 : std::min(magnitude - kRebias, 0x7BFFU);
        halves.push_back(static_cast<std::uint16_t>((bits >> 16 & 0x8000U) | half));
    });
    return halves;
}

Hdf5Id halfType()
{
    Hdf5Id type = checkedId(H5Tcopy(H5T_IEEE_F32LE));
    checked(H5Tset_fields(type.get(), 15, 10, 5, 0, 10));
    checked(H5Tset_precision(type.get(), 16));
    checked(H5Tset_size(type.get(), 2));
    checked(H5Tset_ebias(type.get(), 15));
    return type;
}

void writeTensor(hid_t file, SpeedStorage storage, std::uint64_t elements)
{
    const Tensor tensor = speedTensor(elements);
    const Hdf5Id type = isHalf(storage) ? halfType() : checkedId(H5Tcopy(H5T_IEEE_F32LE));
    const std::vector<hsize_t> shape(tensor.info.shape.begin(), tensor.info.shape.end());
    const Hdf5Id space = checkedId(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr));
    const Hdf5Id creation = checkedId(H5Pcreate(H5P_DATASET_CREATE));
    if (isDeflated(storage)) {
        const hsize_t rows = kChunkBytes / (H5Tget_size(type.get()) * shape[1]);
        const std::vector<hsize_t> chunk{std::min(rows, shape[0]), shape[1]};
        checked(H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data()));
        checked(H5Pset_shuffle(creation.get()));
        checked(H5Pset_deflate(creation.get(), 1));
    }
    const Hdf5Id dataset
        = checkedId(H5Dcreate2(file, kTensor, type.get(), space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
    const std::vector<std::uint16_t> halves = isHalf(storage) ? halvesOf(tensor.values) : std::vector<std::uint16_t>();
    const void* values = isHalf(storage) ? static_cast<const void*>(halves.data()) : tensor.values.floats().data();
    checked(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values));
}

}  // namespace

SpeedFile makeSpeedFile(const std::filesystem::path& folder, SpeedStorage storage, std::uint64_t elements)
{
    const TemporaryFolder temporary(folder);
    const std::filesystem::path path = temporary.path() / "speed.h5";
    const Hdf5Silence silence;
    try {
        {
            const Hdf5Id file = checkedId(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
            writeTensor(file.get(), storage, elements);
            checked(H5Fflush(file.get(), H5F_SCOPE_GLOBAL));
        }
        SpeedFile made;
        made.source = openTensorSource(path);
        made.file = checkedId(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
        made.dataset = checkedId(H5Dopen2(made.file.get(), kTensor, H5P_DEFAULT));
        made.name = kTensor;
        made.elements = elements;
        return made;
    } catch (const Hdf5Failure& failure) {
        throw Error(path.string(), std::string("cannot hold the benchmark's tensor (") + failure.what() + ")",
            "make room there, or let TMPDIR name another folder");
    }
}

}  // namespace nanoscope
