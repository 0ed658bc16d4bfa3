#include "core/lm/token_windows.h"

#include "core/error.h"
#include "core/io/hdf5_integers.h"

#include <algorithm>

namespace nanoscope {

TokenWindows TokenWindows::limitedTo(std::size_t tokens) const
{
    TokenWindows limited = *this;
    if (tokens < length - 1)
        limited.length = tokens + 1;
    const std::size_t windowsKept = std::clamp<std::size_t>(tokens / (limited.length - 1), 1, windows());
    limited.ids.resize(windowsKept * limited.length);
    return limited;
}

TokenWindows readTokenWindows(const std::filesystem::path& path, std::size_t vocabulary)
{
    constexpr std::uint64_t kMostIds = 1 << 28;
    TokenWindows windows;
    windows.file = path.string();
    for (const IntegerMatrix& matrix : readIntegerMatrices(path, kMostIds)) {
        if (matrix.rows == 0)
            continue;
        const std::string where = windows.file + ": " + matrix.name;
        if (matrix.columns < 2)
            throw Error(where,
                "its windows have " + std::to_string(matrix.columns) + " token ids; at least 2 are needed",
                "give windows of T + 1 ids, of which T are predicted");
        if (windows.length != 0 && matrix.columns != windows.length)
            throw Error(where,
                "its windows have " + std::to_string(matrix.columns) + " token ids, those before "
                    + std::to_string(windows.length),
                "give windows of one length");
        windows.length = matrix.columns;
        for (const std::int64_t id : matrix.values) {
            if (id < 0 || id >= static_cast<std::int64_t>(vocabulary))
                throw Error(where,
                    "token id " + std::to_string(id) + " is outside the model's vocabulary of "
                        + std::to_string(vocabulary),
                    "give tokens made with the model's own tokenizer");
            windows.ids.push_back(static_cast<std::int32_t>(id));
        }
    }
    if (windows.ids.empty())
        throw Error(
            windows.file, "has no token windows", "give a two-dimensional dataset of integers, [windows, T + 1]");
    return windows;
}

}  // namespace nanoscope
