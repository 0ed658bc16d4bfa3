#include "widgets/level_axis.h"

#include "widgets/level_line.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace nanoscope {

namespace {

constexpr double kFootPixels = 12.0;      // between the base line and the line of 1
constexpr double kLabelGap = 5.0;         // pixels between two labels
constexpr double kTickSpacing = 36.0;     // pixels between labels at regular steps, where they are short enough
constexpr double kNarrowestLabel = 12.0;  // pixels that a label takes at least
constexpr double kEnoughLabels = 0.5;     // of the levels; with fewer, regular ticks read better
constexpr double kSqueezed = 4.0;         // a line this many times another's length squeezes it too much
constexpr double kLogHeadroom = 2.5;      // above the tallest stem, for the tag of the selected level
constexpr double kLinearHeadroom = 1.12;
constexpr qsizetype kShortText = 8;
constexpr int kShortDigits = 4;

}  // namespace

LevelAxis commonAxis(const std::vector<const Report*>& reports)
{
    LevelAxis axis;
    LevelLine all;
    double shortest = 0.0;
    double longest = 0.0;
    for (const Report* report : reports) {
        if (report == nullptr)
            continue;
        for (const LevelLine& line : levelLines(*report)) {
            all = united(all, line);
            if (!(line.reach() > 0))
                continue;
            shortest = shortest > 0 ? std::min(shortest, line.reach()) : line.reach();
            longest = std::max(longest, line.reach());
        }
        for (const LevelCount& entry : report->levels)
            axis.largestCount = std::max(axis.largestCount, static_cast<double>(entry.count));
    }
    if (!(all.reach() > 0))
        return LevelAxis{};
    axis.densityUnit = densityUnitOf(all);
    axis.ownLines = longest > kSqueezed * shortest;
    const LevelLine shown = withMargin(all);
    axis.lowest = shown.lowest;
    axis.highest = shown.highest;
    return axis;
}

bool shareNumberLine(const std::vector<const Report*>& reports)
{
    std::vector<double> reaches;
    for (const Report* report : reports) {
        if (report == nullptr)
            continue;
        reaches.push_back(0.0);
        for (const LevelLine& line : levelLines(*report))
            reaches.back() = std::max(reaches.back(), line.reach());
    }
    const auto [shortest, longest] = std::minmax_element(reaches.begin(), reaches.end());
    return reaches.empty() || *longest <= kSqueezed * *shortest;
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

QString shortLevelText(double level)
{
    const QString text = levelText(level);
    return text.size() <= kShortText ? text : shortNumberText(level, kShortDigits);
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
        const QString text = shortLevelText(level);
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
    const double width = position(axis.highest) - position(axis.lowest);
    std::vector<LevelTick> ticks;
    if (kEnoughLabels * static_cast<double>(levels.size()) * kNarrowestLabel < width)  // else they cannot fit
        ticks = labelsAtLevels(levels, axis, position, textWidth);
    if (!ticks.empty() && static_cast<double>(ticks.size()) >= kEnoughLabels * static_cast<double>(levels.size()))
        return ticks;
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
