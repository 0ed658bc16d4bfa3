#pragma once

#include "core/io/mapped_file.h"
#include "core/io/safetensors_header.h"
#include "core/io/tensor_source.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace nanoscope {

/// Tensors of a safetensors file, which is mapped. Values are copied when they are read, so that a tensor stays what it
/// was when another program writes to the file.
class SafetensorsSource final : public TensorSource {
public:
    /// @throws Error when the file cannot be mapped or its header is damaged
    explicit SafetensorsSource(const std::filesystem::path& path);

    [[nodiscard]] const std::vector<TensorInfo>& list() const override { return m_list; }
    [[nodiscard]] std::map<std::string, std::string> attributes() const override { return m_header.metadata; }
    [[nodiscard]] Tensor read(const std::string& name, const ReadOptions& options) const override;

private:
    [[nodiscard]] const SafetensorsTensor& find(const std::string& name) const;

    std::string m_path;
    MappedFile m_file;
    SafetensorsHeader m_header;
    std::vector<TensorInfo> m_list;
};

}  // namespace nanoscope
