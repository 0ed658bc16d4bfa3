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

/// Calls `visit(offsetHeld, offsetInTensor, length)` for each run of elements of a box that is contiguous both in
/// the tensor it was cut from and in memory that holds the box.
/// @param held  extents of that memory, dense and in C order: the box itself, or more (a chunk that ends beyond the
///              tensor); the box begins at its first element
template <typename Visit> void forEachRun(const Shape& shape, const Box& box, const Shape& held, Visit visit)
{
    // The axes after `axis` are whole on both sides, so one run spans them together with the box's part of `axis`.
    std::size_t axis = shape.size();
    std::uint64_t length = 1;
    while (axis > 0) {
        --axis;
        length *= box.extent[axis];
        if (box.extent[axis] != shape[axis] || box.extent[axis] != held[axis])
            break;
    }

    Shape index(axis, 0);  // position in the box along the axes before the run
    while (true) {
        std::uint64_t offsetHeld = 0;
        std::uint64_t offsetInTensor = 0;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            const std::uint64_t position = i < axis ? index[i] : 0;
            offsetHeld = offsetHeld * held[i] + position;
            offsetInTensor = offsetInTensor * shape[i] + box.start[i] + position;
        }
        visit(offsetHeld, offsetInTensor, length);

        std::size_t i = axis;
        while (i > 0 && ++index[i - 1] == box.extent[i - 1])
            index[--i] = 0;
        if (i == 0)
            return;
    }
}

/// The same for memory that holds just the box.
template <typename Visit> void forEachRun(const Shape& shape, const Box& box, Visit visit)
{
    forEachRun(shape, box, box.extent, visit);
}

}  // namespace nanoscope
