#pragma once

#include "core/format/format_spec.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nanoscope {

/// What a code of a codebook is good for.
enum class CodeUse {
    Level,      ///< stands for a level of its own
    Recycled,   ///< the code of minus zero, standing for the recycled level
    Redundant,  ///< repeats another code's value; never written (minus zero)
    NotANumber  ///< infinity or NaN; never written
};

/// Two neighbouring levels around a value, for rounding at random.
struct LevelPair {
    std::uint32_t lowerCode = 0;
    std::uint32_t upperCode = 0;
    double share = 0.0;  ///< how far the value lies from the lower to the upper level, 0 to 1
};

/// The levels of one element codebook and the nearest-level rule, with the tie rule built in.
/// Codes: sign-magnitude index + 2^(b-1) if negative; two's complement where the book says so; the recycled level is
/// code 2^(b-1); zero of either sign is code 0 (DESIGN section 3). Posits: two's complement of the encoding. Mid-rise
/// integers: bit i is worth +-2^i. Tables: the index.
///
/// Books that are symmetric about zero search among magnitudes; all others among signed levels, with a threshold
/// between neighbours that need not be their midpoint (posits round on the encoding, nested integers round twice).
class Codebook {
public:
    Codebook(const ElementBook& book, TieRule tie);

    [[nodiscard]] const ElementBook& element() const { return m_element; }
    [[nodiscard]] int codeBits() const { return m_bits; }
    [[nodiscard]] std::size_t codeCount() const { return std::size_t{1} << m_bits; }

    /// Non-negative levels in code order, ascending, the first is 0. Symmetric books only.
    [[nodiscard]] const std::vector<double>& magnitudes() const { return m_magnitudes; }
    /// Largest magnitude of a level.
    [[nodiscard]] double largest() const { return m_largest; }
    /// floor(log2(largest())).
    [[nodiscard]] int largestExponent() const { return m_largestExponent; }
    /// What a real-valued scale maps the block maximum to.
    [[nodiscard]] double target() const { return m_target; }

    /// Level of a code before scaling; NaN where use() is NotANumber.
    [[nodiscard]] double level(std::uint32_t code) const { return m_levels[code]; }
    [[nodiscard]] CodeUse use(std::uint32_t code) const { return m_uses[code]; }
    /// True when no input can produce this code (vacant by structure).
    [[nodiscard]] bool isStructurallyVacant(std::uint32_t code) const
    {
        return m_uses[code] == CodeUse::Redundant || m_uses[code] == CodeUse::NotANumber;
    }
    [[nodiscard]] std::size_t structuralVacancies() const;

    /// Distinct levels, ascending.
    [[nodiscard]] const std::vector<double>& sortedLevels() const { return m_sorted; }
    /// Position of a code's level in sortedLevels(); only for codes that can be written.
    [[nodiscard]] std::size_t levelRank(std::uint32_t code) const { return m_ranks[code]; }
    /// Code of a position in sortedLevels().
    [[nodiscard]] std::uint32_t codeOfRank(std::size_t rank) const { return m_rankCodes[rank]; }
    /// The scaled values that take the level of this rank lie from lowerBound() to upperBound(); infinite at the ends.
    [[nodiscard]] double lowerBound(std::size_t rank) const;
    [[nodiscard]] double upperBound(std::size_t rank) const;
    /// The levels on either side of a value; the outermost one twice beyond the ends.
    [[nodiscard]] LevelPair neighbours(double scaled) const;
    /// The code that stands for zero; nothing for a book without a zero level.
    [[nodiscard]] bool hasZero() const { return m_hasZero; }

    /// Magnitude code nearest to `a` >= 0; infinity gives the last.
    [[nodiscard]] std::size_t magnitudeIndex(double a) const
    {
        // A table over the leading bits of `a` gives a lower bound and thresholds finish the search: exact, and without
        // branches that depend on the data. Cell 0 is everything below the first threshold's cell.
        const std::uint64_t key = std::bit_cast<std::uint64_t>(a) >> kKeyShift;
        const std::uint64_t cell = key < m_firstKey ? 0 : key - m_firstKey + 1;
        std::size_t index = m_start[std::min<std::uint64_t>(cell, m_start.size() - 1)];
        while (a >= m_thresholds[index])
            ++index;
        return index;
    }

    /// Code of the level nearest to `scaled`, ties by the tie rule; the recycled level wins only when strictly closer.
    /// @param scaled  element divided by its scale; must not be NaN
    [[nodiscard]] std::uint32_t nearest(double scaled) const
    {
        if (!m_isSymmetric)
            return nearestSigned(scaled);
        const std::size_t index = magnitudeIndex(std::fabs(scaled));
        std::uint32_t code = m_signedCodes[2 * index + (scaled < 0 ? 1 : 0)];
        if (m_hasExtraNegative && -scaled >= m_extraNegativeThreshold)
            code = m_signBit;
        if (m_isRecycled && std::fabs(scaled - m_recycledLevel) < std::fabs(scaled - m_levels[code]))
            code = m_signBit;
        return code;
    }

    /// Beyond the outermost level by more than half the outermost step.
    [[nodiscard]] bool isClipped(double scaled) const { return scaled > m_clipAbove || scaled < m_clipBelow; }

private:
    static constexpr int kKeyShift = 46;  // sign, exponent and 6 mantissa bits of a double

    [[nodiscard]] std::uint32_t nearestSigned(double scaled) const;
    void buildSymmetric(TieRule tie);
    void buildMagnitudes();
    void buildThresholds(TieRule tie);
    void buildCodes(TieRule tie);
    [[nodiscard]] std::uint32_t codeOfMagnitude(std::size_t i) const;
    void buildSigned(TieRule tie);
    void setLevel(std::uint32_t code, double level);
    void sortLevels();
    void splitAtMidpoints(TieRule tie);
    void splitPosit();
    void splitByInteger();
    void setReach();

    ElementBook m_element;
    int m_bits = 0;
    bool m_isSymmetric = true;
    bool m_hasZero = true;
    std::vector<double> m_magnitudes;
    double m_largest = 0.0;
    int m_largestExponent = 0;
    double m_target = 0.0;
    std::vector<double> m_thresholds;  // smallest value that rounds above index i; NaN at the end
    std::uint64_t m_firstKey = 0;
    std::vector<std::uint32_t> m_start;
    std::uint32_t m_signBit = 0;
    std::vector<std::uint32_t> m_signedCodes;  // by magnitude index: positive, negative
    bool m_hasExtraNegative = false;           // two's complement: one more negative level
    double m_extraNegativeThreshold = 0.0;
    bool m_isRecycled = false;
    double m_recycledLevel = 0.0;
    std::vector<double> m_levels;
    std::vector<CodeUse> m_uses;
    std::vector<double> m_sorted;
    std::vector<std::uint32_t> m_ranks;
    std::vector<std::uint32_t> m_rankCodes;
    std::vector<double> m_splits;  // signed search: smallest value that rounds above each rank
    double m_clipAbove = 0.0;
    double m_clipBelow = 0.0;
};

}  // namespace nanoscope
