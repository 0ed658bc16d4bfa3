#include "widgets/level_columns.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kSingleGap = 2.5;    // pixels to both neighbors
constexpr double kStructuralGap = 7;  // between two of the crosses that mark structural codes
constexpr double kEdge = 0.5;

/// Puts written levels that follow each other closely into columns.
class Gathering {
public:
    Gathering(const LevelStrip& strip, const QRectF& plot)
        : m_strip(strip)
        , m_plot(plot)
    {
    }

    /// Ascending by position.
    void add(std::size_t index, double x)
    {
        if (m_run.empty() || x - m_run.back().x >= kSingleGap)
            finishRun();
        m_run.push_back({index, x});
    }

    LevelDrawing finish()
    {
        finishRun();
        return std::move(m_drawing);
    }

private:
    struct Place {
        std::size_t index;
        double x;
    };

    void finishRun()
    {
        if (m_run.size() == 1)
            m_drawing.single.push_back(m_run.front().index);
        else
            for (const Place& place : m_run)
                addToColumn(m_strip.marks[place.index], place.x);
        m_run.clear();
    }

    void addToColumn(const LevelMark& mark, double x)
    {
        const double left = m_plot.left() + std::floor((x - m_plot.left()) / kLevelColumnWidth) * kLevelColumnWidth;
        if (m_drawing.columns.empty() || m_drawing.columns.back().left < left)
            m_drawing.columns.push_back({left, 0, 0, 0});
        LevelColumn& column = m_drawing.columns.back();
        ++column.levels;
        column.vacant += mark.isVacant() ? 1U : 0U;
        column.largestCount = std::max(column.largestCount, mark.count);
        m_drawing.mostLevels = std::max(m_drawing.mostLevels, column.levels);
        m_drawing.hasVacant = m_drawing.hasVacant || mark.isVacant();
    }

    const LevelStrip& m_strip;
    const QRectF& m_plot;
    std::vector<Place> m_run;
    LevelDrawing m_drawing;
};

}  // namespace

LevelDrawing levelDrawing(const LevelStrip& strip, const std::function<double(double)>& x, const QRectF& plot)
{
    Gathering gathering(strip, plot);
    std::vector<std::size_t> structural;
    std::size_t beyond = 0;
    double lastCross = -1e9;
    for (std::size_t i = 0; i < strip.marks.size(); ++i) {
        const LevelMark& mark = strip.marks[i];
        const double at = x(mark.level);
        if (at < plot.left() - kEdge || at > plot.right() + kEdge) {
            beyond += mark.structural ? 0 : 1;
        } else if (!mark.structural) {
            gathering.add(i, at);
        } else if (at - lastCross >= kStructuralGap || strip.marks.size() < 64) {
            structural.push_back(i);
            lastCross = at;
        }
    }
    LevelDrawing drawing = gathering.finish();
    drawing.single.insert(drawing.single.end(), structural.begin(), structural.end());
    std::sort(drawing.single.begin(), drawing.single.end());
    drawing.beyond = beyond;
    return drawing;
}

}  // namespace nanoscope
