#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/text_table.h"
#include "core/io/tensor_source.h"

#include <nlohmann/json.hpp>

namespace nanoscope::cli {
namespace {

using nlohmann::json;

json listJson(const std::vector<TensorInfo>& tensors)
{
    json list = json::array();
    for (const TensorInfo& info : tensors)
        list.push_back({{"name", info.name}, {"shape", info.shape}, {"dtype", info.dtype}, {"elements", info.elements},
            {"explorable", info.explorable}, {"reason", info.reason}});
    return list;
}

std::string listTable(const std::vector<TensorInfo>& tensors)
{
    TextTable table({Align::Left, Align::Right, Align::Left, Align::Right, Align::Left});
    table.addRow({"TENSOR", "SHAPE", "TYPE", "ELEMENTS", ""});
    for (const TensorInfo& info : tensors)
        table.addRow({info.name, shapeText(info.shape), info.dtype, std::to_string(info.elements),
            info.explorable ? std::string() : "not explorable: " + info.reason});
    return table.text();
}

}  // namespace

void run(const ListRequest& request)
{
    const auto source = openTensorSource(request.file);
    if (request.style == OutputStyle::Json)
        writeJson(listJson(source->list()));
    else
        writeOutput(listTable(source->list()));
}

}  // namespace nanoscope::cli
