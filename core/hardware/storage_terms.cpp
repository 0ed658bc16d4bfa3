#include "core/hardware/storage_terms.h"

#include "core/format/format_storage.h"

#include <cmath>

namespace nanoscope {
namespace {

constexpr const char* kUnit = "bit/element";
constexpr const char* kStored
    = "fields of the packed stream, without what varies from block to block and what a tensor "
      "stores once; a whole row counts as 4096 elements";

std::string numeral(std::uint64_t value)
{
    return std::to_string(value);
}

void add(std::vector<CostTerm>& terms, const std::string& name, std::uint64_t bits, std::uint64_t count,
    std::uint64_t block, const std::string& words)
{
    const std::uint64_t all = bits * count;
    if (all == 0)
        return;
    terms.push_back({TermGroup::Dot, name, static_cast<double>(all) / static_cast<double>(block), kUnit,
        words + " = " + numeral(bits) + " x " + numeral(count) + " / " + numeral(block), kStored});
}

std::vector<CostTerm> mixedTerms(const FormatSpec& spec)
{
    const MixSpec& mix = *spec.mix;
    const double first = nominalBitsPerElement(mix.parts.front());
    std::vector<CostTerm> terms{
        {TermGroup::Dot, "first part", first, kUnit, "bits of the first part = " + formulaNumber(first), kStored}};
    if (mix.rule == MixRule::ResidualColumns)
        terms.push_back({TermGroup::Dot, "residual columns", first * mix.share, kUnit,
            "bits x share of columns = " + formulaNumber(first) + " x " + formulaNumber(mix.share), kStored});
    if (mix.rule == MixRule::WidestOfRow && mix.parts.size() > 1) {
        const double second = nominalBitsPerElement(mix.parts[1]);
        terms.push_back({TermGroup::Dot, "wider blocks", mix.share * (second - first), kUnit,
            "share x (bits of the second part - bits of the first) = " + formulaNumber(mix.share) + " x ("
                + formulaNumber(second) + " - " + formulaNumber(first) + ")",
            kStored});
    }
    const double rest = nominalBitsPerElement(spec) - sumOf(terms);
    const double bits = std::round(rest * spec.geometry.block);
    terms.push_back({TermGroup::Dot, "which part", rest, kUnit,
        "bits that name the part / block = " + formulaNumber(bits) + " / " + formulaNumber(spec.geometry.block),
        kStored});
    return terms;
}

}  // namespace

std::vector<CostTerm> storageTerms(const FormatSpec& spec)
{
    if (spec.mix)
        return mixedTerms(spec);
    FormatSpec whole = spec;
    if (whole.geometry.wholeRow)
        whole.geometry.block = static_cast<int>(kNominalRow);
    const auto block = static_cast<std::uint64_t>(whole.geometry.block);
    const std::uint64_t codes = storedCodes(whole, block);
    const auto header = blockHeaderBits(whole, block);
    std::vector<CostTerm> terms;
    add(terms, "codes", codes > 0 ? (storedBlockBits(whole, block) - header) / codes : 0, codes, block,
        "bits x stored codes / block");
    add(terms, "shared scale", static_cast<std::uint64_t>(blockScaleBits(whole)), 1, block, "bits x 1 / block");
    for (const MetaField& field : metaFields(whole))
        add(terms, field.name, static_cast<std::uint64_t>(field.storedBits()), fixedUnits(field, whole, block), block,
            "bits x values / block");
    return terms;
}

}  // namespace nanoscope
