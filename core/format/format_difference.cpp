#include "core/format/format_difference.h"

#include "core/format/field_meanings.h"
#include "core/format/format_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace nanoscope {
namespace {

using nlohmann::json;

/// Parts of a format in the order in which they matter.
constexpr std::array<std::string_view, 18> kParts{"transform", "prune", "geometry", "elements", "align", "scale",
    "tensor_scale", "micro", "chooser", "offset", "special", "mix", "encoder", "objective", "order", "rounding",
    "arith", "layout"};

std::size_t placeOf(const std::string& part)
{
    return static_cast<std::size_t>(std::find(kParts.begin(), kParts.end(), part) - kParts.begin());
}

bool isListOfObjects(const json& value)
{
    return value.is_array() && !value.empty() && value.front().is_object();
}

std::string plainText(const json& value);

std::string joined(const json& list)
{
    std::string text;
    for (const json& entry : list)
        text.append(text.empty() ? "" : ", ").append(plainText(entry));
    return text;
}

/// The fields of an object that say something: what is absent or off goes without saying.
std::string objectText(const json& object)
{
    std::string text;
    for (const auto& [key, value] : object.items()) {
        if (value.is_null() || value == false)
            continue;
        text.append(text.empty() ? "" : ", ").append(key).append(" ");
        text.append(value.is_object() ? "(" + objectText(value) + ")" : plainText(value));
    }
    return text;
}

std::string plainText(const json& value)
{
    if (value.is_null())
        return "none";
    if (value.is_boolean())
        return value.get<bool>() ? "yes" : "no";
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_object())
        return objectText(value);
    if (value.is_array())
        return std::string("[").append(joined(value)).append("]");
    return value.dump();
}

/// Compares what stands under one path; null stands for a field that is not there.
class Comparison {
public:
    void compare(const json* a, const json* b, const std::string& path)
    {
        if (a && b && *a == *b)
            return;
        if (a && b && a->is_object() && b->is_object())
            compareObjects(*a, *b, path);
        else if (a && b && isListOfObjects(*a) && isListOfObjects(*b))
            compareLists(*a, *b, path);
        else
            m_found.push_back({path, a ? plainText(*a) : "", b ? plainText(*b) : "", fieldMeaning(path)});
    }

    [[nodiscard]] std::vector<FieldDifference> found() && { return std::move(m_found); }

private:
    static const json* member(const json& object, const std::string& key)
    {
        const auto found = object.find(key);
        return found == object.end() ? nullptr : &*found;
    }

    static std::string below(const std::string& path, const std::string& key)
    {
        return path.empty() ? key : path + "." + key;
    }

    void compareObjects(const json& a, const json& b, const std::string& path)
    {
        std::set<std::string> names;
        for (const json* object : {&a, &b})
            for (const auto& entry : object->items())
                names.insert(entry.key());
        std::vector<std::string> keys(names.begin(), names.end());
        if (path.empty() || path.starts_with("mix.parts."))
            std::stable_sort(keys.begin(), keys.end(),
                [](const std::string& x, const std::string& y) { return placeOf(x) < placeOf(y); });
        for (const std::string& key : keys)
            compare(member(a, key), member(b, key), below(path, key));
    }

    void compareLists(const json& a, const json& b, const std::string& path)
    {
        for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i)
            compare(i < a.size() ? &a[i] : nullptr, i < b.size() ? &b[i] : nullptr, below(path, std::to_string(i)));
    }

    std::vector<FieldDifference> m_found;
};

}  // namespace

std::vector<FieldDifference> differences(const FormatSpec& a, const FormatSpec& b)
{
    Comparison comparison;
    const json first = toJson(a);
    const json second = toJson(b);
    comparison.compare(&first, &second, {});
    return std::move(comparison).found();
}

}  // namespace nanoscope
