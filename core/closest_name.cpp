#include "core/closest_name.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace nanoscope {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Typing errors between two names without regard to case: a letter too much, too few, wrong, or two swapped. Gives up
// with `limit + 1` once every path exceeds the limit.
std::size_t editDistance(const std::string& a, const std::string& b, std::size_t limit)
{
    std::vector<std::size_t> before;  // row i - 2, for swapped letters
    std::vector<std::size_t> above(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::vector<std::size_t> row{i};
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row.push_back(std::min({above[j - 1] + (same ? 0U : 1U), above[j] + 1, row[j - 1] + 1}));
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        if (*std::min_element(row.begin(), row.end()) > limit)
            return limit + 1;
        before = std::exchange(above, std::move(row));
    }
    return above[b.size()];
}

}  // namespace

std::optional<std::string> closestName(const std::string& wanted, std::span<const std::string> names)
{
    if (wanted.empty())
        return std::nullopt;
    const auto sameLastPart = std::find_if(
        names.begin(), names.end(), [&](const std::string& name) { return name.ends_with("/" + wanted); });
    if (sameLastPart != names.end())
        return *sameLastPart;

    constexpr std::size_t kErrorsPerLetters = 4;  // one slip in four letters is a typing error, more is another word
    std::size_t limit = std::max<std::size_t>(1, wanted.size() / kErrorsPerLetters);
    std::optional<std::string> closest;
    for (const std::string& name : names) {
        const std::size_t longer = std::max(name.size(), wanted.size());
        if (longer - std::min(name.size(), wanted.size()) > limit)
            continue;
        const std::size_t distance = editDistance(wanted, name, limit);
        if (distance > limit)
            continue;
        closest = name;
        if (distance == 0)
            break;
        limit = distance - 1;
    }
    return closest;
}

}  // namespace nanoscope
