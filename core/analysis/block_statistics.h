#pragma once

#include "core/analysis/counted_code.h"
#include "core/analysis/lane_sum.h"
#include "core/quant/block_encoder.h"
#include "core/quant/prepared_tensor.h"
#include "core/quant/stored_block.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace nanoscope {

/// Bins of the densities and histograms of a report.
inline constexpr std::size_t kDensityBins = 1024;    ///< of value / scale, per codebook
inline constexpr std::size_t kValueBins = 16384;     ///< of w, for its distribution
inline constexpr std::size_t kDivergenceBins = 512;  ///< of w and d, for the KL divergence
inline constexpr std::size_t kMagnitudeBins = 512;   ///< half octaves of float32

/// What is counted: exact in any order, so that each worker keeps its own and they are added at the end.
struct BlockCounts {
    std::uint64_t blocks = 0;    ///< without NaN or infinity
    std::uint64_t excluded = 0;  ///< elements of the others
    std::uint64_t nan = 0;
    std::uint64_t infinity = 0;
    std::uint64_t saturated = 0;
    std::uint64_t clipped = 0;
    std::uint64_t zero = 0;
    std::uint64_t underflow = 0;
    std::uint64_t blocksWithMaximum = 0;  ///< blocks that are not all zero
    std::uint64_t pieces = 0;             ///< blocks, or subgroups where these choose their codebook
    std::uint64_t unusedCodes = 0;        ///< summed over pieces
    std::uint64_t headroom = 0;           ///< summed over pieces
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> piecesByBookAndLength;
    std::vector<std::uint64_t> codes;    ///< [book][code]
    std::vector<std::uint64_t> density;  ///< [book][bin]
    std::vector<std::uint64_t> units;    ///< [book]: pieces that chose it
    std::vector<std::uint64_t> micro;    ///< [grid index]
    std::vector<std::uint64_t> offset;
    std::vector<std::uint64_t> target;
    std::vector<std::uint64_t> original;     ///< histogram of w
    std::vector<std::uint64_t> dequantized;  ///< histogram of d
    std::vector<std::uint64_t> magnitude;    ///< by half octave of |w|

    void add(const BlockCounts& other);
};

/// What is summed in floating point: one per chunk, added in the order of the chunks.
struct BlockSums {
    LaneSum squaredError;
    LaneSum absoluteError;
    LaneSum error;
    LaneSum power;             ///< w^2
    LaneSum dequantizedPower;  ///< d^2
    LaneSum product;           ///< w d
    double maximumError = 0.0;
    double blockMaxRelative = 0.0;
    double blockMaxSquared = 0.0;
    std::vector<double> levelSquaredError;  ///< [book][code]
    std::vector<double> ownLevels;          ///< [code]: sum of level / block maximum, where blocks fit their codebook
    std::vector<double> magnitudeSquaredError;  ///< by half octave
    std::vector<double> magnitudePower;
};

/// BlockSums with the lanes closed, so that chunks can be added.
struct TotalSums {
    double squaredError = 0.0;
    double absoluteError = 0.0;
    double error = 0.0;
    double power = 0.0;
    double dequantizedPower = 0.0;
    double product = 0.0;
    double maximumError = 0.0;
    double blockMaxRelative = 0.0;
    double blockMaxSquared = 0.0;
    std::vector<double> levelSquaredError;
    std::vector<double> ownLevels;
    std::vector<double> magnitudeSquaredError;
    std::vector<double> magnitudePower;

    void add(const BlockSums& chunk);
};

/// Figures of one block that a heat map shows.
struct BlockFigures {
    double squaredError = 0.0;
    double power = 0.0;
    float maximumError = 0.0F;
    std::uint64_t storedBits = 0;  ///< only where blocks vary
};

/// Left and right end of the density axis of a codebook: its outermost level and a third more.
[[nodiscard]] double densityReach(const Codebook& book);

/// Equal bins on an axis from -reach to reach; what lies beyond goes to the outermost ones.
class BinAxis {
public:
    BinAxis(double reach, std::size_t bins)
        : m_reach(reach)
        , m_binsPerUnit(reach > 0 ? static_cast<double>(bins) / (2 * reach) : 0.0)  // all levels of a book may be 0
        , m_last(static_cast<double>(bins - 1))
    {
    }

    [[nodiscard]] std::size_t binOf(double value) const
    {
        const double position = (value + m_reach) * m_binsPerUnit;
        return static_cast<std::size_t>(std::clamp(position, 0.0, m_last));
    }

private:
    double m_reach;
    double m_binsPerUnit;
    double m_last;
};

/// Measures quantized blocks. One per worker: owns its encoder, counts and scratch memory.
class BlockStatistics {
public:
    /// @param prepared    must outlive this
    /// @param valueReach  largest magnitude of the tensor: ends of the histograms of w and d
    BlockStatistics(const PreparedTensor& prepared, double valueReach);

    /// Starts the sums of a new chunk.
    void beginChunk();
    /// Quantizes and measures one block of the prepared view.
    BlockFigures measure(std::uint64_t index);

    [[nodiscard]] const BlockSums& sums() const { return m_sums; }
    [[nodiscard]] const BlockCounts& counts() const { return m_counts; }
    [[nodiscard]] const std::vector<Codebook>& books() const { return m_encoder->books(); }

private:
    BlockFigures sumErrors(std::span<const float> values);
    void countElements(std::span<const float> values, const EncodedBlock& block);
    void countCodes(const EncodedBlock& block, std::size_t begin, std::size_t end, std::size_t book);
    void countValue(float value, float decoded, double squaredError);
    void countPieces(const EncodedBlock& block);
    void countPiece(std::size_t book, std::span<const std::uint32_t> codes);
    void countChoices(const EncodedBlock& block);
    void measureMaximum(std::span<const float> values);

    void countPiecesByBook(const EncodedBlock& block);
    void countOwnLevels(const EncodedBlock& block);

    const PreparedTensor* m_prepared;
    FormatSpec m_spec;
    std::unique_ptr<BlockEncoder> m_encoder;
    StoredBlock m_stored;
    bool m_varies = false;
    BlockCounts m_counts;
    BlockSums m_sums;
    std::size_t m_codeCount = 0;
    bool m_bookPerSubgroup = false;
    bool m_mixesBooks = false;                 // one block's elements have different books, piece or no piece
    std::vector<std::uint32_t> m_codesOfBook;  // scratch
    CountedCode m_countedCode;
    std::vector<BinAxis> m_densityAxes;  // per book
    BinAxis m_valueAxis;
    BinAxis m_divergenceAxis;
    std::vector<float> m_room;              // x of the block at hand, where it is converted
    std::vector<float> m_decoded;           // d of the block at hand
    std::vector<double> m_error;            // d - w
    std::vector<std::uint64_t> m_lastSeen;  // per code: the piece that used it last
    std::uint64_t m_piece = 0;
};

}  // namespace nanoscope
