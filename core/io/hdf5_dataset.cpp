#include "core/io/hdf5_dataset.h"

#include "core/io/hdf5_handle.h"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace nanoscope {

namespace {

/// The fields of a float as HDF5 counts them: bit positions from the least significant bit, whatever the byte order.
struct FloatFields {
    std::size_t bytes = 0;
    std::size_t signAt = 0;
    std::size_t exponentAt = 0;
    std::size_t exponentBits = 0;
    std::size_t mantissaAt = 0;
    std::size_t mantissaBits = 0;
    std::size_t bias = 0;

    bool operator==(const FloatFields&) const = default;
};

struct KnownFloat {
    ElementType type;
    FloatFields fields;
};

constexpr std::array<KnownFloat, 4> kKnownFloats{{
    {ElementType::F16, {2, 15, 10, 5, 0, 10, 15}},
    {ElementType::Bf16, {2, 15, 7, 8, 0, 7, 127}},
    {ElementType::F32, {4, 31, 23, 8, 0, 23, 127}},
    {ElementType::F64, {8, 63, 52, 11, 0, 52, 1023}},
}};

/// The type's own name in a listing and what its data are in plain words.
struct ClassText {
    const char* dtype;
    const char* words;
};

ClassText classText(H5T_class_t typeClass)
{
    switch (typeClass) {
    case H5T_INTEGER:
        return {"integer", "integer data"};
    case H5T_FLOAT:
        return {"float", "a floating-point layout other than f16, bf16, f32 and f64"};
    case H5T_TIME:
        return {"time", "time stamps"};
    case H5T_STRING:
        return {"string", "text"};
    case H5T_BITFIELD:
        return {"bitfield", "bit fields"};
    case H5T_OPAQUE:
        return {"opaque", "opaque bytes"};
    case H5T_COMPOUND:
        return {"compound", "compound records"};
    case H5T_REFERENCE:
        return {"reference", "references to other objects"};
    case H5T_ENUM:
        return {"enum", "enumeration values"};
    case H5T_VLEN:
        return {"vlen", "lists of varying length"};
    case H5T_ARRAY:
        return {"array", "elements that are arrays themselves"};
    default:
        return {"unknown", "data of an unknown class"};
    }
}

std::optional<std::endian> byteOrder(hid_t type)
{
    switch (H5Tget_order(type)) {
    case H5T_ORDER_LE:
        return std::endian::little;
    case H5T_ORDER_BE:
        return std::endian::big;
    default:
        return std::nullopt;
    }
}

bool fillsItsBytes(hid_t type)
{
    return H5Tget_offset(type) == 0 && H5Tget_precision(type) == 8 * H5Tget_size(type);
}

std::optional<ElementEncoding> floatEncoding(hid_t type)
{
    const auto order = byteOrder(type);
    FloatFields fields{.bytes = H5Tget_size(type), .bias = H5Tget_ebias(type)};
    checked(H5Tget_fields(
        type, &fields.signAt, &fields.exponentAt, &fields.exponentBits, &fields.mantissaAt, &fields.mantissaBits));
    if (!order || !fillsItsBytes(type) || H5Tget_norm(type) != H5T_NORM_IMPLIED)
        return std::nullopt;
    const auto known = std::find_if(kKnownFloats.begin(), kKnownFloats.end(),
        [&](const KnownFloat& candidate) { return candidate.fields == fields; });
    if (known == kKnownFloats.end())
        return std::nullopt;
    return ElementEncoding{known->type, *order};
}

/// Bytes that a reference to a variable length value takes in an attribute: length, heap address and index.
std::size_t variableLengthReferenceBytes(hid_t object)
{
    const Hdf5Id file = checkedId(H5Iget_file_id(object));
    const Hdf5Id creation = checkedId(H5Fget_create_plist(file.get()));
    std::size_t addressBytes = 0;
    checked(H5Pget_sizes(creation.get(), &addressBytes, nullptr));
    return 4 + addressBytes + 4;
}

/// Text of a fixed or variable length string attribute with one value; nothing for any other attribute.
std::optional<std::string> textAttribute(hid_t object, const char* name)
{
    if (H5Aexists(object, name) <= 0)
        return std::nullopt;
    const Hdf5Id attribute = checkedId(H5Aopen(object, name, H5P_DEFAULT));
    const Hdf5Id type = checkedId(H5Aget_type(attribute.get()));
    const Hdf5Id space = checkedId(H5Aget_space(attribute.get()));
    if (H5Tget_class(type.get()) != H5T_STRING || H5Sget_simple_extent_npoints(space.get()) != 1)
        return std::nullopt;

    if (checked(H5Tis_variable_str(type.get())) > 0) {
        // HDF5 1.10 never returns from converting a reference of another size, as a damaged file may have.
        if (H5Aget_storage_size(attribute.get()) != variableLengthReferenceBytes(object))
            return std::nullopt;
        char* text = nullptr;
        checked(H5Aread(attribute.get(), type.get(), static_cast<void*>(&text)));
        std::string copy = text ? text : "";
        H5free_memory(text);
        return copy;
    }
    constexpr std::size_t kLongest = 256;  // far above any type name; a damaged size must not claim memory
    std::string text(std::min(H5Tget_size(type.get()), kLongest + 1), '\0');
    if (text.empty() || text.size() > kLongest)
        return std::nullopt;
    checked(H5Aread(attribute.get(), type.get(), text.data()));
    text.resize(std::min(text.find('\0'), text.size()));
    text.resize(text.find_last_not_of(' ') + 1);  // space-padded strings
    return text;
}

bool isSixteenBitInteger(hid_t type)
{
    return H5Tget_class(type) == H5T_INTEGER && H5Tget_size(type) == 2 && fillsItsBytes(type) && byteOrder(type);
}

void describeType(hid_t dataset, SixteenBitIntegers integers, Hdf5Dataset& description)
{
    const Hdf5Id type = checkedId(H5Dget_type(dataset));
    const H5T_class_t typeClass = H5Tget_class(type.get());
    if (typeClass == H5T_FLOAT) {
        description.encoding = floatEncoding(type.get());
    } else if (isSixteenBitInteger(type.get())) {
        if (integers == SixteenBitIntegers::AsBfloat16 || textAttribute(dataset, "dtype") == "bfloat16")
            description.encoding = ElementEncoding{ElementType::Bf16, *byteOrder(type.get())};
        else
            description.remedy = "pass `--as bf16` if these integers hold bfloat16 values";
    }
    if (description.encoding) {
        description.info.dtype = elementTypeName(description.encoding->type);
        return;
    }
    const ClassText text = classText(typeClass);
    description.info.dtype = text.dtype;
    description.info.reason = text.words;
    description.info.reason
        += typeClass == H5T_FLOAT ? ", which cannot be explored" : "; only floating-point tensors can be explored";
}

/// Fills in shape and element count; gives the reason if such a tensor cannot be explored.
std::string describeShape(hid_t dataset, TensorInfo& info)
{
    const Hdf5Id space = checkedId(H5Dget_space(dataset));
    if (H5Sget_simple_extent_type(space.get()) == H5S_NULL)
        return "no elements";
    const auto rank = static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space.get())));
    std::vector<hsize_t> extents(rank);
    checked(H5Sget_simple_extent_dims(space.get(), extents.data(), nullptr));
    info.shape.assign(extents.begin(), extents.end());

    if (std::find(info.shape.begin(), info.shape.end(), 0u) != info.shape.end())
        return "no elements";
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max() / sizeof(double);
    std::uint64_t elements = 1;
    for (const std::uint64_t extent : info.shape) {
        if (extent > kMost / elements)
            return "the shape is too large for any memory, so the file must be damaged";
        elements *= extent;
    }
    info.elements = elements;
    return {};
}

/// A filter that the dataset's chunks passed through and that this machine lacks, as text.
std::optional<std::string> missingFilter(hid_t dataset)
{
    const Hdf5Id creation = checkedId(H5Dget_create_plist(dataset));
    const int filters = checked(H5Pget_nfilters(creation.get()));
    for (int i = 0; i < filters; ++i) {
        unsigned flags = 0;
        unsigned config = 0;
        std::size_t parameters = 0;
        std::array<char, 64> name{};
        const H5Z_filter_t filter = checked(H5Pget_filter2(creation.get(), static_cast<unsigned>(i), &flags,
            &parameters, nullptr, name.size() - 1, name.data(), &config));
        if (H5Zfilter_avail(filter) > 0)
            continue;
        std::string text = std::to_string(filter);
        if (name.front() != '\0')
            text += std::string(" (") + name.data() + ")";
        return text;
    }
    return std::nullopt;
}

}  // namespace

Hdf5Dataset describeDataset(hid_t dataset, const std::string& name, SixteenBitIntegers integers)
{
    Hdf5Dataset description;
    description.info.name = name;
    const std::string shapeReason = describeShape(dataset, description.info);
    describeType(dataset, integers, description);
    TensorInfo& info = description.info;
    if (!description.encoding)
        return description;

    if (!shapeReason.empty()) {
        info.reason = shapeReason;
    } else if (const auto filter = missingFilter(dataset)) {
        info.reason = "compressed with HDF5 filter " + *filter + ", which is not installed";
        description.remedy = "install the filter's plugin and let HDF5_PLUGIN_PATH name its folder";
    }
    info.explorable = info.reason.empty();
    if (!info.explorable)
        description.encoding.reset();
    return description;
}

std::optional<std::string> storageContradiction(hid_t dataset, std::uint64_t declaredBytes)
{
    const Hdf5Id creation = checkedId(H5Dget_create_plist(dataset));
    const H5D_layout_t layout = checked(H5Pget_layout(creation.get()));
    if (layout == H5D_VIRTUAL || H5Pget_external_count(creation.get()) > 0)
        return std::nullopt;  // the elements lie in other files

    const std::uint64_t stored = H5Dget_storage_size(dataset);
    const haddr_t offset = H5Dget_offset(dataset);
    const bool allocated = layout == H5D_COMPACT || (layout == H5D_CONTIGUOUS && offset != HADDR_UNDEF);
    if (layout == H5D_CONTIGUOUS && allocated) {
        const Hdf5Id file = checkedId(H5Iget_file_id(dataset));
        hsize_t fileBytes = 0;
        checked(H5Fget_filesize(file.get(), &fileBytes));
        if (offset > fileBytes || declaredBytes > fileBytes - offset)
            return "its elements would end beyond the end of the file";
    }
    // Chunks shrink, and those never written read as the fill value, so only an absurd ratio is refused there:
    // more than deflate's best (1032 to 1) on more than 256 MiB.
    constexpr std::uint64_t kBestCompression = 1100;
    constexpr std::uint64_t kAlwaysAccepted = std::uint64_t{256} << 20;
    const bool absurd = declaredBytes > kAlwaysAccepted && stored < declaredBytes / kBestCompression;
    if (allocated ? stored < declaredBytes : absurd)
        return "it declares " + std::to_string(declaredBytes) + " bytes of elements but stores "
            + std::to_string(stored);
    return std::nullopt;
}

}  // namespace nanoscope
