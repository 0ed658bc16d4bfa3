#include "core/fast/table_format.h"

#include "core/fast/plain_format.h"

#include <algorithm>
#include <bit>

namespace nanoscope {
namespace {

/// Ascending float32 levels from -1 to 1 with zero among them.
bool areTableLevels(const std::vector<double>& levels)
{
    return levels.size() == kCodes && levels.front() == -1.0 && levels.back() == 1.0
        && std::adjacent_find(levels.begin(), levels.end(), std::greater_equal<>()) == levels.end()
        && std::find(levels.begin(), levels.end(), 0.0) != levels.end()
        && std::all_of(levels.begin(), levels.end(),
            [](double level) { return static_cast<double>(static_cast<float>(level)) == level; });
}

/// @return false when a bin holds two thresholds
bool fillBins(TableFormat& format)
{
    constexpr double kSlack = 1e-5;  // an element may be put into a bin that it is this far out of
    constexpr float kBeyond = 2.0F;
    for (std::size_t bin = 0; bin < TableFormat::kBins; ++bin) {
        const double center = (static_cast<double>(bin) - 15.0) / static_cast<double>(TableFormat::kBinsPerUnit);
        const double half = 0.5 / static_cast<double>(TableFormat::kBinsPerUnit) + kSlack;
        const auto first = std::lower_bound(format.thresholds.begin(), format.thresholds.end(), center - half);
        const auto last = std::upper_bound(first, format.thresholds.end(), center + half);
        if (last - first > 1)
            return false;
        format.binCode[bin] = static_cast<std::uint32_t>(first - format.thresholds.begin());
        format.binThreshold[bin] = first == last ? kBeyond : static_cast<float>(*first);
    }
    return true;
}

}  // namespace

std::optional<TableFormat> tableFormatOf(const FormatSpec& spec)
{
    const ElementBook& element = spec.elements.front();
    if (!isPlainFormat(spec) || spec.tensorScale || spec.arithmetic != Arithmetic::Exact || spec.geometry.block != 64
        || !isScaledByMaximum(spec.scale, ScaleCodecId::FP32) || spec.scale.maximum || element.kind != BookKind::Table
        || element.gain != 1.0 || element.target || !areTableLevels(element.levels))
        return std::nullopt;
    const Codebook book(element, spec.tie);
    TableFormat format;
    format.table = codeTableOf(book);
    for (std::size_t code = 0; code < kCodes; ++code)
        format.levels[code] = static_cast<float>(element.levels[code]);
    for (std::size_t code = 1; code < kCodes; ++code)
        format.thresholds[code - 1] = book.lowerBound(code);
    format.scaleOfZero = spec.scale.zero == ZeroScale::One ? std::bit_cast<std::uint32_t>(1.0F) : 0;
    if (!fillBins(format) || book.isClipped(1.0 + 1e-5) || book.isClipped(-1.0 - 1e-5))
        return std::nullopt;
    return format;
}

}  // namespace nanoscope
