#pragma once

#include "core/lm/model_shape.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace nanoscope {

/// What a checkpoint says of its model beside the tensors; what it does not say is absent.
struct ModelConfig {
    std::optional<std::uint64_t> heads;
    std::optional<std::uint64_t> keyValueHeads;
    std::optional<std::uint64_t> headWidth;
    std::optional<std::uint64_t> context;
    std::optional<double> normEpsilon;
    std::optional<double> rotaryBase;
    std::optional<RotaryPairs> rotary;
    std::optional<bool> tiedOutput;
};

/// Reads what attributes say, under the names `H KV T norm_eps rope tied_output` of this project's files or those of
/// Hugging Face's config.json; of the latter all of a config.json in the folder of `file`, where there is one.
/// @param attributes  TensorSource::attributes()
/// @throws Error naming the attribute, its value and what is allowed
[[nodiscard]] ModelConfig modelConfig(
    const std::map<std::string, std::string>& attributes, const std::filesystem::path& file);

}  // namespace nanoscope
