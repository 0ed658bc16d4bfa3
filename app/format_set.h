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

    /// Nothing takes the format away, and those behind it move up; A, which is always there, keeps the one it has. A
    /// format for a slot beyond the first free one comes there.
    void set(std::size_t slot, std::optional<NamedFormat> format)
    {
        std::vector<NamedFormat> formats = all();
        if (format && slot < formats.size())
            formats[slot] = std::move(*format);
        else if (format)
            formats.push_back(std::move(*format));
        else if (slot > 0 && slot < formats.size())
            formats.erase(formats.begin() + static_cast<std::ptrdiff_t>(slot));
        a = std::move(formats[0]);
        std::size_t next = 1;
        for (std::optional<NamedFormat>* other : {&b, &c, &d}) {
            other->reset();
            if (next < formats.size() && next < kMost)
                *other = std::move(formats[next++]);
        }
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
};

}  // namespace nanoscope
