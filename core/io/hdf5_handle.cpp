#include "core/io/hdf5_handle.h"

namespace nanoscope {

Hdf5Silence::Hdf5Silence()
{
    H5Eget_auto2(H5E_DEFAULT, &m_printer, &m_printerData);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Hdf5Silence::~Hdf5Silence()
{
    H5Eset_auto2(H5E_DEFAULT, m_printer, m_printerData);
}

void Hdf5Id::close() noexcept
{
    if (!valid())
        return;
    const Hdf5Silence silence;  // a damaged file may refuse to close; nothing is left to do about it
    H5Idec_ref(m_id);
    m_id = H5I_INVALID_HID;
}

struct Hdf5Failure::Problem {
    std::string text;
    bool truncated = false;

    static Problem fromErrorStack();
};

Hdf5Failure::Problem Hdf5Failure::Problem::fromErrorStack()
{
    Problem problem;
    const auto visit = [](unsigned, const H5E_error2_t* error, void* data) noexcept -> herr_t {
        auto& found = *static_cast<Problem*>(data);
        if (found.text.empty() && error->desc)
            found.text = error->desc;
        found.truncated = found.truncated || error->min_num == H5E_TRUNCATED;
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, visit, &problem);  // upward starts at the innermost error
    // The operating system's failures carry clock, descriptor and buffer address, which say nothing to a reader.
    if (const auto noise = problem.text.find(": time = "); noise != std::string::npos)
        problem.text.resize(noise);
    if (problem.text.empty())
        problem.text = "unknown HDF5 error";
    return problem;
}

Hdf5Failure::Hdf5Failure()
    : Hdf5Failure(Problem::fromErrorStack())
{
}

Hdf5Failure::Hdf5Failure(const std::string& problem)
    : std::runtime_error(problem)
{
}

Hdf5Failure::Hdf5Failure(const Problem& problem)
    : std::runtime_error(problem.text)
    , m_truncated(problem.truncated)
{
}

Hdf5Id checkedId(hid_t id)
{
    if (id < 0)
        throw Hdf5Failure();
    return Hdf5Id(id);
}

}  // namespace nanoscope
