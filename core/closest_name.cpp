#include "core/closest_name.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace nanoscope {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Levenshtein distance without regard to case, one row at a time; gives up with `limit + 1` once every path exceeds the limit.
std::size_t editDistance(const std::string& a, const std::string& b, std::size_t limit)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        std::size_t best = row[0];
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t substituted = diagonal + (lower(a[i]) == lower(b[j]) ? 0U : 1U);
            diagonal = row[j + 1];
            row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
            best = std::min(best, row[j + 1]);
        }
        if (best > limit)
            return limit + 1;
    }
    return row[b.size()];
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
