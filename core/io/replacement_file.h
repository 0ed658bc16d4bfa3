#pragma once

#include <cstdint>
#include <filesystem>

namespace nanoscope {

/// A file that appears under its name only when it is complete: it is written beside its target under a temporary
/// name and renamed at the end. Without commit() the temporary file is removed and the target stays as it was.
class ReplacementFile {
public:
    /// @param target  file to make or to replace; a symbolic link is followed
    /// @param input   file that is being read and must not be replaced; empty if there is none
    /// @throws Error (Refused) when the target is the input
    /// @throws Error when the target cannot be a file
    ReplacementFile(const std::filesystem::path& target, const std::filesystem::path& input);
    ~ReplacementFile();
    ReplacementFile(const ReplacementFile&) = delete;
    ReplacementFile& operator=(const ReplacementFile&) = delete;

    /// Where to write.
    [[nodiscard]] const std::filesystem::path& temporary() const { return m_temporary; }

    /// Makes the temporary file and checks that it can grow to this size, before a library that copes badly with a
    /// full disk finds out. @throws Error when it cannot
    void reserve(std::uint64_t bytes) const;

    /// Gives back the space of an unfinished file.
    void discard() const noexcept;

    /// Gives the finished file, which must be closed, its name. @throws Error when the system refuses
    void commit();

private:
    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
};

}  // namespace nanoscope
