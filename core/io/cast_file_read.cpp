#include "core/error.h"
#include "core/format/format_json.h"
#include "core/format/format_storage.h"
#include "core/format/json_fields.h"
#include "core/io/cast_file.h"
#include "core/io/hdf5_handle.h"
#include "core/io/hdf5_read.h"
#include "core/io/tensor_source.h"
#include "core/quant/tensor_parameters.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace nanoscope {

namespace {

constexpr const char* kNoCastRemedy = "give a file that `nanoscope-cli cast` wrote";
constexpr const char* kDamagedRemedy = "the file seems to be damaged; write it again";

/// Product of the extents; nothing when one of them is 0 or the product exceeds `most`.
std::optional<std::uint64_t> boundedCount(const Shape& shape, std::uint64_t most)
{
    std::uint64_t count = 1;
    for (const std::uint64_t extent : shape) {
        if (extent == 0 || extent > most / count)
            return std::nullopt;
        count *= extent;
    }
    return count;
}

/// One open cast file while it is read.
class CastReader {
public:
    CastReader(const std::filesystem::path& path, hid_t file)
        : m_where(path.string())
        , m_file(file)
    {
    }

    [[nodiscard]] PackedTensor read() const;

private:
    [[nodiscard]] FormatSpec readSpec() const;
    void readGeometry(hid_t dataset, PackedTensor& tensor) const;
    void readBadBlocks(PackedTensor& tensor) const;
    void readTensorParameters(hid_t packed, PackedTensor& tensor) const;
    [[nodiscard]] Error noCast(const std::string& what) const { return Error(m_where, what, kNoCastRemedy); }
    [[nodiscard]] Error damaged(const std::string& what) const { return Error(m_where, what, kDamagedRemedy); }

    std::string m_where;
    hid_t m_file;
};

FormatSpec CastReader::readSpec() const
{
    const auto text = readTextAttribute(m_file, "format");
    if (!text)
        throw noCast("has no attribute 'format', so it is not a cast file");
    const nlohmann::json document = parseJson(*text);
    if (document.is_discarded())
        throw damaged("its attribute 'format' is not JSON");
    try {
        return formatFromJson(document, m_where);
    } catch (const Error& error) {  // in a file a bad value is bad data, not a refused request
        throw Error(error.where(), error.problem(), error.remedy(), ErrorKind::Data);
    }
}

void CastReader::readGeometry(hid_t dataset, PackedTensor& tensor) const
{
    const auto shape = readShapeAttribute(dataset, "shape");
    const auto axis = readIntegerAttribute(dataset, "axis");
    if (!shape || !axis)
        throw noCast("/packed lacks the attributes 'shape' and 'axis'");
    tensor.shape = *shape;
    tensor.reshape = readShapeAttribute(dataset, "reshape");

    constexpr std::uint64_t kMostPerByte = 512;  // N:M pruning stores less than a bit per element, but not much less
    const std::uint64_t most = kMostPerByte * tensor.packed.size();
    const Shape seen = tensor.reshape.value_or(tensor.shape);
    const auto count = boundedCount(seen, most);
    const auto rank = static_cast<std::int64_t>(seen.size());
    if (!count || boundedCount(tensor.shape, most) != count)
        throw damaged("the shape in its attributes does not fit /packed");
    const bool isValidAxis = rank == 0 ? *axis == 0 || *axis == -1 : *axis >= -rank && *axis < rank;
    if (!isValidAxis)
        throw damaged("axis " + std::to_string(*axis) + " does not fit the shape in its attributes");
    tensor.axis = static_cast<int>(*axis < 0 ? std::max<std::int64_t>(*axis + rank, 0) : *axis);
}

void CastReader::readBadBlocks(PackedTensor& tensor) const
{
    if (H5Lexists(m_file, "bad_blocks", H5P_DEFAULT) <= 0)
        return;
    const Hdf5Id dataset = checkedId(H5Dopen2(m_file, "bad_blocks", H5P_DEFAULT));
    const auto bitmap = readBytes(dataset.get());
    if (!bitmap)
        throw damaged("/bad_blocks does not hold a bit per block");
    for (const std::uint8_t byte : *bitmap)
        for (unsigned bit = 0; bit < 8; ++bit)
            tensor.badBlocks.push_back(static_cast<std::uint8_t>((static_cast<unsigned>(byte) >> bit) & 1U));
}

void CastReader::readTensorParameters(hid_t packed, PackedTensor& tensor) const
{
    if (hasTensorScale(tensor.spec)) {
        const auto scale = readFloatAttribute(packed, "tensor_scale");
        if (!scale)
            throw noCast("/packed lacks the attribute 'tensor_scale'");
        tensor.tensorScale = *scale;
    }
    if (const auto book = readIntegerAttribute(packed, "tensor_book"))
        tensor.tensorBook = static_cast<std::uint32_t>(std::clamp<std::int64_t>(*book, 0, 255));
    if (H5Lexists(m_file, "tensor_values", H5P_DEFAULT) > 0) {
        const auto values = readFloats(checkedId(H5Dopen2(m_file, "tensor_values", H5P_DEFAULT)).get());
        if (!values)
            throw damaged("/tensor_values does not hold float32 numbers");
        tensor.tensorValues = *values;
    }
    if (H5Lexists(m_file, "column_order", H5P_DEFAULT) > 0) {
        const auto order = readUnsigned(checkedId(H5Dopen2(m_file, "column_order", H5P_DEFAULT)).get());
        if (!order)
            throw damaged("/column_order does not hold columns");
        tensor.columnOrder = *order;
    }
}

PackedTensor CastReader::read() const
{
    PackedTensor tensor;
    tensor.spec = readSpec();
    tensor.source = readTextAttribute(m_file, "source").value_or(m_where);
    if (H5Lexists(m_file, "packed", H5P_DEFAULT) <= 0)
        throw noCast("has no dataset /packed, so there is nothing to decode");
    const Hdf5Id dataset = checkedId(H5Dopen2(m_file, "packed", H5P_DEFAULT));
    auto packed = readBytes(dataset.get());
    if (!packed)
        throw damaged("/packed does not hold bytes");
    tensor.packed = std::move(*packed);
    readGeometry(dataset.get(), tensor);
    readTensorParameters(dataset.get(), tensor);
    readBadBlocks(tensor);
    return tensor;
}

}  // namespace

PackedTensor readPackedTensor(const std::filesystem::path& path)
{
    (void)openTensorSource(path);  // a missing, truncated or foreign file is told as for any other tensor file
    const Hdf5Silence silence;
    try {
        const Hdf5Id access = checkedId(H5Pcreate(H5P_FILE_ACCESS));
        checked(H5Pset_file_locking(access.get(), true, true));
        const Hdf5Id file = checkedId(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()));
        return CastReader(path, file.get()).read();
    } catch (const Hdf5Failure& failure) {
        throw Error(path.string(), std::string("cannot be read (") + failure.what() + ")", kDamagedRemedy);
    }
}

}  // namespace nanoscope
