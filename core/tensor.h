#pragma once

#include "core/tensor_values.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nanoscope {

using Shape = std::vector<std::uint64_t>;

/// Number of elements of a tensor of this shape; 1 for rank 0.
[[nodiscard]] std::uint64_t elementCount(const Shape& shape);

/// "256 × 512" with the given separator; "scalar" for rank 0.
[[nodiscard]] std::string shapeText(const Shape& shape, const std::string& separator = " × ");

/// What a file says of one tensor before any element is read.
struct TensorInfo {
    std::string name;            ///< path inside the file, without a leading slash
    Shape shape;                 ///< empty for a scalar
    std::string dtype;           ///< f16, bf16, f32, f64, or the file format's own class name
    std::uint64_t elements = 0;  ///< product of the shape
    bool explorable = false;     ///< float data that this program can read
    std::string reason;          ///< why not, when not explorable
};

/// A tensor as every figure sees it: float32 values in the file's (C) order, 16-bit floats kept as stored.
/// float64 input is rounded to nearest even; what overflows counts as infinity.
struct Tensor {
    std::string file;     ///< path of the file it came from, for messages and titles
    TensorInfo info;      ///< as listed
    TensorValues values;  ///< info.elements values
};

}  // namespace nanoscope
