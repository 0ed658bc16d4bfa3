#pragma once

#include "core/format/format_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nanoscope {

/// Where a metadata field is kept in the packed stream.
enum class MetaStorage {
    Metadata,     ///< its own bits between scale and codes
    ElementSlot,  ///< in place of the exception element's code, below its sign (MX+)
};

/// One metadata field of a format, per block or per subgroup, derived from the spec.
struct MetaField {
    std::string name;  ///< as in `/meta/<name>`
    int bits = 0;      ///< width of the value
    Unit unit = Unit::Block;
    MetaStorage storage = MetaStorage::Metadata;
    int bitsInScaleSign = 0;  ///< the highest bits of the value that ride in the scale code's unused sign bit

    /// Bits that the field adds to a block's metadata, per unit.
    [[nodiscard]] int storedBits() const { return storage == MetaStorage::Metadata ? bits - bitsInScaleSign : 0; }
};

/// @name Names of metadata fields
/// @{
inline constexpr const char* kNanoMantissa = "NanoMantissa";
inline constexpr const char* kSubgroupMantissa = "subgroup mantissa";
inline constexpr const char* kMicroexponent = "microexponent";
inline constexpr const char* kCodebook = "codebook";
inline constexpr const char* kExceptionIndex = "index";
inline constexpr const char* kExceptionMantissa = "exception mantissa";
inline constexpr const char* kReserved = "reserved";
inline constexpr const char* kOthersOffset = "exponent offset of the others";
inline constexpr const char* kTop1Mantissa = "top-1 mantissa";
/// @}

/// Width of MX+'s reserved field. All ones in it (or in MX++'s offset) mark an all-zero block, which has no exception.
inline constexpr int kReservedBits = 3;

/// Metadata fields in the order in which they are packed.
[[nodiscard]] std::vector<MetaField> metaFields(const FormatSpec& spec);

/// Bits that tell the codebooks apart; 0 without a chooser.
[[nodiscard]] int selectorBits(const FormatSpec& spec);

/// Scale and metadata bits of a block of `length` elements.
[[nodiscard]] std::uint64_t blockHeaderBits(const FormatSpec& spec, std::uint64_t length);

/// Bytes of `/packed`: blocks follow each other bitwise, each row is padded to a byte.
[[nodiscard]] std::uint64_t packedRowBytes(const FormatSpec& spec, std::uint64_t rowLength);

/// Nominal bits per element: whole blocks, no tensor scale (mx_family 0.3).
[[nodiscard]] double nominalBitsPerElement(const FormatSpec& spec);

/// Stored bits per element of a tensor of `rows` rows: `/packed` and the tensor scale over all elements.
[[nodiscard]] double storedBitsPerElement(const FormatSpec& spec, std::uint64_t rows, std::uint64_t rowLength);

}  // namespace nanoscope
