#include "core/io/replacement_file.h"

#include "core/error.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace nanoscope {

namespace {

namespace fs = std::filesystem;

constexpr mode_t kNewFileMode = 0666;  // the user's mask takes its bits away

/// A name that no other process or thread uses and that is short enough wherever the target's is.
std::string temporaryName()
{
    static std::atomic<unsigned> counter{0};
    return ".nanoscope-" + std::to_string(getpid()) + "-" + std::to_string(counter++) + ".tmp";
}

void requireWritableTarget(const fs::path& target)
{
    std::error_code error;
    const fs::file_status status = fs::status(target, error);
    if (fs::is_directory(status))
        throw Error(target.string(), "is a directory", "name a file in it");
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw Error(target.string(), "is not a regular file", "name a file on a disk");
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, error))
        throw Error(target.string(), "its folder does not exist", "make the folder first");
}

}  // namespace

ReplacementFile::ReplacementFile(const fs::path& target, const fs::path& input)
{
    if (target.empty())
        throw Error({}, "the name of the file to write is empty", "give a file name", ErrorKind::Refused);
    std::error_code error;
    if (!input.empty() && fs::equivalent(target, input, error) && !error)
        throw Error(target.string(), "is the file that is being read", "write to another file", ErrorKind::Refused);
    m_target = fs::is_symlink(target, error) ? fs::weakly_canonical(target, error) : target;
    if (error || m_target.empty())
        m_target = target;
    requireWritableTarget(m_target);
    m_temporary = m_target.parent_path() / temporaryName();
}

ReplacementFile::~ReplacementFile()
{
    std::error_code error;  // what cannot be removed stays; there is nobody to tell
    if (!m_temporary.empty())
        fs::remove(m_temporary, error);
}

void ReplacementFile::reserve(std::uint64_t bytes) const
{
    const int file = open(m_temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, kNewFileMode);
    const bool isOpen = file >= 0;
    bool isReserved = isOpen && fallocate(file, 0, 0, static_cast<off_t>(bytes)) == 0;
    const int problem = errno;
    if (isOpen) {
        close(file);
        isReserved = isReserved || problem == EOPNOTSUPP;  // this file system cannot tell in advance
    }
    if (!isReserved)
        throw Error(m_target.string(), "cannot be written: " + std::generic_category().message(problem),
            isOpen ? std::to_string(bytes) + " bytes are needed; make room or choose another disk"
                   : "check the folder's permissions");
}

void ReplacementFile::discard() const noexcept
{
    std::error_code error;
    fs::resize_file(m_temporary, 0, error);
}

void ReplacementFile::commit()
{
    std::error_code error;
    fs::rename(m_temporary, m_target, error);
    if (error)
        throw Error(m_target.string(), "cannot be replaced: " + error.message(), "check the folder's permissions");
    m_temporary.clear();
}

}  // namespace nanoscope
