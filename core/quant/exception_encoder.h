#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/format/format_storage.h"
#include "core/quant/encoded_block.h"
#include "core/quant/exception_element.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace nanoscope {

/// Stores some elements of a quantized block more finely than their neighbours: the block maximum of MX+ and MX++
/// (arXiv 2510.14557) or the largest element of each subgroup of M2XFP activations (arXiv 2601.19213).
class ExceptionEncoder {
public:
    /// @param spec  validated, with a special part
    /// @param book  its one codebook
    ExceptionEncoder(const FormatSpec& spec, const Codebook& book);

    /// Refines a block that was quantized as usual: decoded values, codes where they change, metadata and exceptions.
    /// @param values  the block's elements in double, at least block.length of them
    void refine(EncodedBlock& block, std::span<const double> values) const;

    /// An exception beyond the last step that it can take, by more than half of that step.
    [[nodiscard]] bool isClipped(double scaled) const;

private:
    void refineBlockMaximum(EncodedBlock& block, std::span<const double> values) const;
    void lowerOthers(EncodedBlock& block, std::span<const double> values, std::size_t maximum, double scale) const;
    void refineTop1(EncodedBlock& block, std::span<const double> values) const;
    [[nodiscard]] std::vector<std::uint32_t>& metaOf(EncodedBlock& block, const char* name) const;

    SpecialSpec m_special;
    Codebook m_book;
    std::size_t m_subgroup;
    std::vector<MetaField> m_fields;
    std::optional<ExceptionLadder> m_ladder;  // block maximum
    std::optional<Codebook> m_fine;           // top-1
};

}  // namespace nanoscope
