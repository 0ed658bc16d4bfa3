#include "core/quant/olive_encoder.h"

#include "core/quant/blank_block.h"
#include "core/quant/reference_sum.h"

#include <array>
#include <cmath>
#include <optional>

namespace nanoscope {
namespace {

constexpr double kIntegerStep = 4;
constexpr double kLargestInteger = 7;
constexpr double kLargestNormal = kIntegerStep * kLargestInteger;
/// Outlier magnitudes by code; the code 0 is not used, because with a sign it would be the victim's.
constexpr std::array<double, 8> kOutliers{0, 48, 64, 96, 128, 192, 256, 384};
/// What code 0 would mean among the outliers; never written.
constexpr double kUnusedOutlier = 32;
/// Where the largest integer and the smallest outlier meet.
constexpr double kOutlierThreshold = (kLargestNormal + kOutliers[1]) / 2;
constexpr std::uint32_t kSign = 8;
constexpr std::size_t kPair = 2;

constexpr int kFirstPercent = 75;
constexpr int kEndPercent = 250;
constexpr int kPercentStep = 2;

/// Ties go to the upper level, so a negative element must lie beyond its threshold.
bool isOutlier(double scaled)
{
    return scaled >= kOutlierThreshold || scaled < -kOutlierThreshold;
}

/// Nearest integer, ties up, within -7..7. Without a branch or a call, because the search asks for it 88 times per
/// element.
double nearestInteger(double scaled)
{
    constexpr double kRoundToEven = 6755399441055744.0;  // 1.5 * 2^52: leaves no bits behind the point
    double steps = scaled / kIntegerStep;
    steps = steps < -kLargestInteger ? -kLargestInteger : steps;
    steps = steps > kLargestInteger ? kLargestInteger : steps;
    const double integer = (steps + kRoundToEven) - kRoundToEven;
    return integer + (steps - integer == 0.5 ? 1.0 : 0.0);
}

/// Code of the nearest outlier, the smallest one if it is not one, ties up.
std::uint32_t nearestOutlier(double scaled)
{
    const double magnitude = std::fabs(scaled);
    std::uint32_t code = 1;
    while (code + 1 < kOutliers.size()) {
        const double middle = (kOutliers[code] + kOutliers[code + 1]) / 2;
        if (scaled < 0 ? magnitude <= middle : magnitude < middle)
            break;
        ++code;
    }
    return scaled < 0 ? code + kSign : code;
}

std::uint32_t integerCode(double integer)
{
    return static_cast<std::uint32_t>(std::fabs(integer)) + (integer < 0 ? kSign : 0);
}

double integerLevel(std::uint32_t code)
{
    const double magnitude = kIntegerStep * static_cast<double>(code & (kSign - 1));
    return (code & kSign) != 0 ? -magnitude : magnitude;
}

double outlierLevel(std::uint32_t code)
{
    const double magnitude = kOutliers[code & (kSign - 1)];
    return (code & kSign) != 0 ? -magnitude : magnitude;
}

/// The outlier of the pair that starts at `left`: the left element if it is one, else the right one if it is one.
std::optional<std::size_t> outlierOf(const std::vector<double>& scaled, std::size_t left)
{
    if (isOutlier(scaled[left]))
        return left;
    return isOutlier(scaled[left + 1]) ? std::optional(left + 1) : std::nullopt;
}

std::size_t partnerOf(std::size_t element)
{
    return element ^ 1U;
}

/// Values from codes and books.
void fillDecoded(EncodedBlock& block)
{
    const double scale = block.scales[0].value;
    for (std::size_t i = 0; i < block.length; ++i) {
        const bool normal = block.unitBook[i / kPair] == static_cast<std::uint8_t>(OliveBook::Normal);
        const double level = normal ? integerLevel(block.codes[i]) : outlierLevel(block.codes[i]);
        block.decoded[i] = level * scale + 0.0;  // no minus zero
    }
}

class OliveEncoder : public BlockEncoder {
public:
    explicit OliveEncoder(const FormatSpec& spec)
        : BlockEncoder({Codebook(oliveBooks()[0], TieRule::Up), Codebook(oliveBooks()[1], TieRule::Up)})
        , m_codec(spec.scale.codec)
        , m_zero(spec.scale.zero)
    {
    }

    const EncodedBlock& encode(std::span<const float> values, const BlockPlace& /*place*/) override
    {
        blankBlock(m_block, values.size(), kPair, {});
        if (!allFinite(values)) {
            markBad(m_block, m_codec);
            return m_block;
        }
        const double scale = bestScale(values);
        m_block.scales[0] = m_codec.encode(scale == 0.0 && m_zero == ZeroScale::One ? 1.0 : scale);
        quantize(values, m_block.scales[0].value);
        return m_block;
    }

    /// Both kinds of pairs reach up to where the other kind begins, or to half a step beyond the last outlier.
    [[nodiscard]] bool isClipped(std::size_t book, double scaled, bool /*isException*/) const override
    {
        constexpr double kLastStep = kOutliers[7] - kOutliers[6];
        const bool normal = book == static_cast<std::size_t>(OliveBook::Normal);
        return std::fabs(scaled) > (normal ? kOutlierThreshold : kOutliers[7] + kLastStep / 2);
    }

private:
    /// What the search multiplies; 0 for a row of zeros.
    double threeSigma(std::span<const float> values)
    {
        m_terms.assign(values.begin(), values.end());
        const auto count = static_cast<double>(values.size());
        const double mean = referenceSum(m_terms) / count;
        for (double& term : m_terms)
            term = (term - mean) * (term - mean);
        const double sigma = values.size() > 1 ? std::sqrt(referenceSum(m_terms) / (count - 1)) : 0.0;
        return std::fmax(std::fabs(mean + 3 * sigma), std::fabs(mean - 3 * sigma));
    }

    double bestScale(std::span<const float> values)
    {
        const double base = threeSigma(values);
        if (base == 0.0)
            return 0.0;
        double best = 0.0;
        std::optional<double> bestError;
        for (int percent = kFirstPercent; percent < kEndPercent; percent += kPercentStep) {
            const double scale = base * percent / 100 / kLargestNormal;
            const double error = errorWith(values, scale);
            if (!bestError || error < *bestError) {
                bestError = error;
                best = scale;
            }
        }
        return best;
    }

    double errorWith(std::span<const float> values, double scale)
    {
        m_scaled.resize(values.size());
        double* scaled = m_scaled.data();
        double* terms = m_terms.data();
        for (std::size_t i = 0; i < values.size(); ++i) {  // as if there were no outliers
            const auto value = static_cast<double>(values[i]);
            scaled[i] = value / scale;
            const double error = kIntegerStep * nearestInteger(scaled[i]) * scale - value;
            terms[i] = error * error;
        }
        for (std::size_t i = 0; i + 1 < values.size(); i += kPair)
            if (const std::optional<std::size_t> outlier = outlierOf(m_scaled, i)) {
                const auto value = static_cast<double>(values[*outlier]);
                const auto victim = static_cast<double>(values[partnerOf(*outlier)]);
                const double error = outlierLevel(nearestOutlier(scaled[*outlier])) * scale - value;
                terms[*outlier] = error * error;
                terms[partnerOf(*outlier)] = victim * victim;
            }
        return referenceSum(m_terms);
    }

    void quantize(std::span<const float> values, double scale)
    {
        std::fill(m_block.effectiveScale.begin(), m_block.effectiveScale.end(), scale);
        if (!(scale > 0))  // a row of zeros, or of values whose scale underflowed
            return;
        for (std::size_t i = 0; i < values.size(); ++i) {
            m_block.scaled[i] = static_cast<double>(values[i]) / scale;
            m_block.codes[i] = integerCode(nearestInteger(m_block.scaled[i]));
        }
        for (std::size_t i = 0; i + 1 < values.size(); i += kPair) {
            const std::optional<std::size_t> outlier = outlierOf(m_block.scaled, i);
            if (!outlier)
                continue;
            m_block.codes[*outlier] = nearestOutlier(m_block.scaled[*outlier]);
            m_block.codes[partnerOf(*outlier)] = kVictimCode;
            m_block.unitBook[i / kPair] = static_cast<std::uint8_t>(OliveBook::Outlier);
        }
        fillDecoded(m_block);
    }

    ScaleCodec m_codec;
    ZeroScale m_zero;
    EncodedBlock m_block;
    std::vector<double> m_terms;
    std::vector<double> m_scaled;  // of the candidate under test
};

}  // namespace

std::vector<ElementBook> oliveBooks()
{
    ElementBook normal;
    normal.id = "INT4 x 4";
    normal.kind = BookKind::Integer;
    normal.bits = 4;
    normal.lsb = 2;
    ElementBook outlier;
    outlier.id = "outlier and victim";
    outlier.kind = BookKind::Table;
    for (std::uint32_t code = 0; code < 2 * kSign; ++code)
        outlier.levels.push_back(code == kVictimCode ? 0.0 : outlierLevel(code));
    outlier.levels[0] = kUnusedOutlier;
    return {normal, outlier};
}

std::vector<MetaField> oliveMetaFields(const FormatSpec& /*spec*/)
{
    return {};
}

std::unique_ptr<BlockEncoder> makeOliveEncoder(const FormatSpec& spec, const TensorParameters& /*parameters*/)
{
    return std::make_unique<OliveEncoder>(spec);
}

void decodeOliveBlock(const FormatSpec& spec, const TensorParameters& /*parameters*/, EncodedBlock& block)
{
    const ScaleCodec codec(spec.scale.codec);
    block.decoded.assign(block.length, 0.0);
    block.unitBook.assign((block.length + kPair - 1) / kPair, static_cast<std::uint8_t>(OliveBook::Normal));
    for (std::size_t i = 0; i < block.length; ++i)
        if (block.codes[i] == kVictimCode)
            block.unitBook[i / kPair] = static_cast<std::uint8_t>(OliveBook::Outlier);
    block.scales[0].value = codec.decode(block.scales[0].code);
    if (codec.isNan(block.scales[0].code))
        std::fill(block.decoded.begin(), block.decoded.end(), std::numeric_limits<double>::quiet_NaN());
    else
        fillDecoded(block);
}

}  // namespace nanoscope
