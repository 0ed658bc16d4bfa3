#pragma once

#include "core/format/format_json.h"
#include "core/quant/block_view.h"
#include "core/tensor.h"

#include <cmath>
#include <memory>
#include <random>
#include <span>
#include <utility>
#include <vector>

/// A tensor made of given values, as if read from a file.
inline nanoscope::Tensor madeTensor(nanoscope::Shape shape, std::vector<float> values)
{
    nanoscope::Tensor tensor;
    tensor.file = "made.h5";
    tensor.info.name = "made";
    tensor.info.dtype = "f32";
    tensor.info.shape = std::move(shape);
    tensor.info.elements = values.size();
    tensor.info.explorable = true;
    tensor.values = std::make_shared<const std::vector<float>>(std::move(values));
    return tensor;
}

/// A row of given values.
inline nanoscope::Tensor madeRow(std::vector<float> values)
{
    const nanoscope::Shape shape{values.size()};
    return madeTensor(shape, std::move(values));
}

/// Standard normal values.
inline std::vector<float> gaussian(std::size_t count, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(normal(random));
    return values;
}

/// Elements of one block, copied.
inline std::vector<float> blockValues(const nanoscope::BlockView& view, std::uint64_t index)
{
    std::vector<float> room;
    const std::span<const float> values = view.values(index, room);
    return {values.begin(), values.end()};
}

/// The tensor in the blocks of a format.
inline nanoscope::BlockView viewOf(const nanoscope::Tensor& tensor, const nanoscope::FormatSpec& spec)
{
    return {tensor, spec.geometry.axis, spec.geometry.block};
}
