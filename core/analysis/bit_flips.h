#pragma once

#include "core/analysis/report.h"
#include "core/format/scale_codec.h"
#include "core/quant/cast.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace nanoscope {

/// What happens to the levels of a tensor when one bit of every element code flips.
struct CodeBitFlip {
    int bit = 0;                 ///< 0 is the least significant bit of the code
    double meanChange = 0.0;     ///< mean |v(c) - v(c xor 2^bit)| over the elements, in units of level
    double largestChange = 0.0;  ///< the largest of these over the codes that occur, in units of level
    double meanRelative = 0.0;   ///< mean change / RMS of the levels
    double largestRelative = 0.0;
    double invalidShare
        = 0.0;  ///< probability that the flipped code is no number (NaN, NaR, infinity); not in the mean
};

/// The flips of the codes of one codebook, or of all of them.
struct CodeFlips {
    std::optional<std::uint32_t> book;  ///< absent: all codebooks pooled
    std::uint64_t elements = 0;
    double levelRms = 0.0;          ///< root mean square of the elements' levels
    std::vector<CodeBitFlip> bits;  ///< from the least significant bit
};

/// Flips of the element codes under the tensor's own code histogram.
/// Source: catalogue 6.4, the view of SafeCiM; a flip that makes no number adds nothing to the mean and is counted.
/// @param levels  Report::levels; codes that are missing count as no number
/// @return one entry per codebook that occurs. Empty when no element has a level.
[[nodiscard]] std::vector<CodeFlips> codeFlipsByBook(std::span<const LevelCount> levels);

/// The same over all codebooks: relative changes are averaged over the elements, each in terms of its own codebook's
/// RMS, because levels of different codebooks have different scales.
[[nodiscard]] CodeFlips pooledCodeFlips(std::span<const CodeFlips> books);

/// The blocks of a tensor that store one scale code.
struct ScaleCodeUse {
    std::uint64_t code = 0;    ///< raw, as stored
    std::uint64_t blocks = 0;  ///< blocks (or signs of blocks, where the scale is split by sign)
    /// Sum over these of (mean |d| of what the scale multiplies) / (RMS of d over the block), d the dequantized values.
    double magnitudeSum = 0.0;
};

/// What happens to blocks when one bit of their scale code flips: it scales all elements of the block at once.
struct ScaleBitFlip {
    int bit = 0;                 ///< 0 is the least significant bit of the stored scale
    double smallestRatio = 1.0;  ///< of scale after / before, over the blocks; -1 for a sign bit; NaN: all invalid
    double largestRatio = 1.0;
    double meanChange = 0.0;    ///< mean over blocks of the mean |delta| of a block / the block's own RMS
    double invalidShare = 0.0;  ///< probability that the flipped scale is no number; not in the mean
};

struct ScaleFlips {
    std::uint64_t blocks = 0;        ///< with a scale other than zero
    std::vector<ScaleBitFlip> bits;  ///< from the least significant bit
};

/// Groups the blocks of a cast tensor by scale code. Blocks without a finite value other than zero are left out.
/// Empty where no scale is stored or it does not multiply all values of a block (a stored minimum, unscaled outliers,
/// mixed formats, some encoders), and where blocks are tiles or parts of a rotation.
[[nodiscard]] std::vector<ScaleCodeUse> scaleUses(const CastTensor& cast);

/// Flips of the scale codes: |delta| = |after / before - 1| |d|.
/// Source: catalogue 6.4; the top bit of a codec with a spare sign negates the scale.
/// @param uses      codes that decode to zero or no number are left out
/// @param bitCount  how many bits of the code to flip, from the least significant one; at most codec.bits()
[[nodiscard]] ScaleFlips scaleFlips(const ScaleCodec& codec, std::span<const ScaleCodeUse> uses, int bitCount);

/// Bits of the stored scale that are the scale: without a sign bit in which a codebook selector rides.
[[nodiscard]] int flippableScaleBits(const FormatSpec& spec);

/// Everything about single flipped bits of a tensor under a format.
struct BitFlipStudy {
    std::vector<CodeFlips> books;
    CodeFlips pooled;
    ScaleFlips scale;  ///< no bits where the format has no scale to flip
};

[[nodiscard]] BitFlipStudy bitFlipStudy(const Report& report, const CastTensor& cast);

}  // namespace nanoscope
