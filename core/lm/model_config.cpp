#include "core/lm/model_config.h"

#include "core/error.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <fstream>

namespace nanoscope {
namespace {

using nlohmann::json;
using Texts = std::map<std::string, std::string>;

template <typename Number> std::optional<Number> numberIn(const std::string& text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Attributes of one file, read under any of several names.
class Attributes {
public:
    Attributes(const Texts& texts, std::string where)
        : m_texts(texts)
        , m_where(std::move(where))
    {
    }

    [[nodiscard]] std::optional<std::string> text(std::initializer_list<const char*> names) const
    {
        for (const char* name : names)
            if (const auto found = m_texts.find(name); found != m_texts.end())
                return found->second;
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::uint64_t> count(std::initializer_list<const char*> names) const
    {
        const auto value = text(names);
        if (!value)
            return std::nullopt;
        const auto number = numberIn<std::uint64_t>(*value);
        if (!number || *number == 0 || *number > 1'000'000'000)
            throw refused(names, *value, "a whole number from 1 to 1000000000");
        return number;
    }

    [[nodiscard]] std::optional<double> positive(std::initializer_list<const char*> names) const
    {
        const auto value = text(names);
        if (!value)
            return std::nullopt;
        const auto number = numberIn<double>(*value);
        if (!number || !std::isfinite(*number) || *number <= 0)
            throw refused(names, *value, "a positive number");
        return number;
    }

    [[nodiscard]] std::optional<bool> truth(std::initializer_list<const char*> names) const
    {
        const auto value = text(names);
        if (!value)
            return std::nullopt;
        if (*value == "1" || *value == "true" || *value == "True")
            return true;
        if (*value == "0" || *value == "false" || *value == "False")
            return false;
        throw refused(names, *value, "0 or 1");
    }

    [[nodiscard]] Error refused(
        std::initializer_list<const char*> names, const std::string& value, const std::string& allowed) const
    {
        return Error(m_where + ": attribute " + *names.begin(), "'" + value + "' is not what a model can have",
            "give " + allowed);
    }

private:
    const Texts& m_texts;
    std::string m_where;
};

/// "half-split, theta 10000": the pairs that turn together, and the base.
void readRotary(ModelConfig& config, const Attributes& attributes)
{
    config.rotaryBase = attributes.positive({"rope_theta"});
    const auto text = attributes.text({"rope"});
    if (!text)
        return;
    if (text->find("half") != std::string::npos)
        config.rotary = RotaryPairs::HalfSplit;
    else if (text->find("interleaved") != std::string::npos)
        config.rotary = RotaryPairs::Interleaved;
    else
        throw attributes.refused({"rope"}, *text, "\"half-split\" or \"interleaved\", and \", theta 10000\"");
    constexpr std::string_view kBase = "theta ";
    if (const std::size_t at = text->find(kBase); at != std::string::npos && !config.rotaryBase) {
        const std::string number = text->substr(at + kBase.size());
        config.rotaryBase = numberIn<double>(number);
        if (!config.rotaryBase || !(*config.rotaryBase > 0) || !std::isfinite(*config.rotaryBase))
            throw attributes.refused({"rope"}, *text, "a positive number behind \"theta\"");
    }
}

/// Entries of a config.json as attributes; lists and objects only where they change the result.
Texts textsOfConfig(const std::filesystem::path& path)
{
    std::ifstream file(path);
    const json config = json::parse(file, nullptr, false);
    if (!config.is_object())
        throw Error(path.string(), "is no JSON object", "download it again, or move it away from the checkpoint");
    Texts texts;
    for (const auto& [name, value] : config.items()) {
        if (name == "rope_scaling" && !value.is_null())
            throw Error(path.string() + ": rope_scaling", "this evaluation does not scale rotary embeddings",
                "take a model without rope_scaling");
        if (value.is_string())
            texts.emplace(name, value.get<std::string>());
        else if (value.is_number() || value.is_boolean())
            texts.emplace(name, value.dump());
    }
    return texts;
}

}  // namespace

ModelConfig modelConfig(const Texts& attributes, const std::filesystem::path& file)
{
    Texts texts = attributes;
    const std::filesystem::path beside = file.parent_path() / "config.json";
    std::error_code error;
    std::string where = file.string();
    if (std::filesystem::is_regular_file(beside, error)) {
        texts.merge(textsOfConfig(beside));
        where = beside.string();
    }
    const Attributes known(texts, where);
    ModelConfig config;
    config.heads = known.count({"H", "num_attention_heads", "n_heads"});
    config.keyValueHeads = known.count({"KV", "num_key_value_heads", "n_kv_heads"});
    config.headWidth = known.count({"head_dim"});
    config.context = known.count({"T", "max_position_embeddings", "max_seq_len"});
    config.normEpsilon = known.positive({"norm_eps", "rms_norm_eps"});
    config.tiedOutput = known.truth({"tied_output", "tie_word_embeddings"});
    readRotary(config, known);
    return config;
}

}  // namespace nanoscope
