#include "app/bundled_data.h"
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/perplexity_table.h"
#include "app/cli/progress.h"
#include "app/preset_folder.h"
#include "core/error.h"
#include "core/format/format_by_name.h"
#include "core/lm/perplexity_figures.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace nanoscope::cli {
namespace {

std::optional<NamedFormat> optionalFormat(const std::string& spec)
{
    return spec.empty() ? std::nullopt : std::optional(parseFormat(spec, userPresetFolder()));
}

/// An object of tensor names with their formats.
std::map<std::string, NamedFormat> perTensorFormats(const std::filesystem::path& path)
{
    if (path.empty())
        return {};
    std::ifstream file(path);
    if (!file)
        throw Error(path.string(), "cannot be read", "check the path and its permissions");
    const nlohmann::json json = nlohmann::json::parse(file, nullptr, false);
    if (!json.is_object())
        throw Error(path.string(), "is no JSON object",
            "give names of tensors with formats, for example {\"layers.0.attention.wq.weight\": \"MXFP8_E4M3\"}",
            ErrorKind::Refused);
    std::map<std::string, NamedFormat> formats;
    for (const auto& [name, spec] : json.items()) {
        if (!spec.is_string())
            throw Error(path.string() + ": " + name, "its format is no text", "give a SPEC as on the command line",
                ErrorKind::Refused);
        formats.emplace(name, parseFormat(spec.get<std::string>(), userPresetFolder()));
    }
    return formats;
}

std::vector<PerplexityCase> casesOf(const PerplexityRequest& request)
{
    const std::optional<NamedFormat> activations = optionalFormat(request.activations);
    const std::optional<NamedFormat> keyValues = optionalFormat(request.keyValues);
    std::vector<PerplexityCase> cases;
    for (const std::string& spec : request.formats) {
        PerplexityCase each;
        const NamedFormat format = parseFormat(spec, userPresetFolder());
        each.name = format.name;
        each.weights.weights = format;
        each.weights.layers = request.layers;
        each.weights.perTensor = perTensorFormats(request.perTensor);
        each.weights.embedding = request.embedding;
        each.weights.head = request.head;
        each.activations = activations;
        each.keyValues = keyValues;
        cases.push_back(std::move(each));
    }
    return cases;
}

TokenWindows tokensOf(const PerplexityRequest& request, const LanguageModel& model)
{
    if (request.tokens.empty() && !request.model.empty())
        throw Error("--tokens", "a model of your own needs tokens of its own tokenizer",
            "give an HDF5 file of integer windows, [windows, T + 1]", ErrorKind::Refused);
    const TokenWindows windows = readTokenWindows(
        request.tokens.empty() ? bundledFile("language_model_tokens.h5") : request.tokens, model.shape.vocabulary);
    return request.limit > 0 ? windows.limitedTo(request.limit) : windows;
}

}  // namespace

void run(const PerplexityRequest& request)
{
    const std::vector<PerplexityCase> cases = casesOf(request);  // a misspelt format must not cost a run
    const Interruption interruption;
    const LanguageModel model = [&] {
        const Progress progress("reading the model");
        ReadOptions options;
        options.stop = interruption.token();
        options.threads = request.threads;
        return loadLanguageModel(request.model.empty() ? bundledFile("language_model.h5") : request.model, options);
    }();
    const TokenWindows windows = tokensOf(request, model);
    const auto withProgress = [&](const std::string& name, const auto& evaluate) {
        Progress progress("evaluating " + name);
        PerplexityOptions options;
        options.threads = request.threads;
        options.stop = interruption.token();
        options.progress = [&progress](double fraction) { progress.update(fraction); };
        return evaluate(options);
    };
    std::vector<PerplexityFigures> results{withProgress("the model as it is",
        [&](const PerplexityOptions& options) { return unquantizedFigures(model, windows, options); })};
    for (const PerplexityCase& each : cases)
        results.push_back(withProgress(each.name, [&](const PerplexityOptions& options) {
            return castFigures(model, windows, each, results.front(), options);
        }));
    for (std::size_t i = 0; request.withGridSpread && i < cases.size(); ++i)
        results[i + 1] = withProgress(cases[i].name + " on shifted grids", [&](const PerplexityOptions& options) {
            return withGridSpread(results[i + 1], model, windows, cases[i], results.front(), options);
        });
    if (request.style == OutputStyle::Table) {
        writeOutput(perplexityTable(results));
        return;
    }
    nlohmann::json list = nlohmann::json::array();
    for (const PerplexityFigures& figures : results)
        list.push_back(toJson(figures));
    writeJson(list);
}

}  // namespace nanoscope::cli
