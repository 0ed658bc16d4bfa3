#pragma once

#include "core/format/element_book.h"
#include "core/format/format_storage.h"
#include "core/quant/bit_stream.h"
#include "core/quant/block_encoder.h"

#include <memory>
#include <vector>

namespace nanoscope {

/// @name MicroScopiQ: outliers take the slots of the least important neighbours (arXiv 2411.05282; catalogue 3.14)
///
/// A block (macro-block, 128) has one power-of-two scale for its inliers, b-bit integers -(2^(b-1)-1) .. 2^(b-1)-1.
/// Elements farther from the block's mean than `encoder.sigmas` standard deviations (with n) are outliers. A subgroup
/// (micro-block, 8) with outliers is flagged and has a second power-of-two scale, from its largest outlier; an outlier
/// is an integer of 2b bits. Each outlier has a victim, the smallest inliers of the micro-block: they become 0, and
/// the victim's slot of b bits holds the low half of the outlier's code while the outlier's own slot holds the high
/// half. So every element still takes b bits.
///
/// At most half of a micro-block, the largest, are kept as outliers. As in the reference the others become 0, and
/// where a micro-block has fewer inliers than outliers kept, outliers from the left become victims too. A short block
/// and a short micro-block follow the same rules with what they hold.
///
/// Inlier exponent E = floor(log2 max |inlier|), step 2^(E + 2 - b); outliers the same with 2b. Elements round as
/// `rounding.elem` says (the reference: to even). All scales are E8M0 and saturate as it does.
///
/// In an EncodedBlock an outlier is an exception: it keeps an ordinary code, the inlier code nearest to what it decodes
/// to, and its own code is the metadata field kOutlierCode, kept in the element slots.
/// @{

/// The code of 2b bits of each outlier, in the order of EncodedBlock::exceptions.
inline constexpr const char* kOutlierCode = "outlier code";

/// The codebook of the inliers.
[[nodiscard]] std::vector<ElementBook> microScopiQBooks(const FormatSpec& spec);

/// kFlag per subgroup; kOutlierScale and kPermutation per flagged one; kOutlierCode per exception, in the slots.
/// A permutation is subgroup / 2 pairs of positions in the micro-block, (outlier, victim), lowest bits first, three
/// bits each for micro-blocks of 8; pairs without an outlier repeat the first one. A micro-block none of whose outliers
/// is left has no flag.
[[nodiscard]] std::vector<MetaField> microScopiQMetaFields(const FormatSpec& spec);

/// @param spec  encoder MicroScopiQ; scale.codec E8M0, geometry.sub 2, 4 or 8, encoder.bits 2 to 8
[[nodiscard]] std::unique_ptr<BlockEncoder> makeMicroScopiQEncoder(
    const FormatSpec& spec, const TensorParameters& parameters);

/// Writes the element slots of a block: spec.encoder.bits per element.
void writeMicroScopiQCodes(BitWriter& out, const FormatSpec& spec, const EncodedBlock& block);

/// Reads what writeMicroScopiQCodes() wrote. `length` and the metadata before the slots must be there; fills codes, the
/// field kOutlierCode and exceptions. Outliers get their ordinary code from decodeMicroScopiQBlock().
void readMicroScopiQCodes(BitReader& in, const FormatSpec& spec, EncodedBlock& block);

/// Fills `decoded`, the ordinary codes of outliers and the scale's value from the scale code, metadata and codes.
void decodeMicroScopiQBlock(const FormatSpec& spec, const TensorParameters& parameters, EncodedBlock& block);

/// @}

}  // namespace nanoscope
