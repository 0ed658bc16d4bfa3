#include "core/analysis/sweep_row.h"

#include "core/analysis/decibel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace nanoscope {

SweepTotal sweepTotal(const std::vector<const SweepFigures*>& figures)
{
    SweepTotal total;
    double bits = 0.0;
    double error = 0.0;
    double power = 0.0;
    for (const SweepFigures* each : figures) {
        if (!each->refusal.empty())
            continue;
        ++total.tensors;
        total.elements += each->elements;
        bits += each->bitsPerElement * static_cast<double>(each->elements);
        total.measured += each->measured;
        error += each->squaredError;
        power += each->power;
    }
    if (total.elements > 0)
        total.bitsPerElement = bits / static_cast<double>(total.elements);
    total.squaredError = error;
    if (power > 0)
        total.nmse = error / power;
    if (power > 0 && error > 0)
        total.sqnrDecibel = sqnrOfNmse(*total.nmse);
    return total;
}

SweepTotal sweepTotal(const std::vector<SweepRow>& rows, std::size_t format)
{
    std::vector<const SweepFigures*> figures;
    for (const SweepRow& row : rows)
        if (format < row.figures.size())
            figures.push_back(&row.figures[format]);
    return sweepTotal(figures);
}

std::vector<std::size_t> worstFirst(const std::vector<SweepRow>& rows, std::size_t format)
{
    const auto rank = [&](std::size_t index) {
        const std::vector<SweepFigures>& figures = rows[index].figures;
        constexpr double kLast = std::numeric_limits<double>::infinity();
        if (format >= figures.size() || !figures[format].refusal.empty())
            return std::pair(1, kLast);
        return std::pair(0, figures[format].sqnrDecibel.value_or(kLast));
    };
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    return order;
}

}  // namespace nanoscope
