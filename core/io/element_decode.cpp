#include "core/io/element_decode.h"

#include "core/half.h"

#include <cassert>
#include <cstring>
#include <limits>

namespace nanoscope {

namespace {

static_assert(std::numeric_limits<float>::is_iec559 && std::numeric_limits<double>::is_iec559);

std::uint16_t swapBytes(std::uint16_t bits)
{
    return __builtin_bswap16(bits);
}

std::uint32_t swapBytes(std::uint32_t bits)
{
    return __builtin_bswap32(bits);
}

std::uint64_t swapBytes(std::uint64_t bits)
{
    return __builtin_bswap64(bits);
}

// The byte order is decided outside the loop so that the compiler can vectorize it.
template <typename Bits, typename Value, typename Decode>
void decodeAs(std::span<const std::byte> raw, std::endian order, std::span<Value> values, Decode decode)
{
    const auto bitsAt = [raw](std::size_t index) {
        Bits bits = 0;
        std::memcpy(&bits, raw.data() + index * sizeof(Bits), sizeof(Bits));
        return bits;
    };
    if (order == std::endian::native) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = decode(bitsAt(i));
    } else {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = decode(swapBytes(bitsAt(i)));
    }
}

}  // namespace

std::size_t elementBytes(ElementType type)
{
    switch (type) {
    case ElementType::F16:
    case ElementType::Bf16:
        return 2;
    case ElementType::F32:
        return 4;
    case ElementType::F64:
        break;
    }
    return 8;
}

const char* elementTypeName(ElementType type)
{
    switch (type) {
    case ElementType::F16:
        return "f16";
    case ElementType::Bf16:
        return "bf16";
    case ElementType::F32:
        return "f32";
    case ElementType::F64:
        break;
    }
    return "f64";
}

ValueKind valueKind(ElementType type)
{
    switch (type) {
    case ElementType::F16:
        return ValueKind::Float16;
    case ElementType::Bf16:
        return ValueKind::Bfloat16;
    case ElementType::F32:
    case ElementType::F64:
        break;
    }
    return ValueKind::Float32;
}

void decodeWords(std::span<const std::byte> raw, std::endian order, std::span<std::uint16_t> words)
{
    assert(raw.size() == words.size_bytes());
    decodeAs<std::uint16_t>(raw, order, words, [](std::uint16_t bits) { return bits; });
}

void decodeElements(std::span<const std::byte> raw, ElementEncoding encoding, std::span<float> values)
{
    assert(raw.size() == values.size() * elementBytes(encoding.type));
    switch (encoding.type) {
    case ElementType::F16:
        decodeAs<std::uint16_t>(raw, encoding.order, values, [](std::uint16_t bits) { return halfToFloat(bits); });
        break;
    case ElementType::Bf16:
        decodeAs<std::uint16_t>(raw, encoding.order, values, [](std::uint16_t bits) { return bfloat16ToFloat(bits); });
        break;
    case ElementType::F32:
        decodeAs<std::uint32_t>(
            raw, encoding.order, values, [](std::uint32_t bits) { return std::bit_cast<float>(bits); });
        break;
    case ElementType::F64:
        decodeAs<std::uint64_t>(raw, encoding.order, values,
            [](std::uint64_t bits) { return static_cast<float>(std::bit_cast<double>(bits)); });
        break;
    }
}

}  // namespace nanoscope
