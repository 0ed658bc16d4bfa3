#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace nanoscope {

/// Windows of token ids, all of one length: ids 1 to T are predicted from ids 0 to T-1.
struct TokenWindows {
    std::string file;
    std::size_t length = 0;         ///< ids of a window: T + 1, at least 2
    std::vector<std::int32_t> ids;  ///< window after window

    [[nodiscard]] std::size_t windows() const { return length > 0 ? ids.size() / length : 0; }
    [[nodiscard]] std::span<const std::int32_t> window(std::size_t number) const
    {
        return std::span(ids).subspan(number * length, length);
    }
    /// Tokens that are predicted.
    [[nodiscard]] std::size_t predicted() const { return windows() * (length - 1); }
    /// The first windows that predict at most `tokens`; the beginning of the first one where it alone predicts more.
    /// @param tokens  at least 1
    [[nodiscard]] TokenWindows limitedTo(std::size_t tokens) const;
};

/// Reads every two-dimensional dataset of integers in an HDF5 file as windows, in path order.
/// @param vocabulary  ids must be below
/// @throws Error naming the dataset whose windows are too short, of another length than those before, or hold an id
///     outside the vocabulary
[[nodiscard]] TokenWindows readTokenWindows(const std::filesystem::path& path, std::size_t vocabulary);

}  // namespace nanoscope
