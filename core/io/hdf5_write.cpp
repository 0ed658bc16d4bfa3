#include "core/io/hdf5_write.h"

#include "core/io/hdf5_handle.h"

#include <cassert>
#include <vector>

namespace nanoscope {

namespace {

Hdf5Id spaceFor(const Shape& shape)
{
    if (shape.empty())
        return checkedId(H5Screate(H5S_SCALAR));
    const std::vector<hsize_t> extents(shape.begin(), shape.end());
    return checkedId(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr));
}

void write(
    hid_t file, const std::string& path, const Shape& shape, hid_t fileType, hid_t memoryType, const void* values)
{
    const Hdf5Id space = spaceFor(shape);
    const Hdf5Id linkOptions = checkedId(H5Pcreate(H5P_LINK_CREATE));
    checked(H5Pset_create_intermediate_group(linkOptions.get(), 1));
    const Hdf5Id dataset
        = checkedId(H5Dcreate2(file, path.c_str(), fileType, space.get(), linkOptions.get(), H5P_DEFAULT, H5P_DEFAULT));
    checked(H5Dwrite(dataset.get(), memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, values));
}

void writeAttributeValues(
    hid_t object, const char* name, const Shape& shape, hid_t fileType, hid_t memoryType, const void* values)
{
    const Hdf5Id space = spaceFor(shape);
    const Hdf5Id attribute = checkedId(H5Acreate2(object, name, fileType, space.get(), H5P_DEFAULT, H5P_DEFAULT));
    checked(H5Awrite(attribute.get(), memoryType, values));
}

}  // namespace

hid_t unsignedTypeFor(int bits)
{
    assert(bits <= 64);
    if (bits <= 8)
        return H5T_STD_U8LE;
    if (bits <= 16)
        return H5T_STD_U16LE;
    return bits <= 32 ? H5T_STD_U32LE : H5T_STD_U64LE;
}

void writeDataset(hid_t file, const std::string& path, const Shape& shape, std::span<const float> values)
{
    assert(values.size() == elementCount(shape));
    write(file, path, shape, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, values.data());
}

void writeDataset(
    hid_t file, const std::string& path, const Shape& shape, int bits, std::span<const std::uint8_t> values)
{
    assert(values.size() == elementCount(shape));
    write(file, path, shape, unsignedTypeFor(bits), H5T_NATIVE_UINT8, values.data());
}

void writeDataset(
    hid_t file, const std::string& path, const Shape& shape, int bits, std::span<const std::uint64_t> values)
{
    assert(values.size() == elementCount(shape));
    write(file, path, shape, unsignedTypeFor(bits), H5T_NATIVE_UINT64, values.data());
}

void writeDataset(
    hid_t file, const std::string& path, const Shape& shape, int bits, std::span<const std::uint32_t> values)
{
    assert(values.size() == elementCount(shape));
    write(file, path, shape, unsignedTypeFor(bits), H5T_NATIVE_UINT32, values.data());
}

void writeAttribute(hid_t object, const char* name, const std::string& text)
{
    const Hdf5Id type = checkedId(H5Tcopy(H5T_C_S1));
    checked(H5Tset_size(type.get(), H5T_VARIABLE));
    checked(H5Tset_cset(type.get(), H5T_CSET_UTF8));
    const char* const value = text.c_str();
    writeAttributeValues(object, name, {}, type.get(), type.get(), &value);
}

void writeAttribute(hid_t object, const char* name, std::int64_t value)
{
    writeAttributeValues(object, name, {}, H5T_STD_I64LE, H5T_NATIVE_INT64, &value);
}

void writeAttribute(hid_t object, const char* name, float value)
{
    writeAttributeValues(object, name, {}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, &value);
}

void writeAttribute(hid_t object, const char* name, const Shape& shape)
{
    constexpr std::uint64_t kNothing = 0;  // HDF5 wants a pointer even for an empty list
    writeAttributeValues(
        object, name, {shape.size()}, H5T_STD_U64LE, H5T_NATIVE_UINT64, shape.empty() ? &kNothing : shape.data());
}

}  // namespace nanoscope
