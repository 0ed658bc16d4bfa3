#include "core/tensor.h"

namespace nanoscope {

std::uint64_t elementCount(const Shape& shape)
{
    std::uint64_t count = 1;
    for (const std::uint64_t extent : shape)
        count *= extent;
    return count;
}

std::string shapeText(const Shape& shape, const std::string& separator)
{
    if (shape.empty())
        return "scalar";
    std::string text;
    for (const std::uint64_t extent : shape)
        text += (text.empty() ? "" : separator) + std::to_string(extent);
    return text;
}

}  // namespace nanoscope
