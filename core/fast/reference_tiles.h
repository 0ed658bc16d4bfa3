#pragma once

#include "core/fast/tile_run.h"
#include "core/quant/block_encoder.h"

#include <memory>

namespace nanoscope {

/// Tiles that the fast path leaves out, by the reference encoder: the same figures, block by block. One per worker.
class ReferenceTiles final : public SlowTiles {
public:
    /// @param spec  codebooks of 16 codes chosen by the block, blocks of 16, 32 or 64; nothing that depends on where a
    /// block lies
    ReferenceTiles(const FormatSpec& spec, const TensorParameters& parameters);

    SlowTile encode(const float* values, const TileBits& valid, ChunkSums& sums) override;

private:
    void encodeBlock(
        std::span<const float> values, std::size_t first, std::size_t block, SlowTile& tile, ChunkSums& sums);

    void countChoices(const EncodedBlock& encoded, ChoiceCounts& choices) const;

    std::unique_ptr<BlockEncoder> m_encoder;
    std::size_t m_block = 0;
    std::uint32_t m_zeroCode = 0;
    bool m_microPerSubgroup = false;
    bool m_searchesTargets = false;
};

}  // namespace nanoscope
