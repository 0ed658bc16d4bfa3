#pragma once

#include "core/quant/cast.h"

/// What a cast file keeps for decoding, as if it had been written and read.
inline nanoscope::PackedTensor packedOf(const nanoscope::CastTensor& cast)
{
    nanoscope::PackedTensor packed;
    packed.spec = cast.spec;
    packed.shape = cast.shape;
    packed.reshape = cast.reshape;
    packed.axis = cast.axis;
    packed.tensorScale = cast.tensorScale;
    packed.tensorBook = cast.tensorBook;
    packed.tensorValues = cast.tensorValues;
    packed.columnOrder = cast.columnOrder;
    packed.packed = cast.packed;
    packed.badBlocks = cast.badBlocks;
    packed.source = "cast.h5";
    return packed;
}
