#include "core/fast/books_format.h"

#include "core/fast/plain_format.h"
#include "core/quant/shared_scale.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

bool isComfortable(double value)
{
    return value > kLeastComfortable && value < kMostComfortable;
}

/// What has to be absent for blocks to choose among codebooks and nothing else.
bool isSearchOfBooks(const FormatSpec& spec)
{
    FormatSpec rest = spec;
    rest.elements.resize(1);
    rest.chooser.reset();
    ScaleSpec scale = spec.scale;
    scale.minimum.reset();  // sharedScaleFor() knows of it
    if (scale.targets.size() == 1)
        scale.targets.clear();
    const std::size_t block = static_cast<std::size_t>(spec.geometry.block);
    const bool chooses = spec.chooser ? spec.chooser->rule == ChooserRule::Search && spec.chooser->unit == Unit::Block
                                      : spec.elements.size() == 1;
    return isPlainFormat(rest) && chooses && spec.elements.size() <= kMostBooks
        && spec.objective == Objective::SquaredError && scale.offsets.size() == 1
        && isScaledByMaximum(scale, scale.codec) && scale.codec != ScaleCodecId::DYADIC
        && (block == 16 || block == 32 || block == 64 || block == 128);
}

/// Levels by bins. @return false when a threshold lies within a bin
bool fillBins(BooksFormat::Book& book, const Codebook& codebook)
{
    constexpr double kInside = 1e-6;
    for (std::size_t bin = 0; bin < BooksFormat::kBins; ++bin) {
        const auto entryAt = [&](double position) {
            const double bins = static_cast<double>(bin) - static_cast<double>(BooksFormat::kMiddle) + position;
            const double scaled = bins / book.binsPerUnit;
            return static_cast<std::uint32_t>(codebook.levelRank(codebook.nearest(scaled)))
                | (codebook.isClipped(scaled) ? BooksFormat::kClipped : 0U);
        };
        const std::uint32_t entry = entryAt(0.5);
        if (entry != entryAt(kInside) || entry != entryAt(1.0 - kInside))
            return false;
        book.bins[bin] = static_cast<std::uint8_t>(entry);
        book.wideBins[bin] = entry;
    }
    return true;
}

/// Bins from the middle, on both sides, whose level is zero, or half to twice as large as what lies in them: the
/// difference of two such float32 numbers is exact.
int exactBins(const BooksFormat::Book& book)
{
    constexpr double kSlack = 1e-6;  // a threshold is as good as the half of a level
    constexpr auto kMiddle = static_cast<int>(BooksFormat::kMiddle);
    const auto isExact = [&](int bin, double sign, double inner) {
        const std::size_t rank = book.bins[static_cast<std::size_t>(bin)] & (kCodes - 1);
        const double level = sign * book.levels[rank] * book.binsPerUnit;
        return level == 0.0 || (inner + 1 <= 2 * level * (1 + kSlack) && inner >= level / 2 * (1 - kSlack));
    };
    int bins = 0;
    while (bins + 1 < kMiddle && isExact(kMiddle + bins, 1, bins) && isExact(kMiddle - 1 - bins, -1, bins))
        ++bins;
    return bins;
}

/// Finds bins that thresholds do not cut; they leave room for quotients half as large again as any level.
bool fillBook(BooksFormat::Book& book, const Codebook& codebook)
{
    const std::vector<double>& levels = codebook.sortedLevels();
    double step = levels[1] - levels[0];
    for (std::size_t rank = 1; rank < levels.size(); ++rank)
        step = std::min(step, levels[rank] - levels[rank - 1]);
    for (std::size_t rank = 0; rank < levels.size(); ++rank) {
        const std::uint32_t code = codebook.codeOfRank(rank);
        book.levels[rank] = levels[rank];
        book.codeBytes[rank] = (code & 7U) | (code & 8U) << 4U;
    }
    for (const double binsPerStep : {1.0, 2.0, 4.0}) {
        book.binsPerUnit = binsPerStep / step;
        if (1.5 * codebook.largest() * book.binsPerUnit < static_cast<double>(BooksFormat::kMiddle)
            && fillBins(book, codebook)) {
            book.farthest = exactBins(book);
            return book.farthest > codebook.largest() * book.binsPerUnit;
        }
    }
    return false;
}

bool hasFixedLevels(const ElementBook& element)
{
    return element.kind != BookKind::Fitted;
}

/// Ranks as codes: each stands for itself.
CodeTable rankTableOf(const CodeTable& codes)
{
    CodeTable table;
    table.levels = codes.levels;
    table.zeroCode = kNoCode;  // its rank is another in every codebook
    for (std::uint32_t rank = 0; rank < codes.levels; ++rank)
        table.rankBit[rank] = std::uint32_t{1} << rank;
    return table;
}

bool areAlike(const std::vector<Codebook>& books)
{
    return std::all_of(books.begin(), books.end(), [&](const Codebook& book) {
        return book.codeCount() <= kCodes && book.codeCount() == books.front().codeCount() && book.hasZero()
            && book.sortedLevels().size() > 2 && book.sortedLevels().size() == books.front().sortedLevels().size()
            && book.nearest(0.0) == books.front().nearest(0.0);
    });
}

/// Codebooks that divide the block maximum by the same number, and have the same bins, share a scale.
std::size_t scaleOf(const BooksFormat& format, std::size_t book)
{
    const auto isSame = [&](const Codebook& a, const Codebook& b) {
        return format.codec.isPowerOfTwo() ? a.largestExponent() == b.largestExponent()
                                           : !format.spec.scale.targets.empty() || a.target() == b.target();
    };
    for (std::size_t other = 0; other < book; ++other)
        if (isSame(format.codebooks[other], format.codebooks[book])
            && format.books[other].binsPerUnit == format.books[book].binsPerUnit)
            return other;
    return book;
}

}  // namespace

std::optional<BookScale> bookScaleOf(const BooksFormat& format, std::size_t book, float blockMaximum)
{
    BlockFigure figure;
    figure.maximum = static_cast<double>(blockMaximum);
    figure.value = figure.maximum;
    const SharedScale shared = sharedScaleFor(
        format.spec, format.codec, format.tensorScale, figure, format.codebooks.front(), format.codebooks[book], 0, 0);
    BookScale scale;
    scale.code = static_cast<std::uint32_t>(shared.stored.code);
    if (blockMaximum == 0.0F || shared.real == 0.0)
        return scale;
    const double factor = shared.reciprocal.value_or(1.0 / shared.real);
    const double toBins = format.books[book].binsPerUnit * factor;
    if (!isComfortable(figure.maximum) || !isComfortable(shared.real) || !isComfortable(factor)
        || figure.maximum * toBins > format.books[book].farthest)
        return std::nullopt;
    scale.real = shared.real;
    scale.reciprocal = shared.reciprocal.value_or(0.0);
    scale.toBins = static_cast<float>(toBins);
    return scale;
}

std::uint32_t rankInDouble(const BooksFormat& format, std::size_t book, float value, const BookScale& scale)
{
    const Codebook& codebook = format.codebooks[book];
    const auto x = static_cast<double>(value);
    const double quotient = scale.reciprocal != 0.0 ? x * scale.reciprocal : x / scale.real;
    const double scaled = scale.real == 0.0 ? 0.0 : roundAs(format.spec.arithmetic, quotient);
    return static_cast<std::uint32_t>(codebook.levelRank(codebook.nearest(scaled)))
        | (codebook.isClipped(scaled) ? BooksFormat::kClipped : 0U);
}

void takeRanks(const BooksFormat& format, const ChunkSums& before, ChunkSums& sums)
{
    ChunkSums counted = before;
    for (std::size_t book = 0; book < format.codebooks.size(); ++book)
        for (std::uint32_t rank = 0; rank < format.table.levels; ++rank) {
            std::uint64_t found = 0;
            if (book > 0) {
                found = sums.laterCodes[book - 1][rank] - before.laterCodes[book - 1][rank];
            } else {
                found = sums.codes[rank] - before.codes[rank];
                for (std::size_t later = 0; later + 1 < kMostBooks; ++later)
                    found -= sums.laterCodes[later][rank] - before.laterCodes[later][rank];
            }
            const std::uint32_t code = format.codebooks[book].codeOfRank(rank);
            counted.codes[code] += found;
            if (book > 0)
                counted.laterCodes[book - 1][code] += found;
            sums.decodedZero += code == format.codes.zeroCode ? found : 0;
        }
    sums.codes = counted.codes;
    sums.laterCodes = counted.laterCodes;
    for (std::size_t book = 0; book < format.codebooks.size(); ++book) {
        const std::uint64_t blocks = sums.bySlot.blocks[book];
        sums.choices.books[book] += blocks;
        sums.choices.offsets[0] += blocks;  // of these there is one
        sums.choices.micros[0] += blocks;
        sums.choices.targets[0] += format.spec.scale.targets.empty() ? 0 : blocks;
    }
    sums.bySlot = {};
}

void takeRanks(const BooksFormat& format, SlowTile& tile)
{
    for (std::size_t element = 0; element < kTileElements; ++element) {
        const std::size_t word = element / 32;
        const auto bitOf = [&](const TileBits& bits) { return bits[word] >> element % 32 & 1U; };
        if (bitOf(tile.valid) == 0)
            continue;
        std::uint32_t code = 0;
        for (std::size_t plane = 0; plane < kCodePlanes; ++plane)
            code |= bitOf(tile.planes[plane]) << plane;
        const std::size_t book = bitOf(tile.books[0]) | bitOf(tile.books[1]) << 1U;
        const auto rank = static_cast<std::uint32_t>(format.codebooks[book].levelRank(code));
        for (std::size_t plane = 0; plane < kCodePlanes; ++plane) {
            tile.planes[plane][word] &= ~(1U << element % 32);
            tile.planes[plane][word] |= (rank >> plane & 1U) << element % 32;
        }
    }
}

std::optional<BooksFormat> booksFormatOf(const FormatSpec& spec, const TensorParameters& parameters)
{
    if (!isSearchOfBooks(spec) || !std::all_of(spec.elements.begin(), spec.elements.end(), hasFixedLevels))
        return std::nullopt;
    BooksFormat format;
    format.spec = spec;
    format.codec = ScaleCodec(spec.scale.codec);
    format.tensorScale = parameters.scale;
    format.scaleBytes = static_cast<std::size_t>(format.codec.bits() + 7) / 8;
    for (const ElementBook& element : spec.elements)
        format.codebooks.emplace_back(element, spec.tie);
    if (!areAlike(format.codebooks))
        return std::nullopt;
    format.codes = codeTableOf(format.codebooks.front());
    format.table = rankTableOf(format.codes);
    for (std::size_t book = 0; book < format.codebooks.size(); ++book) {
        if (!fillBook(format.books[book], format.codebooks[book]))
            return std::nullopt;
        format.books[book].scaleOf = scaleOf(format, book);
        format.books[book].realScale = realScaleOf(spec, format.codec, format.tensorScale, format.codebooks[book]);
        format.books[book].ofZero = *bookScaleOf(format, book, 0.0F);
    }
    for (std::size_t book = format.codebooks.size(); book < kMostBooks; ++book)
        format.books[book] = format.books.front();
    return format;
}

}  // namespace nanoscope
