#pragma once

#include "core/io/hdf5_dataset.h"
#include "core/io/hdf5_handle.h"
#include "core/io/tensor_source.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nanoscope {

/// Tensors of an HDF5 file. Every dataset that a hard link or an external link leads to is listed once; other
/// paths to it (soft links, further hard links) can be read too.
class Hdf5Source final : public TensorSource {
public:
    /// Opens the file and lists it. Objects too damaged to be described are listed as not explorable.
    /// @throws Error when the file cannot be opened as HDF5
    explicit Hdf5Source(const std::filesystem::path& path);

    [[nodiscard]] const std::vector<TensorInfo>& list() const override { return m_list; }
    [[nodiscard]] std::map<std::string, std::string> attributes() const override;
    [[nodiscard]] Tensor read(const std::string& name, const ReadOptions& options) const override;

private:
    [[nodiscard]] Hdf5Id openDataset(const std::string& name) const;
    [[nodiscard]] std::string unknownNameRemedy(const std::string& name) const;

    std::string m_path;
    Hdf5Id m_file;
    std::vector<TensorInfo> m_list;
};

}  // namespace nanoscope
