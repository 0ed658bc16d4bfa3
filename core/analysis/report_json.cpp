#include "core/analysis/report_json.h"

#include "core/analysis/json_number.h"

#include <charconv>

namespace nanoscope {
namespace {

using detail::number;
using nlohmann::json;

/// Means of no element at all are null.
json errorJson(const ErrorFigures& error, bool hasMeasured)
{
    if (!hasMeasured)
        return {{"mse", nullptr}, {"nmse", nullptr}, {"sqnr_db", nullptr}, {"mae", nullptr}, {"max_abs", nullptr},
            {"bias", nullptr}, {"cosine", nullptr}, {"gain", nullptr}};
    return {{"mse", number(error.mse)}, {"nmse", number(error.nmse)}, {"sqnr_db", number(error.sqnrDecibel)},
        {"mae", number(error.meanAbsolute)}, {"max_abs", number(error.maximum)}, {"bias", number(error.bias)},
        {"cosine", number(error.cosine)}, {"gain", number(error.gain)}};
}

json vacancyJson(const VacancyFigures& vacant)
{
    return {{"structural", vacant.structural}, {"tensor", vacant.tensor}, {"block_mean", number(vacant.blockMean)},
        {"block_expected", number(vacant.blockExpected)}, {"headroom_mean", number(vacant.headroomMean)}};
}

json levelsJson(const std::vector<LevelCount>& levels)
{
    json list = json::array();
    for (const LevelCount& level : levels)
        list.push_back(
            {{"book", level.book}, {"code", level.code}, {"level", number(level.level)}, {"count", level.count}});
    return list;
}

json sharesJson(const std::vector<double>& shares)
{
    json list = json::array();
    for (const double share : shares)
        list.push_back(number(share));
    return list;
}

json choicesJson(const ChoiceShares& choices)
{
    return {{"book", sharesJson(choices.book)}, {"micro", sharesJson(choices.micro)},
        {"offset", sharesJson(choices.offset)}, {"target", sharesJson(choices.target)}};
}

json boundsJson(const Bounds& bounds)
{
    return {{"shannon_db", number(bounds.shannonDecibel)}, {"panter_dite_db", number(bounds.panterDiteDecibel)},
        {"lloyd_max_db", number(bounds.lloydMaxDecibel)}};
}

/// `p1`, `p50`: shortest text, so that a percentile such as 2.5 would be `p2.5`.
std::string percentileKey(double percent)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), percent).ptr;
    return "p" + std::string(text.data(), end);
}

json percentilesJson(const std::vector<std::pair<double, double>>& percentiles)
{
    json object = json::object();
    for (const auto& [percent, decibel] : percentiles)
        object[percentileKey(percent)] = number(decibel);
    return object;
}

}  // namespace

json toJson(const Report& report)
{
    return {{"tensor", report.tensor.name}, {"shape", report.tensor.shape}, {"dtype", report.tensor.dtype},
        {"format", report.format.name}, {"spec", toJson(report.format.spec)}, {"axis", report.axis},
        {"rows", report.rows}, {"row_length", report.rowLength}, {"blocks_per_row", report.blocksPerRow},
        {"elements", report.elements}, {"excluded", report.excluded},
        {"non_finite", {{"nan", report.nanCount}, {"inf", report.infinityCount}}}, {"saturated", report.saturated},
        {"basis", report.basis}, {"bits_per_element", number(report.bitsPerElement)},
        {"payload_bits", number(report.payloadBits)}, {"tensor_scale", number(report.tensorScale)},
        {"error", errorJson(report.error, report.hasMeasured())}, {"clipped_fraction", number(report.clippedFraction)},
        {"zero_fraction", number(report.zeroFraction)}, {"underflow_fraction", number(report.underflowFraction)},
        {"block_max",
            {{"relative_error", number(report.blockMaxRelativeError)},
                {"error_share", number(report.blockMaxErrorShare)}}},
        {"block_sqnr_db", percentilesJson(report.blockSqnrPercentiles)},
        {"occupancy", {{"entropy_bits", number(report.entropyBits)}, {"utilisation", number(report.utilisation)}}},
        {"kl_bits", number(report.klDivergenceBits)}, {"levels", levelsJson(report.levels)},
        {"vacant", vacancyJson(report.vacant)}, {"choices", choicesJson(report.choices)},
        {"bounds", boundsJson(report.bounds)}, {"bounds_all_in", boundsJson(report.boundsAllIn)},
        {"seconds", number(report.seconds)}};
}

}  // namespace nanoscope
