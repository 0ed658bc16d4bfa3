// One algorithm from the outside in over one scratch memory: its parts mean nothing apart.
#include "core/quant/search_encoder.h"

#include "core/format/format_storage.h"
#include "core/quant/affine_code.h"
#include "core/quant/blank_block.h"
#include "core/quant/block_figure.h"
#include "core/quant/choice_rules.h"
#include "core/quant/exception_encoder.h"
#include "core/quant/k_means.h"
#include "core/quant/random_bits.h"
#include "core/quant/reference_sum.h"
#include "core/quant/search_candidates.h"
#include "core/quant/set_aside.h"
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

/// Compiled spec and scratch memory. The functions below are the search from the outside in:
/// encode > encodeSelected (one sign) > tryCandidate > quantizeSubgroup > quantizeWith.
class SearchEncoder final : public BlockEncoder {
public:
    SearchEncoder(const FormatSpec& format, const TensorParameters& tensorParameters)
        : BlockEncoder(codebooksOf(format, tensorParameters.values))
        , spec(format)
        , parameters(tensorParameters)
        , tensorScale(parameters.scale)
        , codec(format.scale.codec)
        , setAside(spec, parameters)
    {
        for (std::size_t book = 0; book < books().size(); ++book)
            bookFactors.push_back(bookScaleFactor(spec, books(), book));
        if (spec.micro)
            grid = spec.micro->grid();
        if (spec.special && !setAside.isUsed())
            exceptions.emplace(spec, books().front());
        if (spec.offset)
            affine.emplace(spec);
        fields = metaFields(spec);
        block = static_cast<std::size_t>(spec.geometry.block);
        sub = std::min(block, static_cast<std::size_t>(spec.geometry.subgroup()));
        blockCandidates = searchCandidates(spec, Unit::Block);
        for (SearchCandidate& candidate : blockCandidates)
            candidate.book += parameters.book;
        subgroupCandidates = searchCandidates(spec, Unit::Subgroup);
        searches = blockCandidates.size() * subgroupCandidates.size() > 1;
        fitsBlocks = spec.elements.front().kind == BookKind::Fitted && spec.geometry.wholeRow;
        if (fitsBlocks)
            levelsField = fieldNamed(kLevels);
        x.assign(block, 0.0);
        tryCodes.resize(sub);
        tryScaled.resize(sub);
        tryDecoded.resize(sub);
        costTerms.assign(sub, 0.0);
        subgroupCosts.assign((block + sub - 1) / sub, 0.0);
    }

    const EncodedBlock& encode(std::span<const float> values, const BlockPlace& place) override;
    [[nodiscard]] bool isClipped(std::size_t book, double scaled, bool isException) const override
    {
        if (!isException)
            return BlockEncoder::isClipped(book, scaled, false);
        return exceptions && exceptions->isClipped(scaled);
    }

private:
    FormatSpec spec;
    TensorParameters parameters;
    TensorScale tensorScale;
    ScaleCodec codec;
    SetAside setAside;
    std::vector<double> bookFactors;
    std::vector<double> grid;
    std::vector<SearchCandidate> blockCandidates;
    std::vector<SearchCandidate> subgroupCandidates;
    std::optional<ExceptionEncoder> exceptions;
    std::optional<AffineCode> affine;
    std::vector<MetaField> fields;
    std::size_t block = 0;
    std::size_t sub = 0;
    bool searches = false;
    bool fitsBlocks = false;
    std::size_t levelsField = 0;

    EncodedBlock best;       // result
    EncodedBlock trial;      // candidate under test
    EncodedBlock otherSign;  // elements that are not positive, where the sign splits the scale
    BlockFigure figure;      // of the elements in x
    double survivorThreshold = 0.0;
    std::uint64_t firstElement = 0;  // number of the block's first element, for random rounding
    std::vector<double> x;           // elements in double, zero beyond a short block
    std::vector<double> tryScaled;
    std::vector<double> tryDecoded;
    std::vector<std::uint32_t> tryCodes;
    std::vector<double> costTerms;      // per element of a subgroup, zero beyond a short one
    std::vector<double> subgroupCosts;  // per subgroup of a whole block
    std::vector<double> sorted;         // k-means

    [[nodiscard]] std::size_t fieldNamed(const char* name) const
    {
        std::size_t f = 0;
        while (f + 1 < fields.size() && fields[f].name != name)
            ++f;
        return f;
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

    /// Code for one element under the format's rounding.
    [[nodiscard]] std::uint32_t codeFor(const Codebook& book, double scaled, double value, std::size_t position) const
    {
        if (spec.stochasticSeed) {
            const LevelPair pair = book.neighbours(scaled);
            return randomUniform(*spec.stochasticSeed, firstElement + position) < pair.share ? pair.upperCode
                                                                                             : pair.lowerCode;
        }
        if (spec.scale.statistic == ScaleStatistic::Survivors)  // three levels, and a threshold of its own
            return book.nearest(std::fabs(value) > survivorThreshold ? std::copysign(1.0, value) : 0.0);
        return book.nearest(scaled);
    }

    /// Nearest levels of one codebook for the elements of one subgroup, into the try buffers.
    /// @param start  position of the subgroup in its block
    void quantizeWith(const Codebook& book, std::span<const double> values, std::size_t start, double scale,
        const SharedScale& shared)
    {
        if (!(scale > 0 && scale < kInfinity)) {  // a scale that underflowed decodes everything to zero
            std::fill_n(tryScaled.begin(), values.size(), 0.0);
            std::fill_n(tryCodes.begin(), values.size(), book.hasZero() ? book.nearest(0.0) : 0U);
            std::fill_n(tryDecoded.begin(), values.size(), 0.0);
            return;
        }
        if (affine) {
            affine->encode(values, firstElement + start, scale, tryCodes, tryScaled, tryDecoded);
            return;
        }
        divide(values, shared.encode.value_or(scale), shared.reciprocal);
        if (spec.stochasticSeed || spec.scale.statistic == ScaleStatistic::Survivors) {
            for (std::size_t i = 0; i < values.size(); ++i)
                tryCodes[i] = codeFor(book, tryScaled[i], values[i], start + i);
        } else {
            for (std::size_t i = 0; i < values.size(); ++i)
                tryCodes[i] = book.nearest(tryScaled[i]);
        }
        for (std::size_t i = 0; i < values.size(); ++i)
            tryDecoded[i] = book.level(tryCodes[i]) * scale;
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
            quantizeWith(books()[found.book], values, unit * sub, found.scale, shared);
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
    double tryCandidate(const SearchCandidate& candidate, std::size_t length)
    {
        const std::span<const double> values(x.data(), length);
        const double blockMaximum = figure.maximum;
        const SharedScale shared = sharedScaleFor(spec, codec, tensorScale, figure, books().front(),
            books()[candidate.book], candidate.offset, candidate.target);
        if (affine)
            affine->setOffset(figure, shared.real);
        double blockMicro = 1.0;
        std::size_t microIndex = candidate.micro;
        if (spec.micro && spec.micro->unit == Unit::Block) {
            if (spec.micro->rule != MicroRule::Search)
                microIndex = derivedMicro(spec.micro->rule, grid, blockMaximum, shared.real, books()[candidate.book]);
            blockMicro = grid[microIndex];
        }
        trial.scales[0] = shared.stored;
        trial.offset = static_cast<int>(candidate.offset);
        trial.target = static_cast<int>(candidate.target);
        const bool mxffp = spec.chooser && spec.chooser->rule == ChooserRule::Mxffp;
        const std::size_t mxffpOfBlock
            = mxffp && spec.chooser->unit == Unit::Block ? mxffpBook(values, shared.real, books().front()) : 0;
        std::fill(subgroupCosts.begin(), subgroupCosts.end(), 0.0);
        for (std::size_t unit = 0; unit * sub < length; ++unit) {
            const std::span<const double> part = values.subspan(unit * sub, std::min(sub, length - unit * sub));
            trial.unitMicro[unit] = static_cast<std::uint8_t>(microIndex);
            if (mxffp)
                trial.unitBook[unit] = static_cast<std::uint8_t>(
                    spec.chooser->unit == Unit::Block ? mxffpOfBlock : mxffpBook(part, shared.real, books().front()));
            subgroupCosts[unit] = quantizeSubgroup(trial, unit, part, blockMaximum, candidate, shared, blockMicro);
        }
        return searches ? total(subgroupCosts) : 0.0;
    }

    /// Searches all candidates for the elements in `x`; the first smallest cost wins. Result in `best`.
    void search(std::size_t length)
    {
        figure = figureOf(spec, std::span<const double>(x.data(), length));
        survivorThreshold = figure.survivorThreshold;
        std::optional<double> bestCost;
        std::uint32_t bestOffset = 0;
        for (const SearchCandidate& candidate : blockCandidates) {
            prepare(trial, length);
            const double cost = tryCandidate(candidate, length);
            if (!bestCost || cost < *bestCost) {
                bestCost = cost;
                bestOffset = affine ? affine->storedOffset() : 0;
                std::swap(best, trial);
            }
        }
        if (affine)
            affine->restore(bestOffset);
    }

    /// Fits the block's own codebook to its elements (k-means on what is not set aside) and takes the nearest level.
    void fit(std::span<const float> values)
    {
        prepare(best, values.size());
        sorted.clear();
        for (std::size_t i = 0; i < values.size(); ++i)
            if (x[i] != 0.0 || values[i] == 0.0F)
                sorted.push_back(x[i]);
        std::sort(sorted.begin(), sorted.end());
        std::vector<double> levels = kMeans(sorted, books().front().codeCount());
        std::vector<std::uint32_t> stored;
        const ScaleCodec half(ScaleCodecId::FP16);
        for (double& level : levels) {
            const StoredScale rounded = encodeSigned(half, level);
            stored.push_back(static_cast<std::uint32_t>(rounded.code));
            level = rounded.value;
        }
        if (levels.empty()) {
            levels.push_back(0.0);
            stored.push_back(0);
        }
        levels.resize(books().front().codeCount(), levels.back());
        stored.resize(levels.size(), stored.back());
        best.ownLevels = levels;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::size_t code = nearestOf(levels, x[i]);
            best.codes[i] = static_cast<std::uint32_t>(code);
            best.decoded[i] = levels[code];
            best.effectiveScale[i] = figure.maximum;
            best.scaled[i] = figure.maximum > 0 ? x[i] / figure.maximum : 0.0;
        }
        std::fill(best.unitBook.begin(), best.unitBook.end(), std::uint8_t{0});
        std::fill(best.unitMicro.begin(), best.unitMicro.end(), std::uint8_t{0});
        best.scales[0] = {0, 1.0};
        fillMetadata();
        best.meta[levelsField] = std::move(stored);
    }

    /// Nearest of ascending levels, ties to the lower one; of equal levels the first.
    [[nodiscard]] static std::size_t nearestOf(const std::vector<double>& levels, double value)
    {
        const auto above = std::lower_bound(levels.begin(), levels.end(), value);
        if (above == levels.begin())
            return 0;
        if (above == levels.end())
            return static_cast<std::size_t>(
                std::lower_bound(levels.begin(), levels.end(), levels.back()) - levels.begin());
        const auto below = above - 1;
        return static_cast<std::size_t>(
            (value <= (*below + *above) / 2 ? std::lower_bound(levels.begin(), levels.end(), *below) : above)
            - levels.begin());
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
            const std::size_t count = fields[f].unit == MetaUnit::Subgroup ? units : 1;
            best.meta[f].assign(count, 0);
            for (std::size_t unit = 0; unit < count; ++unit) {
                if (fields[f].name == kCodebook)
                    best.meta[f][unit] = best.unitBook[unit];
                else if (fields[f].name == kOffset)
                    best.meta[f][unit] = affine->storedOffset();
                else if (spec.micro)
                    best.meta[f][unit] = best.unitMicro[unit];
            }
        }
        if (exceptions)
            exceptions->refine(best, x);
    }

    void makeBad(std::size_t length)
    {
        blankBlock(best, length, sub, fields);
        for (std::size_t f = 0; f < fields.size(); ++f)
            best.meta[f].assign(fixedUnits(fields[f], spec, length), 0);
        markBad(best, codec);
        if (!codec.nanCode())
            best.scales[0] = codec.isPowerOfTwo() ? codec.encodeExponent(codec.minExponent()) : codec.encode(0.0);
        if (spec.scale.splitSign)
            best.scales[1] = best.scales[0];
    }
};

}  // namespace

std::vector<Codebook> codebooksOf(const FormatSpec& spec, const std::vector<float>& values)
{
    std::vector<Codebook> books;
    for (const ElementBook& element : spec.elements) {
        const bool isFitted = element.kind == BookKind::Fitted && !values.empty();
        ElementBook book = element;
        if (isFitted) {
            book.kind = BookKind::Table;
            book.levels.assign(values.begin(), values.end());
        }
        books.emplace_back(book, isFitted ? TieRule::Down : spec.tie);
    }
    return books;
}

const EncodedBlock& SearchEncoder::encode(std::span<const float> values, const BlockPlace& place)
{
    if (!allFinite(values)) {
        makeBad(values.size());
        return best;
    }
    firstElement = place.index * static_cast<std::uint64_t>(block);
    if (spec.scale.splitSign) {
        splitSigns(values);
        best.meta.clear();
        return best;
    }
    std::copy(values.begin(), values.end(), x.begin());
    if (setAside.isUsed())
        setAside.take(std::span(x).first(values.size()), place);
    if (fitsBlocks) {
        figure = figureOf(spec, std::span<const double>(x.data(), values.size()));
        fit(values);
    } else {
        search(values.size());
        fillMetadata();
    }
    if (setAside.isUsed())
        setAside.putBack(best, values);
    return best;
}

std::unique_ptr<BlockEncoder> makeSearchEncoder(const FormatSpec& spec, const TensorParameters& parameters)
{
    return std::make_unique<SearchEncoder>(spec, parameters);
}

}  // namespace nanoscope
