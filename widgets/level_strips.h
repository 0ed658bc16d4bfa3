#pragma once

#include "core/analysis/report.h"
#include "widgets/level_id.h"
#include "widgets/level_line.h"

#include <QCoreApplication>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {

/// One code of a codebook as the level plot draws it.
struct LevelMark {
    LevelId id;
    double level = 0.0;
    std::uint64_t count = 0;
    double squaredError = 0.0;
    bool recycled = false;    ///< the code of minus zero, put to use
    bool structural = false;  ///< repeats another level, never written
    double lower = 0.0;       ///< values between these two round to the level; infinite at the ends
    double upper = 0.0;       ///< the same as `lower` where the neighbors are not known

    [[nodiscard]] bool isVacant() const { return count == 0 && !structural; }
};

/// One codebook as the level plot draws it.
struct LevelStrip {
    QString name;
    int codeBits = 0;
    std::optional<double> share;   ///< of the blocks or subgroups, where there is a choice
    bool sharesSubgroups = false;  ///< the share counts subgroups
    std::vector<LevelMark> marks;  ///< ascending by level; structural ones behind the level they repeat
    std::vector<double> levels;    ///< distinct written levels, ascending
    std::size_t notNumbers = 0;    ///< codes of infinity and NaN
    bool listsUsedOnly = false;    ///< a wide book: only codes that occur are listed
    LevelLine line;                ///< of this codebook alone
    Density density;
};

/// Strips of a report, one per codebook.
class LevelStrips {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::LevelStrips)

public:
    LevelStrips() = default;
    explicit LevelStrips(const Report& report);

    [[nodiscard]] const std::vector<LevelStrip>& strips() const { return m_strips; }
    [[nodiscard]] bool isEmpty() const { return m_strips.empty(); }
    /// True when every row has a codebook of its own and the levels are means.
    [[nodiscard]] bool hasOwnLevels() const { return m_hasOwnLevels; }
    [[nodiscard]] const LevelMark* find(LevelId id) const;
    /// Index into marks() of the strip `id.book`.
    [[nodiscard]] std::optional<std::size_t> indexOf(LevelId id) const;

    /// The code of a mark, most significant bit first.
    [[nodiscard]] QString bitsOf(const LevelMark& mark) const;

    /// What a tool tip says of a mark.
    [[nodiscard]] QString describe(const LevelMark& mark) const;
    /// The same in one line.
    [[nodiscard]] QString describeShortly(const LevelMark& mark) const;

private:
    std::vector<LevelStrip> m_strips;
    std::uint64_t m_elements = 0;  // not excluded
    double m_squaredError = 0.0;
    bool m_hasOwnLevels = false;
};

/// False when fewer than a handful of the density's bins lie on the line: a curve would only show the bins.
[[nodiscard]] bool resolves(const Density& density, double lowest, double highest);

/// Elements per `unit` of the number line on `columns` equal columns from `lowest` to `highest`, lightly smoothed.
/// What the density counts in its outermost bins but lies beyond them is left out: it would be a peak that is not
/// there.
[[nodiscard]] std::vector<double> densityCurve(
    const Density& density, double lowest, double highest, int columns, double unit);

}  // namespace nanoscope
