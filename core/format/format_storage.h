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

/// How many values of a metadata field a block holds.
enum class MetaUnit {
    Block,      ///< one
    Subgroup,   ///< one per subgroup
    Exception,  ///< one per exception: as many as the field kExceptionCount says, or special.count
    Kept,       ///< one per element that N:M pruning keeps
    Flagged,    ///< one per subgroup whose flag (the field kFlag) is set
    Level       ///< one per code: a codebook of the block's own
};

/// One metadata field of a format, derived from the spec.
struct MetaField {
    std::string name;  ///< as in `/meta/<name>`
    int bits = 0;      ///< width of the value
    MetaUnit unit = MetaUnit::Block;
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
inline constexpr const char* kOffset = "offset";                     ///< zero point, or FP16 minimum
inline constexpr const char* kLevels = "levels";                     ///< fitted codebook of the block, FP16
inline constexpr const char* kExceptionCount = "exceptions";         ///< how many
inline constexpr const char* kExceptionValue = "exception value";    ///< BF16 or FP16, per exception
inline constexpr const char* kKept = "kept";                         ///< N:M: position in its group, per kept element
inline constexpr const char* kPart = "part";                         ///< mixed formats: which one
inline constexpr const char* kSuperMinimum = "super-block minimum";  ///< K-quants: FP16 scale of the minima
inline constexpr const char* kSubScale = "sub-block scale";          ///< K-quants
inline constexpr const char* kSubMinimum = "sub-block minimum";      ///< K-quants
inline constexpr const char* kFlag = "outlier flag";                 ///< MicroScopiQ: the micro-block holds outliers
inline constexpr const char* kOutlierScale = "outlier scale";        ///< MicroScopiQ
inline constexpr const char* kPermutation = "permutation";           ///< MicroScopiQ: slot pairs of the outliers
/// @}

/// Width of MX+'s reserved field. All ones in it (or in MX++'s offset) mark an all-zero block, which has no exception.
inline constexpr int kReservedBits = 3;

/// Metadata fields in the order in which they are packed.
[[nodiscard]] std::vector<MetaField> metaFields(const FormatSpec& spec);

/// Bits that tell the codebooks apart; 0 without a chooser.
[[nodiscard]] int selectorBits(const FormatSpec& spec);

/// Scale and metadata bits of a block of `length` elements, without what varies from block to block.
[[nodiscard]] std::uint64_t blockHeaderBits(const FormatSpec& spec, std::uint64_t length);

/// Elements that a whole row counts as where no row is at hand.
inline constexpr std::uint64_t kNominalRow = 4096;

/// Values of a metadata field in a block of `length` elements, where that follows from the length alone; for exceptions
/// and flagged subgroups 0.
[[nodiscard]] std::uint64_t fixedUnits(const MetaField& field, const FormatSpec& spec, std::uint64_t length);

/// Bits of the shared scales of a block.
[[nodiscard]] int blockScaleBits(const FormatSpec& spec);

/// Elements of a block whose codes are stored: N:M pruning drops codes, OPAL's exceptions have none.
[[nodiscard]] std::uint64_t storedCodes(const FormatSpec& spec, std::uint64_t length);

/// All bits of a block of `length` elements. Only where blocks do not vary.
[[nodiscard]] std::uint64_t storedBlockBits(const FormatSpec& spec, std::uint64_t length);

/// Bytes of a row of `/packed`: blocks follow each other bitwise, each row is padded to a byte. Only where blocks do
/// not vary.
[[nodiscard]] std::uint64_t packedRowBytes(const FormatSpec& spec, std::uint64_t rowLength);

/// True when blocks of the same length may take different numbers of bits (exceptions, mixed formats).
[[nodiscard]] bool hasVariableBlocks(const FormatSpec& spec);

/// Bits of what is stored once per tensor: tensor scale, codebook choice, fitted codebook, scales of phase stages.
[[nodiscard]] std::uint64_t tensorBits(const FormatSpec& spec);

/// How many float32 values beside the tensor scale and the codebook choice a format stores once per tensor.
[[nodiscard]] std::size_t tensorValueCount(const FormatSpec& spec);

/// Nominal bits per element: whole blocks without what varies from block to block, no tensor scale (mx_family 0.3). A
/// row that is one block counts as 4096 elements.
[[nodiscard]] double nominalBitsPerElement(const FormatSpec& spec);

/// Stored bits per element of a tensor of `rows` rows: `/packed` and what is stored per tensor, over all elements. Only
/// where blocks do not vary.
[[nodiscard]] double storedBitsPerElement(const FormatSpec& spec, std::uint64_t rows, std::uint64_t rowLength);

}  // namespace nanoscope
