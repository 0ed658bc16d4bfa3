#include "core/format/spec_parameters.h"

#include "core/error.h"
#include "core/format/edit_refusal.h"
#include "core/format/field_meanings.h"
#include "core/format/format_json.h"
#include "core/format/format_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

using nlohmann::json;

/// How usual values follow from the present one.
enum class Spread {
    Values,  ///< these
    Steps,   ///< the present one plus these
    Ratios   ///< the present one times these
};

struct UsualValues {
    std::string_view ending;  ///< of the path; kCodeBitsPath is whole
    Spread spread;
    std::vector<double> numbers;
};

const std::vector<UsualValues>& usualTable()
{
    static const std::vector<UsualValues> table{
        {kCodeBitsPath, Spread::Values, {2, 3, 4, 5, 6, 7, 8}},
        {"geometry.block", Spread::Values, {8, 16, 32, 64, 128, 256, 512, 1024}},
        {"geometry.sub", Spread::Values, {2, 4, 8, 16, 32, 64}},
        {"geometry.tile", Spread::Values, {1, 2, 4, 8, 16, 32}},
        {"micro.bits", Spread::Values, {0, 1, 2, 3, 4}},
        {".e", Spread::Values, {1, 2, 3, 4, 5}},
        {".es", Spread::Values, {0, 1, 2, 3}},
        {".lsb", Spread::Steps, {-2, -1, 0, 1, 2}},
        {".bias", Spread::Steps, {-3, -2, -1, 0, 1, 2, 3}},
        {".hot", Spread::Values, {0, 1, 2, 3, 4}},
        {"nested.bits", Spread::Values, {2, 3, 4, 5, 6, 7, 8}},
        {".gain", Spread::Ratios, {0.8, 0.9, 1, 1.1, 1.25}},
        {"recycle.value", Spread::Ratios, {-1, 0.5, 0.75, 1, 1.25, 1.5}},
        {"tensor_scale.target", Spread::Ratios, {0.25, 0.5, 0.7, 0.85, 1, 1.2, 1.5, 2}},
        {"tensor_scale.exponent", Spread::Steps, {-3, -2, -1, 0, 1, 2, 3}},
        {".target", Spread::Ratios, {0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3}},
        {".min", Spread::Ratios, {0.0625, 0.25, 1, 4, 16}},
        {".max", Spread::Ratios, {0.0625, 0.25, 1, 4, 16}},
        {"special.mant_bits", Spread::Values, {1, 2, 3, 4, 5}},
        {"special.nbm_bits", Spread::Values, {0, 1, 2, 3}},
        {"special.bits", Spread::Values, {1, 2, 3, 4}},
        {"special.count", Spread::Values, {0, 1, 2, 3, 4, 6, 8}},
        {".share", Spread::Ratios, {0.25, 0.5, 1, 2, 4}},
        {".threshold", Spread::Ratios, {0.25, 0.5, 0.75, 1, 1.5, 2, 4}},
        {"transform.hadamard", Spread::Values, {0, 2, 4, 8, 16, 32, 64, 128, 256}},
        {"prune.keep", Spread::Values, {1, 2, 3, 4, 5, 6, 7}},
        {"prune.of", Spread::Values, {2, 4, 8, 16}},
        {"encoder.bits", Spread::Values, {2, 3, 4, 5, 6}},
        {"encoder.sigmas", Spread::Values, {2, 2.5, 3, 3.5, 4, 5}},
        {"encoder.stages", Spread::Values, {1, 2, 3, 4}},
    };
    return table;
}

std::vector<double> usualValues(std::string_view path, std::optional<double> present)
{
    std::vector<double> values;
    for (const UsualValues& entry : usualTable()) {
        if (entry.ending == kCodeBitsPath ? path != entry.ending : !path.ends_with(entry.ending))
            continue;
        for (const double number : entry.numbers)
            values.push_back(entry.spread == Spread::Values ? number
                    : entry.spread == Spread::Steps         ? present.value_or(0) + number
                                                            : present.value_or(0) * number);
        break;
    }
    if (present)
        values.push_back(*present);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

/// Numbers that are none to vary, or that a telling parameter stands for.
bool isLeftOut(const std::string& path, const FormatSpec& spec)
{
    constexpr std::array<std::string_view, 8> kNever{"geometry.axis", "geometry.block", "micro.bits", "chooser.bits",
        "transform.signs", "rounding.stochastic", "encoder.bits", "recycle.sign"};
    if (path == "encoder.bits")
        return spec.encoder.id == EncoderId::MicroScopiQ;  // kCodeBitsPath
    const bool isNever = std::any_of(
        kNever.begin(), kNever.end(), [&path](std::string_view ending) { return path.ends_with(ending); });
    const bool isWidth = path.starts_with("elements.") && (path.ends_with(".m") || path.ends_with(".bits"))
        && !path.ends_with("nested.bits");
    return isNever || isWidth || path.starts_with("mix.parts") || path.starts_with("special.fine")
        || (path == "geometry.tile" && spec.geometry.tileRows == 1);
}

/// Paths and values of the numbers in a document; lists of numbers are none.
void findNumbers(const json& value, const std::string& path, std::vector<std::pair<std::string, double>>& out)
{
    if (value.is_number()) {
        out.emplace_back(path, value.get<double>());
        return;
    }
    const std::string prefix = path.empty() ? path : path + ".";
    if (value.is_object())
        for (const auto& [key, inner] : value.items())
            findNumbers(inner, prefix + key, out);
    if (value.is_array() && !value.empty() && value[0].is_object())
        for (std::size_t i = 0; i < value.size(); ++i)
            findNumbers(value[i], prefix + std::to_string(i), out);
}

/// Number of the codebook in "elements.1.lsb"; nothing for other paths.
std::optional<std::size_t> bookOf(std::string_view path)
{
    constexpr std::string_view kElements = "elements.";
    if (!path.starts_with(kElements))
        return std::nullopt;
    std::size_t book = 0;
    const auto read = std::from_chars(path.data() + kElements.size(), path.data() + path.size(), book);
    return read.ec == std::errc() ? std::optional(book) : std::nullopt;
}

std::string meaningIn(const FormatSpec& spec, const std::string& path)
{
    if (path == kCodeBitsPath)
        return "bits of an element code, sign included";
    if (path == "geometry.block")
        return "block size in elements";
    if (path == "micro.bits") {
        const bool isExponent = spec.micro && spec.micro->rule == MicroRule::MaximumExponent;
        const bool isOfSubgroup = spec.micro && spec.micro->unit == Unit::Subgroup;
        return isExponent  ? "bits of a shared microexponent"
            : isOfSubgroup ? "mantissa bits of a subgroup's scale"
                           : "NanoMantissa bits of the shared scale";
    }
    std::string meaning = fieldMeaning(path);
    if (meaning.empty())
        meaning = path;
    const auto book = bookOf(path);
    if (book && path.ends_with(".e"))
        meaning += ", its width kept";
    if (book && spec.elements.size() > 1)
        meaning += " (codebook " + spec.elements[*book].id + ")";
    return meaning;
}

/// True when a value that the spec does not have is accepted.
bool canVary(const FormatSpec& spec, const SpecParameter& parameter)
{
    return std::any_of(parameter.usual.begin(), parameter.usual.end(), [&](double value) {
        if (value == parameter.value)
            return false;
        try {
            return withParameter(spec, parameter.path, value) != spec;
        } catch (const Error&) {
            return false;
        }
    });
}

int wholeNumber(std::string_view path, double value)
{
    if (value != std::floor(value) || std::fabs(value) > std::numeric_limits<int>::max())
        refuseEdit(std::string(path), numberText(value) + " is refused", "take a whole number");
    return static_cast<int>(value);
}

/// Metadata bits of M2XFP's refined element, with the ladder that they walk on.
FormatSpec withRefinementBits(FormatSpec spec, int bits)
{
    spec.special->bits = bits;
    ElementBook& fine = spec.special->fine;
    const bool hasStandardId = fine.id == fine.standardId();
    fine.mantissaBits = spec.elements.front().mantissaBits + bits;
    if (hasStandardId)
        fine.id = fine.standardId();
    return validated(std::move(spec));
}

}  // namespace

std::vector<SpecParameter> parametersOf(const FormatSpec& spec)
{
    std::vector<std::pair<std::string, std::optional<double>>> found;
    found.emplace_back(kCodeBitsPath, spec.codeBits());
    found.emplace_back(
        "geometry.block", spec.geometry.wholeRow ? std::nullopt : std::optional<double>(spec.geometry.block));
    found.emplace_back("micro.bits", spec.micro ? spec.micro->bits : 0);
    std::vector<std::pair<std::string, double>> numbers;
    findNumbers(toJson(spec), {}, numbers);
    for (const auto& [path, value] : numbers)
        if (!isLeftOut(path, spec))
            found.emplace_back(path, value);
    std::vector<SpecParameter> parameters;
    for (const auto& [path, value] : found) {
        SpecParameter parameter{path, meaningIn(spec, path), value, usualValues(path, value)};
        if (const auto book = bookOf(path); book && path.ends_with(".e"))
            std::erase_if(parameter.usual, [&](double bits) { return bits >= spec.elements[*book].codeBits(); });
        if (canVary(spec, parameter))
            parameters.push_back(std::move(parameter));
    }
    return parameters;
}

FormatSpec withParameter(const FormatSpec& spec, std::string_view path, double value)
{
    if (path == kCodeBitsPath)
        return withCodeBits(spec, wholeNumber(path, value));
    if (path == "geometry.block")
        return withBlock(spec, wholeNumber(path, value));
    if (path == "micro.bits")
        return withMicroBits(spec, wholeNumber(path, value));
    const auto book = bookOf(path);
    if (book && path.ends_with(".e"))
        return withExponentBits(spec, *book, wholeNumber(path, value));
    const bool isRefinement
        = spec.special && spec.special->kind == SpecialKind::Top1 && spec.special->fine.kind == BookKind::Float;
    if (isRefinement && path == "special.bits" && value != spec.special->bits)
        return withRefinementBits(spec, wholeNumber(path, value));
    return withOverrides(spec, std::string(path).append("=").append(numberText(value)));
}

}  // namespace nanoscope
