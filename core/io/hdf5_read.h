#pragma once

#include "core/tensor.h"

#include <hdf5.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// @name Attributes of an object; nothing when there is none of this name, class and size
/// @throws Hdf5Failure when the file is damaged
/// @{
[[nodiscard]] std::optional<std::string> readTextAttribute(hid_t object, const char* name);  ///< variable length
[[nodiscard]] std::optional<std::int64_t> readIntegerAttribute(hid_t object, const char* name);
[[nodiscard]] std::optional<float> readFloatAttribute(hid_t object, const char* name);
[[nodiscard]] std::optional<Shape> readShapeAttribute(hid_t object, const char* name);  ///< list of integers
/// @}

/// All bytes of an open dataset of 8-bit integers, in C order; nothing when it is of another class.
/// @throws Hdf5Failure when the file is damaged
[[nodiscard]] std::optional<std::vector<std::uint8_t>> readBytes(hid_t dataset);

/// All values of an open dataset of 32-bit unsigned integers or floats, as readBytes().
/// @{
[[nodiscard]] std::optional<std::vector<std::uint32_t>> readUnsigned(hid_t dataset);
[[nodiscard]] std::optional<std::vector<float>> readFloats(hid_t dataset);
/// @}

}  // namespace nanoscope
