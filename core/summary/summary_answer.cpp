#include "core/summary/summary_answer.h"

#include "core/format/codebook.h"
#include "core/format/format_storage.h"
#include "core/format/scale_codec.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool isPlain(const FormatSpec& spec)
{
    const ElementBook& book = spec.elements.front();
    return spec.encoder.id == EncoderId::Search && !spec.mix && !spec.micro && !spec.chooser && !spec.special
        && !spec.offset && !spec.transform && !spec.prune && !spec.stochasticSeed && !spec.tensorScale
        && !spec.scale.splitSign && spec.scale.statistic == ScaleStatistic::Maximum && spec.geometry.tileRows == 1
        && book.kind != BookKind::Fitted && book.kind != BookKind::Posit && book.overflow == Overflow::Saturate
        && (spec.arithmetic == Arithmetic::Exact || spec.arithmetic == Arithmetic::Float32);
}

/// A split may lie one step beside the midpoint that it stands for: that is how it carries the tie.
double withoutTie(const SummaryBins& bins, double threshold)
{
    for (const double near : {std::nextafter(threshold, 0.0), std::nextafter(threshold, kInfinity)})
        if (bins.isEdge(near))
            return near;
    return threshold;
}

}  // namespace

std::optional<SummaryKind> summaryKindFor(const FormatSpec& spec)
{
    if (!isPlain(spec))
        return std::nullopt;
    if (isPowerOfTwoCodec(spec.scale.codec)) {
        const bool isSingle = spec.scale.rule == ScaleRule::Floor && spec.scale.offsets.size() == 1;
        return isSingle ? std::optional(SummaryKind::PowerOfTwo) : std::nullopt;
    }
    const bool isProportional = spec.scale.codec == ScaleCodecId::FP16 || spec.scale.codec == ScaleCodecId::FP32
        || spec.scale.codec == ScaleCodecId::BF16;
    const bool isSingle
        = spec.scale.targets.size() <= 1 && spec.scale.clips.size() <= 1 && spec.scale.clipKind == ClipKind::Ratio;
    return isProportional && isSingle && !spec.scale.maximum ? std::optional(SummaryKind::Maximum) : std::nullopt;
}

SummaryQuery::SummaryQuery(const FormatSpec& spec)
    : m_kind(summaryKindFor(spec).value())
    , m_block(spec.geometry.block)
{
    const Codebook book(spec.elements.front(), spec.tie);
    m_codeCount = book.codeCount();
    m_zeroCode = book.nearest(0.0);
    m_isAnswerable = book.hasZero();  // else zeros would get a level that depends on their block
    if (m_kind == SummaryKind::Maximum) {
        const double clip = spec.scale.clips.empty() ? 1.0 : spec.scale.clips.front();
        m_factor = (spec.scale.targets.empty() ? book.target() : spec.scale.targets.front()) / clip;
        m_isExact = false;  // the scale is rounded to its codec, which the summary does not see
        m_scaleBits = spec.scale.codec == ScaleCodecId::FP16 ? 10 : spec.scale.codec == ScaleCodecId::BF16 ? 7 : 23;
        m_scaleLowest = spec.scale.codec == ScaleCodecId::FP16 ? -14 : -126;
    } else {
        const ScaleCodec codec(spec.scale.codec);
        m_shift = spec.scale.offsets.front() - book.largestExponent();
        m_factor = std::ldexp(1.0, -m_shift);
        m_lowestExponent = codec.minExponent();
        m_highestExponent = codec.maxExponent();
    }
    for (std::size_t rank = 0; rank < book.sortedLevels().size(); ++rank)
        addParts(book, rank);
    addClipCuts(book);
}

SummaryCut SummaryQuery::cutAt(const Codebook& book, double scaled)
{
    const SummaryBins bins(m_kind);
    const double magnitude = std::fabs(scaled);
    if (!std::isfinite(magnitude))
        return bins.cut(magnitude, true);
    const double threshold = withoutTie(bins, magnitude / m_factor);
    m_isExact = m_isExact && bins.isEdge(threshold);
    m_isAnswerable = m_isAnswerable && threshold >= bins.smallest();
    // An element exactly here lies on zero's side when its level does.
    const double at = std::copysign(threshold * m_factor, scaled);
    const double level = book.level(book.nearest(at));
    return bins.cut(threshold, std::fabs(level) < std::fabs(at) || (level < 0) != (scaled < 0));
}

void SummaryQuery::addParts(const Codebook& book, std::size_t rank)
{
    const double level = book.sortedLevels()[rank];
    for (const bool negative : {false, true}) {
        // In magnitudes of this sign: the cell reaches from `inner` to `outer`.
        const double inner = negative ? book.upperBound(rank) : book.lowerBound(rank);
        const double outer = negative ? book.lowerBound(rank) : book.upperBound(rank);
        if (negative ? outer >= 0 : outer <= 0)
            continue;
        Part part;
        part.code = book.codeOfRank(rank);
        part.negative = negative;
        part.isZero = level == 0.0;
        part.level = level / m_factor;
        const bool reachesZero = negative ? inner >= 0 : inner <= 0;
        part.lower = reachesZero ? SummaryCut{} : cutAt(book, inner);
        part.upper = cutAt(book, outer);
        part.crosses = level != 0.0 && (level < 0) == negative;
        if (part.crosses)
            part.atLevel = SummaryBins(m_kind).cut(std::fabs(part.level), true);
        m_parts.push_back(part);
    }
}

void SummaryQuery::addClipCuts(const Codebook& book)
{
    const std::vector<double>& levels = book.sortedLevels();
    const std::size_t n = levels.size();
    const SummaryBins bins(m_kind);
    m_clip[0] = bins.cut((levels[n - 1] + (levels[n - 1] - levels[n - 2]) / 2) / m_factor, true);
    m_clip[1] = bins.cut(std::fabs(levels[0] - (levels[1] - levels[0]) / 2) / m_factor, true);
}

/// What the rounding of scales adds to the power of the dequantized block maxima. Elements spread smoothly are as far
/// from the levels of the rounded scale as from those of the real one, but for chance. Maxima are not: they all lie at
/// one place, `factor` scales from zero, and are moved from there by as many times the rounding, whose square is
/// spacing^2 / 12 in the mean. It is found from how many maxima have a scale in each binade.
double SummaryQuery::maximaPower(const ExactSummary& summary) const
{
    const int first = std::ilogb(std::ldexp(1.0, summary.smallestExponent()) / m_factor);
    const int last = std::ilogb(std::ldexp(2.0, summary.largestExponent()) / m_factor);
    double sum = 0.0;
    double below = 0.0;
    for (int exponent = first; exponent <= last; ++exponent) {
        const double before = std::exchange(below, summary.maximaBelow(std::ldexp(m_factor, exponent + 1)));
        sum += (below - before) * std::ldexp(1.0, 2 * (std::max(exponent, m_scaleLowest) - m_scaleBits));
    }
    return m_factor * m_factor * sum / 12;
}

std::optional<SummaryAnswer> SummaryQuery::ask(const ExactSummary& summary) const
{
    if (!m_isAnswerable || !summary.isComplete() || m_kind != summary.kind() || m_block != summary.block())
        return std::nullopt;
    SummaryAnswer result;
    result.counts.assign(m_codeCount, 0.0);
    result.power = summary.power();
    result.zero = static_cast<double>(summary.zeros());
    result.counts[m_zeroCode] = result.zero;
    result.isExact = m_isExact;
    if (summary.power() == 0.0)
        return result;
    if (m_kind == SummaryKind::PowerOfTwo
        && (summary.smallestExponent() + m_shift < m_lowestExponent
            || summary.largestExponent() + m_shift > m_highestExponent))
        return std::nullopt;
    for (const Part& part : m_parts) {
        const SummaryCell inner = summary.below(part.negative, part.lower);
        const SummaryCell cell = summary.below(part.negative, part.upper) - inner;
        const double sign = part.negative ? -1.0 : 1.0;
        result.counts[part.code] += cell.count;
        result.product += sign * part.level * cell.unitSquareMagnitude;
        result.dequantizedPower += part.level * part.level * cell.unitSquare;
        result.error += part.level * cell.unit - sign * cell.unitMagnitude;
        if (part.isZero)
            result.zero += cell.count;
        // Below its level an element's magnitude grows, above it shrinks; a level of the other sign lies beyond zero.
        const double magnitude = sign * part.level;
        if (part.crosses) {
            const SummaryCell near = summary.below(part.negative, part.atLevel) - inner;
            result.absoluteError += 2 * (magnitude * near.unit - near.unitMagnitude);
        }
        result.absoluteError += cell.unitMagnitude - magnitude * cell.unit;
    }
    if (m_kind == SummaryKind::Maximum)
        result.dequantizedPower += maximaPower(summary);
    for (const bool negative : {false, true})
        result.clipped += summary.whole(negative).count - summary.below(negative, m_clip[negative ? 1 : 0]).count;
    result.squaredError = std::max(0.0, result.power - 2 * result.product + result.dequantizedPower);
    return result;
}

}  // namespace nanoscope
