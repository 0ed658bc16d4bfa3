#pragma once

#include "core/quant/block_view.h"
#include "core/quant/tensor_parameters.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nanoscope {

/// A tensor made ready for a format: its rows in the basis of the format, cut into blocks, and what had to be found
/// over all of it. Immutable; shares the tensor's values where the format has no transform.
struct PreparedTensor {
    FormatSpec spec;                         ///< resolved for the rows
    BlockView view;                          ///< in the basis of the format
    std::vector<std::uint32_t> columnOrder;  ///< column of the tensor for each column of the view; empty: as they are
    TensorParameters parameters;
};

/// Transforms, cuts and looks at the whole tensor as the format asks.
/// @param rows  the tensor's rows; its block length does not matter
/// @throws Cancelled; Error (Refused) for rows that the format cannot take
[[nodiscard]] PreparedTensor prepare(const BlockView& rows, const FormatSpec& spec, const PassOptions& options = {});

/// Rows in the basis of the format back as they were, row by row.
/// @param values  row by row, as PreparedTensor::view has them, without tiles
[[nodiscard]] std::vector<float> undoBasis(std::vector<float> values, const RowLayout& layout, const FormatSpec& spec,
    std::span<const std::uint32_t> columnOrder, const PassOptions& options = {});

}  // namespace nanoscope
