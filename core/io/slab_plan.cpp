#include "core/io/slab_plan.h"

#include <algorithm>
#include <cassert>

namespace nanoscope {

SlabPlan::SlabPlan(Shape shape, Shape grain, std::uint64_t elementBytes, std::uint64_t budgetBytes)
    : m_shape(std::move(shape))
    , m_extent(m_shape.size())
{
    assert(grain.size() == m_shape.size());
    std::uint64_t bytes = elementBytes;
    for (std::size_t i = 0; i < m_shape.size(); ++i) {
        m_extent[i] = std::min(grain[i], m_shape[i]);
        bytes *= m_extent[i];
    }
    // Grow along the last axis first: that gives the longest contiguous runs.
    for (std::size_t i = m_shape.size(); i > 0; --i) {
        std::uint64_t& extent = m_extent[i - 1];
        const std::uint64_t layerBytes = bytes / extent;
        const std::uint64_t affordable = budgetBytes / layerBytes;
        if (affordable < m_shape[i - 1]) {
            extent = std::max(extent, affordable / grain[i - 1] * grain[i - 1]);
            break;
        }
        extent = m_shape[i - 1];
        bytes = layerBytes * extent;
    }
}

Box SlabPlan::first() const
{
    Box box{Shape(m_shape.size(), 0), {}};
    clip(box);
    return box;
}

bool SlabPlan::advance(Box& box) const
{
    for (std::size_t i = m_shape.size(); i > 0; --i) {
        std::uint64_t& start = box.start[i - 1];
        if (m_shape[i - 1] - start > m_extent[i - 1]) {
            start += m_extent[i - 1];
            clip(box);
            return true;
        }
        start = 0;
    }
    return false;
}

void SlabPlan::clip(Box& box) const
{
    box.extent = m_extent;
    for (std::size_t i = 0; i < m_shape.size(); ++i)
        box.extent[i] = std::min(m_extent[i], m_shape[i] - box.start[i]);
}

}  // namespace nanoscope
