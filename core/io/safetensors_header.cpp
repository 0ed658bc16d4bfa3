#include "core/io/safetensors_header.h"

#include "core/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace nanoscope {
namespace {

using nlohmann::json;

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 100'000'000;  // the limit of the format's own reader
constexpr const char* kRemedy = "the file seems to be damaged; copy or download it again";

struct KnownType {
    std::string_view name;
    std::uint64_t bits;
    std::optional<ElementType> type;  ///< what can be explored
    const char* words;
};

constexpr std::array<KnownType, 15> kTypes{{
    {"F64", 64, ElementType::F64, ""},
    {"F32", 32, ElementType::F32, ""},
    {"F16", 16, ElementType::F16, ""},
    {"BF16", 16, ElementType::Bf16, ""},
    {"I64", 64, std::nullopt, "integer data"},
    {"I32", 32, std::nullopt, "integer data"},
    {"I16", 16, std::nullopt, "integer data"},
    {"I8", 8, std::nullopt, "integer data"},
    {"U64", 64, std::nullopt, "integer data"},
    {"U32", 32, std::nullopt, "integer data"},
    {"U16", 16, std::nullopt, "integer data"},
    {"U8", 8, std::nullopt, "integer data"},
    {"BOOL", 8, std::nullopt, "truth values"},
    {"F8_E4M3", 8, std::nullopt, "values that are quantized already"},
    {"F8_E5M2", 8, std::nullopt, "values that are quantized already"},
}};

std::uint64_t headerLength(std::span<const std::byte> file)
{
    std::uint64_t length = 0;
    for (std::uint64_t i = 0; i < kLengthBytes; ++i)
        length |= std::to_integer<std::uint64_t>(file[i]) << (8 * i);
    return length;
}

/// The product of a shape times the bits of an element, in bytes; nothing where it overflows or is no whole number.
std::optional<std::uint64_t> bytesOf(const Shape& shape, std::uint64_t bits)
{
    std::uint64_t product = bits;
    for (const std::uint64_t extent : shape) {
        if (extent != 0 && product > std::numeric_limits<std::uint64_t>::max() / extent)
            return std::nullopt;
        product *= extent;
    }
    return product % 8 == 0 ? std::optional(product / 8) : std::nullopt;
}

/// Where the values of one tensor lie, checked against the file.
void place(SafetensorsTensor& tensor, const json& entry, std::uint64_t dataBegin, std::uint64_t fileBytes,
    const std::string& where)
{
    const auto offsets = entry.at("data_offsets").get<std::array<std::uint64_t, 2>>();
    const std::uint64_t dataBytes = fileBytes - dataBegin;
    if (offsets[0] > offsets[1])
        throw Error(where, "its values end before they begin", kRemedy);
    if (offsets[1] > dataBytes)
        throw Error(where,
            "the file is truncated: its values end at byte " + std::to_string(offsets[1]) + " of the data, which has "
                + std::to_string(dataBytes),
            "copy or download it again");
    tensor.begin = dataBegin + offsets[0];
    tensor.bytes = offsets[1] - offsets[0];
}

SafetensorsTensor describe(const std::string& name, const json& entry, std::uint64_t dataBegin, std::uint64_t fileBytes,
    const std::string& path)
{
    const std::string where = path + ": " + name;
    SafetensorsTensor tensor;
    tensor.info.name = name;
    tensor.info.shape = entry.at("shape").get<Shape>();
    place(tensor, entry, dataBegin, fileBytes, where);
    const auto type = entry.at("dtype").get<std::string>();
    const auto known
        = std::find_if(kTypes.begin(), kTypes.end(), [&type](const KnownType& each) { return each.name == type; });
    if (known == kTypes.end()) {
        tensor.info.dtype = type;
        tensor.info.reason = "values of type " + type;
        const auto elements = bytesOf(tensor.info.shape, 8);
        tensor.info.elements = elements.value_or(0);
        return tensor;
    }
    const auto bytes = bytesOf(tensor.info.shape, known->bits);
    if (!bytes || *bytes != tensor.bytes)
        throw Error(where,
            "has " + std::to_string(tensor.bytes) + " bytes, which is not what its shape "
                + shapeText(tensor.info.shape) + " and type " + type + " need",
            kRemedy);
    tensor.info.elements = elementCount(tensor.info.shape);
    if (!known->type) {
        tensor.info.dtype = type;
        tensor.info.reason = known->words;
        return tensor;
    }
    tensor.encoding = ElementEncoding{*known->type, std::endian::little};
    tensor.info.dtype = elementTypeName(*known->type);
    tensor.info.explorable = tensor.info.elements > 0;
    if (!tensor.info.explorable) {
        tensor.info.reason = "empty";
        tensor.encoding.reset();
    }
    return tensor;
}

}  // namespace

bool isSafetensors(std::span<const std::byte> file)
{
    if (file.size() <= kLengthBytes)
        return false;
    const std::uint64_t length = headerLength(file);
    return length >= 2 && length <= kLongestHeader && file[kLengthBytes] == std::byte{'{'};
}

SafetensorsHeader readSafetensorsHeader(std::span<const std::byte> file, const std::string& where)
{
    const std::uint64_t length = headerLength(file);
    if (length > file.size() - kLengthBytes)
        throw Error(where, "the file is truncated: it ends within its header", "copy or download it again");
    const std::string_view text(reinterpret_cast<const char*>(file.data()) + kLengthBytes, length);
    const json header = json::parse(text, nullptr, false);
    if (!header.is_object())
        throw Error(where, "its header is no JSON object", kRemedy);
    SafetensorsHeader result;
    for (const auto& [name, entry] : header.items()) {
        try {
            if (name == "__metadata__")
                result.metadata = entry.get<std::map<std::string, std::string>>();
            else
                result.tensors.push_back(describe(name, entry, kLengthBytes + length, file.size(), where));
        } catch (const json::exception&) {
            throw Error(where + ": " + name, "its entry in the header is malformed", kRemedy);
        }
    }
    return result;
}

}  // namespace nanoscope
