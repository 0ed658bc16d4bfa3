#include "core/format/codebook.h"
#include "core/format/edit_refusal.h"
#include "core/format/format_spec.h"
#include "core/format/scale_codec.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

bool isFitted(const FormatSpec& spec)
{
    return spec.elements.front().kind == BookKind::Fitted;
}

void requireScaled(const FormatSpec& spec, const std::string& field)
{
    if (isFitted(spec))
        refuseEdit(field, "a codebook fitted to the values has no scale", "take a codebook of another kind");
}

/// The uniform book that Adaptive Microexponent sets beside another: as wide, with the same top octave
/// (mx_family 1.2: 0 .. 2^(b-1)-1 times 2^(4-b) beside E2Mx).
ElementBook uniformBeside(const ElementBook& book, TieRule tie)
{
    ElementBook uniform;
    uniform.kind = BookKind::Integer;
    uniform.bits = book.codeBits();
    uniform.id = "BFP" + std::to_string(uniform.bits);
    uniform.lsb = Codebook(book, tie).largestExponent() - (uniform.bits - 2);
    uniform.recycle = book.recycle;
    return uniform;
}

/// Exceptions that refine an element on a ladder of its own codebook, or that a block has a fixed number of.
bool needsOnePlainBook(const SpecialSpec& special)
{
    return special.kind != SpecialKind::Sparse && special.kind != SpecialKind::Columns;
}

/// Exceptions whose codebook must have an idle code of minus zero.
bool refinesElements(const SpecialSpec& special)
{
    return special.kind == SpecialKind::BlockMaximum || special.kind == SpecialKind::Top1;
}

void dropSpecial(FormatSpec& spec, bool (*excludes)(const SpecialSpec&))
{
    if (spec.special && excludes(*spec.special))
        spec.special.reset();
}

/// A scale that was the tensor's becomes one of each block.
void moveTensorScaleToBlocks(FormatSpec& spec)
{
    spec.scale.statistic = spec.tensorScale->statistic;
    spec.scale.clips = spec.tensorScale->clips;
    spec.tensorScale.reset();
}

void makePowerOfTwo(FormatSpec& spec)
{
    if (spec.scale.rule == ScaleRule::Maximum)
        spec.scale.rule = ScaleRule::Floor;
    if (spec.scale.statistic == ScaleStatistic::Range) {
        spec.scale.statistic = ScaleStatistic::Maximum;
        spec.offset.reset();
    }
    spec.scale.targets.clear();
    spec.scale.clips.clear();
    spec.scale.clipKind = ClipKind::Ratio;
    spec.scale.encodesIdeal = false;
    if (spec.scale.codec != ScaleCodecId::SHIFT2)
        spec.tensorScale.reset();
    else if (spec.chooser)  // MXFFP's rule knows no tensor scale
        spec.chooser->rule = ChooserRule::Search;
    if (spec.arithmetic != Arithmetic::Float32)
        spec.arithmetic = Arithmetic::Exact;
}

void makeRealValued(FormatSpec& spec)
{
    spec.scale.offsets = {0};
    if (spec.scale.codec == ScaleCodecId::None) {
        spec.scale.clips.clear();
        spec.scale.encodesIdeal = false;
    }
    if (spec.special && spec.special->kind == SpecialKind::BlockMaximum)
        spec.special.reset();
    if (spec.chooser && spec.chooser->rule == ChooserRule::Mxffp)
        spec.chooser->rule = ChooserRule::Search;
    if (spec.chooser && spec.chooser->unit == Unit::Subgroup && spec.scale.targets.empty())
        spec.scale.targets = {Codebook(spec.elements.front(), spec.tie).target()};  // one scale for all codebooks
}

/// What a real-valued scale is at least divided by, over all that a search tries.
double smallestTarget(const FormatSpec& spec)
{
    double smallest = std::numeric_limits<double>::max();
    for (const double target : spec.scale.targets)
        smallest = std::min(smallest, target);
    for (const ElementBook& book : spec.elements)
        if (spec.scale.targets.empty())
            smallest = std::min(smallest, Codebook(book, spec.tie).target());
    return smallest;
}

/// UINT8 counts multiples of the tensor scale and SHIFT2 shifts it; a tensor scale for a codec that reaches further
/// would push every block's scale beyond the last one.
void fitTensorScale(FormatSpec& spec)
{
    const ScaleCodec codec(spec.scale.codec);
    const bool countsTensorScale = spec.scale.codec == ScaleCodecId::UINT8 || spec.scale.codec == ScaleCodecId::SHIFT2;
    if (!spec.tensorScale && !countsTensorScale)
        return;
    const double largest = codec.isPowerOfTwo() ? 1.0 : codec.encode(std::numeric_limits<float>::max()).value;
    constexpr double kMost = std::numeric_limits<float>::max();
    const double reach = std::min(largest * smallestTarget(spec), kMost);
    if (countsTensorScale) {
        spec.tensorScale = TensorScaleSpec{};
        spec.tensorScale->target = reach;
        return;
    }
    if (spec.tensorScale->codec == TensorScaleCodec::FP32 && spec.tensorScale->statistic == ScaleStatistic::Maximum)
        spec.tensorScale->target = std::min(spec.tensorScale->target, reach);
}

}  // namespace

FormatSpec withBlock(FormatSpec spec, int block)
{
    if (!spec.geometry.wholeRow && block == spec.geometry.block)
        return spec;
    const bool isMicroScopiQ = spec.encoder.id == EncoderId::MicroScopiQ;
    if (isMicroScopiQ && block % spec.geometry.subgroup() != 0)
        refuseEdit("geometry.block", "MicroScopiQ cuts a block into whole micro-blocks",
            std::string("take a multiple of ").append(std::to_string(spec.geometry.subgroup())));
    if (!spec.mix && !isMicroScopiQ)  // mixed formats share their blocks
        requirePlain(spec, "blocks");
    if (isFitted(spec) && spec.geometry.wholeRow)
        refuseEdit("geometry.block", "a row has a fitted codebook of its own",
            "take a codebook of another kind, or one that is fitted to the whole tensor");
    // A subgroup that no longer divides the block becomes the whole block.
    if (spec.geometry.sub && (block < *spec.geometry.sub || block % *spec.geometry.sub != 0))
        spec.geometry.sub.reset();
    spec.geometry.block = block;
    spec.geometry.wholeRow = false;
    if (block % spec.geometry.tileRows != 0)
        spec.geometry.tileRows = 1;
    if (spec.prune && block % spec.prune->of != 0)
        spec.prune.reset();
    if (spec.special && spec.special->kind == SpecialKind::TopN)
        spec.special->count = std::min(spec.special->count, block - 1);
    return validated(std::move(spec));
}

FormatSpec withScaleCodec(FormatSpec spec, ScaleCodecId codec)
{
    if (codec == spec.scale.codec && !spec.mix)
        return spec;
    requirePlain(spec, "scales");
    requireScaled(spec, "scale.codec");
    spec.scale.minimum.reset();  // limits belong to their codec
    spec.scale.maximum.reset();
    if (spec.scale.codec == ScaleCodecId::None && spec.tensorScale)
        moveTensorScaleToBlocks(spec);
    spec.scale.codec = codec;
    if (isPowerOfTwoCodec(codec))
        makePowerOfTwo(spec);
    else
        makeRealValued(spec);
    fitTensorScale(spec);
    if (spec.chooser && !ScaleCodec(codec).hasSpareSign())
        spec.chooser->bits.reset();
    return validated(std::move(spec));
}

FormatSpec withMicroBits(FormatSpec spec, int bits)
{
    if (bits == (spec.micro ? spec.micro->bits : 0))
        return spec;
    requirePlain(spec, "scales");
    requireScaled(spec, "micro.bits");
    if (bits == 0) {
        spec.micro.reset();
        return validated(std::move(spec));
    }
    if (!spec.micro) {
        spec.micro = MicroSpec{};
        if (spec.chooser)  // MXFFP's rule knows no micro-scale
            spec.chooser->rule = ChooserRule::Search;
        spec.scale.splitSign = false;
        spec.scale.encodesIdeal = false;
        dropSpecial(spec, needsOnePlainBook);
        // The other float32 orders multiply by a reciprocal and leave no place for a micro-scale.
        if (spec.arithmetic != Arithmetic::Exact)
            spec.arithmetic = Arithmetic::Float32;
    }
    spec.micro->bits = bits;
    return validated(std::move(spec));
}

FormatSpec withAdaptiveMicroexponent(FormatSpec spec, bool on)
{
    if (on == spec.chooser.has_value())
        return spec;
    requirePlain(spec, "codebooks");
    if (!on) {
        spec.chooser.reset();
        spec.elements.resize(1);
    } else {
        requireScaled(spec, "chooser");
        spec.elements.push_back(uniformBeside(spec.elements.front(), spec.tie));
        spec.chooser = ChooserSpec{};
        spec.scale.splitSign = false;
        dropSpecial(spec, needsOnePlainBook);
    }
    return validated(std::move(spec));
}

FormatSpec withCodeRecycling(FormatSpec spec, bool on)
{
    const auto isRecycled = [](const ElementBook& book) { return book.recycle.has_value(); };
    if (on ? std::all_of(spec.elements.begin(), spec.elements.end(), isRecycled)
           : std::none_of(spec.elements.begin(), spec.elements.end(), isRecycled))
        return spec;
    requirePlain(spec, "codes");
    for (ElementBook& book : spec.elements) {
        if (on && !book.recycle) {
            book.recycle = Recycle{};
            if (book.twosComplement && book.target == std::ldexp(1.0, book.bits - 1 + book.lsb) * book.gain)
                book.target.reset();  // it was the level that gives its code away
            book.twosComplement = false;
        } else if (!on) {
            book.recycle.reset();
        }
    }
    if (on) {
        dropSpecial(spec, refinesElements);
        spec.scale.splitSign = false;  // a recycled level may have the other sign
    }
    return validated(std::move(spec));
}

}  // namespace nanoscope
