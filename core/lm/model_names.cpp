#include "core/lm/model_names.h"

#include "core/error.h"

#include <algorithm>
#include <charconv>

namespace nanoscope {
namespace {

constexpr std::array<ModelNames, 2> kFamilies{{
    {"llama2.c", "tok_embeddings.weight", "output.weight", "norm.weight", "layers.%.attention_norm.weight",
        "layers.%.ffn_norm.weight",
        {"layers.%.attention.wq.weight", "layers.%.attention.wk.weight", "layers.%.attention.wv.weight",
            "layers.%.attention.wo.weight", "layers.%.feed_forward.w1.weight", "layers.%.feed_forward.w3.weight",
            "layers.%.feed_forward.w2.weight"},
        RotaryPairs::Interleaved},
    {"Hugging Face", "model.embed_tokens.weight", "lm_head.weight", "model.norm.weight",
        "model.layers.%.input_layernorm.weight", "model.layers.%.post_attention_layernorm.weight",
        {"model.layers.%.self_attn.q_proj.weight", "model.layers.%.self_attn.k_proj.weight",
            "model.layers.%.self_attn.v_proj.weight", "model.layers.%.self_attn.o_proj.weight",
            "model.layers.%.mlp.gate_proj.weight", "model.layers.%.mlp.up_proj.weight",
            "model.layers.%.mlp.down_proj.weight"},
        RotaryPairs::HalfSplit},
}};

/// The number behind "layers." in a name; nothing where there is none.
std::optional<std::size_t> layerOf(const std::string& name)
{
    constexpr std::string_view kMark = "layers.";
    const std::size_t at = name.find(kMark);
    if (at == std::string::npos)
        return std::nullopt;
    std::size_t number = 0;
    const char* begin = name.data() + at + kMark.size();
    const auto [end, error] = std::from_chars(begin, name.data() + name.size(), number);
    return error == std::errc() && end != begin ? std::optional(number) : std::nullopt;
}

bool endsWith(const std::string& text, std::string_view ending)
{
    return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

std::string layerName(const char* pattern, std::size_t layer)
{
    std::string name = pattern;
    name.replace(name.find('%'), 1, std::to_string(layer));
    return name;
}

NamedTensors::NamedTensors(std::string file, const std::vector<TensorInfo>& list)
    : m_file(std::move(file))
{
    for (const TensorInfo& info : list) {
        std::string name = info.name;
        std::replace(name.begin(), name.end(), '/', '.');
        m_byName.emplace(std::move(name), info);
    }
    for (const ModelNames& family : kFamilies)
        if (has(family.embedding))
            m_names = &family;
    if (!m_names)
        throw Error(m_file,
            std::string("holds no language model of the Llama kind: neither ") + kFamilies[0].embedding + " nor "
                + kFamilies[1].embedding + " is in it",
            "give a checkpoint with the names of llama2.c or Hugging Face");
}

const TensorInfo& NamedTensors::take(const std::string& name)
{
    const auto found = m_byName.find(name);
    if (found == m_byName.end())
        throw Error(m_file + ": " + name, "this tensor of the model is missing", "give a complete checkpoint");
    if (!found->second.explorable)
        throw Error(m_file + ": " + name, found->second.reason, "give weights as f16, bf16, f32 or f64");
    m_taken.insert(name);
    return found->second;
}

std::size_t NamedTensors::layers() const
{
    std::size_t layers = 0;
    for (const auto& [name, info] : m_byName)
        if (const auto layer = layerOf(name))
            layers = std::max(layers, *layer + 1);
    return std::min(layers, m_byName.size());  // a number alone must not claim memory
}

void NamedTensors::requireNothingLeft() const
{
    for (const auto& [name, info] : m_byName) {
        // Tables of the rotary embedding, which is computed here.
        if (m_taken.contains(name) || endsWith(name, "rotary_emb.inv_freq"))
            continue;
        if (layerOf(name) || endsWith(name, ".bias"))
            throw Error(m_file + ": " + name, "is a part that this evaluation of a Llama model does not know",
                "models with biases, norms of queries and keys, or experts cannot be evaluated");
    }
}

}  // namespace nanoscope
