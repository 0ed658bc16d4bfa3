#include "app/cli/command_line.h"

#include "app/cli/command_values.h"
#include "app/cli/instruction_set.h"
#include "core/closest_name.h"
#include "core/error.h"

#include <CLI/CLI.hpp>

#include <sstream>
#include <string_view>

namespace nanoscope::cli {
namespace {

constexpr const char* kDescription = "Explore low-bit number formats on the tensors of a checkpoint.";
constexpr const char* kFooter
    = "SPEC is a preset name, a .json file, or either with overrides: NxFP4:geometry.block=16,scale.offsets=[-1,0,1]\n"
      "TENSOR is the name that `nanoscope-cli list` prints.";

/// @name Groups of options that several commands share
/// @{
void addJson(CLI::App& command, Values& values)
{
    command.add_flag("--json", values.json, "Print JSON");
}

void addFile(CLI::App& command, Values& values, const std::string& help)
{
    command.add_option("FILE", values.file, help)->required()->type_name("");
}

void addTensor(CLI::App& command, Values& values)
{
    addFile(command, values, "Checkpoint (HDF5 or safetensors)");
    command.add_option("TENSOR", values.tensor, "Tensor, as `list` prints it")->required()->type_name("");
    command.add_option("--axis", values.axis, "Axis that blocks run along; negative counts from the end")
        ->type_name("N");
    command.add_option("--reshape", values.reshape, "Take the tensor as this shape, for example 64,576")
        ->type_name("R,C");
    command.add_option("--as", values.as, "Take uint16 datasets as bf16")->type_name("bf16");
}

void addFormat(CLI::App& command, Values& values)
{
    command.add_option("-f,--format", values.format, "Number format")->required()->type_name("SPEC");
}

void addFormats(CLI::App& command, Values& values)
{
    command.add_option("-f,--format", values.formats, "Number format; may be given several times")
        ->required()
        ->type_name("SPEC")
        ->allow_extra_args(false);  // one value each, or it would swallow what follows
}

void addCost(CLI::App& command, Values& values)
{
    addFormats(command, values);
    command.add_option("--activations", values.activations, "Format of the activations; the weights' own if absent")
        ->type_name("SPEC");
    command.add_option("--workload", values.workload, "Language model, by name or as a file; llama-3-8b if absent")
        ->type_name("NAME|FILE.json");
    command.add_option("--accelerator", values.accelerator, "Hardware, by name or as a file; m2xfp if absent")
        ->type_name("NAME|FILE.json");
    command.add_option("--set", values.settings, "Change one parameter, for example dram.preset=HBM2; may be repeated")
        ->type_name("PATH=VALUE")
        ->allow_extra_args(false);
}

void addCalibration(CLI::App& command, Values& values)
{
    command
        .add_option("--calibration", values.calibration,
            "Inputs of every linear layer: HDF5, groups named like the tensors with X [samples, in] or H [in, in]. "
            "Adds "
            "weight and output error of every layer. With --method or --bias-correction those of the bundled model if "
            "absent")
        ->type_name("FILE.h5");
    command
        .add_option("--method", values.method,
            "How codes are chosen: direct; gptq, gptq_act_order (feedback of errors, scales stay fixed); "
            "smoothquant_plus, os_plus (channel scales); decoupleq (integers with a minimum). direct if absent")
        ->type_name("NAME");
    command.add_flag("--bias-correction", values.biasCorrection, "Take the mean error of every output off it");
    command.add_flag("--sensitivity", values.sensitivity,
        "Tell the loss change when one linear layer alone is cast; an evaluation per layer and format");
}

void addPerplexity(CLI::App& command, Values& values)
{
    addFormats(command, values);
    command.add_option("--model", values.model, "Language model (HDF5 or safetensors); the bundled one if absent")
        ->type_name("FILE");
    command.add_option("--tokens", values.tokens, "Windows of token ids, [windows, T + 1]; the bundled ones if absent")
        ->type_name("FILE.h5");
    command
        .add_option("--limit", values.limit,
            "Predict this many tokens at most: whole windows, or the beginning of the first one")
        ->type_name("TOKENS");
    command.add_option("--activations", values.activations, "Format of the inputs of linear layers; none if absent")
        ->type_name("SPEC");
    command.add_option("--kv", values.keyValues, "Format of keys and values; none if absent")->type_name("SPEC");
    command.add_flag("--embedding", values.embedding, "Cast the embedding, too");
    command.add_flag("--head", values.head, "Cast the output head, too, also where it is the embedding");
    command.add_option("--layers", values.layers, "Cast the linear layers with such names only, for example *.wq.*")
        ->type_name("GLOB");
    command.add_option("--per-tensor", values.perTensor, "Formats of single tensors: an object of names with SPECs")
        ->type_name("FILE.json");
    command.add_flag("--no-spread", values.noSpread,
        "Leave out the spread over shifted block grids, which takes five evaluations more");
    addCalibration(command, values);
    command.add_option("--threads", values.threads, "Number of threads; all cores if absent")->type_name("N");
    command.add_option("--isa", values.isa, "auto, avx512, avx2, sse4 or portable; results never differ")
        ->type_name("NAME");
}

void addSweep(CLI::App& command, Values& values)
{
    addFile(command, values, "Checkpoint (HDF5 or safetensors)");
    command
        .add_option("-f,--format", values.formats,
            "Number format; may be given several times; NxFP4, MXFP4, NVFP4 and M2XFP_weight if absent")
        ->type_name("SPEC")
        ->allow_extra_args(false);
    command
        .add_option("--tensor", values.tensors,
            "Tensors with such names only, for example 'layers.*'; may be given several times")
        ->type_name("GLOB")
        ->allow_extra_args(false);
    command.add_option("-o,--output", values.output, "File to write instead of a table")->type_name("OUT.csv|OUT.json");
    command.add_option("--axis", values.axis, "Axis that blocks run along; negative counts from the end")
        ->type_name("N");
}

void addOutput(CLI::App& command, Values& values)
{
    command.add_option("-o,--output", values.output, "File to write")->required()->type_name("FILE");
}

void addCompute(CLI::App& command, Values& values)
{
    command.add_option("--threads", values.threads, "Number of threads; all cores if absent")->type_name("N");
    command
        .add_option("--isa", values.isa,
            "auto, avx512, avx2, sse4 or portable; results never differ, and one portable kernel serves all "
            "of them today")
        ->type_name("NAME");
}
/// @}

/// The parser with all commands.
class Parser {
public:
    Parser();

    /// The request of the command line.
    [[nodiscard]] Request parse(int argc, const char* const* argv);

private:
    [[nodiscard]] Request request() const;
    [[nodiscard]] std::string chosenCommand() const;
    [[nodiscard]] std::string helpRemedy() const;
    [[nodiscard]] std::string unexpectedText() const;

    Values m_values;
    CLI::App m_app{kDescription, "nanoscope-cli"};
    CLI::App* m_formats = m_app.add_subcommand("formats", "List every preset format");
    CLI::App* m_format = m_app.add_subcommand("format", "Show a format in full");
    CLI::App* m_list = m_app.add_subcommand("list", "List the tensors of a file");
    CLI::App* m_report = m_app.add_subcommand("report", "Measure a tensor under one or more formats");
    CLI::App* m_cast = m_app.add_subcommand("cast", "Write the quantized tensor to an HDF5 file");
    CLI::App* m_decode = m_app.add_subcommand("decode", "Turn the packed bits of a cast file back into values");
    CLI::App* m_explain = m_app.add_subcommand("explain", "Derive every element of one block");
    CLI::App* m_cost = m_app.add_subcommand("cost", "Price one or more formats in hardware");
    CLI::App* m_perplexity = m_app.add_subcommand("perplexity", "Evaluate a language model under one or more formats");
    CLI::App* m_sweep = m_app.add_subcommand("sweep", "Measure every tensor of a file under one or more formats");
    CLI::App* m_bench = m_app.add_subcommand("bench", "Measure the speed of every kernel on this machine");
};

Parser::Parser()
{
    m_app.require_subcommand(1);
    m_app.set_version_flag("--version", "nanoscope-cli " NANOSCOPE_VERSION, "Print the version and exit");
    m_app.footer(kFooter);

    addJson(*m_formats, m_values);

    m_format->add_option("SPEC", m_values.format, "Number format")->required()->type_name("");
    addJson(*m_format, m_values);

    addFile(*m_list, m_values, "Checkpoint (HDF5 or safetensors)");
    addJson(*m_list, m_values);

    addTensor(*m_report, m_values);
    addFormats(*m_report, m_values);
    addCompute(*m_report, m_values);
    addJson(*m_report, m_values);

    addTensor(*m_cast, m_values);
    addFormat(*m_cast, m_values);
    addOutput(*m_cast, m_values);
    addCompute(*m_cast, m_values);

    addFile(*m_decode, m_values, "File that `cast` wrote");
    addOutput(*m_decode, m_values);
    addCompute(*m_decode, m_values);

    addTensor(*m_explain, m_values);
    addFormat(*m_explain, m_values);
    m_explain->add_option("--block", m_values.block, "Block number, row by row from 0")->required()->type_name("N");
    addCompute(*m_explain, m_values);
    addJson(*m_explain, m_values);

    addCost(*m_cost, m_values);
    addJson(*m_cost, m_values);

    addPerplexity(*m_perplexity, m_values);
    addJson(*m_perplexity, m_values);

    addSweep(*m_sweep, m_values);
    addCompute(*m_sweep, m_values);
    addJson(*m_sweep, m_values);

    m_bench->add_option("--size", m_values.size, "Elements to measure on; 67108864 if absent")->type_name("N");
    addJson(*m_bench, m_values);
}

std::string Parser::chosenCommand() const
{
    const std::vector<CLI::App*> chosen = m_app.get_subcommands();
    return chosen.empty() ? std::string() : chosen.front()->get_name();
}

std::string Parser::helpRemedy() const
{
    const std::string command = chosenCommand();
    return "see nanoscope-cli " + (command.empty() ? std::string() : command + " ") + "--help";
}

/// The culprit alone: the parser also counts the value after an unknown option as unexpected.
std::string Parser::unexpectedText() const
{
    const std::vector<std::string> words = m_app.remaining(true);
    for (const std::string& word : words) {
        if (word.starts_with('-'))
            return "unknown option '" + word + "'";
    }
    return "unexpected argument" + (words.empty() ? std::string() : " '" + words.front() + "'");
}

Request Parser::parse(int argc, const char* const* argv)
{
    try {
        m_app.parse(argc, argv);
    } catch (const CLI::Success& success) {  // --help and --version
        std::ostringstream text;
        m_app.exit(success, text, text);
        return TextRequest{text.str()};
    } catch (const CLI::ExtrasError&) {
        throw refused(chosenCommand(), unexpectedText(), helpRemedy());
    } catch (const CLI::ParseError& error) {
        throw refused(chosenCommand(), error.what(), helpRemedy());
    }
    return request();
}

Request Parser::request() const
{
    const Values& values = m_values;
    if (!values.isa.empty())
        requireInstructionSet(values.isa);
    const unsigned threads = values.threadCount();
    if (m_formats->parsed())
        return FormatsRequest{values.style()};
    if (m_format->parsed())
        return FormatRequest{values.format, values.style()};
    if (m_list->parsed())
        return ListRequest{values.file, values.style()};
    if (m_report->parsed())
        return ReportRequest{values.input(), values.formats, threads, values.style()};
    if (m_cast->parsed())
        return CastRequest{values.input(), values.format, values.output, threads};
    if (m_decode->parsed())
        return DecodeRequest{values.file, values.output, threads};
    if (m_cost->parsed())
        return CostRequest{
            values.formats, values.activations, values.workload, values.accelerator, values.settings, values.style()};
    if (m_perplexity->parsed())
        return PerplexityRequest{values.formats, values.model, values.tokens, values.tokenLimit(), values.activations,
            values.keyValues, values.embedding, values.head, values.layers, values.perTensor, !values.noSpread,
            values.calibration, values.method, values.biasCorrection, values.sensitivity, threads, values.style()};
    if (m_sweep->parsed())
        return values.sweep();
    if (m_bench->parsed())
        return BenchRequest{values.benchElements(), values.style()};
    return ExplainRequest{values.input(), values.format, values.blockNumber(), threads, values.style()};
}

/// Answers for a first word that is no command: the parser's own message names neither it nor a remedy.
void checkCommand(std::string_view word)
{
    if (word == "-h" || word == "--help" || word == "--version")
        return;
    if (word.starts_with('-'))
        throw refused(
            {}, "unknown option '" + std::string(word) + "'", "name a command first; see nanoscope-cli --help");
    const std::vector<std::string> commands{
        "formats", "format", "list", "report", "cast", "decode", "explain", "cost", "perplexity", "sweep", "bench"};
    for (const std::string& name : commands) {
        if (word == name)
            return;
    }
    const std::optional<std::string> meant = closestName(std::string(word), commands);
    throw refused({}, "there is no command '" + std::string(word) + "'",
        meant ? "did you mean " + *meant + "?" : "see nanoscope-cli --help");
}

}  // namespace

Request parseCommandLine(int argc, const char* const* argv)
{
    if (argc < 2)
        throw refused({}, "no command given", "see nanoscope-cli --help");
    checkCommand(argv[1]);
    return Parser().parse(argc, argv);
}

}  // namespace nanoscope::cli
