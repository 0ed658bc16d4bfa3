#pragma once

#include "core/format/format_storage.h"
#include "core/format/scale_codec.h"
#include "core/quant/encoded_block.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace nanoscope {

/// True when no value is NaN or infinite.
[[nodiscard]] inline bool allFinite(std::span<const float> values)
{
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

/// Sizes a block for `length` elements in subgroups of `subgroup` and sets every element and field to zero. Fields of
/// which a block may have any number of values stay empty.
inline void blankBlock(
    EncodedBlock& block, std::size_t length, std::size_t subgroup, const std::vector<MetaField>& fields)
{
    const std::size_t units = (length + subgroup - 1) / subgroup;
    block.length = length;
    block.bad = false;
    block.scales = {};
    block.codes.assign(length, 0);
    block.scaled.assign(length, 0.0);
    block.effectiveScale.assign(length, 0.0);
    block.decoded.assign(length, 0.0);
    block.unitBook.assign(units, 0);
    block.unitMicro.assign(units, 0);
    block.exceptions.clear();
    block.offset = 0;
    block.target = 0;
    block.meta.resize(fields.size());
    for (std::size_t f = 0; f < fields.size(); ++f) {
        const bool perBlock = fields[f].unit == MetaUnit::Block;
        const bool perSubgroup = fields[f].unit == MetaUnit::Subgroup;
        block.meta[f].assign(perBlock ? 1 : perSubgroup ? units : 0, 0);
    }
    block.ownLevels.clear();
}

/// Makes a blank block one that holds NaN or infinity: it decodes to NaN, and its scale says so where the codec can.
inline void markBad(EncodedBlock& block, const ScaleCodec& codec)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    block.bad = true;
    std::fill(block.decoded.begin(), block.decoded.end(), nan);
    if (codec.nanCode())
        block.scales[0] = {*codec.nanCode(), nan};
}

}  // namespace nanoscope
