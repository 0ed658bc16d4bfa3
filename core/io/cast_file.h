#pragma once

#include "core/quant/cast.h"

#include <filesystem>
#include <span>

namespace nanoscope {

/// Writes a quantized tensor as DESIGN section 5 says. The file appears complete or not at all.
/// @param input  file that the tensor came from, which must not be overwritten; may be empty
/// @throws Error naming the target
void writeCastFile(const std::filesystem::path& target, const CastTensor& cast, const std::filesystem::path& input);

/// Reads what `/packed` and its attributes say; `/codes`, `/scales` and the others are not looked at.
/// @throws Error when this is no cast file, or one that contradicts itself
[[nodiscard]] PackedTensor readPackedTensor(const std::filesystem::path& path);

/// Writes decoded values as `/dequantized`, in the tensor's shape, with the attributes of a cast file.
/// @param input  the cast file, which must not be overwritten
/// @throws Error naming the target
void writeDequantizedFile(const std::filesystem::path& target, const PackedTensor& packed,
    std::span<const float> dequantized, const std::filesystem::path& input);

}  // namespace nanoscope
