#pragma once

#include "core/io/element_decode.h"
#include "core/tensor.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nanoscope {

/// A tensor as the header of a safetensors file describes it.
struct SafetensorsTensor {
    TensorInfo info;
    std::optional<ElementEncoding> encoding;  ///< present if, and only if, info.explorable
    std::uint64_t begin = 0;                  ///< byte of the file where its values begin
    std::uint64_t bytes = 0;
};

/// The header of a safetensors file: eight bytes of length, then JSON. Source: the format's README,
/// github.com/huggingface/safetensors.
struct SafetensorsHeader {
    std::vector<SafetensorsTensor> tensors;       ///< by name
    std::map<std::string, std::string> metadata;  ///< `__metadata__`
};

/// True when a file begins as safetensors do: a length that fits, and a JSON object.
[[nodiscard]] bool isSafetensors(std::span<const std::byte> file);

/// @param file   all of it
/// @param where  its path, for errors
/// @throws Error when the header is damaged or promises more than the file holds
[[nodiscard]] SafetensorsHeader readSafetensorsHeader(std::span<const std::byte> file, const std::string& where);

}  // namespace nanoscope
