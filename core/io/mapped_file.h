#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace nanoscope {

/// A file mapped for reading, for as long as this lives. A page that another program cuts off the file meanwhile ends
/// the process, so read through stillWhole().
class MappedFile {
public:
    /// @throws Error naming the file when it cannot be opened or mapped
    explicit MappedFile(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    [[nodiscard]] std::span<const std::byte> bytes() const { return {m_begin, m_size}; }
    /// False once the file is shorter than it was when it was mapped.
    [[nodiscard]] bool stillWhole() const;

private:
    int m_descriptor = -1;
    const std::byte* m_begin = nullptr;
    std::size_t m_size = 0;
};

}  // namespace nanoscope
