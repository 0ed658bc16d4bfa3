#include "widgets/level_line.h"

#include "widgets/nice_ticks.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kMargin = 0.03;        // of the number line, on either side of the outermost level
constexpr double kDensityReach = 1.35;  // how far beyond the outermost level the density widens the line
constexpr double kFewestBins = 24.0;    // of the density on a line that it may widen
constexpr double kFarOut = 4.0;         // levels this many times beyond those in use are left off
constexpr double kBeyondUse = 1.25;     // where the line then ends

/// Levels of one codebook that can be written.
struct BookLevels {
    std::vector<double> levels;
    double used = 0.0;  ///< largest magnitude of a level with a count
};

std::vector<BookLevels> levelsByBook(const Report& report)
{
    std::vector<BookLevels> books;
    for (const LevelCount& entry : report.levels) {
        if (entry.book >= books.size())
            books.resize(entry.book + 1);
        if (entry.isStructurallyVacant() || !std::isfinite(entry.level))
            continue;
        BookLevels& book = books[entry.book];
        book.levels.push_back(entry.level);
        if (entry.count > 0)
            book.used = std::max(book.used, std::fabs(entry.level));
    }
    for (BookLevels& book : books)
        std::sort(book.levels.begin(), book.levels.end());
    return books;
}

double smallestStepOf(const std::vector<double>& levels)
{
    double smallest = 0.0;
    for (std::size_t i = 1; i < levels.size(); ++i) {
        const double step = levels[i] - levels[i - 1];
        if (step > 0 && (smallest == 0 || step < smallest))
            smallest = step;
    }
    return smallest;
}

/// Widens the line to where the density is not empty, within reach of the levels.
void widen(LevelLine& line, const Density& density)
{
    const double lowest = kDensityReach * line.lowest;
    const double highest = kDensityReach * line.highest;
    for (std::size_t i = 0; i < density.counts.size(); ++i) {
        if (density.counts[i] == 0)
            continue;
        const double left = density.lowest + line.binWidth * static_cast<double>(i);
        line.lowest = std::min(line.lowest, std::max(left, lowest));
        line.highest = std::max(line.highest, std::min(left + line.binWidth, highest));
    }
}

LevelLine lineOf(const BookLevels& book, const Density* density)
{
    LevelLine line;
    if (density && !density->counts.empty())
        line.binWidth = (density->highest - density->lowest) / static_cast<double>(density->counts.size());
    if (book.levels.empty())
        return line;
    line.lowest = std::min(0.0, book.levels.front());
    line.highest = std::max(0.0, book.levels.back());
    line.smallestStep = smallestStepOf(book.levels);
    if (book.used > 0 && std::max(-line.lowest, line.highest) > kFarOut * book.used) {
        line.lowest = std::max(line.lowest, -kBeyondUse * book.used);
        line.highest = std::min(line.highest, kBeyondUse * book.used);
    } else if (density && line.binWidth * kFewestBins < line.reach()) {
        widen(line, *density);
    }
    return line;
}

}  // namespace

std::vector<LevelLine> levelLines(const Report& report)
{
    std::vector<LevelLine> lines;
    for (const BookLevels& book : levelsByBook(report)) {
        const std::size_t index = lines.size();
        lines.push_back(lineOf(book, index < report.density.size() ? &report.density[index] : nullptr));
    }
    return lines;
}

LevelLine united(const LevelLine& first, const LevelLine& second)
{
    LevelLine both;
    both.lowest = std::min(first.lowest, second.lowest);
    both.highest = std::max(first.highest, second.highest);
    both.binWidth = std::max(first.binWidth, second.binWidth);
    both.smallestStep = first.smallestStep > 0 && second.smallestStep > 0
        ? std::min(first.smallestStep, second.smallestStep)
        : std::max(first.smallestStep, second.smallestStep);
    return both;
}

double densityUnitOf(const LevelLine& line)
{
    const double unit = std::max(line.smallestStep, line.binWidth > 0 ? niceCeiling(line.binWidth) : 0.0);
    return unit > 0 ? unit : 1.0;
}

LevelLine withMargin(LevelLine line)
{
    if (!(line.reach() > 0)) {
        line.lowest = -1.0;
        line.highest = 1.0;
        return line;
    }
    const double margin = kMargin * line.reach();
    line.lowest -= margin;
    line.highest += margin;
    return line;
}

}  // namespace nanoscope
