#include "core/quant/block_encoder.h"

#include "core/format/format_storage.h"
#include "core/quant/choice_rules.h"
#include "core/quant/exception_encoder.h"
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
    std::optional<ExceptionEncoder> exceptions;
    std::vector<MetaField> fields;
    std::size_t block = 0;
    std::size_t sub = 0;
    bool searches = false;

    EncodedBlock best;       // result
    EncodedBlock trial;      // candidate under test
    EncodedBlock otherSign;  // elements that are not positive, where the sign splits the scale
    std::vector<double> x;   // elements in double, zero beyond a short block
    std::vector<double> tryScaled;
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
        if (spec.special)
            exceptions.emplace(spec, books.front());
        fields = metaFields(spec);
        block = static_cast<std::size_t>(spec.geometry.block);
        sub = static_cast<std::size_t>(spec.geometry.subgroup());
        blockCandidates = searchCandidates(spec, Unit::Block);
        subgroupCandidates = searchCandidates(spec, Unit::Subgroup);
        searches = blockCandidates.size() * subgroupCandidates.size() > 1;
        x.assign(block, 0.0);
        tryCodes.resize(sub);
        tryScaled.resize(sub);
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
        for (std::size_t i = 0; i < length; ++i)
            costTerms[i] = tryDecoded[i] - values[i];
        if (spec.objective == Objective::SquaredError)
            for (std::size_t i = 0; i < length; ++i)
                costTerms[i] *= costTerms[i];
        else
            for (std::size_t i = 0; i < length; ++i)
                costTerms[i] = std::fabs(costTerms[i]);
        std::fill(costTerms.begin() + static_cast<std::ptrdiff_t>(length), costTerms.end(), 0.0);
        return total(costTerms);
    }

    [[nodiscard]] double total(std::span<const double> costs) const
    {
        if (spec.objective == Objective::MaximumError)
            return *std::max_element(costs.begin(), costs.end());
        return referenceSum(costs);
    }

    /// Elements divided by their scale as the arithmetic of the format does it, into tryScaled.
    void divide(std::span<const double> values, double scale, const std::optional<double>& reciprocal)
    {
        double* scaled = tryScaled.data();
        if (reciprocal)
            for (std::size_t i = 0; i < values.size(); ++i)
                scaled[i] = values[i] * *reciprocal;
        else
            for (std::size_t i = 0; i < values.size(); ++i)
                scaled[i] = values[i] / scale;
        if (spec.arithmetic != Arithmetic::Exact)
            for (std::size_t i = 0; i < values.size(); ++i)
                scaled[i] = roundAs(spec.arithmetic, scaled[i]);
    }

    /// Nearest levels of one codebook for the elements of one subgroup, into the try buffers.
    void quantizeWith(
        const Codebook& book, std::span<const double> values, double scale, const std::optional<double>& reciprocal)
    {
        if (!(scale > 0 && scale < kInfinity)) {  // a scale that underflowed decodes everything to zero
            std::fill_n(tryScaled.begin(), values.size(), 0.0);
            std::fill_n(tryCodes.begin(), values.size(), 0U);
            std::fill_n(tryDecoded.begin(), values.size(), 0.0);
            return;
        }
        divide(values, scale, reciprocal);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::uint32_t code = book.nearest(tryScaled[i]);
            tryCodes[i] = code;
            tryDecoded[i] = book.level(code) * scale;
        }
    }

    void keepSubgroup(EncodedBlock& result, std::size_t unit, std::size_t length, const SubgroupResult& found) const
    {
        const std::size_t start = unit * sub;
        std::copy_n(tryCodes.begin(), length, result.codes.begin() + static_cast<std::ptrdiff_t>(start));
        std::copy_n(tryScaled.begin(), length, result.scaled.begin() + static_cast<std::ptrdiff_t>(start));
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
        if (exceptions)
            exceptions->refine(best, x);
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
    if (isException && impl.exceptions)
        return impl.exceptions->isClipped(scaled);
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
