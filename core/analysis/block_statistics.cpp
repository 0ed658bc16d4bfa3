#include "core/analysis/block_statistics.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace nanoscope {
namespace {

constexpr int kMagnitudeShift = 22;  // exponent and one mantissa bit of a float32

std::size_t magnitudeBin(float value)
{
    return (std::bit_cast<std::uint32_t>(value) & 0x7FFFFFFFU) >> kMagnitudeShift;
}

template <typename Value> void addTo(std::vector<Value>& sum, const std::vector<Value>& terms)
{
    if (sum.size() < terms.size())
        sum.resize(terms.size());
    for (std::size_t i = 0; i < terms.size(); ++i)
        sum[i] += terms[i];
}

}  // namespace

void BlockCounts::add(const BlockCounts& other)
{
    blocks += other.blocks;
    excluded += other.excluded;
    nan += other.nan;
    infinity += other.infinity;
    saturated += other.saturated;
    clipped += other.clipped;
    zero += other.zero;
    underflow += other.underflow;
    blocksWithMaximum += other.blocksWithMaximum;
    pieces += other.pieces;
    unusedCodes += other.unusedCodes;
    headroom += other.headroom;
    for (const auto& [key, count] : other.piecesByBookAndLength)
        piecesByBookAndLength[key] += count;
    addTo(codes, other.codes);
    addTo(density, other.density);
    addTo(units, other.units);
    addTo(micro, other.micro);
    addTo(offset, other.offset);
    addTo(target, other.target);
    addTo(original, other.original);
    addTo(dequantized, other.dequantized);
    addTo(magnitude, other.magnitude);
}

void TotalSums::add(const BlockSums& chunk)
{
    squaredError += chunk.squaredError.total();
    absoluteError += chunk.absoluteError.total();
    error += chunk.error.total();
    power += chunk.power.total();
    dequantizedPower += chunk.dequantizedPower.total();
    product += chunk.product.total();
    maximumError = std::max(maximumError, chunk.maximumError);
    blockMaxRelative += chunk.blockMaxRelative;
    blockMaxSquared += chunk.blockMaxSquared;
    addTo(levelSquaredError, chunk.levelSquaredError);
    addTo(ownLevels, chunk.ownLevels);
    addTo(magnitudeSquaredError, chunk.magnitudeSquaredError);
    addTo(magnitudePower, chunk.magnitudePower);
}

double densityReach(const Codebook& book)
{
    const double outermost = std::max(std::fabs(book.sortedLevels().front()), std::fabs(book.sortedLevels().back()));
    return outermost * 4 / 3;
}

BlockStatistics::BlockStatistics(const PreparedTensor& prepared, double valueReach)
    : m_prepared(&prepared)
    , m_spec(prepared.spec)
    , m_encoder(makeBlockEncoder(prepared.spec, prepared.parameters))
    , m_stored(prepared.spec)
    , m_varies(hasVariableBlocks(prepared.spec))
    , m_valueAxis(valueReach > 0 ? valueReach : 1.0, kValueBins)
    , m_divergenceAxis(valueReach > 0 ? valueReach : 1.0, kDivergenceBins)
{
    const FormatSpec& spec = m_spec;
    const std::size_t books = m_encoder->books().size();
    for (const Codebook& book : m_encoder->books())
        m_codeCount = std::max(m_codeCount, book.codeCount());
    m_mixesBooks = spec.encoder.id == EncoderId::OliVe || spec.encoder.id == EncoderId::Phase;
    m_bookPerSubgroup = spec.chooser && spec.chooser->unit == Unit::Subgroup;
    m_countedCode = CountedCode(spec, m_codeCount);
    for (const Codebook& book : m_encoder->books())
        m_densityAxes.emplace_back(densityReach(book), kDensityBins);
    m_counts.codes.assign(books * m_codeCount, 0);
    m_counts.density.assign(books * kDensityBins, 0);
    m_counts.units.assign(books, 0);
    m_counts.micro.assign(spec.micro ? spec.micro->grid().size() : 0, 0);
    m_counts.offset.assign(spec.scale.offsets.size(), 0);
    m_counts.target.assign(std::max(spec.scale.targets.size(), spec.scale.clips.size()), 0);
    m_counts.original.assign(kValueBins, 0);
    m_counts.dequantized.assign(kDivergenceBins, 0);
    m_counts.magnitude.assign(kMagnitudeBins, 0);
    m_lastSeen.assign(m_codeCount, 0);
    const auto block = static_cast<std::size_t>(spec.geometry.block);
    m_decoded.resize(block);
    m_error.resize(block);
    beginChunk();
}

void BlockStatistics::beginChunk()
{
    m_sums = BlockSums{};
    m_sums.levelSquaredError.assign(m_counts.codes.size(), 0.0);
    if (m_spec.elements.front().kind == BookKind::Fitted && m_spec.geometry.wholeRow)
        m_sums.ownLevels.assign(m_codeCount, 0.0);
    m_sums.magnitudeSquaredError.assign(kMagnitudeBins, 0.0);
    m_sums.magnitudePower.assign(kMagnitudeBins, 0.0);
}

BlockFigures BlockStatistics::measure(std::uint64_t index)
{
    const std::span<const float> values = m_prepared->view.values(index, m_room);
    const EncodedBlock& block = m_encoder->encode(values, m_prepared->view.place(index));
    const std::uint64_t storedBits = m_varies ? m_stored.bitsOf(block) : 0;
    if (block.bad) {
        m_counts.excluded += values.size();
        for (const float value : values) {
            m_counts.nan += std::isnan(value) ? 1U : 0U;
            m_counts.infinity += std::isinf(value) ? 1U : 0U;
        }
        const double nan = std::nan("");
        return {nan, nan, std::nanf(""), storedBits};
    }
    ++m_counts.blocks;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const StoredValue stored = roundToStored(block.decoded[i]);
        m_counts.saturated += stored.saturated ? 1U : 0U;
        m_decoded[i] = stored.value;
    }
    BlockFigures figures = sumErrors(values);
    figures.storedBits = storedBits;
    countElements(values, block);
    countPieces(block);
    countChoices(block);
    countOwnLevels(block);
    measureMaximum(values);
    return figures;
}

BlockFigures BlockStatistics::sumErrors(std::span<const float> values)
{
    LaneSum squared;
    LaneSum power;
    double maximum = 0.0;
    for (std::size_t start = 0; start < values.size(); start += kLanes) {
        const std::size_t end = std::min(values.size(), start + kLanes);
        for (std::size_t i = start; i < end; ++i) {
            const std::size_t lane = i - start;
            const auto w = static_cast<double>(values[i]);
            const auto d = static_cast<double>(m_decoded[i]);
            const double e = d - w;
            m_error[i] = e;
            squared[lane] += e * e;
            power[lane] += w * w;
            m_sums.absoluteError[lane] += std::fabs(e);
            m_sums.error[lane] += e;
            m_sums.dequantizedPower[lane] += d * d;
            m_sums.product[lane] += w * d;
            maximum = std::max(maximum, std::fabs(e));
        }
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        m_sums.squaredError[lane] += squared[lane];
        m_sums.power[lane] += power[lane];
    }
    m_sums.maximumError = std::max(m_sums.maximumError, maximum);
    return {squared.total(), power.total(), static_cast<float>(maximum), 0};
}

void BlockStatistics::countElements(std::span<const float> values, const EncodedBlock& block)
{
    const auto sub = static_cast<std::size_t>(m_spec.geometry.subgroup());
    for (std::size_t unit = 0; unit < block.unitBook.size(); ++unit)
        countCodes(block, unit * sub, std::min(values.size(), (unit + 1) * sub), block.unitBook[unit]);
    for (std::size_t i = 0; i < values.size(); ++i)
        countValue(values[i], m_decoded[i], m_error[i] * m_error[i]);
    for (const std::size_t i : block.exceptions) {  // these have a ladder of their own
        const std::size_t book = block.unitBook[i / sub];
        m_counts.clipped -= m_encoder->books()[book].isClipped(block.scaled[i]) ? 1U : 0U;
        m_counts.clipped += m_encoder->isClipped(book, block.scaled[i], true) ? 1U : 0U;
    }
}

void BlockStatistics::countCodes(const EncodedBlock& block, std::size_t begin, std::size_t end, std::size_t book)
{
    const Codebook& levels = m_encoder->books()[book];
    const BinAxis& axis = m_densityAxes[book];
    std::uint64_t* codes = &m_counts.codes[book * m_codeCount];
    double* squaredError = &m_sums.levelSquaredError[book * m_codeCount];
    std::uint64_t* density = &m_counts.density[book * kDensityBins];
    for (std::size_t i = begin; i < end; ++i) {
        const std::uint32_t code = m_countedCode(block.codes[i]);
        ++codes[code];
        squaredError[code] += m_error[i] * m_error[i];
        ++density[axis.binOf(block.scaled[i])];
        m_counts.clipped += levels.isClipped(block.scaled[i]) ? 1U : 0U;
    }
}

void BlockStatistics::countValue(float value, float decoded, double squaredError)
{
    const bool zero = decoded == 0.0F;
    m_counts.zero += zero ? 1U : 0U;
    m_counts.underflow += zero && value != 0.0F ? 1U : 0U;
    const auto w = static_cast<double>(value);
    ++m_counts.original[m_valueAxis.binOf(w)];
    ++m_counts.dequantized[m_divergenceAxis.binOf(static_cast<double>(decoded))];
    if (value == 0.0F)
        return;
    const std::size_t bin = magnitudeBin(value);
    ++m_counts.magnitude[bin];
    m_sums.magnitudeSquaredError[bin] += squaredError;
    m_sums.magnitudePower[bin] += w * w;
}

void BlockStatistics::countPieces(const EncodedBlock& block)
{
    const std::span<const std::uint32_t> codes(block.codes);
    if (m_mixesBooks) {
        countPiecesByBook(block);
        return;
    }
    if (!m_bookPerSubgroup) {
        countPiece(block.unitBook.front(), codes);
        return;
    }
    const auto sub = static_cast<std::size_t>(m_spec.geometry.subgroup());
    for (std::size_t unit = 0; unit < block.unitBook.size(); ++unit)
        countPiece(block.unitBook[unit], codes.subspan(unit * sub, std::min(sub, codes.size() - unit * sub)));
}

/// Elements of one block that share a codebook count as one piece.
void BlockStatistics::countPiecesByBook(const EncodedBlock& block)
{
    const auto sub = static_cast<std::size_t>(m_spec.geometry.subgroup());
    for (std::size_t book = 0; book < m_encoder->books().size(); ++book) {
        m_codesOfBook.clear();
        for (std::size_t i = 0; i < block.length; ++i)
            if (block.unitBook[i / sub] == book)
                m_codesOfBook.push_back(block.codes[i]);
        if (!m_codesOfBook.empty())
            countPiece(book, m_codesOfBook);
    }
}

void BlockStatistics::countOwnLevels(const EncodedBlock& block)
{
    if (block.ownLevels.empty() || m_sums.ownLevels.empty())
        return;
    for (std::size_t i = 0; i < block.length; ++i)
        if (block.effectiveScale[i] > 0)
            m_sums.ownLevels[block.codes[i]] += block.ownLevels[block.codes[i]] / block.effectiveScale[i];
}

void BlockStatistics::countPiece(std::size_t book, std::span<const std::uint32_t> codes)
{
    const Codebook& levels = m_encoder->books()[book];
    ++m_piece;
    std::size_t used = 0;
    std::size_t lowest = levels.sortedLevels().size();
    std::size_t highest = 0;
    for (const std::uint32_t written : codes) {
        const std::uint32_t code = m_countedCode(written);
        used += m_lastSeen[code] != m_piece ? 1U : 0U;
        m_lastSeen[code] = m_piece;
        const std::size_t rank = levels.levelRank(code);
        lowest = std::min(lowest, rank);
        highest = std::max(highest, rank);
    }
    ++m_counts.pieces;
    ++m_counts.units[book];
    ++m_counts.piecesByBookAndLength[{book, codes.size()}];
    m_counts.unusedCodes += levels.sortedLevels().size() - used;
    m_counts.headroom += levels.sortedLevels().size() - 1 - highest + lowest;
}

void BlockStatistics::countChoices(const EncodedBlock& block)
{
    ++m_counts.offset[static_cast<std::size_t>(block.offset)];
    if (!m_counts.target.empty())
        ++m_counts.target[static_cast<std::size_t>(block.target)];
    if (m_counts.micro.empty())
        return;
    if (m_spec.mix)
        return;
    const std::size_t units = m_spec.micro->unit == Unit::Block ? 1 : block.unitMicro.size();
    for (std::size_t unit = 0; unit < units; ++unit)
        ++m_counts.micro[block.unitMicro[unit]];
}

void BlockStatistics::measureMaximum(std::span<const float> values)
{
    std::size_t largest = 0;
    for (std::size_t i = 1; i < values.size(); ++i)
        if (std::fabs(values[i]) > std::fabs(values[largest]))
            largest = i;
    if (values[largest] == 0.0F)
        return;
    ++m_counts.blocksWithMaximum;
    m_sums.blockMaxRelative += std::fabs(m_error[largest]) / std::fabs(static_cast<double>(values[largest]));
    m_sums.blockMaxSquared += m_error[largest] * m_error[largest];
}

}  // namespace nanoscope
