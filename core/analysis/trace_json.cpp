#include "core/analysis/trace_json.h"

#include "core/analysis/json_number.h"

namespace nanoscope {
namespace {

using detail::number;
using nlohmann::json;

json scalesJson(const BlockTrace& trace)
{
    json list = json::array();
    for (std::size_t i = 0; i < trace.scales.size(); ++i) {
        const std::string text = i < trace.scaleText.size() ? trace.scaleText[i] : std::string();
        list.push_back({{"code", trace.scales[i].code}, {"value", number(trace.scales[i].value)}, {"text", text}});
    }
    return list;
}

json metaJson(const std::vector<MetaTrace>& meta)
{
    json list = json::array();
    for (const MetaTrace& entry : meta)
        list.push_back({{"name", entry.name}, {"unit", entry.unit}, {"bits", entry.bits}, {"value", entry.value},
            {"meaning", entry.meaning}});
    return list;
}

json elementJson(const ElementTrace& element)
{
    const double value = static_cast<double>(element.value);
    const double decoded = static_cast<double>(element.decoded);
    return {{"index", element.index}, {"value", number(value)}, {"scaled", number(element.scaled)},
        {"book", element.book}, {"code", element.code}, {"bits", element.bits}, {"level", number(element.level)},
        {"lower_bound", number(element.lowerBound)}, {"upper_bound", number(element.upperBound)},
        {"exception", element.exception}, {"refined_level", number(element.refinedLevel)},
        {"scale", number(element.scale)}, {"offset", number(element.offset)}, {"decoded", number(decoded)},
        {"error", number(element.error)}, {"clipped", element.clipped}};
}

}  // namespace

json toJson(const BlockTrace& trace)
{
    json elements = json::array();
    for (const ElementTrace& element : trace.elements)
        elements.push_back(elementJson(element));
    return {{"block", trace.block}, {"row", trace.row}, {"column", trace.column}, {"length", trace.elements.size()},
        {"basis", trace.basis}, {"subgroup", trace.subgroup}, {"bad", trace.bad},
        {"tensor_scale", number(trace.tensorScale)}, {"scales", scalesJson(trace)}, {"scale_bits", trace.scaleBits},
        {"meta", metaJson(trace.meta)}, {"books", trace.bookNames}, {"elements", std::move(elements)},
        {"squared_error", number(trace.squaredError)}, {"sqnr_db", number(trace.sqnrDecibel)}};
}

}  // namespace nanoscope
