#include "core/analysis/report_figures.h"

#include "core/analysis/block_percentiles.h"
#include "core/analysis/bounds.h"
#include "core/analysis/decibel.h"
#include "core/format/format_storage.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace nanoscope {
namespace {

/// Of wider books only the codes that occur are listed.
constexpr std::size_t kMostListedCodes = 4096;

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

std::vector<double> shares(const std::vector<std::uint64_t>& counts)
{
    std::uint64_t whole = 0;
    for (const std::uint64_t count : counts)
        whole += count;
    std::vector<double> result;
    for (const std::uint64_t count : counts)
        result.push_back(share(count, whole));
    return result;
}

ErrorFigures errorFigures(const TotalSums& sums, std::uint64_t measured)
{
    ErrorFigures error;
    if (measured == 0)
        return error;
    const auto n = static_cast<double>(measured);
    error.mse = sums.squaredError / n;
    error.meanAbsolute = sums.absoluteError / n;
    error.bias = sums.error / n;
    error.maximum = sums.maximumError;
    if (sums.power > 0) {
        error.nmse = sums.squaredError / sums.power;
        error.gain = sums.product / sums.power;
        if (sums.squaredError > 0)
            error.sqnrDecibel = sqnrOfNmse(*error.nmse);
        if (sums.dequantizedPower > 0)
            error.cosine = sums.product / (std::sqrt(sums.power) * std::sqrt(sums.dequantizedPower));
    }
    return error;
}

double entropyBits(const std::vector<std::uint64_t>& counts)
{
    double bits = 0.0;
    for (const double p : shares(counts))
        if (p > 0)
            bits -= p * std::log2(p);
    return bits;
}

/// Entropy of the code where its codebook is known.
double entropyWithinBooks(const BlockCounts& counts, const std::vector<Codebook>& books)
{
    const std::size_t stride = counts.codes.size() / books.size();
    std::uint64_t all = 0;
    double bits = 0.0;
    for (std::size_t book = 0; book < books.size(); ++book) {
        const auto first = counts.codes.begin() + static_cast<std::ptrdiff_t>(book * stride);
        const std::vector<std::uint64_t> codes(first, first + static_cast<std::ptrdiff_t>(stride));
        std::uint64_t elements = 0;
        for (const std::uint64_t count : codes)
            elements += count;
        bits += static_cast<double>(elements) * entropyBits(codes);
        all += elements;
    }
    return all > 0 ? bits / static_cast<double>(all) : 0.0;
}

/// KL(w || d) in bits on one binning; 1e-6 is added to the counts of d (catalogue section 8).
double klDivergence(const BlockCounts& counts)
{
    constexpr double kFloor = 1e-6;
    std::vector<std::uint64_t> original(counts.dequantized.size(), 0);
    for (std::size_t i = 0; i < counts.original.size(); ++i)
        original[i * original.size() / counts.original.size()] += counts.original[i];
    const std::vector<double> p = shares(original);
    double whole = 0.0;
    for (const std::uint64_t count : counts.dequantized)
        whole += static_cast<double>(count) + kFloor;
    double bits = 0.0;
    for (std::size_t i = 0; i < p.size(); ++i)
        if (p[i] > 0)
            bits += p[i] * std::log2(p[i] * whole / (static_cast<double>(counts.dequantized[i]) + kFloor));
    return bits;
}

/// Codes of one book lie this far from those of the next.
std::size_t strideOf(const std::vector<Codebook>& books)
{
    std::size_t most = 0;
    for (const Codebook& book : books)
        most = std::max(most, book.codeCount());
    return most;
}

/// Bits of the element codes alone, per element.
double payloadBitsOf(const FormatSpec& spec, const TensorParameters& parameters)
{
    if (spec.mix && !parameters.parts.empty()) {
        double bits = 0.0;
        for (const std::uint8_t part : parameters.parts) {
            const bool isTwofold = spec.mix->rule == MixRule::ResidualColumns;
            const double once = payloadBitsOf(spec.mix->parts[isTwofold ? 0 : part], {});
            bits += isTwofold && part != 0 ? 2 * once : once;
        }
        return bits / static_cast<double>(parameters.parts.size());
    }
    if (spec.encoder.id == EncoderId::Phase)
        return spec.encoder.stages;
    const auto block = static_cast<std::uint64_t>(spec.geometry.block);
    return spec.codeBits() * static_cast<double>(storedCodes(spec, block)) / static_cast<double>(block);
}

std::vector<LevelCount> levelCounts(
    const BlockCounts& counts, const TotalSums& sums, const std::vector<Codebook>& books)
{
    std::vector<LevelCount> levels;
    const std::size_t stride = strideOf(books);
    for (std::size_t book = 0; book < books.size(); ++book)
        for (std::uint32_t code = 0; code < books[book].codeCount(); ++code) {
            const std::size_t at = book * stride + code;
            if (counts.codes[at] == 0 && books[book].codeCount() > kMostListedCodes)
                continue;
            double level = books[book].level(code);
            if (!sums.ownLevels.empty() && counts.codes[at] > 0)
                level = sums.ownLevels[code] / static_cast<double>(counts.codes[at]);
            levels.push_back({static_cast<std::uint32_t>(book), code, level, books[book].use(code), counts.codes[at],
                sums.levelSquaredError.empty() ? 0.0 : sums.levelSquaredError[at]});
        }
    return levels;
}

VacancyFigures vacancyFigures(const BlockCounts& counts, const std::vector<Codebook>& books)
{
    VacancyFigures vacant;
    const std::size_t stride = strideOf(books);
    std::vector<std::uint64_t> elementsOfBook(books.size(), 0);
    for (std::size_t book = 0; book < books.size(); ++book) {
        vacant.structural += books[book].structuralVacancies();
        for (std::uint32_t code = 0; code < books[book].codeCount(); ++code) {
            const std::uint64_t count = counts.codes[book * stride + code];
            elementsOfBook[book] += count;
            if (count == 0 && !books[book].isStructurallyVacant(code))
                ++vacant.tensor;
        }
    }
    if (counts.pieces == 0)
        return vacant;
    double expected = 0.0;
    for (const auto& [key, pieces] : counts.piecesByBookAndLength) {
        const auto& [book, length] = key;
        double unused = 0.0;
        for (std::uint32_t code = 0; code < books[book].codeCount(); ++code)
            if (!books[book].isStructurallyVacant(code)) {
                const double p = share(counts.codes[book * stride + code], elementsOfBook[book]);
                unused += std::pow(1.0 - p, static_cast<double>(length));
            }
        expected += unused * static_cast<double>(pieces);
    }
    vacant.blockMean = share(counts.unusedCodes, counts.pieces);
    vacant.blockExpected = expected / static_cast<double>(counts.pieces);
    vacant.headroomMean = share(counts.headroom, counts.pieces);
    return vacant;
}

std::vector<Density> densities(const BlockCounts& counts, const std::vector<Codebook>& books)
{
    std::vector<Density> result;
    for (std::size_t book = 0; book < books.size(); ++book) {
        const double reach = densityReach(books[book]);
        const auto first = counts.density.begin() + static_cast<std::ptrdiff_t>(book * kDensityBins);
        result.push_back({-reach, reach, {first, first + static_cast<std::ptrdiff_t>(kDensityBins)}});
    }
    return result;
}

std::vector<MagnitudeBin> magnitudeBins(const BlockCounts& counts, const TotalSums& sums)
{
    const auto edge = [](std::size_t bin) {
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bin) << 22U));
    };
    std::vector<MagnitudeBin> bins;
    for (std::size_t bin = 0; bin < counts.magnitude.size(); ++bin)
        if (counts.magnitude[bin] > 0)
            bins.push_back({edge(bin), edge(bin + 1), counts.magnitude[bin], sums.magnitudeSquaredError[bin],
                sums.magnitudePower[bin]});
    return bins;
}

}  // namespace

void fillFigures(Report& report, const BlockCounts& counts, const TotalSums& sums, const std::vector<Codebook>& books,
    const PreparedTensor& prepared, double valueReach)
{
    const FormatSpec& spec = report.format.spec;
    const std::uint64_t measured = report.elements - counts.excluded;
    report.excluded = counts.excluded;
    report.nanCount = counts.nan;
    report.infinityCount = counts.infinity;
    report.saturated = counts.saturated;
    report.power = sums.power;
    report.payloadBits = payloadBitsOf(prepared.spec, prepared.parameters);
    report.error = errorFigures(sums, measured);
    report.clippedFraction = share(counts.clipped, measured);
    report.zeroFraction = share(counts.zero, measured);
    report.underflowFraction = share(counts.underflow, measured);
    if (counts.blocksWithMaximum > 0)
        report.blockMaxRelativeError = sums.blockMaxRelative / static_cast<double>(counts.blocksWithMaximum);
    if (sums.squaredError > 0)
        report.blockMaxErrorShare = sums.blockMaxSquared / sums.squaredError;

    std::vector<std::uint64_t> pooled(strideOf(books), 0);
    for (std::size_t i = 0; i < counts.codes.size(); ++i)
        pooled[i % pooled.size()] += counts.codes[i];
    report.entropyBits = entropyBits(pooled);
    // Rows of no more than the exceptions store no codes at all.
    // Codes of different widths are no one alphabet: in mixed formats each codebook's own entropy counts.
    const double entropy = spec.mix ? entropyWithinBooks(counts, books) : report.entropyBits;
    // A phase code's elements share their bits with a partner, so it is compared with the width of the codes counted.
    const double width = spec.encoder.id == EncoderId::Phase ? books.front().codeBits() : report.payloadBits;
    report.utilisation = width > 0 ? entropy / width : 0.0;
    report.klDivergenceBits = measured > 0 ? klDivergence(counts) : 0.0;
    report.valueReach = valueReach;
    report.levels = levelCounts(counts, sums, books);
    report.blocksPerBook = counts.units;
    report.vacant = vacancyFigures(counts, books);
    if (spec.chooser || spec.mix)
        report.choices.book = shares(counts.units);
    if (spec.micro)
        report.choices.micro = shares(counts.micro);
    if (spec.scale.offsets.size() > 1)
        report.choices.offset = shares(counts.offset);
    if (counts.target.size() > 1)
        report.choices.target = shares(counts.target);
    report.density = densities(counts, books);
    report.magnitudes = magnitudeBins(counts, sums);
    report.blockSqnrPercentiles = blockSqnrPercentiles(report.blockSquaredError, report.blockPower);
}

void fillBounds(Report& report, const BlockCounts& counts, const TotalSums& sums, double valueReach)
{
    const std::uint64_t measured = report.elements - counts.excluded;
    if (measured == 0)
        return;
    const double power = sums.power / static_cast<double>(measured);
    report.bounds = boundsFor(counts.original, valueReach, power, report.payloadBits);
    report.boundsAllIn = boundsFor(counts.original, valueReach, power, report.bitsPerElement);
}

}  // namespace nanoscope
