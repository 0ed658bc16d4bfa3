#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/sweep_table.h"
#include "app/preset_folder.h"
#include "core/analysis/model_sweep.h"
#include "core/analysis/sweep_export.h"
#include "core/error.h"
#include "core/format/format_by_name.h"
#include "core/io/replacement_file.h"
#include "core/io/tensor_source.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace nanoscope::cli {
namespace {

std::vector<NamedFormat> formatsOf(const SweepRequest& request)
{
    const std::vector<std::string> usual{"NxFP4", "MXFP4", "NVFP4", "M2XFP_weight"};
    std::vector<NamedFormat> formats;
    for (const std::string& spec : request.formats.empty() ? usual : request.formats) {
        formats.push_back(parseFormat(spec, userPresetFolder()));
        if (request.axis)
            formats.back().spec.geometry.axis = *request.axis;
    }
    return formats;
}

std::string jsonText(const nlohmann::json& json)
{
    constexpr int kIndent = 2;
    return json.dump(kIndent, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void writeFile(const ReplacementFile& replacement, const std::filesystem::path& target, const std::string& text)
{
    replacement.reserve(text.size());
    std::ofstream file(replacement.temporary(), std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file)
        throw Error(target.string(), "cannot be written", "check the folder and the space there");
}

bool hasAxis(const Shape& shape, int axis)
{
    const int rank = std::max(static_cast<int>(shape.size()), 1);
    return axis >= -rank && axis < rank;
}

/// An axis that none of the tensors has is a mistake of the command, not of a tensor.
void requireAxis(const TensorSource& source, const std::vector<std::string>& tensors, const SweepRequest& request)
{
    const auto isChosen = [&tensors](const TensorInfo& info) {
        return std::find(tensors.begin(), tensors.end(), info.name) != tensors.end();
    };
    const std::vector<TensorInfo>& list = source.list();
    if (std::none_of(list.begin(), list.end(),
            [&](const TensorInfo& info) { return isChosen(info) && hasAxis(info.shape, *request.axis); }))
        throw Error("--axis", "no tensor of " + request.file.string() + " has an axis " + std::to_string(*request.axis),
            "see nanoscope-cli list for the shapes", ErrorKind::Refused);
}

bool isMeasured(const SweepRow& row)
{
    return std::any_of(
        row.figures.begin(), row.figures.end(), [](const SweepFigures& figures) { return figures.refusal.empty(); });
}

std::vector<SweepRow> sweptRows(
    const SweepRequest& request, const std::vector<NamedFormat>& formats, const std::stop_token& stop)
{
    const auto source = openTensorSource(request.file);
    const std::vector<std::string> tensors = tensorsMatching(*source, request.file.string(), request.tensors);
    if (request.axis)
        requireAxis(*source, tensors, request);
    Progress progress("measuring " + std::to_string(tensors.size()) + (tensors.size() == 1 ? " tensor" : " tensors"));
    SweepOptions options;
    options.threads = request.threads;
    options.stop = stop;
    options.progress = [&progress](double fraction) { progress.update(fraction); };
    std::vector<SweepRow> rows;
    sweepModel(*source, tensors, formats, options, [&rows](SweepRow row) { rows.push_back(std::move(row)); });
    return rows;
}

}  // namespace

void run(const SweepRequest& request)
{
    const std::vector<NamedFormat> formats = formatsOf(request);  // a misspelt format must not cost a run
    const Interruption interruption;
    std::optional<ReplacementFile> replacement;  // before the work: a folder that is not there must not cost it either
    if (!request.output.empty())
        replacement.emplace(request.output, request.file);
    const std::vector<SweepRow> rows = sweptRows(request, formats, interruption.token());
    const bool isCsv = request.output.extension() == ".csv";
    const auto asJson = [&] { return jsonText(sweepJson(request.file.string(), rows, formats)); };
    if (replacement) {
        writeFile(*replacement, request.output, isCsv ? sweepCsv(rows, formats) : asJson());
        replacement->commit();
    } else if (request.style == OutputStyle::Json) {
        writeOutput(asJson());
    } else {
        writeOutput(sweepTable(rows, formats));
    }
    if (std::none_of(rows.begin(), rows.end(), isMeasured))
        throw Error(request.file.string(), "no tensor could be measured", "see the reasons in the output");
}

}  // namespace nanoscope::cli
