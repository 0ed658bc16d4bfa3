#pragma once

#include "core/format/format_spec.h"
#include "core/quant/tensor_parameters.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nanoscope {

/// A matrix in row-major order.
struct MatrixShape {
    std::uint64_t rows = 0;
    std::uint64_t columns = 0;
};

/// Columns by descending Euclidean norm, equal ones in their order (K-sort, catalogue 3.3). NaN and infinity count as
/// 0.
[[nodiscard]] std::vector<std::uint32_t> columnsByNorm(std::span<const float> values, MatrixShape shape);

/// Values in the basis of the format: columns in the given order, then random signs, then a block-diagonal Hadamard
/// rotation of every row, w H / sqrt(n) (catalogue 4.1); columns behind the last whole group of n stay as they are.
/// @param order  column of `values` for each new column; empty: as they are
/// @throws Cancelled
[[nodiscard]] std::vector<float> transformed(std::span<const float> values, MatrixShape shape,
    const TransformSpec& transform, std::span<const std::uint32_t> order, const PassOptions& options);

/// The inverse of transformed(), in double, rounded once to float32.
[[nodiscard]] std::vector<float> restored(std::span<const float> values, MatrixShape shape,
    const TransformSpec& transform, std::span<const std::uint32_t> order, const PassOptions& options);

/// The basis in words, for reports: "as stored", "columns sorted by norm, Hadamard 16, signs of seed 1".
[[nodiscard]] std::string basisText(const FormatSpec& spec);

}  // namespace nanoscope
