#include "core/fast/reference_tiles.h"

#include "core/analysis/lane_sum.h"
#include "core/quant/effective_scale.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace nanoscope {

ReferenceTiles::ReferenceTiles(const FormatSpec& spec, const TensorParameters& parameters)
    : m_encoder(makeBlockEncoder(spec, parameters))
    , m_block(static_cast<std::size_t>(spec.geometry.block))
    , m_zeroCode(m_encoder->books().front().nearest(0.0))
    , m_microPerSubgroup(spec.micro && spec.micro->unit == Unit::Subgroup)
    , m_searchesTargets(!spec.scale.targets.empty())
{
}

SlowTile ReferenceTiles::encode(const float* values, const TileBits& valid, ChunkSums& sums)
{
    SlowTile tile;
    for (std::size_t block = 0; block * m_block < kTileElements; ++block) {
        const std::size_t first = block * m_block;
        std::size_t length = 0;
        while (length < m_block && (valid[(first + length) / 32] >> ((first + length) % 32) & 1U) != 0)
            ++length;
        if (length > 0)
            encodeBlock({values + first, length}, first, block, tile, sums);
    }
    return tile;
}

void ReferenceTiles::encodeBlock(
    std::span<const float> values, std::size_t first, std::size_t block, SlowTile& tile, ChunkSums& sums)
{
    const EncodedBlock& encoded = m_encoder->encode(values, {});
    tile.scales[block] = static_cast<std::uint32_t>(encoded.scales[0].code);
    if (encoded.bad) {
        sums.excluded += values.size();
        return;
    }
    countChoices(encoded, sums.choices);
    const std::uint32_t book = encoded.unitBook.front();
    std::array<double, kLanes> squared{};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t element = first + i;
        const std::uint32_t bit = std::uint32_t{1} << element % 32;
        tile.valid[element / 32] |= bit;
        for (std::size_t plane = 0; plane < tile.books.size(); ++plane)
            tile.books[plane][element / 32] |= (book >> plane & 1U) != 0 ? bit : 0;
        for (std::size_t plane = 0; plane < kCodePlanes; ++plane)
            tile.planes[plane][element / 32] |= (encoded.codes[i] >> plane & 1U) != 0 ? bit : 0;
        const float decoded = roundToStored(encoded.decoded[i]).value;
        const double error = static_cast<double>(decoded) - static_cast<double>(values[i]);
        squared[i % kLanes] += error * error;
        sums.maximumError = std::max(sums.maximumError, std::fabs(error));
        sums.clipped += m_encoder->isClipped(encoded.unitBook.front(), encoded.scaled[i], false) ? 1U : 0U;
        sums.inputZero += values[i] == 0.0F ? 1U : 0U;
        sums.decodedZero += decoded == 0.0F && encoded.codes[i] != m_zeroCode ? 1U : 0U;
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane)
        sums.squaredError[lane] += squared[lane];
}

void ReferenceTiles::countChoices(const EncodedBlock& encoded, ChoiceCounts& choices) const
{
    ++choices.books[encoded.unitBook.front()];
    ++choices.offsets[static_cast<std::size_t>(encoded.offset)];
    if (m_searchesTargets)
        ++choices.targets[static_cast<std::size_t>(encoded.target)];
    const std::size_t units = m_microPerSubgroup ? encoded.unitMicro.size() : 1;
    for (std::size_t unit = 0; unit < units; ++unit)
        ++choices.micros[encoded.unitMicro[unit]];
}

}  // namespace nanoscope
