#include "core/analysis/bit_flips.h"

#include "core/format/format_storage.h"
#include "core/quant/block_view.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>

namespace nanoscope {
namespace {

/// Levels and counts of one codebook, by code; codes that are missing are no number.
struct CodeTable {
    std::uint32_t book = 0;
    int bits = 0;
    std::vector<double> levels;
    std::vector<std::uint64_t> counts;
};

std::vector<CodeTable> tablesOf(std::span<const LevelCount> entries)
{
    std::map<std::uint32_t, CodeTable> byBook;
    for (const LevelCount& entry : entries) {
        CodeTable& table = byBook[entry.book];
        table.book = entry.book;
        table.bits = std::max(table.bits, static_cast<int>(std::bit_width(entry.code)));
    }
    for (auto& [book, table] : byBook) {
        const std::size_t count = std::size_t{1} << table.bits;
        table.levels.assign(count, std::numeric_limits<double>::quiet_NaN());
        table.counts.assign(count, 0);
    }
    for (const LevelCount& entry : entries) {
        CodeTable& table = byBook[entry.book];
        if (!std::isfinite(entry.level))
            continue;
        table.levels[entry.code] = entry.level;
        table.counts[entry.code] = entry.count;
    }
    std::vector<CodeTable> tables;
    tables.reserve(byBook.size());
    for (auto& [book, table] : byBook)
        tables.push_back(std::move(table));
    return tables;
}

CodeBitFlip flipOf(const CodeTable& table, int bit, double elements, double rms)
{
    CodeBitFlip flip;
    flip.bit = bit;
    double sum = 0.0;
    double invalid = 0.0;
    for (std::size_t code = 0; code < table.levels.size(); ++code) {
        if (table.counts[code] == 0)
            continue;
        const auto count = static_cast<double>(table.counts[code]);
        const double change = std::fabs(table.levels[code ^ (std::size_t{1} << bit)] - table.levels[code]);
        if (!std::isfinite(change)) {
            invalid += count;
            continue;
        }
        sum += count * change;
        flip.largestChange = std::max(flip.largestChange, change);
    }
    flip.meanChange = sum / elements;
    flip.invalidShare = invalid / elements;
    if (rms > 0) {
        flip.meanRelative = flip.meanChange / rms;
        flip.largestRelative = flip.largestChange / rms;
    }
    return flip;
}

/// True when an encoder's stored scale multiplies all values of its block.
bool scalesAllValues(EncoderId id)
{
    switch (id) {
    case EncoderId::Search:
    case EncoderId::OliVe:
    case EncoderId::Q4_0:
    case EncoderId::Q5_0:
    case EncoderId::Q8_0:
    case EncoderId::Q3_K:  // of the super-block, beside the sub-blocks' own
    case EncoderId::Q6_K:
    case EncoderId::IQ4_NL:
    case EncoderId::IQ4_XS:
    case EncoderId::TQ2_0:
    case EncoderId::Q1_0:
    case EncoderId::Q2_0:
        return true;
    default:  // a second scale, or a minimum, adds to the values
        return false;
    }
}

/// True when a flipped scale multiplies all values of its block, also as they come back from a transform.
bool scalesWholeBlocks(const FormatSpec& spec, std::uint64_t blockLength)
{
    const bool hasMinimum = spec.offset && spec.offset->kind == OffsetKind::Minimum;
    const bool hasUnscaledValues = spec.special
        && (spec.special->kind == SpecialKind::TopN || spec.special->kind == SpecialKind::Sparse
            || spec.special->kind == SpecialKind::Columns);
    // Rotations are linear: a block that holds whole ones is scaled with its rotated values.
    const auto rotation = static_cast<std::uint64_t>(spec.transform ? std::max(spec.transform->hadamard, 1) : 1);
    return !spec.mix && !hasMinimum && !hasUnscaledValues && blockLength % rotation == 0 && spec.geometry.tileRows == 1
        && scalesAllValues(spec.encoder.id) && spec.scale.codec != ScaleCodecId::None
        && !(spec.scale.splitSign && rotation > 1);  // a rotation mixes the signs
}

/// Shares of one block's mean |d| / RMS that belong to each of its scales; nothing for a block without a finite value
/// other than zero.
std::optional<std::array<double, 2>> magnitudeShares(
    const CastTensor& cast, const RowLayout& layout, std::uint64_t row, std::uint64_t first, std::uint64_t end)
{
    std::array<double, 2> sums{};  // with a scale per sign: positive, other
    double square = 0.0;
    for (std::uint64_t column = first; column < end; ++column) {
        const std::uint64_t own = cast.columnOrder.empty() ? column : cast.columnOrder[column];
        const auto value = static_cast<double>(cast.dequantized[layout.fileIndex(row, own)]);
        sums[cast.spec.scale.splitSign && !(value > 0) ? 1 : 0] += std::fabs(value);
        square += value * value;
    }
    if (!std::isfinite(square) || square <= 0)
        return std::nullopt;
    const auto elements = static_cast<double>(end - first);
    const double rms = std::sqrt(square / elements);
    return std::array{sums[0] / elements / rms, sums[1] / elements / rms};
}

/// Value of a scale without its sign: some encoders give a block a negative one.
double magnitudeOf(const ScaleCodec& codec, std::uint64_t code)
{
    const std::uint64_t sign = codec.hasSpareSign() ? std::uint64_t{1} << (codec.bits() - 1) : 0;
    return codec.decode(code & ~sign);
}

ScaleBitFlip scaleFlipOf(const ScaleCodec& codec, std::span<const ScaleCodeUse> uses, int bit, double blocks)
{
    constexpr double kNone = std::numeric_limits<double>::infinity();
    ScaleBitFlip flip{bit, kNone, -kNone, 0.0, 0.0};
    const bool isSign = codec.hasSpareSign() && bit == codec.bits() - 1;
    double invalid = 0.0;
    for (const ScaleCodeUse& use : uses) {
        const std::uint64_t flipped = use.code ^ (std::uint64_t{1} << bit);
        const double ratio = isSign ? -1.0 : magnitudeOf(codec, flipped) / magnitudeOf(codec, use.code);
        if (!std::isfinite(ratio)) {
            invalid += static_cast<double>(use.blocks);
            continue;
        }
        flip.smallestRatio = std::min(flip.smallestRatio, ratio);
        flip.largestRatio = std::max(flip.largestRatio, ratio);
        flip.meanChange += std::fabs(ratio - 1.0) * use.magnitudeSum;
    }
    if (flip.smallestRatio > flip.largestRatio)  // no flip makes a number
        flip.smallestRatio = flip.largestRatio = std::numeric_limits<double>::quiet_NaN();
    flip.meanChange /= blocks;
    flip.invalidShare = invalid / blocks;
    return flip;
}

}  // namespace

std::vector<CodeFlips> codeFlipsByBook(std::span<const LevelCount> levels)
{
    std::vector<CodeFlips> books;
    for (const CodeTable& table : tablesOf(levels)) {
        CodeFlips flips;
        flips.book = table.book;
        double square = 0.0;
        for (std::size_t code = 0; code < table.levels.size(); ++code) {
            if (table.counts[code] == 0)
                continue;
            flips.elements += table.counts[code];
            square += static_cast<double>(table.counts[code]) * table.levels[code] * table.levels[code];
        }
        if (flips.elements == 0)
            continue;
        const auto elements = static_cast<double>(flips.elements);
        flips.levelRms = std::sqrt(square / elements);
        for (int bit = 0; bit < table.bits; ++bit)
            flips.bits.push_back(flipOf(table, bit, elements, flips.levelRms));
        books.push_back(std::move(flips));
    }
    return books;
}

CodeFlips pooledCodeFlips(std::span<const CodeFlips> books)
{
    CodeFlips pooled;
    double square = 0.0;
    std::size_t width = 0;
    for (const CodeFlips& book : books) {
        pooled.elements += book.elements;
        square += static_cast<double>(book.elements) * book.levelRms * book.levelRms;
        width = std::max(width, book.bits.size());
    }
    if (pooled.elements == 0)
        return pooled;
    pooled.levelRms = std::sqrt(square / static_cast<double>(pooled.elements));
    for (std::size_t bit = 0; bit < width; ++bit) {
        CodeBitFlip flip;
        flip.bit = static_cast<int>(bit);
        double elements = 0.0;  // of the codebooks that have this bit
        for (const CodeFlips& book : books) {
            if (bit >= book.bits.size())
                continue;
            const CodeBitFlip& own = book.bits[bit];
            const auto weight = static_cast<double>(book.elements);
            elements += weight;
            flip.meanChange += weight * own.meanChange;
            flip.meanRelative += weight * own.meanRelative;
            flip.invalidShare += weight * own.invalidShare;
            flip.largestChange = std::max(flip.largestChange, own.largestChange);
            flip.largestRelative = std::max(flip.largestRelative, own.largestRelative);
        }
        flip.meanChange /= elements;
        flip.meanRelative /= elements;
        flip.invalidShare /= elements;
        pooled.bits.push_back(flip);
    }
    return pooled;
}

std::vector<ScaleCodeUse> scaleUses(const CastTensor& cast)
{
    const Geometry& geometry = cast.spec.geometry;
    const std::size_t perBlock = cast.spec.scale.splitSign ? 2 : 1;
    const std::uint64_t blocks = cast.rows * cast.blocksPerRow;
    const auto length = geometry.wholeRow ? cast.rowLength : static_cast<std::uint64_t>(geometry.block);
    if (!scalesWholeBlocks(cast.spec, length) || cast.scales.size() != blocks * perBlock)
        return {};
    const RowLayout layout(cast.reshape.value_or(cast.shape), static_cast<std::size_t>(std::max(cast.axis, 0)));

    std::map<std::uint64_t, ScaleCodeUse> byCode;
    for (std::uint64_t block = 0; block < blocks; ++block) {
        const std::uint64_t first = block % cast.blocksPerRow * length;
        const std::uint64_t end = std::min(first + length, cast.rowLength);
        const auto shares = magnitudeShares(cast, layout, block / cast.blocksPerRow, first, end);
        if (!shares)
            continue;
        for (std::size_t i = 0; i < perBlock; ++i) {
            if ((*shares)[i] <= 0)
                continue;
            const std::uint64_t code = cast.scales[block * perBlock + i];
            ScaleCodeUse& use = byCode[code];
            use.code = code;
            ++use.blocks;
            use.magnitudeSum += (*shares)[i];
        }
    }
    std::vector<ScaleCodeUse> uses;
    uses.reserve(byCode.size());
    for (const auto& [code, use] : byCode)
        uses.push_back(use);
    return uses;
}

ScaleFlips scaleFlips(const ScaleCodec& codec, std::span<const ScaleCodeUse> uses, int bitCount)
{
    ScaleFlips flips;
    std::vector<ScaleCodeUse> valid;
    for (const ScaleCodeUse& use : uses) {
        const double value = magnitudeOf(codec, use.code);
        if (use.blocks == 0 || !std::isfinite(value) || value == 0.0)
            continue;
        valid.push_back(use);
        flips.blocks += use.blocks;
    }
    if (flips.blocks > 0)
        for (int bit = 0; bit < std::min(bitCount, codec.bits()); ++bit)
            flips.bits.push_back(scaleFlipOf(codec, valid, bit, static_cast<double>(flips.blocks)));
    return flips;
}

int flippableScaleBits(const FormatSpec& spec)
{
    int bits = ScaleCodec(spec.scale.codec).bits();
    for (const MetaField& field : metaFields(spec))
        bits -= field.bitsInScaleSign;
    return bits;
}

BitFlipStudy bitFlipStudy(const Report& report, const CastTensor& cast)
{
    BitFlipStudy study;
    study.books = codeFlipsByBook(report.levels);
    const std::vector<ElementBook>& elements = cast.spec.elements;
    std::erase_if(study.books, [&](const CodeFlips& flips) {
        return *flips.book < elements.size() && elements[*flips.book].kind == BookKind::Fitted;
    });
    study.pooled = pooledCodeFlips(study.books);
    const std::vector<ScaleCodeUse> uses = scaleUses(cast);
    if (!uses.empty())
        study.scale = scaleFlips(ScaleCodec(cast.spec.scale.codec), uses, flippableScaleBits(cast.spec));
    return study;
}

}  // namespace nanoscope
