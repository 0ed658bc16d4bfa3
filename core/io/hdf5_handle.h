#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace nanoscope {

/// Keeps HDF5 from printing its error stack to stderr on this thread for as long as it lives.
class Hdf5Silence {
public:
    Hdf5Silence();
    ~Hdf5Silence();
    Hdf5Silence(const Hdf5Silence&) = delete;
    Hdf5Silence& operator=(const Hdf5Silence&) = delete;

private:
    H5E_auto2_t m_printer = nullptr;
    void* m_printerData = nullptr;
};

/// Owns one HDF5 identifier of any kind; closes it at the end of its life.
class Hdf5Id {
public:
    Hdf5Id() = default;
    explicit Hdf5Id(hid_t id) noexcept
        : m_id(id)
    {
    }
    ~Hdf5Id() { close(); }
    Hdf5Id(Hdf5Id&& other) noexcept
        : m_id(std::exchange(other.m_id, H5I_INVALID_HID))
    {
    }
    Hdf5Id& operator=(Hdf5Id&& other) noexcept
    {
        if (this != &other) {
            close();
            m_id = std::exchange(other.m_id, H5I_INVALID_HID);
        }
        return *this;
    }

    [[nodiscard]] hid_t get() const noexcept { return m_id; }
    [[nodiscard]] bool valid() const noexcept { return m_id >= 0; }

private:
    void close() noexcept;

    hid_t m_id = H5I_INVALID_HID;
};

/// An HDF5 call failed; what() is the library's own innermost description. Does not leave core/io.
class Hdf5Failure : public std::runtime_error {
public:
    /// Takes the description from this thread's error stack, so construct it before any other HDF5 call.
    Hdf5Failure();

    /// For a check of our own that finds a file damaged where the library does not.
    explicit Hdf5Failure(const std::string& problem);

    /// The file ends before what its header promises.
    [[nodiscard]] bool truncated() const noexcept { return m_truncated; }

private:
    struct Problem;
    explicit Hdf5Failure(const Problem& problem);

    bool m_truncated = false;
};

/// Takes ownership of what an HDF5 call returned. @throws Hdf5Failure when that is not an identifier
[[nodiscard]] Hdf5Id checkedId(hid_t id);

/// Passes on what an HDF5 call returned. @throws Hdf5Failure when that is negative
template <typename Result> Result checked(Result result)
{
    if (result < 0)
        throw Hdf5Failure();
    return result;
}

}  // namespace nanoscope
