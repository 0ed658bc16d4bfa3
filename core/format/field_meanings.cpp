#include "core/format/field_meanings.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace nanoscope {
namespace {

struct Meaning {
    std::string_view path;  ///< '*' stands for a place in a list
    std::string_view text;
};

constexpr Meaning kMeanings[]{
    {"geometry.axis", "axis of the tensor that blocks run along"},
    {"geometry.block", "elements that share a scale"},
    {"geometry.sub", "elements that share a micro-scale"},
    {"geometry.tile", "rows of the tensor that a block covers"},
    {"elements.*", "a further codebook to choose from"},
    {"elements.*.id", "name of the codebook"},
    {"elements.*.kind", "where the codebook's levels come from"},
    {"elements.*.e", "exponent bits of an element"},
    {"elements.*.m", "mantissa bits of an element"},
    {"elements.*.top", "what the codes of the largest exponent stand for"},
    {"elements.*.bias", "exponent bias of an element, where it is not the usual one"},
    {"elements.*.subnormals", "whether the smallest exponent holds levels of its own"},
    {"elements.*.bits", "bits of an element code"},
    {"elements.*.es", "exponent bits of a posit"},
    {"elements.*.lsb", "step between levels, as a power of two"},
    {"elements.*.twos", "two's complement: one more negative level"},
    {"elements.*.mid_rise", "levels at odd half steps, none at zero"},
    {"elements.*.hot", "how many powers of two an element code is the sum of"},
    {"elements.*.overflow", "what becomes of values beyond the last level"},
    {"elements.*.nested", "the wider stored code that these bits are read from"},
    {"elements.*.nested.bits", "bits of the wider stored code"},
    {"elements.*.nested.rule", "how the wider stored code is cut down"},
    {"elements.*.levels", "the levels themselves, code by code"},
    {"elements.*.gain", "factor on every level"},
    {"elements.*.target", "value that the scale maps a block's maximum to"},
    {"elements.*.recycle", "what the otherwise wasted code of minus zero stands for"},
    {"elements.*.recycle.mode", "how the level of the recycled code is found"},
    {"elements.*.recycle.sign", "sign of the recycled level"},
    {"elements.*.recycle.value", "level that the recycled code stands for"},
    {"align", "whether each codebook gets a scale of its own or that of the first"},
    {"scale.codec", "how the shared scale is stored"},
    {"scale.rule", "how the shared scale follows from the block's maximum"},
    {"scale.stat", "figure of a block that its scale is made of"},
    {"scale.offsets", "exponent offsets that are tried for every block"},
    {"scale.targets", "targets that are tried for every block"},
    {"scale.clips", "clip candidates that are tried for every block"},
    {"scale.clip_kind", "what a clip candidate multiplies"},
    {"scale.min", "smallest scale that is stored"},
    {"scale.max", "largest scale that is stored"},
    {"scale.zero", "scale that a block of zeros stores"},
    {"scale.encode", "whether codes follow from the scale as stored or from the one before it was rounded"},
    {"scale.split_sign", "one scale for positive and one for other elements"},
    {"tensor_scale", "one more scale for the whole tensor"},
    {"tensor_scale.codec", "how the tensor's scale is stored"},
    {"tensor_scale.target", "value that the tensor's scale maps its maximum to"},
    {"tensor_scale.stat", "figure of the tensor that its scale is made of"},
    {"tensor_scale.min", "smallest scale of the tensor"},
    {"tensor_scale.offsets", "exponent offsets that are tried for the tensor"},
    {"tensor_scale.clips", "clip ratios that are tried for the tensor"},
    {"tensor_scale.exponent", "fixed exponent of the tensor's scale"},
    {"micro", "a small scale beside the shared one (NanoMantissa, subgroup mantissa, microexponent)"},
    {"micro.unit", "what a micro-scale belongs to"},
    {"micro.bits", "bits of a micro-scale"},
    {"micro.rule", "how a micro-scale is found"},
    {"chooser", "each block picks its codebook (Adaptive Microexponent)"},
    {"chooser.unit", "what a codebook is picked for"},
    {"chooser.rule", "how the codebook is picked"},
    {"chooser.bits", "stored bits of the choice"},
    {"offset", "an offset stored beside the scale"},
    {"offset.kind", "integer code of zero, or a real minimum"},
    {"offset.include_zero", "the range is widened until it holds zero"},
    {"special", "elements that are stored more finely than their neighbors"},
    {"special.kind", "which elements are exceptions"},
    {"special.mant_bits", "mantissa bits of the exception"},
    {"special.nbm_bits", "bits that lower the exponent of the other elements"},
    {"special.nbm_rule", "how the other elements' exponent follows"},
    {"special.bits", "metadata bits that refine the exception"},
    {"special.fine", "finer levels of the exception"},
    {"special.count", "exceptions in a block"},
    {"special.share", "share of the tensor's elements that are exceptions"},
    {"special.threshold", "magnitude that makes a column an exception"},
    {"special.relative", "the threshold is in multiples of the tensor's root mean square"},
    {"transform", "a change of basis before quantization"},
    {"transform.hadamard", "size of the Hadamard rotation; 0 is none"},
    {"transform.signs", "seed of the random signs before the rotation"},
    {"transform.sort", "columns are sorted by their norm"},
    {"prune", "N:M pruning"},
    {"prune.keep", "elements that are kept of each group"},
    {"prune.of", "elements of a pruning group"},
    {"mix", "blocks of several formats in one tensor"},
    {"mix.rule", "how a block gets its format"},
    {"mix.share", "share of blocks that take the other format"},
    {"mix.threshold", "limit beyond which blocks take the other format"},
    {"mix.parts", "the formats that are mixed"},
    {"mix.parts.*", "a further format that is mixed in"},
    {"encoder", "the procedure that finds the codes"},
    {"encoder.id", "the procedure that finds the codes"},
    {"encoder.bits", "bits of an ordinary element"},
    {"encoder.sigmas", "standard deviations beyond which an element is an outlier"},
    {"encoder.stages", "residual stages"},
    {"layout", "order of the code bits in memory"},
    {"rounding.elem", "what happens exactly between two levels"},
    {"rounding.stochastic", "seed of random rounding; none rounds to the nearest level"},
    {"objective", "error that a search makes small"},
    {"order", "order in which a search tries things; it decides ties"},
    {"arith", "order and precision of the operations on scales"},
};

/// The path with '*' for every number.
std::string patternOf(std::string_view path)
{
    std::string pattern;
    while (true) {
        const std::size_t dot = path.find('.');
        const std::string_view step = path.substr(0, dot);
        const bool isPlace = !step.empty()
            && std::all_of(step.begin(), step.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
        pattern.append(isPlace ? "*" : step);
        if (dot == std::string_view::npos)
            return pattern;
        pattern += '.';
        path.remove_prefix(dot + 1);
    }
}

std::string_view meaningOf(std::string_view pattern)
{
    const auto* found = std::find_if(
        std::begin(kMeanings), std::end(kMeanings), [pattern](const Meaning& entry) { return entry.path == pattern; });
    return found == std::end(kMeanings) ? std::string_view() : found->text;
}

}  // namespace

std::string fieldMeaning(std::string_view path)
{
    const std::string pattern = patternOf(path);
    if (const std::string_view meaning = meaningOf(pattern); !meaning.empty())
        return std::string(meaning);
    // A format within a format, and a codebook within an exception, speak of the same fields.
    constexpr std::string_view kPart = "mix.parts.*.";
    constexpr std::string_view kFine = "special.fine.";
    std::string inner;
    std::string prefix;
    if (pattern.starts_with(kPart)) {
        inner = fieldMeaning(std::string_view(pattern).substr(kPart.size()));
        const std::size_t number = path.find('.', kPart.size() - 2);
        prefix = "in part ";
        prefix.append(path.substr(kPart.size() - 2, number - (kPart.size() - 2))).append(": ");
    } else if (pattern.starts_with(kFine)) {
        std::string element("elements.*.");
        inner = meaningOf(element.append(pattern, kFine.size()));
        prefix = "in the finer levels: ";
    }
    return inner.empty() ? inner : prefix + inner;
}

}  // namespace nanoscope
