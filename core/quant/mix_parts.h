#pragma once

#include "core/format/format_spec.h"
#include "core/quant/block_view.h"
#include "core/quant/tensor_parameters.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// Which part of a mixed format each block takes, row by row. Blocks with NaN or infinity have no say in it.
///
/// WidestOfRow (2-bit with a few 4-bit groups, catalogue 3.18): in every row the round(share * blocks) blocks with the
/// largest maximum minus minimum take part 1, halves rounded to even and the first of equal blocks first; a block with
/// NaN or infinity comes last. So every row has as many of them and as many bits.
///
/// OutlierColumns (COMET's mixed-precision blocks, arXiv 2410.12168; the definition is ours, as the paper finds its
/// channels in calibration data): with m the largest magnitude of each column over all rows, a block column that holds
/// a column with m > threshold * (median of all m) takes part 1 in all rows. The median of an even number is the mean
/// of the two in the middle. A transform that sorts columns brings such columns together beforehand.
///
/// ErrorThreshold (MicroMix, arXiv 2508.02343; the definition is ours, on the tensor alone): with parts in the order
/// of cost, a block column takes the first one with sum (d - w)^2 <= threshold * sum w^2 over all rows, d being what
/// the part decodes to in float32; the last part if none.
///
/// ResidualColumns (ARCQuant's augmented residual channels, arXiv 2601.07475; catalogue 4.6): all blocks are quantized
/// with the one part. The round(share * blocks of a row) block columns with the largest squared error over all rows are
/// marked 1: what is left of them, w - d rounded to float32, is quantized once more with the same part, and they decode
/// to the sum. The paper multiplies the residual as extra columns, which is the same.
///
/// @throws Cancelled
[[nodiscard]] std::vector<std::uint8_t> mixParts(
    const FormatSpec& spec, const BlockView& view, unsigned threads = 0, const std::stop_token& stop = {});

/// All that a mixed format needs to know of a tensor: mixParts(), and the tensor scale of the first part that has one,
/// which all parts with a tensor scale share.
/// @throws Cancelled
[[nodiscard]] TensorParameters mixedParameters(
    const FormatSpec& spec, const BlockView& view, const PassOptions& options = {});

}  // namespace nanoscope
