#pragma once

#include "core/format/element_book.h"
#include "core/format/format_storage.h"
#include "core/quant/bit_stream.h"
#include "core/quant/block_encoder.h"
#include "core/quant/block_view.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace nanoscope {

/// @name Phase codes: complex numbers as 1, i, -1 or -i (iFairy arXiv 2508.05571; Fairy2i arXiv 2512.02901;
/// catalogue 3.12)
///
/// Every real matrix A of 2n rows and 2m columns is one widely linear complex map y = U x + W conj(x) with two n x m
/// complex matrices. With A cut into quarters,
///
///     U = (A11 + A22) / 2 + i (A21 - A12) / 2        W = (A11 - A22) / 2 + i (A12 + A21) / 2
///
/// and back A11 = Re(W + U), A12 = Im(W - U), A21 = Im(W + U), A22 = Re(U - W). The rows that are quantized are those
/// of U and W in turn (row 2k is row k of U, row 2k + 1 row k of W), each element as a pair (real, imaginary), so the
/// shape stays 2n x 2m and a row alone tells which of the two scales it has.
///
/// A pair becomes the nearest of 1, i, -1, -i by angle, with the sectors [-45, 45), [45, 135), [135, 225), [225, 315)
/// degrees; (0, 0) becomes 1. Each stage codes what the stages before have left, in two bits. Its four scales, of the
/// real and imaginary parts of U and of W, are means over the whole tensor: of |Re| over the pairs coded 1 or -1, and
/// of |Im| over those coded i or -i. They are rounded to float32, and both the next stage and the reader use that.
///
/// iFairy is the case of one stage. A complex layer of its own, written as the real matrix [[Re, -Im], [Im, Re]], has
/// W = 0 exactly and U its complex weights, so two bits per complex number are left that stand for 0.
/// @{

/// U and W as rows of pairs; each value rounded once to float32. NaN and infinity reach every pair that they are in.
/// @param values  row-major, `rows` x `columns`
/// @throws Error (Refused) when one of them is odd
[[nodiscard]] std::vector<float> widelyLinear(std::span<const float> values, std::uint64_t rows, std::uint64_t columns);

/// The inverse of widelyLinear(), within rounding.
[[nodiscard]] std::vector<float> fromWidelyLinear(
    std::span<const float> values, std::uint64_t rows, std::uint64_t columns);

/// The scales of all stages: TensorParameters::values. Stage by stage U real, U imaginary, W real, W imaginary. A scale
/// that no pair uses is 1e-6. Blocks with NaN or infinity are left out.
/// @param view  rows from widelyLinear()
/// @throws Cancelled
[[nodiscard]] std::vector<float> phaseScales(
    const FormatSpec& spec, const BlockView& view, const PassOptions& options = {});

/// Four codebooks, by unitBook: U real, U imaginary, W real, W imaginary; levels in units of the first stage's scale
/// of each. A code holds two bits per stage, the first stage lowest: 00 nothing, 01 plus, 11 minus; codes with a 10
/// are never written.
[[nodiscard]] std::vector<ElementBook> phaseBooks(const FormatSpec& spec, std::span<const float> scales);

/// No metadata: the scales are stored with the tensor.
[[nodiscard]] std::vector<MetaField> phaseMetaFields(const FormatSpec& spec);

/// @param spec        encoder phase; scale.codec None, geometry.sub 1, geometry.block even
/// @param parameters  values from phaseScales()
/// @throws Error (Refused) for an odd block
[[nodiscard]] std::unique_ptr<BlockEncoder> makePhaseEncoder(
    const FormatSpec& spec, const TensorParameters& parameters);

/// Writes the codes of a block: for each pair two bits per stage, the first stage first: 0 for 1, 1 for i, 2 for -1,
/// 3 for -i.
void writePhaseCodes(BitWriter& out, const FormatSpec& spec, const EncodedBlock& block);

/// Reads what writePhaseCodes() wrote into the codes of a block whose length is set.
void readPhaseCodes(BitReader& in, const FormatSpec& spec, EncodedBlock& block);

/// Fills `decoded` from the codes and the tensor's scales.
/// @param place  only the row matters: it tells U from W
void decodePhaseBlock(
    const FormatSpec& spec, const TensorParameters& parameters, const BlockPlace& place, EncodedBlock& block);

/// @}

}  // namespace nanoscope
