#pragma once

#include "core/format/format_spec.h"
#include "core/format/format_storage.h"
#include "core/quant/block_encoder.h"
#include "core/quant/encoded_block.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace nanoscope {

/// The 16-bit pattern that an exception is stored as, and what it reads back as: BF16 (OPAL), FP16 (sparse elements and
/// columns). Nearest, ties to even; beyond the largest finite number that number is taken.
struct StoredException {
    std::uint16_t bits = 0;
    double value = 0.0;
};
[[nodiscard]] StoredException storedException(SpecialKind kind, double value);
[[nodiscard]] double exceptionValue(SpecialKind kind, std::uint16_t bits);

/// Elements that take no part in the quantization of their block: OPAL's largest ones, sparse outliers, outlier columns
/// and what N:M pruning drops. They count as 0 in the search; their neighbours' scale does not see them.
class SetAside {
public:
    SetAside(const FormatSpec& spec, const TensorParameters& parameters);

    /// True when the format has any.
    [[nodiscard]] bool isUsed() const;
    /// Finds them in a block and makes them 0.
    void take(std::span<double> values, const BlockPlace& place);
    /// Puts them into the quantized block: decoded values, exceptions and metadata.
    /// @param values  the block's elements as they were
    void putBack(EncodedBlock& block, std::span<const float> values) const;

private:
    void takeLargest(std::span<const double> values);
    void takePruned(std::span<const double> values);

    const FormatSpec& m_spec;
    const TensorParameters& m_parameters;
    std::vector<MetaField> m_fields;
    std::vector<std::size_t> m_exceptions;  // ascending
    std::vector<std::size_t> m_pruned;      // ascending
    std::vector<std::size_t> m_order;       // scratch
};

}  // namespace nanoscope
