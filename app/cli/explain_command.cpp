#include "app/cli/commands.h"
#include "app/cli/explain_table.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/tensor_input.h"
#include "core/analysis/block_trace.h"
#include "core/analysis/trace_json.h"
#include "core/quant/prepared_tensor.h"

#include <nlohmann/json.hpp>

namespace nanoscope::cli {
namespace {

BlockTrace trace(const ExplainRequest& request, const NamedFormat& format)
{
    const Interruption interruption;
    const Tensor tensor = loadTensor(request.input, request.threads, interruption.token());
    const BlockView view = blockView(tensor, format.spec, request.input);
    return traceBlock(prepare(view, format.spec, {request.threads, interruption.token()}), request.block);
}

}  // namespace

void run(const ExplainRequest& request)
{
    const NamedFormat format = formatFor(request.format, request.input);
    const BlockTrace block = trace(request, format);
    if (request.style == OutputStyle::Table) {
        writeOutput(explainTable(block, sourceText(request.input) + ", " + format.name));
        return;
    }
    nlohmann::json json = toJson(block);
    json["tensor"] = request.input.tensor;
    json["format"] = format.name;
    writeJson(json);
}

}  // namespace nanoscope::cli
