#pragma once

#include "core/tensor.h"

#include <hdf5.h>

#include <cstdint>
#include <span>
#include <string>

namespace nanoscope {

/// Smallest little-endian unsigned type of HDF5 that holds this many bits (at most 64).
[[nodiscard]] hid_t unsignedTypeFor(int bits);

/// @name Datasets: contiguous, little endian, missing groups made
/// Values are in C order; a shape of rank 0 makes a scalar. Bits are those of the stored unsigned type.
/// @throws Hdf5Failure
/// @{
void writeDataset(hid_t file, const std::string& path, const Shape& shape, std::span<const float> values);
void writeDataset(
    hid_t file, const std::string& path, const Shape& shape, int bits, std::span<const std::uint8_t> values);
void writeDataset(
    hid_t file, const std::string& path, const Shape& shape, int bits, std::span<const std::uint32_t> values);
void writeDataset(
    hid_t file, const std::string& path, const Shape& shape, int bits, std::span<const std::uint64_t> values);
/// @}

/// @name Attributes of an object
/// @throws Hdf5Failure
/// @{
void writeAttribute(hid_t object, const char* name, const std::string& text);  ///< UTF-8, variable length
void writeAttribute(hid_t object, const char* name, std::int64_t value);
void writeAttribute(hid_t object, const char* name, float value);
void writeAttribute(hid_t object, const char* name, const Shape& shape);  ///< list of uint64, may be empty
/// @}

}  // namespace nanoscope
