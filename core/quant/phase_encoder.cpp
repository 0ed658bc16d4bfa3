#include "core/quant/phase_encoder.h"

#include "core/error.h"
#include "core/quant/blank_block.h"
#include "core/quant/effective_scale.h"
#include "core/quant/parallel.h"
#include "core/quant/phase_code.h"

#include <array>
#include <cmath>
#include <string>

namespace nanoscope {
namespace {

constexpr std::size_t kScalesPerStage = 4;  // real and imaginary, of U and of W
constexpr float kUnusedScale = 1e-6F;       // of a scale that no pair uses, as in the reference
constexpr std::uint64_t kChunkElements = 1 << 16;

/// The two halves of the matrix alternate from row to row.
std::size_t halfOf(std::uint64_t row)
{
    return static_cast<std::size_t>(row % 2);
}

std::vector<PairScale> scalesOfHalf(std::span<const float> scales, std::size_t half)
{
    std::vector<PairScale> result;
    for (std::size_t at = 2 * half; at + 1 < scales.size(); at += kScalesPerStage)
        result.push_back({static_cast<double>(scales[at]), static_cast<double>(scales[at + 1])});
    return result;
}

std::size_t stagesOf(const FormatSpec& spec)
{
    return static_cast<std::size_t>(spec.encoder.stages);
}

void fillDecoded(std::span<const PairScale> stages, EncodedBlock& block)
{
    for (std::size_t i = 0; i < block.length; ++i) {
        double sum = 0.0;
        for (std::size_t stage = 0; stage < stages.size(); ++stage)
            sum += signOf(tritAt(block.codes[i], stage)) * (i % 2 == 0 ? stages[stage].re : stages[stage].im);
        block.decoded[i] = sum;
    }
}

/// Sums over the pairs that one stage codes with each of its four scales.
struct StageSums {
    std::array<double, kScalesPerStage> magnitude{};
    std::array<std::uint64_t, kScalesPerStage> count{};

    void add(std::span<const float> values, std::size_t half, std::span<const PairScale> before)
    {
        for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
            const Pair rest
                = residualAfter({static_cast<double>(values[i]), static_cast<double>(values[i + 1])}, before);
            const bool real = isReal(phaseOf(rest));
            const std::size_t at = 2 * half + (real ? 0 : 1);
            magnitude[at] += std::fabs(real ? rest.re : rest.im);
            ++count[at];
        }
    }
};

/// The four scales of the stage behind those that `scales` holds.
std::array<float, kScalesPerStage> nextStage(
    const BlockView& view, std::span<const float> scales, const PassOptions& options)
{
    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(view.block()));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    const std::array<std::vector<PairScale>, 2> before{scalesOfHalf(scales, 0), scalesOfHalf(scales, 1)};
    std::vector<StageSums> sums(chunks);
    forEachChunk(chunks, threadCount(options.threads, chunks), options.stop, [&](unsigned, std::uint64_t chunk) {
        const std::uint64_t end = std::min(view.blocks(), (chunk + 1) * perChunk);
        std::vector<float> room;
        for (std::uint64_t block = chunk * perChunk; block < end; ++block) {
            const std::size_t half = halfOf(block / view.blocksPerRow());
            if (const auto values = view.values(block, room); allFinite(values))
                sums[chunk].add(values, half, before[half]);
        }
    });
    std::array<float, kScalesPerStage> result{};
    for (std::size_t at = 0; at < kScalesPerStage; ++at) {
        double magnitude = 0.0;
        std::uint64_t count = 0;
        for (const StageSums& chunk : sums) {
            magnitude += chunk.magnitude[at];
            count += chunk.count[at];
        }
        result[at] = count > 0 ? static_cast<float>(magnitude / static_cast<double>(count)) : kUnusedScale;
    }
    return result;
}

class PhaseEncoder : public BlockEncoder {
public:
    PhaseEncoder(const FormatSpec& spec, std::span<const float> scales, std::vector<Codebook> books)
        : BlockEncoder(std::move(books))
        , m_codec(spec.scale.codec)
        , m_halves{scalesOfHalf(scales, 0), scalesOfHalf(scales, 1)}
        , m_subgroup(static_cast<std::size_t>(spec.geometry.subgroup()))
    {
    }

    const EncodedBlock& encode(std::span<const float> values, const BlockPlace& place) override
    {
        blankBlock(m_block, values.size(), m_subgroup, {});
        if (!allFinite(values)) {
            markBad(m_block, m_codec);
            return m_block;
        }
        m_block.scales[0].value = 1.0;
        const std::size_t half = halfOf(place.row);
        const std::vector<PairScale>& stages = m_halves[half];
        for (std::size_t i = 0; i + 1 < values.size(); i += 2)
            encodePair(i, {static_cast<double>(values[i]), static_cast<double>(values[i + 1])}, stages);
        fillDecoded(stages, m_block);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double unit = i % 2 == 0 ? stages.front().re : stages.front().im;
            m_block.effectiveScale[i] = unit;
            m_block.scaled[i] = unit > 0 ? static_cast<double>(values[i]) / unit : 0.0;
        }
        for (std::size_t unit = 0; unit < m_block.unitBook.size(); ++unit)
            m_block.unitBook[unit] = static_cast<std::uint8_t>(2 * half + unit * m_subgroup % 2);
        return m_block;
    }

private:
    void encodePair(std::size_t at, Pair pair, std::span<const PairScale> stages)
    {
        for (std::size_t stage = 0; stage < stages.size(); ++stage) {
            const PairTrits trits = tritsOf(phaseOf(residualAfter(pair, stages.first(stage))));
            m_block.codes[at] |= trits.re << (kTritBits * static_cast<int>(stage));
            m_block.codes[at + 1] |= trits.im << (kTritBits * static_cast<int>(stage));
        }
    }

    ScaleCodec m_codec;
    std::array<std::vector<PairScale>, 2> m_halves;
    std::size_t m_subgroup;
    EncodedBlock m_block;
};

void requireEven(std::uint64_t rows, std::uint64_t columns)
{
    if (rows % 2 == 0 && columns % 2 == 0)
        return;
    throw Error("",
        "phase codes need an even number of rows and columns, not " + std::to_string(rows) + " x "
            + std::to_string(columns),
        "take another tensor, or --reshape it to an even number of each", ErrorKind::Refused);
}

/// Where the four quarters of the matrix and the rows of pairs hold what belongs together.
struct QuarterPlaces {
    std::uint64_t a11;
    std::uint64_t a12;
    std::uint64_t a21;
    std::uint64_t a22;
    std::uint64_t u;
    std::uint64_t w;
};

/// Calls visit(places) for every complex element.
template <typename Visit> void forEachQuarter(std::uint64_t rows, std::uint64_t columns, Visit visit)
{
    const std::uint64_t down = rows / 2 * columns;
    const std::uint64_t right = columns / 2;
    for (std::uint64_t row = 0; row < rows / 2; ++row)
        for (std::uint64_t column = 0; column < right; ++column) {
            const std::uint64_t a11 = row * columns + column;
            const std::uint64_t u = 2 * row * columns + 2 * column;
            visit(QuarterPlaces{a11, a11 + right, a11 + down, a11 + down + right, u, u + columns});
        }
}

}  // namespace

std::vector<float> widelyLinear(std::span<const float> values, std::uint64_t rows, std::uint64_t columns)
{
    requireEven(rows, columns);
    std::vector<float> pairs(values.size());
    const auto half = [](double sum) { return static_cast<float>(sum / 2); };
    forEachQuarter(rows, columns, [&](const QuarterPlaces& at) {
        const auto a11 = static_cast<double>(values[at.a11]);
        const auto a12 = static_cast<double>(values[at.a12]);
        const auto a21 = static_cast<double>(values[at.a21]);
        const auto a22 = static_cast<double>(values[at.a22]);
        pairs[at.u] = half(a11 + a22);
        pairs[at.u + 1] = half(a21 - a12);
        pairs[at.w] = half(a11 - a22);
        pairs[at.w + 1] = half(a12 + a21);
    });
    return pairs;
}

std::vector<float> fromWidelyLinear(std::span<const float> values, std::uint64_t rows, std::uint64_t columns)
{
    requireEven(rows, columns);
    std::vector<float> matrix(values.size());
    forEachQuarter(rows, columns, [&](const QuarterPlaces& at) {
        const Pair u{static_cast<double>(values[at.u]), static_cast<double>(values[at.u + 1])};
        const Pair w{static_cast<double>(values[at.w]), static_cast<double>(values[at.w + 1])};
        matrix[at.a11] = roundToStored(w.re + u.re).value;
        matrix[at.a12] = roundToStored(w.im - u.im).value;
        matrix[at.a21] = roundToStored(w.im + u.im).value;
        matrix[at.a22] = roundToStored(u.re - w.re).value;
    });
    return matrix;
}

std::vector<float> phaseScales(const FormatSpec& spec, const BlockView& view, const PassOptions& options)
{
    std::vector<float> scales;
    for (std::size_t stage = 0; stage < stagesOf(spec); ++stage) {
        const auto next = nextStage(view, scales, options);
        scales.insert(scales.end(), next.begin(), next.end());
    }
    return scales;
}

std::vector<ElementBook> phaseBooks(const FormatSpec& spec, std::span<const float> scales)
{
    static constexpr std::array<const char*, kScalesPerStage> kNames{"U real", "U imaginary", "W real", "W imaginary"};
    const std::size_t stages = stagesOf(spec);
    std::vector<ElementBook> books;
    for (std::size_t part = 0; part < kScalesPerStage; ++part) {
        ElementBook book;
        book.id = kNames[part];
        book.kind = BookKind::Table;
        const double unit = part < scales.size() ? static_cast<double>(scales[part]) : 0.0;
        for (std::uint32_t code = 0; code < std::uint32_t{1} << (kTritBits * static_cast<int>(stages)); ++code) {
            double level = 0.0;
            for (std::size_t stage = 0; stage < stages; ++stage) {
                const std::size_t at = stage * kScalesPerStage + part;
                // A part that is zero throughout has no scale; any levels will do.
                const double step = unit > 0 && at < scales.size() ? static_cast<double>(scales[at]) / unit
                                                                   : std::ldexp(1.0, -static_cast<int>(stage));
                level += signOf(tritAt(code, stage)) * step;
            }
            book.levels.push_back(level);
        }
        books.push_back(std::move(book));
    }
    return books;
}

std::vector<MetaField> phaseMetaFields(const FormatSpec& /*spec*/)
{
    return {};
}

std::unique_ptr<BlockEncoder> makePhaseEncoder(const FormatSpec& spec, const TensorParameters& parameters)
{
    // A block of one element is that of an empty row: a row of one has been refused with the tensor.
    if (spec.geometry.block % 2 != 0 && spec.geometry.block != 1)
        throw Error("geometry.block", "phase codes need an even block", "take whole rows", ErrorKind::Refused);
    std::vector<Codebook> books;
    for (const ElementBook& book : phaseBooks(spec, parameters.values))
        books.emplace_back(book, spec.tie);
    return std::make_unique<PhaseEncoder>(spec, parameters.values, std::move(books));
}

void writePhaseCodes(BitWriter& out, const FormatSpec& spec, const EncodedBlock& block)
{
    for (std::size_t i = 0; i + 1 < block.length; i += 2)
        for (std::size_t stage = 0; stage < stagesOf(spec); ++stage) {
            const PairTrits trits{tritAt(block.codes[i], stage), tritAt(block.codes[i + 1], stage)};
            out.write(static_cast<std::uint32_t>(phaseOf(trits)), kTritBits);
        }
}

void readPhaseCodes(BitReader& in, const FormatSpec& spec, EncodedBlock& block)
{
    block.codes.assign(block.length, 0);
    for (std::size_t i = 0; i + 1 < block.length; i += 2)
        for (std::size_t stage = 0; stage < stagesOf(spec); ++stage) {
            const PairTrits trits = tritsOf(static_cast<Phase>(in.read(kTritBits)));
            block.codes[i] |= trits.re << (kTritBits * static_cast<int>(stage));
            block.codes[i + 1] |= trits.im << (kTritBits * static_cast<int>(stage));
        }
}

void decodePhaseBlock(
    const FormatSpec& /*spec*/, const TensorParameters& parameters, const BlockPlace& place, EncodedBlock& block)
{
    block.scales[0].value = 1.0;
    block.decoded.assign(block.length, 0.0);
    fillDecoded(scalesOfHalf(parameters.values, halfOf(place.row)), block);
}

}  // namespace nanoscope
