#include "core/quant/microscopiq_encoder.h"

#include "core/quant/blank_block.h"
#include "core/quant/exact_exponent.h"
#include "core/quant/reference_sum.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace nanoscope {
namespace {

// Positions of the fields of microScopiQMetaFields().
constexpr std::size_t kFlagField = 0;
constexpr std::size_t kScaleField = 1;
constexpr std::size_t kPermutationField = 2;
constexpr std::size_t kCodeField = 3;

constexpr int kScaleBits = 8;

std::size_t subgroupOf(const FormatSpec& spec)
{
    return static_cast<std::size_t>(spec.geometry.subgroup());
}

/// Bits of a position in a micro-block.
int positionBits(std::size_t subgroup)
{
    return static_cast<int>(std::bit_width(subgroup - 1));
}

ElementBook integers(int bits)
{
    ElementBook book;
    book.kind = BookKind::Integer;
    book.bits = bits;
    book.id = book.standardId();
    return book;
}

/// Level of a sign-magnitude integer code.
double integerLevel(std::uint32_t code, int bits)
{
    const std::uint32_t sign = std::uint32_t{1} << (bits - 1);
    const auto magnitude = static_cast<double>(code & (sign - 1));
    return (code & sign) != 0 ? 0.0 - magnitude : magnitude;
}

/// The inlier code that an outlier keeps: nearest to what it decodes to, so that a reader finds it too.
std::uint32_t ordinaryCode(double decoded, double scale, int bits)
{
    const std::uint32_t sign = std::uint32_t{1} << (bits - 1);
    const double steps = std::nearbyint(std::fabs(decoded) / scale);
    const auto magnitude = static_cast<std::uint32_t>(std::fmin(steps, static_cast<double>(sign - 1)));
    return decoded < 0 && magnitude > 0 ? magnitude + sign : magnitude;
}

/// An outlier and the element whose slot it borrows, as positions in their micro-block.
struct SlotPair {
    std::size_t outlier = 0;
    std::size_t victim = 0;
};

std::uint32_t packPairs(const std::vector<SlotPair>& pairs, std::size_t subgroup)
{
    const int bits = positionBits(subgroup);
    std::uint32_t packed = 0;
    int shift = 0;
    for (std::size_t i = 0; i < subgroup / 2; ++i) {
        const SlotPair& pair = i < pairs.size() ? pairs[i] : pairs.front();
        packed |= static_cast<std::uint32_t>(pair.outlier) << shift;
        packed |= static_cast<std::uint32_t>(pair.victim) << (shift + bits);
        shift += 2 * bits;
    }
    return packed;
}

/// The pairs of one permutation; only those within a micro-block of `length` elements.
std::vector<SlotPair> unpackPairs(std::uint32_t packed, std::size_t subgroup, std::size_t length)
{
    const int bits = positionBits(subgroup);
    const std::uint32_t mask = (std::uint32_t{1} << bits) - 1;
    std::vector<SlotPair> pairs;
    for (std::size_t i = 0; i < subgroup / 2; ++i) {
        const SlotPair pair{packed & mask, packed >> bits & mask};
        packed >>= 2 * bits;
        const bool repeats = !pairs.empty() && pair.outlier == pairs.front().outlier;
        if (!repeats && pair.outlier < length && pair.victim < length)
            pairs.push_back(pair);
    }
    return pairs;
}

/// Calls visit(code, own slot, victim's slot, outlier's scale code) for every outlier of a block, in the order of the
/// stored pairs, with slots as positions in the block.
template <typename Visit> void forEachOutlier(const FormatSpec& spec, const EncodedBlock& block, Visit visit)
{
    const std::size_t subgroup = subgroupOf(spec);
    std::size_t flagged = 0;
    std::size_t outlier = 0;
    for (std::size_t unit = 0; unit < block.meta[kFlagField].size(); ++unit) {
        if (block.meta[kFlagField][unit] == 0)
            continue;
        const std::size_t start = unit * subgroup;
        const std::size_t length = std::min(subgroup, block.length - start);
        for (const SlotPair& pair : unpackPairs(block.meta[kPermutationField][flagged], subgroup, length))
            visit(outlier++, start + pair.outlier, start + pair.victim, block.meta[kScaleField][flagged]);
        ++flagged;
    }
}

class MicroScopiQEncoder : public BlockEncoder {
public:
    explicit MicroScopiQEncoder(const FormatSpec& spec)
        : BlockEncoder({Codebook(microScopiQBooks(spec).front(), spec.tie)})
        , m_fields(microScopiQMetaFields(spec))
        , m_codec(spec.scale.codec)
        , m_outliers(integers(2 * spec.encoder.bits), spec.tie)
        , m_subgroup(subgroupOf(spec))
        , m_bits(spec.encoder.bits)
        , m_sigmas(spec.encoder.sigmas)
        , m_zero(spec.scale.zero)
    {
    }

    const EncodedBlock& encode(std::span<const float> values, const BlockPlace& /*place*/) override
    {
        blankBlock(m_block, values.size(), m_subgroup, m_fields);
        m_clipped.clear();
        if (!allFinite(values)) {
            m_block.scales[0] = m_codec.encodeExponent(m_codec.minExponent());
            markBad(m_block, m_codec);
            return m_block;
        }
        m_values.assign(values.begin(), values.end());
        findOutliers();
        quantizeInliers();
        for (std::size_t start = 0; start < m_values.size(); start += m_subgroup)
            storeOutliers(start, std::min(m_subgroup, m_values.size() - start));
        return m_block;
    }

    /// An outlier is clipped by its own scale, which only its micro-block tells; so this asks for the block that was
    /// encoded last.
    [[nodiscard]] bool isClipped(std::size_t book, double scaled, bool isException) const override
    {
        if (isException)
            return std::find(m_clipped.begin(), m_clipped.end(), scaled) != m_clipped.end();
        return books()[book].isClipped(scaled);
    }

private:
    void findOutliers()
    {
        const auto count = static_cast<double>(m_values.size());
        const double mean = referenceSum(m_values) / count;
        m_terms.resize(m_values.size());
        for (std::size_t i = 0; i < m_values.size(); ++i)
            m_terms[i] = (m_values[i] - mean) * (m_values[i] - mean);
        const double limit = m_sigmas * std::sqrt(referenceSum(m_terms) / count);
        m_isOutlier.resize(m_values.size());
        for (std::size_t i = 0; i < m_values.size(); ++i)
            m_isOutlier[i] = std::fabs(m_values[i] - mean) > limit ? 1 : 0;
    }

    void quantizeInliers()
    {
        double maximum = 0.0;
        for (std::size_t i = 0; i < m_values.size(); ++i)
            if (m_isOutlier[i] == 0)
                maximum = std::max(maximum, std::fabs(m_values[i]));
        const bool one = maximum == 0.0 && m_zero == ZeroScale::One;
        m_block.scales[0] = m_codec.encodeExponent(one ? 0 : floorLog2(maximum) + 2 - m_bits);
        const double scale = m_block.scales[0].value;
        std::fill(m_block.effectiveScale.begin(), m_block.effectiveScale.end(), scale);
        for (std::size_t i = 0; i < m_values.size(); ++i) {
            m_block.scaled[i] = m_values[i] / scale;
            if (m_isOutlier[i] == 0) {
                m_block.codes[i] = books().front().nearest(m_block.scaled[i]);
                m_block.decoded[i] = books().front().level(m_block.codes[i]) * scale;
            }
        }
    }

    /// Positions `order` of a micro-block by magnitude, the smallest first, or the largest.
    template <typename Before> void sortByMagnitude(std::vector<std::size_t>& order, Before before) const
    {
        std::stable_sort(order.begin(), order.end(), [this, before](std::size_t a, std::size_t b) {
            return before(std::fabs(m_values[a]), std::fabs(m_values[b]));
        });
    }

    /// The outliers of a micro-block and who makes room for them.
    void storeOutliers(std::size_t start, std::size_t length)
    {
        m_kept.clear();
        m_victims.clear();
        for (std::size_t i = start; i < start + length; ++i)
            (m_isOutlier[i] != 0 ? m_kept : m_victims).push_back(i);
        if (m_kept.empty())
            return;
        sortByMagnitude(m_victims, std::less<>());
        m_victims.insert(m_victims.end(), m_kept.begin(), m_kept.end());
        if (m_kept.size() > length / 2) {
            sortByMagnitude(m_kept, std::greater<>());
            m_kept.resize(length / 2);
        }
        m_victims.resize(m_kept.size());
        double maximum = 0.0;
        for (const std::size_t i : m_kept)
            maximum = std::max(maximum, std::fabs(m_values[i]));
        for (const std::size_t i : m_victims)
            m_block.codes[i] = 0;
        for (const std::size_t i : m_victims)
            m_block.decoded[i] = 0.0;
        std::erase_if(m_kept,
            [this](std::size_t i) { return std::find(m_victims.begin(), m_victims.end(), i) != m_victims.end(); });
        std::sort(m_kept.begin(), m_kept.end());
        if (!m_kept.empty())
            writeOutliers(start, m_codec.encodeExponent(floorLog2(maximum) + 2 - 2 * m_bits));
    }

    void writeOutliers(std::size_t start, const StoredScale& scale)
    {
        m_pairs.clear();
        for (std::size_t k = 0; k < m_kept.size(); ++k) {
            const std::size_t i = m_kept[k];
            const std::uint32_t code = m_outliers.nearest(m_values[i] / scale.value);
            m_block.decoded[i] = m_outliers.level(code) * scale.value;
            m_block.codes[i] = ordinaryCode(m_block.decoded[i], m_block.scales[0].value, m_bits);
            m_block.exceptions.push_back(i);
            m_block.meta[kCodeField].push_back(code);
            m_pairs.push_back({i - start, m_victims[k] - start});
            if (m_outliers.isClipped(m_values[i] / scale.value))
                m_clipped.push_back(m_block.scaled[i]);
        }
        m_block.meta[kFlagField][start / m_subgroup] = 1;
        m_block.meta[kScaleField].push_back(static_cast<std::uint32_t>(scale.code));
        m_block.meta[kPermutationField].push_back(packPairs(m_pairs, m_subgroup));
    }

    std::vector<MetaField> m_fields;
    ScaleCodec m_codec;
    Codebook m_outliers;
    std::size_t m_subgroup;
    int m_bits;
    double m_sigmas;
    ZeroScale m_zero;
    EncodedBlock m_block;
    std::vector<double> m_values;
    std::vector<double> m_terms;
    std::vector<std::uint8_t> m_isOutlier;
    std::vector<std::size_t> m_kept;
    std::vector<std::size_t> m_victims;
    std::vector<SlotPair> m_pairs;
    std::vector<double> m_clipped;  // outliers beyond their outermost level, in units of the inlier scale
};

}  // namespace

std::vector<ElementBook> microScopiQBooks(const FormatSpec& spec)
{
    return {integers(spec.encoder.bits)};
}

std::vector<MetaField> microScopiQMetaFields(const FormatSpec& spec)
{
    const std::size_t subgroup = subgroupOf(spec);
    const int permutationBits = static_cast<int>(subgroup / 2) * 2 * positionBits(subgroup);
    return {{kFlag, 1, MetaUnit::Subgroup}, {kOutlierScale, kScaleBits, MetaUnit::Flagged},
        {kPermutation, permutationBits, MetaUnit::Flagged},
        {kOutlierCode, 2 * spec.encoder.bits, MetaUnit::Exception, MetaStorage::ElementSlot}};
}

std::unique_ptr<BlockEncoder> makeMicroScopiQEncoder(const FormatSpec& spec, const TensorParameters& /*parameters*/)
{
    return std::make_unique<MicroScopiQEncoder>(spec);
}

void writeMicroScopiQCodes(BitWriter& out, const FormatSpec& spec, const EncodedBlock& block)
{
    const int bits = spec.encoder.bits;
    std::vector<std::uint32_t> slots(block.codes);
    const std::vector<std::uint32_t>& codes = block.meta[kCodeField];
    forEachOutlier(spec, block, [&](std::size_t outlier, std::size_t own, std::size_t victim, std::uint32_t) {
        slots[own] = codes[outlier] >> bits;
        slots[victim] = codes[outlier] & ((std::uint32_t{1} << bits) - 1);
    });
    for (const std::uint32_t slot : slots)
        out.write(slot, bits);
}

void readMicroScopiQCodes(BitReader& in, const FormatSpec& spec, EncodedBlock& block)
{
    const int bits = spec.encoder.bits;
    std::vector<std::uint32_t> slots(block.length);
    for (std::uint32_t& slot : slots)
        slot = in.read(bits);
    block.codes = slots;
    block.exceptions.clear();
    std::vector<std::uint32_t>& codes = block.meta[kCodeField];
    codes.clear();
    forEachOutlier(spec, block, [&](std::size_t, std::size_t own, std::size_t victim, std::uint32_t) {
        codes.push_back(slots[own] << bits | slots[victim]);
        block.exceptions.push_back(own);
        block.codes[own] = 0;
        block.codes[victim] = 0;
    });
}

void decodeMicroScopiQBlock(const FormatSpec& spec, const TensorParameters& /*parameters*/, EncodedBlock& block)
{
    const int bits = spec.encoder.bits;
    const ScaleCodec codec(spec.scale.codec);
    const double scale = codec.decode(block.scales[0].code);
    block.scales[0].value = scale;
    block.decoded.assign(block.length, scale);
    if (codec.isNan(block.scales[0].code))
        return;
    for (std::size_t i = 0; i < block.length; ++i)
        block.decoded[i] = integerLevel(block.codes[i], bits) * scale;
    forEachOutlier(spec, block, [&](std::size_t outlier, std::size_t own, std::size_t, std::uint32_t scaleCode) {
        block.decoded[own] = integerLevel(block.meta[kCodeField][outlier], 2 * bits) * codec.decode(scaleCode);
        block.codes[own] = ordinaryCode(block.decoded[own], scale, bits);
    });
}

}  // namespace nanoscope
