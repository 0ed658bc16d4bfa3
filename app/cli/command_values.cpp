#include "app/cli/command_values.h"

#include <charconv>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string_view>

namespace nanoscope::cli {
namespace {

constexpr unsigned kMaximumThreads = 1024;
constexpr std::uint64_t kLeastBenchElements = std::uint64_t{1} << 16;  // less would measure the caches
constexpr std::uint64_t kMostBenchElements = std::uint64_t{1} << 32;

/// A whole text as a number; nothing when anything else is in it.
template <typename Number> std::optional<Number> wholeNumber(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// `R,C` as a shape.
Shape shapeFromText(const std::string& text)
{
    Shape shape;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        const auto extent = wholeNumber<std::uint64_t>(part);
        if (!extent || *extent == 0)
            throw refused("--reshape", "'" + text + "' is not a shape",
                "give positive whole numbers separated by commas, for example 64,576");
        shape.push_back(*extent);
    }
    if (shape.empty() || text.back() == ',')
        throw refused("--reshape", "'" + text + "' is not a shape", "give for example 64,576");
    return shape;
}

}  // namespace

Error refused(const std::string& where, const std::string& what, const std::string& remedy)
{
    return Error(where, what, remedy, ErrorKind::Refused);
}

TensorRequest Values::input() const
{
    TensorRequest input{file, tensor, axisNumber(), std::nullopt, false};
    if (!reshape.empty())
        input.reshape = shapeFromText(reshape);
    if (!as.empty() && as != "bf16")
        throw refused("--as", "'" + as + "' is not a way to read integers", "the only choice is bf16");
    input.asBfloat16 = as == "bf16";
    return input;
}

std::optional<int> Values::axisNumber() const
{
    if (axis.empty())
        return std::nullopt;
    const std::optional<int> number = wholeNumber<int>(axis);
    if (!number)
        throw refused("--axis", "'" + axis + "' is not a whole number", "count from 0, or from the end with -1");
    return number;
}

SweepRequest Values::sweep() const
{
    const std::string ending = std::filesystem::path(output).extension().string();
    if (!output.empty() && ending != ".csv" && ending != ".json")
        throw refused("--output", "'" + output + "' ends neither in .csv nor in .json", "give one of these endings");
    if (!output.empty() && json)
        throw refused("--json", "goes to standard output, and --output to a file", "leave one of them out");
    return {file, formats, tensors, axisNumber(), output, threadCount(), style()};
}

unsigned Values::threadCount() const
{
    if (threads.empty())
        return 0;
    const auto count = wholeNumber<unsigned>(threads);
    if (!count || *count < 1 || *count > kMaximumThreads)
        throw refused("--threads", "'" + threads + "' is not a number of threads",
            "give 1 to " + std::to_string(kMaximumThreads) + ", or leave it out to use all cores");
    return *count;
}

std::uint64_t Values::blockNumber() const
{
    const auto number = wholeNumber<std::uint64_t>(block);
    if (!number)
        throw refused("--block", "'" + block + "' is not a block number", "blocks count row by row from 0");
    return *number;
}

std::uint64_t Values::benchElements() const
{
    if (size.empty())
        return BenchRequest{}.elements;
    const auto elements = wholeNumber<std::uint64_t>(size);
    if (!elements || *elements < kLeastBenchElements || *elements > kMostBenchElements)
        throw refused("--size", "'" + size + "' is not a number of elements to measure on",
            "give " + std::to_string(kLeastBenchElements) + " to " + std::to_string(kMostBenchElements)
                + ", for example 16777216");
    return *elements;
}

std::size_t Values::tokenLimit() const
{
    if (limit.empty())
        return 0;
    const auto tokenCount = wholeNumber<std::size_t>(limit);
    if (!tokenCount || *tokenCount == 0)
        throw refused("--limit", "'" + limit + "' is not a number of tokens", "give for example 4096");
    return *tokenCount;
}

}  // namespace nanoscope::cli
