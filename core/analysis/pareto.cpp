#include "core/analysis/pareto.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {

std::vector<std::size_t> paretoFront(std::span<const CostAndMerit> points)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (!std::isnan(points[i].cost) && !std::isnan(points[i].merit))
            order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [points](std::size_t a, std::size_t b) {
        return points[a].cost != points[b].cost ? points[a].cost < points[b].cost : points[a].merit > points[b].merit;
    });
    // Whoever comes later costs no less, so it must give more than all before, or be equal to the last one kept.
    std::vector<std::size_t> front;
    for (const std::size_t i : order) {
        const bool isFirst = front.empty();
        const bool isEqual
            = !isFirst && points[i].cost == points[front.back()].cost && points[i].merit == points[front.back()].merit;
        if (isFirst || isEqual || points[i].merit > points[front.back()].merit)
            front.push_back(i);
    }
    return front;
}

}  // namespace nanoscope
