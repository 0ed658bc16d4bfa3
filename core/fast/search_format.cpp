#include "core/fast/search_format.h"

#include "core/fast/plain_format.h"
#include "core/fast/power_format.h"
#include "core/format/scale_codec.h"
#include "core/quant/search_candidates.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace nanoscope {
namespace {

constexpr int kMantissaBits = 23;

bool hasHalfOfSmallest(const ElementBook& element)
{
    return element.recycle && element.recycle->mode == RecycleMode::HalfOfSmallest;
}

ElementBook withoutRecycling(ElementBook element)
{
    element.recycle.reset();
    return element;
}

bool isBook(const ElementBook& element)
{
    const ElementBook plain = withoutRecycling(element);
    return (isE2M1(plain) || isInteger4(plain)) && (!element.recycle || hasHalfOfSmallest(element));
}

/// What has to be absent or as it is in every preset for the search to be over codebooks, micro-scales and offsets.
bool isSearched(const FormatSpec& spec)
{
    FormatSpec rest = spec;
    rest.elements.resize(1);
    rest.chooser.reset();
    rest.micro.reset();
    rest.geometry.sub.reset();
    return isPlainFormat(rest) && !spec.tensorScale && spec.arithmetic == Arithmetic::Exact && spec.tie == TieRule::Even
        && (spec.geometry.block == 32 || spec.geometry.block == 16) && spec.objective == Objective::SquaredError
        && (isScaledByMaximum(spec.scale, ScaleCodecId::E8M0) || isScaledByMaximum(spec.scale, ScaleCodecId::E5M0))
        && !spec.scale.maximum && spec.scale.zero == ZeroScale::Smallest && !spec.alignToFirstBook
        && std::all_of(spec.elements.begin(), spec.elements.end(), isBook);
}

/// Codebooks and micro-scales are searched, codebooks per block.
bool areChoicesSearched(const FormatSpec& spec)
{
    const bool books = spec.chooser ? spec.chooser->rule == ChooserRule::Search && spec.chooser->unit == Unit::Block
                                    : spec.elements.size() == 1;
    const bool micros = !spec.micro || spec.micro->rule == MicroRule::Search;
    const bool microPerSubgroup = spec.micro && spec.micro->unit == Unit::Subgroup;
    return books && micros && spec.geometry.subgroup() == (microPerSubgroup ? 8 : spec.geometry.block)
        && !(microPerSubgroup && spec.geometry.block != 32);
}

/// Counting takes the ranks of codes from one table.
bool haveEqualTables(const std::vector<Codebook>& books)
{
    const CodeTable first = codeTableOf(books.front());
    return std::all_of(books.begin(), books.end(), [&](const Codebook& book) {
        const CodeTable table = codeTableOf(book);
        return table.rankBit == first.rankBit && table.levels == first.levels && table.zeroCode == first.zeroCode;
    });
}

std::uint32_t bitsOf(double value)
{
    return std::bit_cast<std::uint32_t>(static_cast<float>(value));
}

void fillSlot(SearchFormat& format, std::size_t slot, const Codebook& book, double micro, int offset)
{
    const auto units = static_cast<double>(SearchFormat::kUnitsPerScale[format.bookOf(slot)]);
    const bool isFloat = book.element().kind == BookKind::Float;
    const double step = book.magnitudes()[1];
    format.scale[slot] = static_cast<float>(std::ldexp(micro / units, offset));
    format.inverse[slot] = 1.0F / format.scale[slot];
    format.exponentOffset[slot] = offset;
    format.smallest[slot] = bitsOf(units * (isFloat ? 2 * step : 4 * step));
    format.steps[slot] = static_cast<float>(std::ldexp(1.0, kMantissaBits - (isFloat ? 1 : 2)));
    format.largest[slot] = static_cast<float>(units * book.largest());
    const auto& magnitudes = book.magnitudes();
    const double outermost = magnitudes.back() - magnitudes[magnitudes.size() - 2];
    format.clip[slot] = bitsOf(units * (book.largest() + outermost / 2));
    format.bookMask[slot] = format.bookOf(slot) != 0 ? 0xFFFFFFFFU : 0;
    if (!book.element().recycle)
        return;
    const std::uint32_t sign = book.element().recycle->sign < 0 ? 0x80000000U : 0;
    format.recycled[slot] = static_cast<float>(units * step / 2);
    format.recycledFrom[slot] = (bitsOf(units * step / 4) | sign) + 1;
    format.recycledCount[slot] = bitsOf(units * step * 3 / 4) - bitsOf(units * step / 4) - 1;
}

void fillCodes(SearchFormat& format, const std::vector<Codebook>& books)
{
    for (std::size_t book = 0; book < books.size(); ++book)
        for (std::uint32_t code = 0; code < kCodes; ++code) {
            if (books[book].isStructurallyVacant(code))
                continue;
            const double level = books[book].level(code) * static_cast<double>(SearchFormat::kUnitsPerScale[book]);
            const std::size_t place = bitsOf(std::fabs(level)) >> 21 & 63U;
            const auto byte = static_cast<std::uint8_t>((code & 7U) | (code & 8U) << 4);
            const bool isRecycled = books[book].use(code) == CodeUse::Recycled;  // found by its magnitude alone
            if (level >= 0 || isRecycled)
                format.codeOfLevel[place] = byte;
            if (level <= 0 || isRecycled)
                format.codeOfLevel[place + 64] = byte;
        }
}

/// Levels of a ladder by bins of an eighth of the scale, in sixteenths. @return false: a threshold lies within a bin
bool fillLadder(std::array<std::uint8_t, SearchFormat::kLadderBins>& levels, const Codebook& book, int offset)
{
    constexpr double kInside = 1e-6;
    for (int bin = -64; bin < 64; ++bin) {
        const auto levelAt = [&](double position) {
            const double scaled = std::ldexp((bin + position) / 8.0, -offset);
            return std::ldexp(book.level(book.nearest(scaled)), offset) * 16.0;
        };
        const double level = levelAt(0.5);
        if (level != levelAt(kInside) || level != levelAt(1.0 - kInside) || level != std::nearbyint(level))
            return false;
        levels[static_cast<std::size_t>(bin & 127)] = static_cast<std::uint8_t>(static_cast<int>(level) & 255);
    }
    return true;
}

/// Fixed-point factors of the micro-scales, and how far they may put an element off (in steps of the fixed point).
void fillFactors(SearchFormat& format, const std::vector<double>& grid)
{
    constexpr double kOne = 32768.0;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        const double factor = std::nearbyint(kOne / grid[i]);
        const double off = std::fabs(factor / kOne - 1.0 / grid[i]) * kOne;
        const bool isOne = grid[i] == 1.0;
        format.microFactor[i] = static_cast<std::int16_t>(isOne ? 0 : static_cast<int>(factor));
        format.microWeight[i] = static_cast<float>(grid[i] * grid[i]);
        const double deviation = isOne ? 0.5 : 0.5 + grid[i] * (off + 0.5);
        for (std::size_t ladder = 0; ladder < format.ladders; ++ladder)
            format.deviation[i * format.ladders + ladder] = static_cast<float>(deviation);
        format.largestDeviation = std::max(format.largestDeviation, static_cast<float>(deviation));
    }
}

void fillOrder(SearchFormat& format, const FormatSpec& spec)
{
    const std::vector<SearchCandidate> candidates = searchCandidates(spec, Unit::Block);
    format.candidates = candidates.size();
    for (std::size_t c = 0; c < candidates.size(); ++c)
        format.order[c] = static_cast<std::uint8_t>(
            candidates[c].micro * format.ladders + candidates[c].book * format.offsets + candidates[c].offset);
}

/// Which base exponents the kernel takes: from 2^-100 to 2^100, and none that a scale code would clamp.
void fillExponents(SearchFormat& format, const ScaleSpec& scale)
{
    constexpr int kBias = 127;
    constexpr int kFarthest = 99;
    const ScaleCodec codec(scale.codec);
    const auto [lowest, highest] = std::minmax_element(scale.offsets.begin(), scale.offsets.end());
    const int smallest = std::max(-kFarthest, codec.minExponent() - *lowest);
    const int largest = std::min(kFarthest, codec.maxExponent() - *highest);
    format.smallestExponent = static_cast<std::uint32_t>(kBias + smallest);
    format.largestExponent = static_cast<std::uint32_t>(kBias + largest);
    for (std::int32_t& offset : format.exponentOffset)
        offset -= kBias + codec.minExponent();
}

void fillTables(
    SearchFormat& format, const FormatSpec& spec, const std::vector<Codebook>& books, const std::vector<double>& grid)
{
    for (std::size_t slot = 0; slot < format.micros * format.ladders; ++slot)
        fillSlot(format, slot, books[format.bookOf(slot)], grid[format.microOf(slot)],
            spec.scale.offsets[format.offsetOf(slot)]);
    fillCodes(format, books);
    fillFactors(format, grid);
    format.isScored = format.exponentShift == -2;
    for (std::size_t ladder = 0; format.isScored && ladder < format.ladders; ++ladder)
        format.isScored = fillLadder(
            format.ladderLevels[ladder], books[ladder / format.offsets], spec.scale.offsets[ladder % format.offsets]);
}

}  // namespace

std::optional<SearchFormat> searchFormatOf(const FormatSpec& spec)
{
    constexpr int kFarthest = 2;
    if (!isSearched(spec) || !areChoicesSearched(spec) || spec.elements.size() > SearchFormat::kMostBooks)
        return std::nullopt;
    const bool areNear = std::all_of(
        spec.scale.offsets.begin(), spec.scale.offsets.end(), [](int offset) { return std::abs(offset) <= kFarthest; });
    const std::vector<double> grid = spec.micro ? spec.micro->grid() : std::vector<double>{1.0};
    SearchFormat format;
    format.block = static_cast<std::size_t>(spec.geometry.block);
    format.books = spec.elements.size();
    format.offsets = spec.scale.offsets.size();
    format.ladders = format.books * format.offsets;
    format.micros = grid.size();
    if (!areNear || format.offsets > SearchFormat::kMostOffsets || format.ladders > SearchFormat::kMostLadders
        || format.micros > SearchFormat::kMostMicros || format.ladders * format.micros > SearchFormat::kMostSlots)
        return std::nullopt;
    std::vector<Codebook> books;
    for (const ElementBook& element : spec.elements)
        books.emplace_back(element, spec.tie);
    format.microPerSubgroup = spec.geometry.subgroup() == 8;
    if (!haveEqualTables(books) || (format.microPerSubgroup && (format.books > 1 || spec.elements.front().recycle)))
        return std::nullopt;
    format.table = codeTableOf(books.front());
    const ScaleThreshold threshold = scaleThresholdOf(spec.scale.rule, books.front());
    format.exponentShift = threshold.exponentShift;
    format.bumpAbove = threshold.bumpAbove;
    if (format.exponentShift < -4 || format.exponentShift > 0)
        return std::nullopt;
    fillOrder(format, spec);
    fillTables(format, spec, books, grid);
    fillExponents(format, spec.scale);
    if (format.microPerSubgroup)
        format.subgroups = subgroupTablesOf(books.front(), grid, spec.scale.offsets, format.exponentShift == -2);
    return format;
}

void takeChoices(const SearchFormat& format, ChunkSums& sums)
{
    for (std::size_t slot = 0; slot < format.micros * format.ladders; ++slot) {
        const std::uint64_t blocks = sums.bySlot.blocks[slot];
        sums.choices.books[format.bookOf(slot)] += blocks;
        sums.choices.offsets[format.offsetOf(slot)] += blocks;
        if (!format.microPerSubgroup)
            sums.choices.micros[format.microOf(slot)] += blocks;
    }
    for (std::size_t micro = 0; format.microPerSubgroup && micro < format.micros; ++micro) {
        const bool isLast = micro + 1 == format.micros;
        const std::uint64_t later = isLast ? 0 : sums.bySlot.subgroups[(micro + 1) * format.ladders];
        sums.choices.micros[micro] += sums.bySlot.subgroups[micro * format.ladders] - later;
    }
    sums.bySlot = {};
}

}  // namespace nanoscope
