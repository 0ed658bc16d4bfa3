#pragma once

#include "core/io/hdf5_handle.h"

#include <QTemporaryDir>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

/// Writes small HDF5 files for tests through the C API, bytes as given.
namespace hdf5test {

using nanoscope::Hdf5Id;

inline Hdf5Id must(hid_t id)
{
    if (id < 0)
        throw std::runtime_error("the test cannot write its HDF5 file");
    return Hdf5Id(id);
}

inline void mustSucceed(herr_t status)
{
    if (status < 0)
        throw std::runtime_error("the test cannot write its HDF5 file");
}

inline Hdf5Id createFile(const std::string& path, hsize_t userBlock = 0)
{
    const Hdf5Id creation = must(H5Pcreate(H5P_FILE_CREATE));
    mustSucceed(H5Pset_userblock(creation.get(), userBlock));
    return must(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), H5P_DEFAULT));
}

inline Hdf5Id copyOf(hid_t type)
{
    return must(H5Tcopy(type));
}

/// A 16-bit float with the given number of exponent and mantissa bits.
inline Hdf5Id sixteenBitFloat(std::size_t exponentBits, std::size_t mantissaBits, std::size_t bias, H5T_order_t order)
{
    Hdf5Id type = copyOf(H5T_IEEE_F32LE);
    mustSucceed(H5Tset_fields(type.get(), 15, mantissaBits, exponentBits, 0, mantissaBits));
    mustSucceed(H5Tset_precision(type.get(), 16));
    mustSucceed(H5Tset_size(type.get(), 2));
    mustSucceed(H5Tset_ebias(type.get(), bias));
    mustSucceed(H5Tset_order(type.get(), order));
    return type;
}

inline Hdf5Id halfType(H5T_order_t order = H5T_ORDER_LE)
{
    return sixteenBitFloat(5, 10, 15, order);
}

inline Hdf5Id bfloat16Type(H5T_order_t order = H5T_ORDER_LE)
{
    return sixteenBitFloat(8, 7, 127, order);
}

inline Hdf5Id spaceOf(const std::vector<hsize_t>& shape)
{
    if (shape.empty())
        return must(H5Screate(H5S_SCALAR));
    return must(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr));
}

/// How a dataset is laid out in its file.
struct Layout {
    H5D_layout_t kind = H5D_CONTIGUOUS;
    std::vector<hsize_t> chunk{};
    bool shuffle = false;
    std::optional<unsigned> deflate{};

    [[nodiscard]] Hdf5Id properties() const
    {
        Hdf5Id creation = must(H5Pcreate(H5P_DATASET_CREATE));
        mustSucceed(H5Pset_layout(creation.get(), kind));
        if (kind == H5D_CHUNKED)
            mustSucceed(H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data()));
        if (shuffle)
            mustSucceed(H5Pset_shuffle(creation.get()));
        if (deflate)
            mustSucceed(H5Pset_deflate(creation.get(), *deflate));
        return creation;
    }
};

/// Writes `raw` as it is, whatever the type: no conversion takes place.
inline Hdf5Id writeRaw(hid_t place, const std::string& name, hid_t type, const std::vector<hsize_t>& shape,
    std::span<const std::byte> raw, const Layout& layout = {})
{
    const Hdf5Id links = must(H5Pcreate(H5P_LINK_CREATE));
    mustSucceed(H5Pset_create_intermediate_group(links.get(), 1));
    const Hdf5Id space = spaceOf(shape);
    const Hdf5Id creation = layout.properties();
    Hdf5Id dataset = must(H5Dcreate2(place, name.c_str(), type, space.get(), links.get(), creation.get(), H5P_DEFAULT));
    if (!raw.empty())
        mustSucceed(H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()));
    return dataset;
}

inline Hdf5Id writeFloats(hid_t place, const std::string& name, const std::vector<hsize_t>& shape,
    const std::vector<float>& values, const Layout& layout = {})
{
    return writeRaw(place, name, H5T_IEEE_F32LE, shape, std::as_bytes(std::span(values)), layout);
}

/// Bit patterns as bytes in the given order.
template <typename Bits> std::vector<std::byte> bytesOf(const std::vector<Bits>& patterns, H5T_order_t order)
{
    std::vector<std::byte> bytes;
    for (const Bits pattern : patterns)
        for (std::size_t i = 0; i < sizeof(Bits); ++i) {
            const std::size_t significance = order == H5T_ORDER_LE ? i : sizeof(Bits) - 1 - i;
            bytes.push_back(static_cast<std::byte>((pattern >> (8 * significance)) & 0xFFu));
        }
    return bytes;
}

inline void setTextAttribute(hid_t object, const std::string& name, const std::string& text, bool variableLength)
{
    const Hdf5Id type = copyOf(H5T_C_S1);
    mustSucceed(H5Tset_size(type.get(), variableLength ? H5T_VARIABLE : text.size() + 3));
    const Hdf5Id space = must(H5Screate(H5S_SCALAR));
    const Hdf5Id attribute = must(H5Acreate2(object, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT));
    const char* pointer = text.c_str();
    std::string padded = text;
    padded.resize(text.size() + 3, '\0');
    mustSucceed(
        H5Awrite(attribute.get(), type.get(), variableLength ? static_cast<const void*>(&pointer) : padded.data()));
}

/// Path of a file in a test's own folder.
inline std::string pathIn(const QTemporaryDir& dir, const char* name)
{
    return dir.filePath(QString::fromUtf8(name)).toStdString();
}

}  // namespace hdf5test
