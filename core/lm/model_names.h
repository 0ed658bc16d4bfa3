#pragma once

#include "core/lm/language_model.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nanoscope {

/// How a family of files names the tensors of a model. "%" stands for the number of a layer.
struct ModelNames {
    const char* title;
    const char* embedding;
    const char* head;
    const char* finalNorm;
    const char* attentionNorm;
    const char* feedForwardNorm;
    std::array<const char*, kLinearParts> linear;
    RotaryPairs rotary;  ///< what such files mean where they do not say
};

/// A pattern for one layer.
[[nodiscard]] std::string layerName(const char* pattern, std::size_t layer);

/// The tensors of a file, found by their name with dots for slashes.
class NamedTensors {
public:
    /// @throws Error when the names are of no known family, naming what was looked for
    NamedTensors(std::string file, const std::vector<TensorInfo>& list);

    [[nodiscard]] const ModelNames& names() const { return *m_names; }
    /// @param name  with dots
    [[nodiscard]] bool has(const std::string& name) const { return m_byName.contains(name); }
    /// A tensor that must be there; takes note that it is used.
    /// @throws Error naming it when it is missing or not explorable
    [[nodiscard]] const TensorInfo& take(const std::string& name);
    /// Decoder layers: one more than the highest number.
    [[nodiscard]] std::size_t layers() const;
    /// @throws Error for a tensor that nobody took and that would change the result: one of a layer, or a bias
    void requireNothingLeft() const;

private:
    std::string m_file;
    std::map<std::string, TensorInfo> m_byName;
    std::set<std::string> m_taken;
    const ModelNames* m_names = nullptr;
};

}  // namespace nanoscope
