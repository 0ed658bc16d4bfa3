#include "core/quant/gguf_decode.h"

#include "core/half.h"
#include "core/quant/gguf_iq4.h"

#include <algorithm>

namespace nanoscope {
namespace {

float storedHalf(std::uint64_t code)
{
    return halfToFloat(static_cast<std::uint16_t>(code));
}

/// Factor of a sub-block's scale, from its stored bits.
float subFactor(GgufSubScale kind, std::uint32_t stored)
{
    switch (kind) {
    case GgufSubScale::None:
        return 1.0F;
    case GgufSubScale::Unsigned:
        return static_cast<float>(stored);
    case GgufSubScale::Shifted32:
        return static_cast<float>(static_cast<int>(stored) - 32);
    case GgufSubScale::TwosComplement8:
        return static_cast<float>(static_cast<std::int8_t>(stored));
    }
    return 1.0F;
}

/// Codes to values with `levelOf` for the level of a code. Minus zero becomes zero in the last addition.
template <typename LevelOf> void decodeUnits(const GgufType& type, EncodedBlock& block, LevelOf levelOf)
{
    for (std::size_t start = 0; start < block.length; start += type.sub) {
        const GgufUnit unit = ggufUnit(type, block, start / type.sub);
        const std::size_t end = std::min(start + type.sub, block.length);
        for (std::size_t i = start; i < end; ++i) {
            const float value = unit.scale * levelOf(block.codes[i]) - unit.minimum;
            block.decoded[i] = static_cast<double>(value) + 0.0;
        }
    }
}

}  // namespace

GgufUnit ggufUnit(const GgufType& type, const EncodedBlock& block, std::size_t unit)
{
    const float scale = storedHalf(block.scales[0].code);
    switch (type.minimum) {
    case GgufMinimum::Block:
        return {scale, -storedHalf(block.meta[0][0])};
    case GgufMinimum::Subgroup:
        return {scale * subFactor(type.subScale, block.meta[1][unit]),
            storedHalf(block.meta[0][0]) * static_cast<float>(block.meta[2][unit])};
    case GgufMinimum::None:
        break;
    }
    if (type.subScale == GgufSubScale::None)
        return {scale, 0.0F};
    return {scale * subFactor(type.subScale, block.meta[0][unit]), 0.0F};
}

void decodeGgufBlock(const GgufType& type, EncodedBlock& block)
{
    block.scales[0].value = static_cast<double>(storedHalf(block.scales[0].code));
    block.decoded.resize(block.length);
    switch (type.levels) {
    case GgufLevels::Shifted:
    case GgufLevels::Ternary:
        return decodeUnits(type, block, [shift = type.levelShift](std::uint32_t code) {
            return static_cast<float>(static_cast<int>(code) - shift);
        });
    case GgufLevels::TwosComplement:
        return decodeUnits(
            type, block, [](std::uint32_t code) { return static_cast<float>(static_cast<std::int8_t>(code)); });
    case GgufLevels::Signs:
        return decodeUnits(type, block, [](std::uint32_t code) { return code != 0 ? 1.0F : -1.0F; });
    case GgufLevels::Iq4:
        return decodeUnits(type, block, [](std::uint32_t code) { return kIq4Levels[code & 15U]; });
    }
}

}  // namespace nanoscope
