#pragma once

#include "hdf5_writer.h"

#include "core/lm/model_shape.h"

#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

/// A small random language model as a test makes it: written to a file, and evaluated plainly in double precision.
struct MadeModel {
    nanoscope::ModelShape shape;
    bool isHuggingFace = false;
    std::map<std::string, std::vector<float>> values;         // by plain name
    std::map<std::string, std::vector<std::size_t>> extents;  // by plain name

    /// Names of this test for the parts of a layer, and those of files.
    [[nodiscard]] std::string fileName(const std::string& plain) const
    {
        static const std::map<std::string, std::string> kLlama{{"embedding", "tok_embeddings.weight"},
            {"head", "output.weight"}, {"norm", "norm.weight"}, {"q", "attention.wq.weight"},
            {"k", "attention.wk.weight"}, {"v", "attention.wv.weight"}, {"o", "attention.wo.weight"},
            {"gate", "feed_forward.w1.weight"}, {"up", "feed_forward.w3.weight"}, {"down", "feed_forward.w2.weight"},
            {"norm1", "attention_norm.weight"}, {"norm2", "ffn_norm.weight"}};
        static const std::map<std::string, std::string> kHuggingFace{{"embedding", "model.embed_tokens.weight"},
            {"head", "lm_head.weight"}, {"norm", "model.norm.weight"}, {"q", "self_attn.q_proj.weight"},
            {"k", "self_attn.k_proj.weight"}, {"v", "self_attn.v_proj.weight"}, {"o", "self_attn.o_proj.weight"},
            {"gate", "mlp.gate_proj.weight"}, {"up", "mlp.up_proj.weight"}, {"down", "mlp.down_proj.weight"},
            {"norm1", "input_layernorm.weight"}, {"norm2", "post_attention_layernorm.weight"}};
        const auto& names = isHuggingFace ? kHuggingFace : kLlama;
        const std::size_t colon = plain.find(':');  // "2:gate" is a part of layer 2
        if (colon == std::string::npos)
            return names.at(plain);
        const std::string prefix = isHuggingFace ? "model.layers." : "layers.";
        return prefix + plain.substr(0, colon) + "." + names.at(plain.substr(colon + 1));
    }

    void add(const std::string& plain, std::vector<std::size_t> extent, double deviation, double mean,
        std::mt19937_64& random)
    {
        std::size_t count = 1;
        for (const std::size_t each : extent)
            count *= each;
        std::normal_distribution<double> normal(mean, deviation);
        std::vector<float>& list = values[plain];
        for (std::size_t i = 0; i < count; ++i)
            list.push_back(static_cast<float>(normal(random)));
        extents[plain] = std::move(extent);
    }

    [[nodiscard]] double at(const std::string& plain, std::size_t row, std::size_t column) const
    {
        return static_cast<double>(values.at(plain)[row * extents.at(plain)[1] + column]);
    }
};

inline MadeModel madeModel(const nanoscope::ModelShape& shape, bool isHuggingFace, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    MadeModel model{shape, isHuggingFace, {}, {}};
    const std::size_t queries = shape.heads * shape.headWidth;
    const std::size_t keys = shape.keyValueHeads * shape.headWidth;
    const auto matrix = [&](const std::string& name, std::size_t outputs, std::size_t inputs) {
        model.add(name, {outputs, inputs}, 2.0 / std::sqrt(static_cast<double>(inputs)), 0.0, random);
    };
    matrix("embedding", shape.vocabulary, shape.width);
    if (!shape.tiedOutput)
        matrix("head", shape.vocabulary, shape.width);
    model.add("norm", {shape.width}, 0.2, 1.0, random);
    for (std::size_t layer = 0; layer < shape.layers; ++layer) {
        const std::string at = std::to_string(layer) + ":";
        matrix(at + "q", queries, shape.width);
        matrix(at + "k", keys, shape.width);
        matrix(at + "v", keys, shape.width);
        matrix(at + "o", shape.width, queries);
        matrix(at + "gate", shape.hidden, shape.width);
        matrix(at + "up", shape.hidden, shape.width);
        matrix(at + "down", shape.width, shape.hidden);
        model.add(at + "norm1", {shape.width}, 0.2, 1.0, random);
        model.add(at + "norm2", {shape.width}, 0.2, 1.0, random);
    }
    return model;
}

/// Writes the model; attributes as this project's files have them, leaving out those named.
inline void writeModel(const MadeModel& model, const std::string& path, const std::vector<std::string>& without = {})
{
    using namespace hdf5test;
    const Hdf5Id file = createFile(path);
    for (const auto& [plain, values] : model.values) {
        std::vector<hsize_t> extent(model.extents.at(plain).begin(), model.extents.at(plain).end());
        (void)writeFloats(file.get(), model.fileName(plain), extent, values);
    }
    const auto attribute = [&](const char* name, hid_t type, const void* value) {
        for (const std::string& left : without)
            if (left == name)
                return;
        const Hdf5Id space = must(H5Screate(H5S_SCALAR));
        const Hdf5Id id = must(H5Acreate2(file.get(), name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT));
        mustSucceed(H5Awrite(id.get(), type, value));
    };
    const auto heads = static_cast<std::int64_t>(model.shape.heads);
    const auto keyValueHeads = static_cast<std::int64_t>(model.shape.keyValueHeads);
    attribute("H", H5T_NATIVE_INT64, &heads);
    attribute("KV", H5T_NATIVE_INT64, &keyValueHeads);
    attribute("norm_eps", H5T_NATIVE_DOUBLE, &model.shape.normEpsilon);
    attribute("rope_theta", H5T_NATIVE_DOUBLE, &model.shape.rotaryBase);
    setTextAttribute(file.get(), "rope",
        model.shape.rotary == nanoscope::RotaryPairs::HalfSplit ? "half-split" : "interleaved", true);
}

/// Sum of -ln p over what a window predicts, by the definition, in double precision and plain loops.
inline double plainLoss(const MadeModel& model, const std::vector<std::int32_t>& window)
{
    using Rows = std::vector<std::vector<double>>;
    const nanoscope::ModelShape& shape = model.shape;
    const std::size_t tokens = window.size() - 1;
    const auto times = [&model](const std::string& name, const std::vector<double>& x) {
        std::vector<double> y(model.extents.at(name)[0]);
        for (std::size_t row = 0; row < y.size(); ++row)
            for (std::size_t column = 0; column < x.size(); ++column)
                y[row] += model.at(name, row, column) * x[column];
        return y;
    };
    const auto normed = [&](const std::string& name, const std::vector<double>& x) {
        double square = 0;
        for (const double value : x)
            square += value * value;
        const double root = std::sqrt(square / static_cast<double>(x.size()) + shape.normEpsilon);
        std::vector<double> y(x.size());
        for (std::size_t i = 0; i < x.size(); ++i)
            y[i] = x[i] / root * static_cast<double>(model.values.at(name)[i]);
        return y;
    };
    const auto turn = [&](std::vector<double>& x, std::size_t token) {
        const std::size_t half = shape.headWidth / 2;
        for (std::size_t first = 0; first < x.size(); first += shape.headWidth)
            for (std::size_t i = 0; i < half; ++i) {
                const bool isSplit = shape.rotary == nanoscope::RotaryPairs::HalfSplit;
                double& a = x[first + (isSplit ? i : 2 * i)];
                double& b = x[first + (isSplit ? i + half : 2 * i + 1)];
                const double angle = static_cast<double>(token)
                    / std::pow(shape.rotaryBase, static_cast<double>(2 * i) / static_cast<double>(shape.headWidth));
                const double turned = a * std::cos(angle) - b * std::sin(angle);
                b = a * std::sin(angle) + b * std::cos(angle);
                a = turned;
            }
    };
    Rows stream(tokens);
    for (std::size_t token = 0; token < tokens; ++token)
        for (std::size_t i = 0; i < shape.width; ++i)
            stream[token].push_back(model.at("embedding", static_cast<std::size_t>(window[token]), i));
    for (std::size_t layer = 0; layer < shape.layers; ++layer) {
        const std::string at = std::to_string(layer) + ":";
        Rows queries(tokens), keys(tokens), values(tokens);
        for (std::size_t token = 0; token < tokens; ++token) {
            const std::vector<double> x = normed(at + "norm1", stream[token]);
            queries[token] = times(at + "q", x);
            keys[token] = times(at + "k", x);
            values[token] = times(at + "v", x);
            turn(queries[token], token);
            turn(keys[token], token);
        }
        for (std::size_t token = 0; token < tokens; ++token) {
            std::vector<double> attended(queries[token].size());
            for (std::size_t head = 0; head < shape.heads; ++head) {
                const std::size_t from = head * shape.headWidth;
                const std::size_t shared = head * shape.keyValueHeads / shape.heads * shape.headWidth;
                std::vector<double> weights(token + 1);
                double sum = 0;
                for (std::size_t seen = 0; seen <= token; ++seen) {
                    double score = 0;
                    for (std::size_t i = 0; i < shape.headWidth; ++i)
                        score += queries[token][from + i] * keys[seen][shared + i];
                    weights[seen] = std::exp(score / std::sqrt(static_cast<double>(shape.headWidth)));
                    sum += weights[seen];
                }
                for (std::size_t seen = 0; seen <= token; ++seen)
                    for (std::size_t i = 0; i < shape.headWidth; ++i)
                        attended[from + i] += weights[seen] / sum * values[seen][shared + i];
            }
            const std::vector<double> added = times(at + "o", attended);
            for (std::size_t i = 0; i < shape.width; ++i)
                stream[token][i] += added[i];
        }
        for (std::size_t token = 0; token < tokens; ++token) {
            const std::vector<double> x = normed(at + "norm2", stream[token]);
            std::vector<double> gate = times(at + "gate", x);
            const std::vector<double> up = times(at + "up", x);
            for (std::size_t i = 0; i < gate.size(); ++i)
                gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
            const std::vector<double> added = times(at + "down", gate);
            for (std::size_t i = 0; i < shape.width; ++i)
                stream[token][i] += added[i];
        }
    }
    double loss = 0;
    for (std::size_t token = 0; token < tokens; ++token) {
        const std::vector<double> logits
            = times(shape.tiedOutput ? "embedding" : "head", normed("norm", stream[token]));
        double sum = 0;
        for (const double logit : logits)
            sum += std::exp(logit);
        loss += std::log(sum) - logits[static_cast<std::size_t>(window[token + 1])];
    }
    return loss;
}
