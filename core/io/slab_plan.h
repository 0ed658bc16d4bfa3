#pragma once

#include "core/tensor.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace nanoscope {

/// A rectangular part of a tensor.
struct Box {
    Shape start;   ///< index of its first element
    Shape extent;  ///< elements along each axis
};

/// Cuts a tensor into boxes of about `budgetBytes`, in C order, so that it can be read piece by piece.
/// Boxes are multiples of a grain (a chunk of a chunked file), so no grain is touched by two boxes; only a
/// grain that is larger than the budget makes a larger box.
class SlabPlan {
public:
    /// @param shape  extents of the tensor, none of them 0; its size in bytes must fit 64 bits
    /// @param grain  extents of the smallest useful piece, each at least 1; as many as `shape` has
    SlabPlan(Shape shape, Shape grain, std::uint64_t elementBytes, std::uint64_t budgetBytes);

    /// Extents of a box in the middle of the tensor; boxes at the far edges are smaller.
    [[nodiscard]] const Shape& extent() const noexcept { return m_extent; }

    /// The first box.
    [[nodiscard]] Box first() const;

    /// Moves to the box after `box`; false when that was the last one.
    [[nodiscard]] bool advance(Box& box) const;

private:
    void clip(Box& box) const;

    Shape m_shape;
    Shape m_extent;
};

/// Calls `visit(offsetInBox, offsetInTensor, length)` for each run of elements that is contiguous in both
/// the box (dense, C order) and the tensor it was cut from.
template <typename Visit> void forEachRun(const Shape& shape, const Box& box, Visit visit)
{
    // The axes after `axis` are whole, so one run spans them together with the box's part of `axis`.
    std::size_t axis = shape.size();
    std::uint64_t length = 1;
    while (axis > 0) {
        --axis;
        length *= box.extent[axis];
        if (box.extent[axis] != shape[axis])
            break;
    }

    Shape index(axis, 0);  // position in the box along the axes before the run
    std::uint64_t offsetInBox = 0;
    while (true) {
        std::uint64_t offsetInTensor = 0;
        for (std::size_t i = 0; i < shape.size(); ++i)
            offsetInTensor = offsetInTensor * shape[i] + box.start[i] + (i < axis ? index[i] : 0);
        visit(offsetInBox, offsetInTensor, length);
        offsetInBox += length;

        std::size_t i = axis;
        while (i > 0 && ++index[i - 1] == box.extent[i - 1])
            index[--i] = 0;
        if (i == 0)
            return;
    }
}

}  // namespace nanoscope
