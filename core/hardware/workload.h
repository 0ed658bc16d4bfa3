#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// A linear layer of a decoder block: outputs x inputs weights.
struct LinearLayer {
    std::string name;
    int outputs = 1;
    int inputs = 1;
    bool operator==(const LinearLayer&) const = default;
};

/// Shapes of a decoder-only language model. Biases and norms are left out.
struct Workload {
    std::string name;
    std::string title;
    std::string source;
    int blocks = 1;
    int hidden = 1;
    int heads = 1;
    int kvHeads = 1;
    int vocabulary = 1;
    bool isTied = false;  ///< the LM head is the embedding
    int positions = 0;    ///< learned position embeddings
    std::vector<LinearLayer> layers;
    bool operator==(const Workload&) const = default;

    [[nodiscard]] int headSize() const { return hidden / heads; }
    /// Weights of all linear layers of all blocks.
    [[nodiscard]] std::uint64_t linearParameters() const;
    [[nodiscard]] std::uint64_t embeddingParameters() const;  ///< without positions
    [[nodiscard]] std::uint64_t headParameters() const;       ///< 0 when tied
    [[nodiscard]] std::uint64_t parameters() const;           ///< the three of them
};

/// Bytes that a model takes.
struct Footprint {
    double weights = 0.0;     ///< linear layers
    double embeddings = 0.0;  ///< embedding and head
    double kvCache = 0.0;
    [[nodiscard]] double total() const { return weights + embeddings + kvCache; }
};

/// @param weightBits     effective bits per weight of the linear layers
/// @param embeddingBits  of embedding and head
/// @param kvBits         of keys and values of `tokens` tokens in all
[[nodiscard]] Footprint footprintOf(
    const Workload& workload, double weightBits, double embeddingBits, double kvBits, double tokens);

[[nodiscard]] nlohmann::json toJson(const Workload& workload);

/// @throws Error (Refused) naming `where`, the field, the value and what is allowed
[[nodiscard]] Workload workloadFromJson(const nlohmann::json& json, std::string_view where);

/// A shipped workload by name, or a .json file.
/// @throws Error (Refused) for an unknown name or field, Error (Data) for an unreadable file
[[nodiscard]] Workload workloadByName(const std::string& nameOrFile);

}  // namespace nanoscope
