#include "core/quant/block_encoder.h"

#include "core/format/format_storage.h"
#include "core/quant/choice_rules.h"
#include "core/quant/exception_element.h"
#include "core/quant/reference_sum.h"
#include "core/quant/search_candidates.h"
#include "core/quant/shared_scale.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace nanoscope {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What one subgroup comes to under one candidate.
struct SubgroupResult {
    std::size_t book = 0;
    std::size_t micro = 0;
    double scale = 0.0;
    double cost = 0.0;
};

}  // namespace

/// Compiled spec and scratch memory. The functions below are the search from the outside in:
/// encode > encodeSelected (one sign) > tryCandidate > quantizeSubgroup > quantizeWith.
struct BlockEncoder::Impl {
    FormatSpec spec;
    TensorScale tensorScale;
    std::vector<Codebook> books;
    ScaleCodec codec;
    std::vector<double> bookFactors;
    std::vector<double> grid;
    std::vector<SearchCandidate> blockCandidates;
    std::vector<SearchCandidate> subgroupCandidates;
    std::optional<Codebook> fine;
    std::optional<ExceptionLadder> ladder;
    std::vector<MetaField> fields;
    std::size_t block = 0;
    std::size_t sub = 0;
    bool searches = false;

    EncodedBlock best;       // result
    EncodedBlock trial;      // candidate under test
    EncodedBlock otherSign;  // elements that are not positive, where the sign splits the scale
    std::vector<double> x;   // elements in double, zero beyond a short block
    std::vector<double> tryCodesScaled;
    std::vector<double> tryDecoded;
    std::vector<std::uint32_t> tryCodes;
    std::vector<double> costTerms;      // per element of a subgroup, zero beyond a short one
    std::vector<double> subgroupCosts;  // per subgroup of a whole block

    Impl(const FormatSpec& format, const TensorScale& scale)
        : spec(format)
        , tensorScale(scale)
        , codec(format.scale.codec)
    {
        for (const ElementBook& element : spec.elements)
            books.emplace_back(element, spec.tie);
        for (std::size_t book = 0; book < books.size(); ++book)
            bookFactors.push_back(bookScaleFactor(spec, books, book));
        if (spec.micro)
            grid = spec.micro->grid();
        if (spec.special && spec.special->kind == SpecialKind::Top1)
            fine.emplace(spec.special->fine, spec.tie);
        if (spec.special && spec.special->kind == SpecialKind::BlockMaximum)
            ladder.emplace(books.front(), spec.special->mantissaBits, spec.tie);
        fields = metaFields(spec);
        block = static_cast<std::size_t>(spec.geometry.block);
        sub = static_cast<std::size_t>(spec.geometry.subgroup());
        blockCandidates = searchCandidates(spec, Unit::Block);
        subgroupCandidates = searchCandidates(spec, Unit::Subgroup);
        searches = blockCandidates.size() * subgroupCandidates.size() > 1;
        x.assign(block, 0.0);
        tryCodes.resize(sub);
        tryCodesScaled.resize(sub);
        tryDecoded.resize(sub);
        costTerms.assign(sub, 0.0);
        subgroupCosts.assign(block / sub, 0.0);
    }

    /// Sizes a result; whoever asks for it writes every element.
    void prepare(EncodedBlock& result, std::size_t length) const
    {
        const std::size_t units = (length + sub - 1) / sub;
        result.length = length;
        result.bad = false;
        result.scales = {};
        result.codes.resize(length);
        result.scaled.resize(length);
        result.effectiveScale.resize(length);
        result.decoded.resize(length);
        result.unitBook.resize(units);
        result.unitMicro.resize(units);
    }

    double costOf(std::size_t length, std::span<const double> values)
    {
        for (std::size_t i = 0; i < length; ++i) {
            const double error = tryDecoded[i] - values[i];
            costTerms[i] = spec.objective == Objective::SquaredError ? error * error : std::fabs(error);
        }
        std::fill(costTerms.begin() + static_cast<std::ptrdiff_t>(length), costTerms.end(), 0.0);
        return total(costTerms);
    }

    [[nodiscard]] double total(std::span<const double> costs) const
    {
        if (spec.objective == Objective::MaximumError)
            return *std::max_element(costs.begin(), costs.end());
        return referenceSum(costs);
    }

    /// Nearest levels of one codebook for the elements of one subgroup, into the try buffers.
    void quantizeWith(
        const Codebook& book, std::span<const double> values, double scale, const std::optional<double>& reciprocal)
    {
        const bool usable = scale > 0 && scale < kInfinity;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double quotient = !usable ? 0.0 : reciprocal ? values[i] * *reciprocal : values[i] / scale;
            const double scaled = roundAs(spec.arithmetic, quotient);
            const std::uint32_t code = book.nearest(scaled);
            tryCodes[i] = code;
            tryCodesScaled[i] = scaled;
            tryDecoded[i] = usable ? book.level(code) * scale : 0.0;
        }
    }

    void keepSubgroup(EncodedBlock& result, std::size_t unit, std::size_t length, const SubgroupResult& found) const
    {
        const std::size_t start = unit * sub;
        std::copy_n(tryCodes.begin(), length, result.codes.begin() + static_cast<std::ptrdiff_t>(start));
        std::copy_n(tryCodesScaled.begin(), length, result.scaled.begin() + static_cast<std::ptrdiff_t>(start));
        std::copy_n(tryDecoded.begin(), length, result.decoded.begin() + static_cast<std::ptrdiff_t>(start));
        std::fill_n(result.effectiveScale.begin() + static_cast<std::ptrdiff_t>(start), length, found.scale);
        result.unitBook[unit] = static_cast<std::uint8_t>(found.book);
        result.unitMicro[unit] = static_cast<std::uint8_t>(found.micro);
    }

    /// Best candidate of one subgroup under one block candidate; leaves it in `result`.
    double quantizeSubgroup(EncodedBlock& result, std::size_t unit, std::span<const double> values, double blockMaximum,
        const SearchCandidate& candidate, const SharedScale& shared, double blockMicro)
    {
        const bool bookPerSubgroup = spec.chooser && spec.chooser->unit == Unit::Subgroup;
        const bool microPerSubgroup = spec.micro && spec.micro->unit == Unit::Subgroup;
        std::optional<double> bestCost;
        for (const SearchCandidate& inner : subgroupCandidates) {
            SubgroupResult found{candidate.book, candidate.micro, 0.0, 0.0};
            if (spec.chooser && spec.chooser->rule == ChooserRule::Mxffp)
                found.book = result.unitBook[unit];
            else if (bookPerSubgroup)
                found.book = inner.book;
            double micro = 1.0;
            if (microPerSubgroup) {
                found.micro = spec.micro->rule == MicroRule::Search
                    ? inner.micro
                    : microexponent(blockMaximum, values, grid.size() - 1);
                micro = grid[found.micro];
            } else if (spec.micro) {
                found.micro = result.unitMicro[unit];
            }
            found.scale = ((shared.real * bookFactors[found.book]) * blockMicro) * micro;
            quantizeWith(books[found.book], values, found.scale, shared.reciprocal);
            if (searches)
                found.cost = costOf(values.size(), values);
            if (!bestCost || found.cost < *bestCost) {
                bestCost = found.cost;
                keepSubgroup(result, unit, values.size(), found);
            }
        }
        return *bestCost;
    }

    /// The whole block under one candidate, into `trial`; returns its cost.
    double tryCandidate(const SearchCandidate& candidate, std::size_t length, double blockMaximum)
    {
        const std::span<const double> values(x.data(), length);
        const SharedScale shared = sharedScaleFor(spec, codec, tensorScale, blockMaximum, books.front(),
            books[candidate.book], candidate.offset, candidate.target);
        double blockMicro = 1.0;
        std::size_t microIndex = candidate.micro;
        if (spec.micro && spec.micro->unit == Unit::Block) {
            if (spec.micro->rule != MicroRule::Search)
                microIndex = derivedMicro(spec.micro->rule, grid, blockMaximum, shared.real, books[candidate.book]);
            blockMicro = grid[microIndex];
        }
        trial.scales[0] = shared.stored;
        trial.offset = static_cast<int>(candidate.offset);
        trial.target = static_cast<int>(candidate.target);
        const bool mxffp = spec.chooser && spec.chooser->rule == ChooserRule::Mxffp;
        const std::size_t mxffpOfBlock
            = mxffp && spec.chooser->unit == Unit::Block ? mxffpBook(values, shared.real, books.front()) : 0;
        std::fill(subgroupCosts.begin(), subgroupCosts.end(), 0.0);
        for (std::size_t unit = 0; unit * sub < length; ++unit) {
            const std::span<const double> part = values.subspan(unit * sub, std::min(sub, length - unit * sub));
            trial.unitMicro[unit] = static_cast<std::uint8_t>(microIndex);
            if (mxffp)
                trial.unitBook[unit] = static_cast<std::uint8_t>(
                    spec.chooser->unit == Unit::Block ? mxffpOfBlock : mxffpBook(part, shared.real, books.front()));
            subgroupCosts[unit] = quantizeSubgroup(trial, unit, part, blockMaximum, candidate, shared, blockMicro);
        }
        return searches ? total(subgroupCosts) : 0.0;
    }

    /// Searches all candidates for the elements in `x`; the first smallest cost wins. Result in `best`.
    void search(std::size_t length)
    {
        double blockMaximum = 0.0;
        for (std::size_t i = 0; i < length; ++i)
            blockMaximum = std::max(blockMaximum, std::fabs(x[i]));
        std::optional<double> bestCost;
        for (const SearchCandidate& candidate : blockCandidates) {
            prepare(trial, length);
            const double cost = tryCandidate(candidate, length, blockMaximum);
            if (!bestCost || cost < *bestCost) {
                bestCost = cost;
                std::swap(best, trial);
            }
        }
    }

    void splitSigns(std::span<const float> values)
    {
        for (std::size_t i = 0; i < values.size(); ++i)
            x[i] = values[i] > 0 ? 0.0 : static_cast<double>(values[i]);
        search(values.size());
        std::swap(best, otherSign);
        for (std::size_t i = 0; i < values.size(); ++i)
            x[i] = values[i] > 0 ? static_cast<double>(values[i]) : 0.0;
        search(values.size());
        best.scales[1] = otherSign.scales[0];
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i] > 0)
                continue;
            best.codes[i] = otherSign.codes[i];
            best.scaled[i] = otherSign.scaled[i];
            best.effectiveScale[i] = otherSign.effectiveScale[i];
            best.decoded[i] = otherSign.decoded[i];
        }
    }

    std::vector<std::uint32_t>& metaOf(const char* name)
    {
        const auto field
            = std::find_if(fields.begin(), fields.end(), [name](const MetaField& f) { return f.name == name; });
        return best.meta[static_cast<std::size_t>(field - fields.begin())];
    }

    /// MX+: the first largest element on the finer ladder; MX++ lowers the exponent of all others.
    void refineBlockMaximum()
    {
        const std::size_t length = best.length;
        const Codebook& book = books.front();
        const double scale = best.effectiveScale.front();
        std::size_t index = 0;
        for (std::size_t i = 1; i < length; ++i)
            if (std::fabs(x[i]) > std::fabs(x[index]))
                index = i;
        std::vector<std::uint32_t>& lowered = metaOf(spec.special->othersBits > 0 ? kOthersOffset : kReserved);
        if (x[index] == 0.0) {  // no exception: marked by all ones
            const int bits = spec.special->othersBits > 0 ? spec.special->othersBits : kReservedBits;
            lowered[0] = (std::uint32_t{1} << bits) - 1;
            return;
        }
        if (spec.special->othersBits > 0) {
            double second = 0.0;
            for (std::size_t i = 0; i < length; ++i)
                if (i != index)
                    second = std::max(second, std::fabs(x[i]));
            const int offset = othersOffset(*spec.special, book, second, scale);
            const double lower = std::ldexp(scale, -offset);
            bool anyOther = false;
            for (std::size_t i = 0; i < length; ++i) {
                if (i == index)
                    continue;
                best.scaled[i] = x[i] / lower;
                best.codes[i] = book.nearest(best.scaled[i]);
                best.effectiveScale[i] = lower;
                best.decoded[i] = book.level(best.codes[i]) * lower;
                anyOther = anyOther || best.codes[i] != 0;
            }
            // Without other elements the offset changes nothing; 0 keeps all ones free to mark an all-zero block.
            lowered[0] = anyOther ? static_cast<std::uint32_t>(offset) : 0;
        }
        const std::uint32_t step = ladder->nearest(std::fabs(x[index]) / scale);
        best.decoded[index] = std::copysign(ladder->level(step) * scale, x[index]);
        best.exceptions.push_back(index);
        metaOf(kExceptionIndex)[0] = static_cast<std::uint32_t>(index);
        metaOf(kExceptionMantissa)[0] = step;
    }

    /// M2XFP activations: the element with the largest code of each subgroup gets more mantissa.
    void refineTop1()
    {
        const std::uint32_t signBit = std::uint32_t{1} << (books.front().codeBits() - 1);
        std::vector<std::uint32_t>& meta = metaOf(kTop1Mantissa);
        for (std::size_t start = 0, unit = 0; start < best.length; start += sub, ++unit) {
            const std::size_t length = std::min(sub, best.length - start);
            const std::size_t top
                = start + top1Position(std::span(best.codes).subspan(start, length), books.front().codeBits());
            const Top1Refinement refined
                = encodeTop1(*fine, spec.special->bits, best.codes[top] & (signBit - 1), std::fabs(best.scaled[top]));
            best.exceptions.push_back(top);
            meta[unit] = refined.meta;
            const double magnitude = refined.level * best.effectiveScale[top];
            best.decoded[top] = x[top] < 0 ? 0.0 - magnitude : magnitude;
            // A refined element below the smallest level still has a sign: the code of minus zero carries it.
            if (best.codes[top] == 0 && best.decoded[top] < 0)
                best.codes[top] = signBit;
        }
    }

    void fillMetadata()
    {
        best.exceptions.clear();
        best.meta.resize(fields.size());
        const std::size_t units = best.unitBook.size();
        for (std::size_t f = 0; f < fields.size(); ++f) {
            const std::size_t count = fields[f].unit == Unit::Block ? 1 : units;
            best.meta[f].assign(count, 0);
            for (std::size_t unit = 0; unit < count; ++unit) {
                if (fields[f].name == kCodebook)
                    best.meta[f][unit] = best.unitBook[unit];
                else if (spec.micro)
                    best.meta[f][unit] = best.unitMicro[unit];
            }
        }
        if (spec.special && spec.special->kind == SpecialKind::BlockMaximum)
            refineBlockMaximum();
        else if (spec.special)
            refineTop1();
    }

    void markBad(std::size_t length)
    {
        prepare(best, length);
        best.bad = true;
        std::fill(best.codes.begin(), best.codes.end(), 0);
        std::fill(best.unitBook.begin(), best.unitBook.end(), std::uint8_t{0});
        std::fill(best.unitMicro.begin(), best.unitMicro.end(), std::uint8_t{0});
        best.exceptions.clear();
        best.offset = 0;
        best.target = 0;
        best.meta.resize(fields.size());
        for (std::size_t f = 0; f < fields.size(); ++f)
            best.meta[f].assign(fields[f].unit == Unit::Block ? 1 : best.unitBook.size(), 0);
        const double nan = std::numeric_limits<double>::quiet_NaN();
        std::fill(best.decoded.begin(), best.decoded.end(), nan);
        if (codec.nanCode())
            best.scales[0] = {*codec.nanCode(), nan};
        else
            best.scales[0] = codec.encodeExponent(codec.minExponent());
        if (spec.scale.splitSign)
            best.scales[1] = best.scales[0];
    }
};

BlockEncoder::BlockEncoder(const FormatSpec& spec, const TensorScale& tensorScale)
    : m_impl(std::make_unique<Impl>(spec, tensorScale))
{
}

BlockEncoder::~BlockEncoder() = default;
BlockEncoder::BlockEncoder(BlockEncoder&&) noexcept = default;
BlockEncoder& BlockEncoder::operator=(BlockEncoder&&) noexcept = default;

const EncodedBlock& BlockEncoder::encode(std::span<const float> values)
{
    Impl& impl = *m_impl;
    const bool finite = std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
    if (!finite) {
        impl.markBad(values.size());
        return impl.best;
    }
    if (impl.spec.scale.splitSign) {
        impl.splitSigns(values);
        impl.best.meta.clear();
        return impl.best;
    }
    std::copy(values.begin(), values.end(), impl.x.begin());
    impl.search(values.size());
    impl.fillMetadata();
    return impl.best;
}

bool BlockEncoder::isClipped(std::size_t book, double scaled, bool isException) const
{
    const Impl& impl = *m_impl;
    if (isException && impl.ladder)
        return impl.ladder->isClipped(std::fabs(scaled));
    if (isException && impl.fine) {
        const int bits = impl.spec.special->bits;
        const auto topCode = static_cast<std::uint32_t>(impl.books.front().magnitudes().size() - 1);
        const std::uint32_t topMeta = (std::uint32_t{1} << bits) - 1;
        const double top = decodeTop1(*impl.fine, bits, topCode, topMeta);
        return std::fabs(scaled) > top + (top - decodeTop1(*impl.fine, bits, topCode, topMeta - 1)) / 2;
    }
    return impl.books[book].isClipped(scaled);
}

const std::vector<Codebook>& BlockEncoder::books() const
{
    return m_impl->books;
}

const ScaleCodec& BlockEncoder::codec() const
{
    return m_impl->codec;
}

}  // namespace nanoscope
