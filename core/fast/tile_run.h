#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace nanoscope {

/// A kernel works on tiles of 512 consecutive elements: long enough that what is done once per block runs on whole
/// registers, short enough that a tile stays in the first-level cache between the phases.
inline constexpr std::size_t kTileElements = 512;
/// The codes of a tile are four bit planes of 16 words; bit i of word w belongs to element 32 w + i.
inline constexpr std::size_t kTileWords = 16;
inline constexpr std::size_t kCodePlanes = 4;
inline constexpr std::size_t kCodes = 16;
/// Codebooks that the blocks of one format may choose among.
inline constexpr std::size_t kMostBooks = 4;
/// Elements per chunk: sums are closed per chunk and added in the order of the chunks (as core/analysis does).
inline constexpr std::size_t kChunkElements = 1 << 16;
/// Chunks that one worker takes at a time: what a kernel asks for ahead of its reading is then seldom another's.
inline constexpr std::size_t kChunksAtOnce = 4;

/// How far ahead a kernel asks for memory: while it computes a group of tiles the hardware's own reading ahead stops.
inline constexpr std::size_t kPrefetchTiles = 16;

/// One bit per element of a tile.
using TileBits = std::array<std::uint32_t, kTileWords>;
/// Codebook of each element of a tile, lowest bit first.
using BookBits = std::array<TileBits, 2>;
/// The codes of one tile, lowest bit first.
struct alignas(64) TilePlanes : std::array<TileBits, kCodePlanes> { };

inline constexpr TileBits kWholeTile = [] {
    TileBits bits{};
    for (std::uint32_t& word : bits)
        word = 0xFFFFFFFFU;
    return bits;
}();

/// What blocks chose, in formats that search; each as BlockStatistics counts it.
struct ChoiceCounts {
    std::array<std::uint64_t, kMostBooks> books{};
    std::array<std::uint64_t, 8> micros{};  ///< of blocks, or of subgroups where these choose
    std::array<std::uint64_t, 4> offsets{};
    std::array<std::uint64_t, 2> targets{};  ///< where blocks try several

    void add(const ChoiceCounts& other)
    {
        for (std::size_t i = 0; i < books.size(); ++i)
            books[i] += other.books[i];
        for (std::size_t i = 0; i < micros.size(); ++i)
            micros[i] += other.micros[i];
        for (std::size_t i = 0; i < offsets.size(); ++i)
            offsets[i] += other.offsets[i];
        for (std::size_t i = 0; i < targets.size(); ++i)
            targets[i] += other.targets[i];
    }
    bool operator==(const ChoiceCounts&) const = default;
};

/// The same as kernels count it: by slot of SearchFormat.
struct SlotCounts {
    std::array<std::uint64_t, 16> blocks{};     ///< by slot; where subgroups choose, by offset
    std::array<std::uint64_t, 16> subgroups{};  ///< those whose slot is this one or a later one
};

/// What is counted and summed over one chunk.
struct ChunkSums {
    /// Term i of a block goes to lane i mod 16; a block's terms are added up before they join (DESIGN section 3).
    alignas(64) std::array<double, 16> squaredError{};
    double maximumError = 0.0;
    std::array<std::uint64_t, kCodes> codes{};  ///< of all codebooks
    /// Of codebooks 1 to 3 among them.
    std::array<std::array<std::uint64_t, kCodes>, kMostBooks - 1> laterCodes{};
    ChoiceCounts choices;        ///< searched formats only
    SlotCounts bySlot;           ///< what of them a kernel has not put there yet
    std::uint64_t blocks = 0;    ///< without those that hold NaN or infinity
    std::uint64_t excluded = 0;  ///< elements of the others
    /// Elements that decode to zero; slow tiles add those with another code than zero's.
    std::uint64_t decodedZero = 0;
    std::uint64_t inputZero = 0;  ///< elements that are zero
    std::uint64_t clipped = 0;
    std::uint64_t unusedCodes = 0;  ///< levels that a block does not use, summed over blocks
    std::uint64_t headroom = 0;     ///< levels above a block's highest and below its lowest, summed over blocks
};

/// A tile that the fast path cannot take (NaN, infinity, exponents near the ends of float32) as it comes back.
struct SlowTile {
    TilePlanes planes{};
    TileBits valid{};  ///< elements of blocks that count
    BookBits books{};
    std::array<std::uint32_t, 2 * kTileWords> scales{};  ///< scale codes, one per block of the tile
};

/// Quantizes such tiles by the reference encoder.
class SlowTiles {
public:
    virtual ~SlowTiles() = default;
    /// @param values  512 elements
    /// @param valid   those that exist; each block's are its first ones
    /// @param sums    gets everything that does not follow from the codes
    virtual SlowTile encode(const float* values, const TileBits& valid, ChunkSums& sums) = 0;
};

/// Some tiles of one chunk.
struct TileRun {
    const float* values = nullptr;    ///< tiles * 512
    const TileBits* valid = nullptr;  ///< per tile: which elements exist (zero elsewhere); null: all
    std::size_t tiles = 0;
    const float* readAheadEnd = nullptr;  ///< memory from here on is not asked for ahead; null: none is
    std::uint8_t* scaleCodes = nullptr;   ///< null, or room for every block's scale code
    TilePlanes* planes = nullptr;         ///< null, or room for every tile's codes
    SlowTiles* slow = nullptr;
};

/// How much a kernel does.
enum class KernelScope {
    Full,  ///< scales, codes and everything that is counted
    Error  ///< scales and errors only; no counts but those of blocks, input zeros and clipped elements
};

/// Elements of a tile that do not exist.
[[nodiscard]] inline std::uint64_t missing(const TileBits& valid)
{
    std::uint64_t bits = kTileElements;
    for (const std::uint32_t word : valid)
        bits -= static_cast<std::uint64_t>(std::popcount(word));
    return bits;
}

/// Writes the scale codes of one tile where they are wanted, little-endian.
/// @param blocks  of the tile
/// @param bytes   of a code
inline void storeScales(
    const TileRun& run, std::size_t tile, const std::uint32_t* codes, std::size_t blocks, std::size_t bytes)
{
    if (run.scaleCodes == nullptr)
        return;
    std::uint8_t* out = run.scaleCodes + tile * blocks * bytes;
    for (std::size_t block = 0; block < blocks; ++block)
        std::memcpy(out + block * bytes, codes + block, bytes);
}

/// Bytes of a scale code of a rule: of its ScaleCode, or as its format says.
template <class Rule> [[nodiscard]] std::size_t scaleBytesOf(const typename Rule::Format& format)
{
    if constexpr (requires { typename Rule::ScaleCode; })
        return sizeof(typename Rule::ScaleCode);
    else
        return format.scaleBytes;
}

}  // namespace nanoscope
