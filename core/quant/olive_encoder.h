#pragma once

#include "core/format/element_book.h"
#include "core/format/format_storage.h"
#include "core/quant/block_encoder.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace nanoscope {

/// @name OliVe: outlier-victim pairs (arXiv 2304.07493; catalogue 3.8)
///
/// A block is a row and has one real scale s, stored as float32. Its elements are taken in pairs (2k, 2k+1). A pair
/// without an outlier holds two 4-bit integers -7..7, whose levels are 4 times that. An element whose nearest level
/// lies beyond 32 is an outlier: it takes one of +-{48, 64, 96, 128, 192, 256, 384} (an "adaptive biased float" of two
/// exponent bits and one mantissa bit, base exponent 5) and its partner, the victim, becomes 0. If both are outliers
/// the left one is kept. The victim's slot holds 1000, minus zero, which no other element uses: a reader knows from
/// that code that the partner is to be read as an outlier. Ties go to the upper level.
///
/// s is the first of max(|mean + 3 sigma|, |mean - 3 sigma|) / 28 times 0.75, 0.77 ... 2.49 with the smallest squared
/// error (sigma with n - 1). The search uses the real numbers, as the source does; the row is then quantized with
/// the float32 that is stored.
///
/// The last element of a row of odd length has no partner: it is never an outlier and saturates at +-28.
/// @{

/// The code of a victim.
inline constexpr std::uint32_t kVictimCode = 8;

/// Position in EncodedBlock::unitBook: a subgroup is a pair.
enum class OliveBook : std::uint8_t {
    Normal,  ///< two integers
    Outlier  ///< an outlier and its victim
};

/// The two codebooks, in the order of OliveBook, in the source's units: integers times 4, and outliers.
[[nodiscard]] std::vector<ElementBook> oliveBooks();

/// No metadata: the victim's code says everything.
[[nodiscard]] std::vector<MetaField> oliveMetaFields(const FormatSpec& spec);

/// @param spec  encoder OliVe; scale.codec FP32, geometry.sub 2, geometry.block the length of a row
[[nodiscard]] std::unique_ptr<BlockEncoder> makeOliveEncoder(
    const FormatSpec& spec, const TensorParameters& parameters);

/// Fills `decoded`, `unitBook` and the scale's value from the scale code and the codes.
void decodeOliveBlock(const FormatSpec& spec, const TensorParameters& parameters, EncodedBlock& block);

/// @}

}  // namespace nanoscope
