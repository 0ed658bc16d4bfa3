#include "core/io/hdf5_read.h"

#include "core/io/hdf5_dataset.h"
#include "core/io/hdf5_handle.h"

namespace nanoscope {

namespace {

constexpr std::uint64_t kMostValues = 64;  // a shape's rank is at most 32; a damaged size must not claim memory

/// An attribute of one class with its number of values.
struct Attribute {
    Hdf5Id id;
    Hdf5Id type;
    std::uint64_t values = 0;
};

std::optional<Attribute> openAttribute(hid_t object, const char* name, H5T_class_t typeClass)
{
    if (H5Aexists(object, name) <= 0)
        return std::nullopt;
    Attribute attribute;
    attribute.id = checkedId(H5Aopen(object, name, H5P_DEFAULT));
    attribute.type = checkedId(H5Aget_type(attribute.id.get()));
    const Hdf5Id space = checkedId(H5Aget_space(attribute.id.get()));
    attribute.values = static_cast<std::uint64_t>(checked(H5Sget_simple_extent_npoints(space.get())));
    if (H5Tget_class(attribute.type.get()) != typeClass || attribute.values > kMostValues)
        return std::nullopt;
    return attribute;
}

template <typename Value>
std::optional<Value> readScalar(hid_t object, const char* name, H5T_class_t typeClass, hid_t memoryType)
{
    const auto attribute = openAttribute(object, name, typeClass);
    if (!attribute || attribute->values != 1)
        return std::nullopt;
    Value value{};
    checked(H5Aread(attribute->id.get(), memoryType, &value));
    return value;
}

}  // namespace

std::optional<std::string> readTextAttribute(hid_t object, const char* name)
{
    const auto attribute = openAttribute(object, name, H5T_STRING);
    if (!attribute || attribute->values != 1 || checked(H5Tis_variable_str(attribute->type.get())) == 0)
        return std::nullopt;
    char* text = nullptr;
    checked(H5Aread(attribute->id.get(), attribute->type.get(), static_cast<void*>(&text)));
    std::string copy = text ? text : "";
    H5free_memory(text);
    return copy;
}

std::optional<std::int64_t> readIntegerAttribute(hid_t object, const char* name)
{
    return readScalar<std::int64_t>(object, name, H5T_INTEGER, H5T_NATIVE_INT64);
}

std::optional<float> readFloatAttribute(hid_t object, const char* name)
{
    return readScalar<float>(object, name, H5T_FLOAT, H5T_NATIVE_FLOAT);
}

std::optional<Shape> readShapeAttribute(hid_t object, const char* name)
{
    const auto attribute = openAttribute(object, name, H5T_INTEGER);
    if (!attribute)
        return std::nullopt;
    Shape shape(attribute->values, 0);
    if (!shape.empty())
        checked(H5Aread(attribute->id.get(), H5T_NATIVE_UINT64, shape.data()));
    return shape;
}

namespace {

/// All values of a dataset whose type has this class and the size of Value.
template <typename Value>
std::optional<std::vector<Value>> readAll(hid_t dataset, H5T_class_t typeClass, hid_t memoryType)
{
    const Hdf5Id type = checkedId(H5Dget_type(dataset));
    const Hdf5Id space = checkedId(H5Dget_space(dataset));
    if (H5Tget_class(type.get()) != typeClass || H5Tget_size(type.get()) != sizeof(Value))
        return std::nullopt;
    const auto count = static_cast<std::uint64_t>(checked(H5Sget_simple_extent_npoints(space.get())));
    if (storageContradiction(dataset, count * sizeof(Value)))
        return std::nullopt;
    std::vector<Value> values(count);
    checked(H5Dread(dataset, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
    return values;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> readBytes(hid_t dataset)
{
    return readAll<std::uint8_t>(dataset, H5T_INTEGER, H5T_NATIVE_UINT8);
}

std::optional<std::vector<std::uint32_t>> readUnsigned(hid_t dataset)
{
    return readAll<std::uint32_t>(dataset, H5T_INTEGER, H5T_NATIVE_UINT32);
}

std::optional<std::vector<float>> readFloats(hid_t dataset)
{
    return readAll<float>(dataset, H5T_FLOAT, H5T_NATIVE_FLOAT);
}

}  // namespace nanoscope
