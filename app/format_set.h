#pragma once

#include "core/format/format_json.h"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace nanoscope {

/// The formats on screen: A always, B to D when compared with.
struct FormatSet {
    static constexpr std::size_t kMost = 4;

    NamedFormat a;
    std::optional<NamedFormat> b = std::nullopt;
    std::optional<NamedFormat> c = std::nullopt;
    std::optional<NamedFormat> d = std::nullopt;

    bool operator==(const FormatSet&) const = default;

    /// The format of a slot, 0 to 3 for A to D; null when there is none.
    [[nodiscard]] const NamedFormat* at(std::size_t slot) const
    {
        if (slot == 0)
            return &a;
        const std::optional<NamedFormat>& other = slot == 1 ? b : slot == 2 ? c : d;
        return other ? &*other : nullptr;
    }

    /// Nothing takes the format away; A, which is always there, keeps the one it has.
    void set(std::size_t slot, std::optional<NamedFormat> format)
    {
        if (slot > 0)
            (slot == 1 ? b : slot == 2 ? c : d) = std::move(format);
        else if (format)
            a = std::move(*format);
    }

    /// Those there are, A first.
    [[nodiscard]] std::vector<NamedFormat> all() const
    {
        std::vector<NamedFormat> formats;
        for (std::size_t slot = 0; slot < kMost; ++slot)
            if (const NamedFormat* format = at(slot))
                formats.push_back(*format);
        return formats;
    }

    /// The slot of the format that is the `index`-th of all().
    [[nodiscard]] std::size_t slotOf(std::size_t index) const
    {
        std::size_t slot = 0;
        for (std::size_t found = 0; slot + 1 < kMost; ++slot)
            if (at(slot) != nullptr && found++ == index)
                break;
        return slot;
    }
};

}  // namespace nanoscope
