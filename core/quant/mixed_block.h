#pragma once

#include "core/format/format_spec.h"
#include "core/format/format_storage.h"
#include "core/quant/encoded_block.h"
#include "core/quant/tensor_parameters.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nanoscope {

/// @name Metadata of a block that is quantized twice (MixRule::ResidualColumns), beside those of its part
/// @{
inline constexpr const char* kResidualScale = "residual scale";  ///< scale code of the second quantization
inline constexpr const char* kResidualCode = "residual code";    ///< its code, per element
/// @}

/// The formats that the blocks of a mixed format can have: its parts, with the geometry of the whole.
/// @throws Error (Refused) when a residual part has exceptions of its own or one scale per sign
[[nodiscard]] std::vector<FormatSpec> partsOf(const FormatSpec& spec);

/// What the encoder and decoder of a part get of the tensor's parameters. Parts with a tensor scale share one.
[[nodiscard]] TensorParameters partParameters(const FormatSpec& part, const TensorParameters& parameters);

/// How a block of one part stands in an EncodedBlock of the whole format.
///
/// Its metadata are kPart (which part; with MixRule::ResidualColumns 1 for a block that is quantized twice), then all
/// fields of all parts, fields of the same name and unit once. A block fills those of its own part; of the others it
/// holds zeros, or nothing where their number varies. A block that is quantized twice has the fields of the second
/// quantization behind those of the first, with "residual" before their names, and lists all its elements as
/// exceptions: they are stored more finely than their neighbours.
class MixedLayout {
public:
    /// @param spec  has a mix
    explicit MixedLayout(const FormatSpec& spec);

    [[nodiscard]] const std::vector<MetaField>& fields() const { return m_fields; }
    [[nodiscard]] const std::vector<FormatSpec>& parts() const { return m_parts; }
    [[nodiscard]] bool hasResidual() const { return m_hasResidual; }
    /// Index into parts() of a block.
    [[nodiscard]] std::size_t partOf(const EncodedBlock& mixed) const;
    /// True for a block that is quantized twice.
    [[nodiscard]] bool isTwofold(const EncodedBlock& mixed) const;

    /// A part's block as one of the whole format. Indices into lists of the part's spec (offset, target, micro) have no
    /// meaning in the whole and become 0; unitBook stays the part's.
    void wrap(EncodedBlock& mixed, const EncodedBlock& block, std::size_t part) const;
    /// Adds the second quantization of a wrapped block; `decoded` becomes the sum.
    void addResidual(EncodedBlock& mixed, const EncodedBlock& residual) const;

    /// What wrap() was given, as far as it is stored.
    [[nodiscard]] EncodedBlock unwrap(const EncodedBlock& mixed) const;
    /// What addResidual() was given, as far as it is stored.
    [[nodiscard]] EncodedBlock unwrapResidual(const EncodedBlock& mixed) const;

private:
    [[nodiscard]] std::vector<std::size_t> addFields(const std::vector<MetaField>& fields, const std::string& prefix);

    std::vector<FormatSpec> m_parts;
    bool m_hasResidual = false;
    std::vector<MetaField> m_fields;
    std::vector<std::vector<std::size_t>> m_fieldOf;  // per part: position of each of its fields
    std::vector<std::size_t> m_residualFieldOf;
    std::size_t m_residualScale = 0;
    std::size_t m_residualCode = 0;
};

/// Metadata fields of a mixed format, in the order of EncodedBlock::meta. Not the order in which they are packed: see
/// MixedPacked.
[[nodiscard]] std::vector<MetaField> mixedMetaFields(const FormatSpec& spec);

}  // namespace nanoscope
