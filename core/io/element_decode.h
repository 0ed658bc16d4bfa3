#pragma once

#include "core/tensor_values.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace nanoscope {

/// A floating-point type whose stored bytes this program turns into float32 itself.
enum class ElementType { F16, Bf16, F32, F64 };

/// How the elements of a tensor lie in a file.
struct ElementEncoding {
    ElementType type = ElementType::F32;
    std::endian order = std::endian::little;

    bool operator==(const ElementEncoding&) const = default;
};

/// Bytes of one stored element.
[[nodiscard]] std::size_t elementBytes(ElementType type);

/// The name that a listing shows: f16, bf16, f32 or f64.
[[nodiscard]] const char* elementTypeName(ElementType type);

/// What values of a stored type are held as: 16-bit floats as they are, the others as float32.
[[nodiscard]] ValueKind valueKind(ElementType type);

/// Turns the stored bytes of 16-bit floats into words of this machine.
/// @param raw  `words.size()` elements as they lie in the file; needs no alignment
void decodeWords(std::span<const std::byte> raw, std::endian order, std::span<std::uint16_t> words);

/// Turns stored bytes into float32. f16, bf16 and f32 are exact, NaN payloads included; f64 is rounded to
/// nearest even and becomes infinity where it overflows.
/// @param raw  `values.size()` elements as they lie in the file; needs no alignment
void decodeElements(std::span<const std::byte> raw, ElementEncoding encoding, std::span<float> values);

}  // namespace nanoscope
