#include "core/analysis/block_difference.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace nanoscope {
namespace {

void requireSameRows(const Report& first, const Report& second)
{
    const auto refuse = [&](const std::string& what) {
        throw Error(first.tensor.name, first.format.name + " and " + second.format.name + " " + what,
            "compare formats that block the tensor along the same axis", ErrorKind::Refused);
    };
    if (first.axis != second.axis)
        refuse("block along axes " + std::to_string(first.axis) + " and " + std::to_string(second.axis));
    if (first.rows != second.rows || first.rowLength != second.rowLength)
        refuse("see the tensor as different rows");
}

/// Squared error of the blocks of a cell; NaN when one was left out.
double errorOfCell(const Report& report, std::uint64_t row, std::uint64_t start, std::uint64_t length)
{
    const std::uint64_t end = std::min(start + length, report.rowLength);
    double sum = 0.0;
    for (std::uint64_t at = start; at < end; at += report.blockLength)
        sum += report.blockSquaredError[row * report.blocksPerRow + at / report.blockLength];
    return sum;
}

/// By more than their rounding. False with NaN.
bool isLess(double error, double other)
{
    return error * (1 + 2 * CompactDoubles::kPrecision) < other;
}

float ratioInDecibel(double first, double second)
{
    constexpr auto kInfinity = std::numeric_limits<float>::infinity();
    if (first == 0 || second == 0)
        return first == second ? 0.0F : first == 0 ? kInfinity : -kInfinity;
    return static_cast<float>(10 * std::log10(second / first));
}

}  // namespace

BlockDifference blockDifference(const Report& first, const Report& second, const std::stop_token& stop)
{
    requireSameRows(first, second);
    BlockDifference difference;
    difference.rows = first.rows;
    difference.cellLength
        = std::min(std::lcm(first.blockLength, second.blockLength), std::max<std::uint64_t>(first.rowLength, 1));
    difference.cellsPerRow = (first.rowLength + difference.cellLength - 1) / difference.cellLength;
    difference.decibel.reserve(difference.rows * difference.cellsPerRow);
    for (std::uint64_t row = 0; row < difference.rows; ++row) {
        if (stop.stop_requested())
            throw Cancelled();
        for (std::uint64_t start = 0; start < first.rowLength; start += difference.cellLength) {
            const double firstError = errorOfCell(first, row, start, difference.cellLength);
            const double secondError = errorOfCell(second, row, start, difference.cellLength);
            const bool isExcluded = std::isnan(firstError) || std::isnan(secondError);
            difference.decibel.push_back(
                isExcluded ? std::numeric_limits<float>::quiet_NaN() : ratioInDecibel(firstError, secondError));
            difference.firstBetter += isLess(firstError, secondError) ? 1U : 0U;
            difference.secondBetter += isLess(secondError, firstError) ? 1U : 0U;
        }
    }
    return difference;
}

}  // namespace nanoscope
