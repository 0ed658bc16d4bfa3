#include "widgets/level_axis.h"

#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace nanoscope {

namespace {

constexpr double kMargin = 0.03;        // of the number line, on either side of the outermost level
constexpr double kFootPixels = 12.0;    // between the base line and the line of 1
constexpr double kLabelGap = 5.0;       // pixels between two labels
constexpr double kTickSpacing = 36.0;   // pixels between labels at regular steps, where they are short enough
constexpr double kEnoughLabels = 0.5;   // of the levels; with fewer, regular ticks read better
constexpr double kDensityReach = 1.35;  // how far beyond the outermost level the density widens the axis
constexpr double kSqueezed = 4.0;
constexpr double kLogHeadroom = 2.5;  // above the tallest stem, for the tag of the selected level
constexpr double kLinearHeadroom = 1.12;

struct Extent {
    double lowest = 0.0;
    double highest = 0.0;
    double smallestStep = 0.0;
};

std::vector<double> writtenLevels(const Report& report, std::uint32_t book)
{
    std::vector<double> levels;
    for (const LevelCount& entry : report.levels)
        if (entry.book == book && !entry.isStructurallyVacant() && std::isfinite(entry.level))
            levels.push_back(entry.level);
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    return levels;
}

std::uint32_t bookCount(const Report& report)
{
    std::uint32_t books = 0;
    for (const LevelCount& entry : report.levels)
        books = std::max(books, entry.book + 1);
    return books;
}

/// The levels of all books and, within reach, where the density is not empty.
Extent extentOf(const Report& report)
{
    Extent extent;
    double lowest = 0;
    double highest = 0;
    for (std::uint32_t book = 0; book < bookCount(report); ++book) {
        const std::vector<double> levels = writtenLevels(report, book);
        if (levels.empty())
            continue;
        lowest = std::min(lowest, levels.front());
        highest = std::max(highest, levels.back());
        for (std::size_t i = 1; i < levels.size(); ++i) {
            const double step = levels[i] - levels[i - 1];
            if (extent.smallestStep == 0 || step < extent.smallestStep)
                extent.smallestStep = step;
        }
    }
    extent.lowest = lowest;
    extent.highest = highest;
    for (const Density& density : report.density) {
        if (density.counts.empty())
            continue;
        const double width = (density.highest - density.lowest) / static_cast<double>(density.counts.size());
        for (std::size_t i = 0; i < density.counts.size(); ++i) {
            if (density.counts[i] == 0)
                continue;
            const double left = density.lowest + width * static_cast<double>(i);
            extent.lowest = std::min(extent.lowest, std::max(left, kDensityReach * lowest));
            extent.highest = std::max(extent.highest, std::min(left + width, kDensityReach * highest));
        }
    }
    return extent;
}

double largestBinWidth(const Report& report)
{
    double width = 0;
    for (const Density& density : report.density)
        if (!density.counts.empty())
            width = std::max(width, (density.highest - density.lowest) / static_cast<double>(density.counts.size()));
    return width;
}

}  // namespace

LevelAxis commonAxis(std::initializer_list<const Report*> reports)
{
    LevelAxis axis;
    Extent all;
    double binWidth = 0;
    double largestCount = 1;
    for (const Report* report : reports) {
        if (report == nullptr)
            continue;
        const Extent extent = extentOf(*report);
        all.lowest = std::min(all.lowest, extent.lowest);
        all.highest = std::max(all.highest, extent.highest);
        if (extent.smallestStep > 0 && (all.smallestStep == 0 || extent.smallestStep < all.smallestStep))
            all.smallestStep = extent.smallestStep;
        binWidth = std::max(binWidth, largestBinWidth(*report));
        for (const LevelCount& entry : report->levels)
            largestCount = std::max(largestCount, static_cast<double>(entry.count));
    }
    if (!(all.highest > all.lowest))
        return axis;
    const double margin = kMargin * (all.highest - all.lowest);
    axis.lowest = all.lowest - margin;
    axis.highest = all.highest + margin;
    axis.densityUnit = std::max(all.smallestStep, binWidth > 0 ? niceCeiling(binWidth) : 0);
    axis.largestCount = largestCount;
    return axis;
}

bool shareNumberLine(const Report& first, const Report& second)
{
    const auto reach = [](const Report& report) {
        const Extent extent = extentOf(report);
        return extent.highest - extent.lowest;
    };
    const auto [shorter, longer] = std::minmax({reach(first), reach(second)});
    return longer <= kSqueezed * shorter;
}

CountScale::CountScale(double largestCount, double height, bool logarithmic)
    : m_height(height)
    , m_logarithmic(logarithmic)
    , m_top(niceCeiling(std::max(largestCount, 1.0) * (logarithmic ? kLogHeadroom : kLinearHeadroom)))
    , m_foot(std::min(kFootPixels, height / 4))
{
}

double CountScale::heightOf(double count) const
{
    if (!(count > 0))
        return 0;
    if (!m_logarithmic)
        return m_height * std::min(1.0, count / m_top);
    if (count < 1)
        return m_foot * count;
    return m_foot + (m_height - m_foot) * std::min(1.0, std::log10(count) / std::log10(m_top));
}

std::vector<CountScale::Tick> CountScale::ticks(double spacing) const
{
    std::vector<Tick> ticks;
    if (!m_logarithmic) {
        for (const double count : niceTicks(0, m_top, std::max(2, static_cast<int>(m_height / spacing))).values)
            if (count > 0)
                ticks.push_back({count, shortCountText(static_cast<std::uint64_t>(count))});
        return ticks;
    }
    const double decade = (m_height - m_foot) / std::log10(m_top);
    const int stride = std::max(1, static_cast<int>(std::ceil(spacing / decade)));
    for (int exponent = 0; std::pow(10.0, exponent) <= m_top; exponent += stride)
        ticks.push_back({std::pow(10.0, exponent), powerOfTenText(exponent)});
    return ticks;
}

namespace {

struct Label {
    LevelTick tick;
    double left = 0.0;
    double right = 0.0;
};

/// Labels of the levels, the pair of largest magnitude first; a pair is kept whole or not at all.
std::vector<LevelTick> labelsAtLevels(const std::vector<double>& levels, const LevelAxis& axis,
    const std::function<double(double)>& position, const std::function<double(const QString&)>& textWidth)
{
    std::map<double, std::vector<Label>> byMagnitude;
    for (const double level : levels) {
        if (level < axis.lowest || level > axis.highest)
            continue;
        const QString text = levelText(level);
        const double half = textWidth(text) / 2 + kLabelGap / 2;
        byMagnitude[std::fabs(level)].push_back({{level, text}, position(level) - half, position(level) + half});
    }
    std::vector<Label> kept;
    const auto fits = [&kept](const Label& label) {
        return std::none_of(kept.begin(), kept.end(),
            [&](const Label& other) { return label.left < other.right && other.left < label.right; });
    };
    const auto keepIfFits = [&](const std::vector<Label>& group) {
        const bool collides = group.size() == 2 && group[0].right > group[1].left;
        if (!collides && std::all_of(group.begin(), group.end(), fits))
            kept.insert(kept.end(), group.begin(), group.end());
    };
    if (!byMagnitude.empty() && byMagnitude.begin()->first == 0)
        keepIfFits(byMagnitude.begin()->second);  // zero is what the eye looks for
    for (auto group = byMagnitude.rbegin(); group != byMagnitude.rend(); ++group)
        keepIfFits(group->second);

    std::vector<LevelTick> ticks;
    for (Label& label : kept)
        ticks.push_back(std::move(label.tick));
    std::sort(ticks.begin(), ticks.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
    return ticks;
}

bool overlap(const std::vector<LevelTick>& ticks, const std::function<double(double)>& position,
    const std::function<double(const QString&)>& textWidth)
{
    for (std::size_t i = 1; i < ticks.size(); ++i) {
        const double room = position(ticks[i].value) - position(ticks[i - 1].value);
        if (room < (textWidth(ticks[i].text) + textWidth(ticks[i - 1].text)) / 2 + kLabelGap)
            return true;
    }
    return false;
}

}  // namespace

std::vector<LevelTick> levelTicks(const std::vector<double>& levels, const LevelAxis& axis,
    const std::function<double(double)>& position, const std::function<double(const QString&)>& textWidth)
{
    std::vector<LevelTick> ticks = labelsAtLevels(levels, axis, position, textWidth);
    if (static_cast<double>(ticks.size()) >= kEnoughLabels * static_cast<double>(levels.size()))
        return ticks;
    const double width = position(axis.highest) - position(axis.lowest);
    for (int most = std::max(3, static_cast<int>(width / kTickSpacing));; --most) {
        ticks.clear();
        for (const double value : niceTicks(axis.lowest, axis.highest, most).values)
            ticks.push_back({value, levelText(value)});
        if (most <= 1 || !overlap(ticks, position, textWidth))
            break;
    }
    return ticks;
}

}  // namespace nanoscope
