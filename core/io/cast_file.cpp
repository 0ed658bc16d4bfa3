#include "core/io/cast_file.h"

#include "core/error.h"
#include "core/format/format_json.h"
#include "core/format/format_storage.h"
#include "core/format/scale_codec.h"
#include "core/io/hdf5_handle.h"
#include "core/io/hdf5_write.h"
#include "core/io/replacement_file.h"
#include "core/quant/tensor_parameters.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace nanoscope {

namespace {

namespace fs = std::filesystem;

void writeRootAttributes(hid_t file, const FormatSpec& spec, const std::string& source)
{
    writeAttribute(file, "format", canonicalText(spec));
    writeAttribute(file, "source", source);
    writeAttribute(file, "version", std::string(NANOSCOPE_VERSION));
}

/// Bits of the widest scale; the parts of mixed formats differ.
int scaleWidth(const FormatSpec& spec)
{
    if (!spec.mix)
        return ScaleCodec(spec.scale.codec).bits();
    int bits = 0;
    for (const FormatSpec& part : spec.mix->parts)
        bits = std::max(bits, scaleWidth(part));
    return bits;
}

void writeScales(hid_t file, const CastTensor& cast)
{
    Shape shape{cast.rows, cast.blocksPerRow};
    if (cast.spec.scale.splitSign)
        shape.push_back(2);
    writeDataset(file, "/scales", shape, scaleWidth(cast.spec), std::span(cast.scales));
    if (hasTensorScale(cast.spec))
        writeDataset(file, "/tensor_scale", {}, std::span(&cast.tensorScale, 1));
    if (!cast.tensorValues.empty())
        writeDataset(file, "/tensor_values", {cast.tensorValues.size()}, std::span(cast.tensorValues));
    if (!cast.columnOrder.empty())
        writeDataset(file, "/column_order", {cast.columnOrder.size()}, 32, std::span(cast.columnOrder));
}

void writeMeta(hid_t file, const CastTensor& cast)
{
    const std::vector<MetaField> fields = metaFields(resolved(cast.spec, cast.rowLength));
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const bool isList = fields[i].unit == MetaUnit::Exception || fields[i].unit == MetaUnit::Flagged;
        const std::uint64_t perRow = cast.rows > 0 ? cast.meta[i].size() / cast.rows : 0;
        const Shape shape = isList ? Shape{cast.meta[i].size()} : Shape{cast.rows, perRow};
        writeDataset(file, "/meta/" + fields[i].name, shape, fields[i].bits, std::span(cast.meta[i]));
    }
}

/// Everything that decoding needs beside the root's `format`, on `/packed` itself.
void writePacked(hid_t file, const CastTensor& cast)
{
    const Shape shape = cast.packedRowBytes > 0 ? Shape{cast.rows, cast.packedRowBytes} : Shape{cast.packed.size()};
    writeDataset(file, "/packed", shape, 8, std::span(cast.packed));
    const Hdf5Id packed = checkedId(H5Dopen2(file, "/packed", H5P_DEFAULT));
    writeAttribute(packed.get(), "shape", cast.shape);
    writeAttribute(packed.get(), "axis", static_cast<std::int64_t>(cast.axis));
    if (cast.reshape)
        writeAttribute(packed.get(), "reshape", *cast.reshape);
    if (hasTensorScale(cast.spec))
        writeAttribute(packed.get(), "tensor_scale", cast.tensorScale);
    if (cast.spec.chooser && cast.spec.chooser->unit == Unit::Tensor)
        writeAttribute(packed.get(), "tensor_book", static_cast<std::int64_t>(cast.tensorBook));
}

/// A bit per block, least significant first; only where the scale codes cannot tell.
void writeBadBlocks(hid_t file, const CastTensor& cast)
{
    const bool hasBad = std::any_of(cast.badBlocks.begin(), cast.badBlocks.end(), [](bool bad) { return bad; });
    if (!hasBad)
        return;
    std::vector<std::uint8_t> bitmap((cast.badBlocks.size() + 7) / 8, 0);
    for (std::size_t i = 0; i < cast.badBlocks.size(); ++i) {
        if (cast.badBlocks[i])
            bitmap[i / 8] = static_cast<std::uint8_t>(bitmap[i / 8] | (1U << (i % 8)));
    }
    writeDataset(file, "/bad_blocks", {bitmap.size()}, 8, std::span<const std::uint8_t>(bitmap));
}

Hdf5Id createFile(const fs::path& path)
{
    const Hdf5Id access = checkedId(H5Pcreate(H5P_FILE_ACCESS));
    checked(H5Pset_file_locking(access.get(), true, true));  // some file systems have no locks
    return checkedId(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()));
}

/// Lets `fill` write a new file, which takes the place of `target` once it is complete.
/// @param bytes  of the datasets in all
template <typename Fill> void replaceFile(const fs::path& target, const fs::path& input, std::uint64_t bytes, Fill fill)
{
    constexpr std::uint64_t kHeaderBytes = std::uint64_t{64} << 10;  // groups and attributes, generously
    ReplacementFile replacement(target, input);
    replacement.reserve(bytes + kHeaderBytes);
    const Hdf5Silence silence;
    try {
        const Hdf5Id file = createFile(replacement.temporary());
        try {
            fill(file.get());
            checked(H5Fflush(file.get(), H5F_SCOPE_GLOBAL));  // here, because a failure while closing cannot be told
        } catch (const Hdf5Failure&) {
            replacement.discard();  // HDF5 crashes at exit if it finds no room to close a file
            throw;
        }
    } catch (const Hdf5Failure& failure) {
        throw Error(target.string(), std::string("cannot be written (") + failure.what() + ")",
            "check the folder's permissions and the space on the disk");
    }
    replacement.commit();
}

/// Bits of the widest code; the parts of mixed formats differ.
int codeWidth(const CastTensor& cast)
{
    int bits = cast.spec.codeBits();
    if (cast.spec.mix)
        for (const FormatSpec& part : cast.spec.mix->parts)
            bits = std::max(bits, part.codeBits());
    for (const ElementBook& book : cast.spec.elements)
        bits = std::max(bits, book.codeBits());
    return bits;
}

std::uint64_t datasetBytes(const CastTensor& cast)
{
    std::uint64_t bytes = cast.dequantized.size() * sizeof(float) + cast.codes.size() * sizeof(std::uint32_t)
        + cast.scales.size() * sizeof(std::uint64_t) + cast.packed.size() + cast.badBlocks.size();
    for (const auto& values : cast.meta)
        bytes += values.size() * sizeof(std::uint32_t);
    return bytes;  // at most: most codes, scales and metadata are stored in fewer bytes
}

}  // namespace

void writeCastFile(const fs::path& target, const CastTensor& cast, const fs::path& input)
{
    replaceFile(target, input, datasetBytes(cast), [&cast](hid_t file) {
        writeRootAttributes(file, cast.spec, cast.source);
        writeDataset(file, "/dequantized", cast.shape, std::span(cast.dequantized));
        writeDataset(file, "/codes", cast.shape, codeWidth(cast), std::span(cast.codes));
        writeScales(file, cast);
        writeMeta(file, cast);
        writePacked(file, cast);
        writeBadBlocks(file, cast);
    });
}

void writeDequantizedFile(
    const fs::path& target, const PackedTensor& packed, std::span<const float> dequantized, const fs::path& input)
{
    replaceFile(target, input, dequantized.size_bytes(), [&](hid_t file) {
        writeRootAttributes(file, packed.spec, packed.source);
        writeDataset(file, "/dequantized", packed.shape, dequantized);
    });
}

}  // namespace nanoscope
