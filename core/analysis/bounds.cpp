#include "core/analysis/bounds.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace nanoscope {
namespace {

constexpr double kMostLloydMaxBits = 8.0;  // more levels than the histogram can tell apart

constexpr std::size_t kDensityFold = 8;  // bins joined for densities, so that their noise stays small
constexpr int kMostIterations = 500;

/// Prefix sums of probability and of probability times value over the bins.
struct Moments {
    std::vector<double> mass{0.0};
    std::vector<double> first{0.0};
    double second = 0.0;
    double width = 0.0;
    double lowest = 0.0;

    [[nodiscard]] double center(std::size_t bin) const { return lowest + (static_cast<double>(bin) + 0.5) * width; }
};

Moments momentsOf(std::span<const std::uint64_t> histogram, double reach, double total)
{
    Moments moments;
    moments.width = 2 * reach / static_cast<double>(histogram.size());
    moments.lowest = -reach;
    for (std::size_t bin = 0; bin < histogram.size(); ++bin) {
        const double p = static_cast<double>(histogram[bin]) / total;
        const double x = moments.center(bin);
        moments.mass.push_back(moments.mass.back() + p);
        moments.first.push_back(moments.first.back() + p * x);
        moments.second += p * x * x;
    }
    return moments;
}

/// Edges in bins of the cells of `levels`, which are ascending.
std::vector<std::size_t> cellEdges(const std::vector<double>& levels, const Moments& moments)
{
    const std::size_t bins = moments.mass.size() - 1;
    std::vector<std::size_t> edges{0};
    for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
        const double position = ((levels[i] + levels[i + 1]) / 2 - moments.lowest) / moments.width + 0.5;
        edges.push_back(static_cast<std::size_t>(std::clamp(position, 0.0, static_cast<double>(bins))));
    }
    edges.push_back(bins);
    return edges;
}

/// Levels spread as the cube root of the density: Panter and Dite's codebook, from which Lloyd's iteration starts.
std::vector<double> startLevels(std::span<const std::uint64_t> histogram, const Moments& moments, std::size_t count)
{
    std::vector<double> cumulative{0.0};
    for (const std::uint64_t n : histogram)
        cumulative.push_back(cumulative.back() + std::cbrt(static_cast<double>(n)));
    std::vector<double> levels;
    for (std::size_t i = 0; i < count; ++i) {
        const double wanted = (static_cast<double>(i) + 0.5) / static_cast<double>(count) * cumulative.back();
        const auto above = std::upper_bound(cumulative.begin(), cumulative.end(), wanted);
        levels.push_back(moments.center(static_cast<std::size_t>(above - cumulative.begin()) - 1));
    }
    return levels;
}

/// A cell of a codebook in bins, and what comes of parting it.
struct Cell {
    std::size_t first = 0;
    std::size_t last = 0;  ///< one behind
    std::size_t cut = 0;
    double gain = 0.0;  ///< squared error that parting it at `cut` saves; 0: it stays whole
};

double massOf(const Moments& moments, std::size_t first, std::size_t last)
{
    return moments.mass[last] - moments.mass[first];
}

/// Mean of the values between two edges.
double centroidOf(const Moments& moments, std::size_t first, std::size_t last)
{
    return (moments.first[last] - moments.first[first]) / massOf(moments, first, last);
}

/// The bin edge nearest to a value, strictly inside a cell.
std::size_t edgeInside(const Moments& moments, const Cell& cell, double value)
{
    const double position = (value - moments.lowest) / moments.width + 0.5;
    return std::clamp(static_cast<std::size_t>(std::max(position, 0.0)), cell.first + 1, cell.last - 1);
}

Cell cellBetween(const Moments& moments, std::size_t first, std::size_t last)
{
    constexpr int kMostSteps = 30;
    Cell cell{first, last, first, 0.0};
    if (last - first < 2 || !(massOf(moments, first, last) > 0))
        return cell;
    cell.cut = edgeInside(moments, cell, centroidOf(moments, first, last));
    for (int i = 0; i < kMostSteps; ++i) {
        const double below = massOf(moments, first, cell.cut);
        const double above = massOf(moments, cell.cut, last);
        if (!(below > 0) || !(above > 0))
            return cell;
        const double distance = centroidOf(moments, cell.cut, last) - centroidOf(moments, first, cell.cut);
        cell.gain = below * above / (below + above) * distance * distance;
        const std::size_t next = edgeInside(moments, cell, centroidOf(moments, first, cell.cut) + distance / 2);
        if (next == cell.cut)
            return cell;
        cell.cut = next;
    }
    return cell;
}

/// Levels found by parting, again and again, the cell that gains most by it: where tails are long and thin, Lloyd's
/// iteration cannot bring the levels back that startLevels() strews there.
std::vector<double> partedLevels(const Moments& moments, std::size_t count)
{
    std::vector<Cell> cells{cellBetween(moments, 0, moments.mass.size() - 1)};
    while (cells.size() < count) {
        const auto best = std::max_element(
            cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.gain < b.gain; });
        if (!(best->gain > 0))
            break;
        const Cell parted = *best;
        *best = cellBetween(moments, parted.first, parted.cut);
        cells.push_back(cellBetween(moments, parted.cut, parted.last));
    }
    std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.first < b.first; });
    std::vector<double> levels;
    for (const Cell& cell : cells)
        if (massOf(moments, cell.first, cell.last) > 0)
            levels.push_back(centroidOf(moments, cell.first, cell.last));
    return levels;
}

/// Mean squared error of the codebook that Lloyd's iteration makes of these levels.
double iteratedError(std::vector<double> levels, const Moments& moments)
{
    double change = moments.width;
    for (int i = 0; i < kMostIterations && change > 1e-3 * moments.width; ++i) {
        const std::vector<std::size_t> edges = cellEdges(levels, moments);
        change = 0.0;
        for (std::size_t k = 0; k < levels.size(); ++k) {
            if (!(massOf(moments, edges[k], edges[k + 1]) > 0))
                continue;
            const double centroid = centroidOf(moments, edges[k], edges[k + 1]);
            change = std::max(change, std::fabs(centroid - levels[k]));
            levels[k] = centroid;
        }
    }
    const std::vector<std::size_t> edges = cellEdges(levels, moments);
    double error = moments.second;
    for (std::size_t k = 0; k < levels.size(); ++k) {
        const double mass = massOf(moments, edges[k], edges[k + 1]);
        const double first = moments.first[edges[k + 1]] - moments.first[edges[k]];
        error += levels[k] * (levels[k] * mass - 2 * first);
    }
    return std::max(error, 0.0) + moments.width * moments.width / 12;  // what a bin hides
}

/// Mean squared error of the best codebook of `count` levels that Lloyd's iteration finds from two starts.
double lloydMaxError(std::span<const std::uint64_t> histogram, const Moments& moments, std::size_t count)
{
    return std::min(iteratedError(startLevels(histogram, moments, count), moments),
        iteratedError(partedLevels(moments, count), moments));
}

}  // namespace

Bounds boundsFor(std::span<const std::uint64_t> histogram, double reach, double power, double bits)
{
    double total = 0.0;
    for (const std::uint64_t n : histogram)
        total += static_cast<double>(n);
    Bounds bounds;
    if (total < static_cast<double>(kFewestElementsForBounds) || !(power > 0) || !(reach > 0))
        return bounds;

    const double width = 2 * reach / static_cast<double>(histogram.size()) * static_cast<double>(kDensityFold);
    double entropy = 0.0;    // differential, bits
    double cubeRoots = 0.0;  // integral of p^(1/3)
    for (std::size_t bin = 0; bin + kDensityFold <= histogram.size(); bin += kDensityFold) {
        double n = 0.0;
        for (std::size_t i = 0; i < kDensityFold; ++i)
            n += static_cast<double>(histogram[bin + i]);
        if (n > 0) {
            entropy -= n / total * std::log2(n / total / width);
            cubeRoots += std::cbrt(n / total / width) * width;
        }
    }
    const double perBit = std::exp2(-2 * bits);
    const double shannon = std::exp2(2 * entropy) / (2 * std::numbers::pi * std::numbers::e) * perBit;
    const double panterDite = cubeRoots * cubeRoots * cubeRoots / 12 * perBit;
    bounds.shannonDecibel = 10 * std::log10(power / shannon);
    bounds.panterDiteDecibel = 10 * std::log10(power / panterDite);
    if (bits <= kMostLloydMaxBits) {
        const auto levels = static_cast<std::size_t>(std::lround(std::exp2(bits)));
        bounds.lloydMaxDecibel
            = 10 * std::log10(power / lloydMaxError(histogram, momentsOf(histogram, reach, total), levels));
    }
    return bounds;
}

}  // namespace nanoscope
