#include "core/io/mapped_file.h"

#include "core/error.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace nanoscope {
namespace {

Error systemError(const std::filesystem::path& path, const char* what)
{
    return Error(path.string(), std::string(what) + ": " + std::generic_category().message(errno),
        "check the path and its permissions");
}

}  // namespace

MappedFile::MappedFile(const std::filesystem::path& path)
    : m_descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC))
{
    if (m_descriptor < 0)
        throw systemError(path, "cannot be opened");
    struct stat status { };
    void* begin = MAP_FAILED;
    if (fstat(m_descriptor, &status) == 0 && status.st_size > 0) {
        m_size = static_cast<std::size_t>(status.st_size);
        begin = mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, m_descriptor, 0);
    }
    if (begin == MAP_FAILED) {
        const Error error = systemError(path, "cannot be mapped");
        close(m_descriptor);
        throw error;
    }
    m_begin = static_cast<const std::byte*>(begin);
}

MappedFile::~MappedFile()
{
    munmap(const_cast<std::byte*>(m_begin), m_size);  // NOLINT: munmap takes no pointer to const
    close(m_descriptor);
}

bool MappedFile::stillWhole() const
{
    struct stat status { };
    return fstat(m_descriptor, &status) == 0 && static_cast<std::size_t>(status.st_size) >= m_size;
}

}  // namespace nanoscope
