#include "core/io/hdf5_attributes.h"

#include "core/io/hdf5_handle.h"
#include "core/io/hdf5_read.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {
namespace {

std::vector<std::string> namesOf(hid_t object)
{
    // Exceptions must not pass through the C library: a name that finds no memory ends the list.
    const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* data) noexcept -> herr_t {
        try {
            static_cast<std::vector<std::string>*>(data)->emplace_back(name);
        } catch (...) {
            return -1;
        }
        return 0;
    };
    std::vector<std::string> names;
    checked(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names));
    return names;
}

std::string shortestText(double value)
{
    char text[32];
    const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
    return {text, end};
}

/// The one value of an attribute; nothing for lists and other kinds.
std::optional<std::string> textOf(hid_t object, const std::string& name)
{
    const Hdf5Id attribute = checkedId(H5Aopen(object, name.c_str(), H5P_DEFAULT));
    const Hdf5Id type = checkedId(H5Aget_type(attribute.get()));
    const Hdf5Id space = checkedId(H5Aget_space(attribute.get()));
    if (checked(H5Sget_simple_extent_npoints(space.get())) != 1)
        return std::nullopt;
    switch (H5Tget_class(type.get())) {
    case H5T_INTEGER: {
        std::int64_t value = 0;
        checked(H5Aread(attribute.get(), H5T_NATIVE_INT64, &value));
        return std::to_string(value);
    }
    case H5T_FLOAT: {
        double value = 0;
        checked(H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, &value));
        return shortestText(value);
    }
    case H5T_ENUM: {  // as h5py writes booleans
        signed char value = 0;
        if (H5Tget_size(type.get()) != sizeof value)
            return std::nullopt;
        checked(H5Aread(attribute.get(), type.get(), &value));
        return std::to_string(static_cast<int>(value));
    }
    case H5T_STRING: {
        if (checked(H5Tis_variable_str(type.get())) != 0)
            return readTextAttribute(object, name.c_str());
        constexpr std::size_t kLongest = 1 << 16;
        const std::size_t bytes = H5Tget_size(type.get());
        if (bytes == 0 || bytes > kLongest)
            return std::nullopt;
        std::string text(bytes, '\0');
        checked(H5Aread(attribute.get(), type.get(), text.data()));
        return text.substr(0, text.find('\0'));
    }
    default:
        return std::nullopt;
    }
}

}  // namespace

std::map<std::string, std::string> attributeTexts(hid_t object)
{
    std::map<std::string, std::string> texts;
    for (const std::string& name : namesOf(object))
        if (std::optional<std::string> text = textOf(object, name))
            texts.emplace(name, std::move(*text));
    return texts;
}

}  // namespace nanoscope
