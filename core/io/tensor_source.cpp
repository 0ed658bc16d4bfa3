#include "core/io/tensor_source.h"

#include "core/error.h"
#include "core/io/hdf5_handle.h"
#include "core/io/hdf5_source.h"
#include "core/io/safetensors_source.h"

#include <array>
#include <fstream>
#include <span>
#include <system_error>

namespace nanoscope {

namespace {

void requireReadableFile(const std::filesystem::path& path)
{
    const std::string where = path.string();
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found)
        throw Error(where, "no such file", "check the path");
    if (error)
        throw Error(where, "cannot be read: " + error.message(), "check the path and its permissions");
    if (std::filesystem::is_directory(status))
        throw Error(where, "is a directory", "name a file in it");
    if (!std::filesystem::is_regular_file(status))
        throw Error(where, "is not a regular file", "copy the data to a file first");
    if (!std::ifstream(path, std::ios::binary))
        throw Error(where, "cannot be read: permission denied", "check the file's permissions");
    if (std::filesystem::file_size(path, error) == 0 && !error)
        throw Error(where, "the file is empty", "copy or download it again");
}

bool hasSafetensorsStart(const std::filesystem::path& path)
{
    std::array<char, 16> start{};
    std::ifstream file(path, std::ios::binary);
    file.read(start.data(), start.size());
    return isSafetensors(std::as_bytes(std::span(start.data(), static_cast<std::size_t>(file.gcount()))));
}

}  // namespace

std::unique_ptr<TensorSource> openTensorSource(const std::filesystem::path& path)
{
    requireReadableFile(path);
    const Hdf5Silence silence;
    if (hasSafetensorsStart(path))
        return std::make_unique<SafetensorsSource>(path);
    // Looks for the signature at 0, 512, 1024, ...: HDF5 allows a user block before it.
    if (H5Fis_hdf5(path.c_str()) <= 0)
        throw Error(
            path.string(), "not an HDF5 or safetensors file", "give a file with tensors in one of these formats");
    return std::make_unique<Hdf5Source>(path);
}

}  // namespace nanoscope
