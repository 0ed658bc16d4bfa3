#include "app/bundled_data.h"
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/layer_table.h"
#include "app/cli/output.h"
#include "app/cli/perplexity_table.h"
#include "app/cli/progress.h"
#include "app/preset_folder.h"
#include "core/error.h"
#include "core/format/format_by_name.h"
#include "core/lm/perplexity_figures.h"
#include "core/lm/sensitivity.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <system_error>
#include <type_traits>

namespace nanoscope::cli {
namespace {

constexpr const char* kBundledCalibration = "language_model_activations.h5";

std::optional<NamedFormat> optionalFormat(const std::string& spec)
{
    return spec.empty() ? std::nullopt : std::optional(parseFormat(spec, userPresetFolder()));
}

CastMethod methodOf(const PerplexityRequest& request)
{
    return request.method.empty() ? CastMethod::Direct : methodNamed(request.method);
}

/// An object of tensor names with their formats.
std::map<std::string, NamedFormat> perTensorFormats(const std::filesystem::path& path)
{
    if (path.empty())
        return {};
    std::error_code error;
    std::ifstream file(path);
    if (!file || std::filesystem::is_directory(path, error))
        throw Error(path.string(), "cannot be read", "name a file that can be");
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
        each.weights.calibrated.method = methodOf(request);
        each.weights.calibrated.correctsBias = request.biasCorrection;
        if (activations)
            each.weights.calibrated.inputs = activations->spec;
        each.activations = activations;
        each.keyValues = keyValues;
        cases.push_back(std::move(each));
    }
    return cases;
}

/// Null where nothing asks for one.
std::shared_ptr<const Calibration> calibrationOf(
    const PerplexityRequest& request, const LanguageModel& model, const std::stop_token& stop)
{
    std::filesystem::path path = request.calibration;
    const bool isNeeded = request.biasCorrection || methodOf(request) != CastMethod::Direct;
    if (path.empty() && isNeeded) {
        if (!request.model.empty())
            throw Error("--calibration", "a model of your own needs inputs of its own layers",
                "give an HDF5 file with a group per linear layer, X [samples, in] or H [in, in]", ErrorKind::Refused);
        path = bundledFile(kBundledCalibration);
    }
    if (path.empty() && request.sensitivity && request.model.empty())
        path = bundledFile(kBundledCalibration);
    if (path.empty())
        return nullptr;
    ReadOptions options;
    options.stop = stop;
    options.threads = request.threads;
    return std::make_shared<const Calibration>(readCalibration(path, model, options));
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

/// One command: what was asked for, what was read, and the results so far.
class PerplexityRun {
public:
    explicit PerplexityRun(const PerplexityRequest& request)
        : m_request(request)
        , m_cases(casesOf(request))  // a misspelt format must not cost a run
    {
    }

    void execute()
    {
        read();
        m_results.push_back(withProgress("evaluating the model as it is",
            [&](const PerplexityOptions& options) { return unquantizedFigures(m_model, m_windows, options); }));
        for (const PerplexityCase& each : m_cases)
            evaluate(each);
        for (std::size_t i = 0; m_request.withGridSpread && i < m_cases.size(); ++i)
            m_results[i + 1] = withProgress(
                "evaluating " + m_cases[i].name + " on shifted grids", [&](const PerplexityOptions& options) {
                    return withGridSpread(m_results[i + 1], m_model, m_windows, m_cases[i], m_results.front(), options);
                });
    }

    void writeTable() const
    {
        std::string text = perplexityTable(m_results);
        if (m_calibration)
            text += calibrationText();
        for (const LayerStudy& study : m_studies)
            text += layerTable(study);
        writeOutput(text);
    }

    void writeList() const
    {
        nlohmann::json list = nlohmann::json::array();
        for (std::size_t i = 0; i < m_results.size(); ++i) {
            nlohmann::json json = toJson(m_results[i]);
            if (i > 0) {
                json["method"] = methodName(methodOf(m_request));
                json["bias_correction"] = m_request.biasCorrection;
            }
            if (i > 0 && i <= m_studies.size())
                json["layers"] = toJson(m_studies[i - 1]);
            list.push_back(std::move(json));
        }
        writeJson(list);
    }

private:
    template <typename Step>
    std::invoke_result_t<Step, const PerplexityOptions&> withProgress(const std::string& name, const Step& step) const
    {
        Progress progress(name);
        PerplexityOptions options;
        options.threads = m_request.threads;
        options.stop = m_interruption.token();
        options.progress = [&progress](double fraction) { progress.update(fraction); };
        return step(options);
    }

    void read()
    {
        const Progress progress("reading the model");
        ReadOptions options;
        options.stop = m_interruption.token();
        options.threads = m_request.threads;
        m_model
            = loadLanguageModel(m_request.model.empty() ? bundledFile("language_model.h5") : m_request.model, options);
        m_windows = tokensOf(m_request, m_model);
        m_calibration = calibrationOf(m_request, m_model, m_interruption.token());
        for (PerplexityCase& each : m_cases)
            each.weights.calibrated.calibration = m_calibration;
    }

    void evaluate(const PerplexityCase& each)
    {
        const CastModel cast = withProgress("casting to " + each.name,
            [&](const PerplexityOptions& options) { return castFor(m_model, each, options); });
        m_results.push_back(withProgress("evaluating " + each.name, [&](const PerplexityOptions& options) {
            return castFigures(cast, m_windows, each, m_results.front(), options);
        }));
        if (!m_calibration && !m_request.sensitivity)
            return;
        m_studies.push_back(withProgress("layers of " + each.name, [&](const PerplexityOptions& options) {
            const LayerErrorOptions how{options.threads, options.stop, options.progress};
            LayerStudy study{each.name, layerErrors(m_model, cast.model, m_calibration.get(), how), {}};
            if (m_request.sensitivity)
                study.sensitivities = layerSensitivities(m_model, cast.model, m_windows, m_results.front().windowLosses,
                    {options.threads, options.stop, options.progress, {}});
            return study;
        }));
    }

    [[nodiscard]] std::string calibrationText() const
    {
        return "\nCodes chosen by " + methodName(methodOf(m_request))
            + (m_request.biasCorrection ? ", biases corrected" : "") + "; inputs of the layers from "
            + m_calibration->file
            + ".\nWEIGHT: ||W - W^|| / ||W||. OUTPUT: ||XW - XW^|| / ||XW||. WEIGHTED: weight error weighted with the "
              "mean square of each input.\n"
            + (m_request.sensitivity ? "CHANGE: of the loss, in nats per token, when this layer alone is cast.\n" : "");
    }

    const PerplexityRequest& m_request;
    std::vector<PerplexityCase> m_cases;
    Interruption m_interruption;
    LanguageModel m_model;
    TokenWindows m_windows;
    std::shared_ptr<const Calibration> m_calibration;
    std::vector<PerplexityFigures> m_results;  // of the model as it is, then by case
    std::vector<LayerStudy> m_studies;         // by case; empty where nobody asked
};

}  // namespace

void run(const PerplexityRequest& request)
{
    PerplexityRun run(request);
    run.execute();
    if (request.style == OutputStyle::Table)
        run.writeTable();
    else
        run.writeList();
}

}  // namespace nanoscope::cli
