#pragma once

#include "core/fast/code_table.h"
#include "core/fast/real_scale.h"
#include "core/fast/tile_run.h"
#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/format/scale_codec.h"
#include "core/quant/tensor_parameters.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {

/// @name What a kernel can compute with float32: maxima, scales and quotients as far from the ends as this
/// @{
inline constexpr double kLeastComfortable = 0x1p-100;
inline constexpr double kMostComfortable = 0x1p100;
/// @}

/// The scale of a block under one codebook.
struct BookScale {
    double real = 0.0;        ///< multiplier of the levels; 0: everything decodes to zero
    double reciprocal = 0.0;  ///< what elements are multiplied by; 0: they are divided by `real`
    float toBins = 0.0F;      ///< elements times this are in bins from the middle one
    std::uint32_t code = 0;
};

/// A format of one to four codebooks of up to 16 codes, whose blocks take the codebook with the first smallest squared
/// error, under any shared scale that follows from the block maximum (RaZeR, BitMoD, IF4; with one codebook INT4 or FP4
/// in blocks of 16 to 128).
///
/// Thresholds of a codebook lie on a grid. Quotients in steps of it name a bin, and the bin the level; what float32
/// puts so near the end of a bin that it cannot tell is decided in double as the reference does. Codes are counted by
/// their level's rank, because codebooks may put one code at different places.
struct BooksFormat {
    static constexpr std::size_t kBins = 128;
    static constexpr float kMiddle = 64.0F;        ///< bin of the quotient 0
    static constexpr float kNear = 2e-5F;          ///< of the end of a bin; float32 is off by less than 1.2e-5 of a bin
    static constexpr std::uint32_t kClipped = 64;  ///< set in the bins beyond half of the outermost step

    /// How one codebook quantizes.
    struct Book {
        double binsPerUnit = 1.0;            ///< of the element over its scale
        double farthest = 0.0;               ///< bins from the middle one up to which float32 errors are exact
        std::size_t scaleOf = 0;             ///< the first codebook that has the same scale and bins
        std::optional<RealScale> realScale;  ///< how registers find it; nothing: bookScaleOf() does
        BookScale ofZero;                    ///< of an all-zero block
        alignas(64) std::array<double, kCodes> levels{};            ///< ascending
        alignas(64) std::array<std::uint8_t, kBins> bins{};         ///< rank of the level, perhaps kClipped
        alignas(64) std::array<std::uint32_t, kBins> wideBins{};    ///< the same
        alignas(64) std::array<std::uint32_t, kCodes> codeBytes{};  ///< by rank; see CodeSink
    };

    CodeTable table;  ///< of ranks
    CodeTable codes;  ///< of codes, codebook 0
    FormatSpec spec;
    ScaleCodec codec{ScaleCodecId::FP32};
    TensorScale tensorScale;
    std::vector<Codebook> codebooks;
    std::array<Book, kMostBooks> books;  ///< beyond those there are, the first again: a repetition is never taken
    std::size_t scaleBytes = 1;
};

/// @return nothing when quotients would leave the bins or the normal numbers
[[nodiscard]] std::optional<BookScale> bookScaleOf(const BooksFormat& format, std::size_t book, float blockMaximum);

/// Rank of an element's level, with kClipped where it is clipped; rounds as the reference encoder does.
[[nodiscard]] std::uint32_t rankInDouble(
    const BooksFormat& format, std::size_t book, float value, const BookScale& scale);

/// Turns what was counted by rank into counts by code.
/// @param before  what had been counted by code before
void takeRanks(const BooksFormat& format, const ChunkSums& before, ChunkSums& sums);

/// Turns codes of a tile into ranks.
void takeRanks(const BooksFormat& format, SlowTile& tile);

/// Nothing when the kernel does not take the format.
[[nodiscard]] std::optional<BooksFormat> booksFormatOf(const FormatSpec& spec, const TensorParameters& parameters);

}  // namespace nanoscope
