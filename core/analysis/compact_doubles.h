#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <ranges>
#include <vector>

namespace nanoscope {

/// Doubles that are not negative, four bytes each: ten bits of exponent and 22 of the significand, rounded to nearest,
/// ties to even. A sum of squares of any block of float32 fits, and so does a ratio of two such sums; float32 itself is
/// too narrow for them. Zero, infinity and NaN stay what they are, and nothing else becomes one of them.
class CompactDoubles {
public:
    /// Largest relative difference to what was set, of values from 2^-511 to 2^511. Others become the nearest of these.
    static constexpr double kPrecision = 0x1p-23;

    CompactDoubles() = default;
    CompactDoubles(std::initializer_list<double> values)
        : CompactDoubles(std::vector<double>(values))
    {
    }
    explicit CompactDoubles(const std::vector<double>& values)
    {
        m_codes.reserve(values.size());
        for (const double value : values)
            push_back(value);
    }

    [[nodiscard]] std::size_t size() const { return m_codes.size(); }
    [[nodiscard]] bool empty() const { return m_codes.empty(); }
    [[nodiscard]] double operator[](std::size_t i) const { return decoded(m_codes[i]); }
    /// All of them, as a range of doubles.
    [[nodiscard]] auto values() const { return m_codes | std::views::transform(decoded); }
    /// What is stored: in the order of the values, infinity and then NaN behind all numbers.
    [[nodiscard]] const std::vector<std::uint32_t>& codes() const { return m_codes; }

    /// @param value  not negative; NaN is one
    void set(std::size_t i, double value) { m_codes[i] = encoded(value); }
    void push_back(double value) { m_codes.push_back(encoded(value)); }
    void assign(std::size_t count, double value) { m_codes.assign(count, encoded(value)); }
    /// New ones are 0.
    void resize(std::size_t count) { m_codes.resize(count); }

    [[nodiscard]] static std::uint32_t encoded(double value)
    {
        if (std::isnan(value))
            return kNan;
        if (std::isinf(value))
            return kInfinity;
        if (!(value > 0))
            return 0;
        const auto bits = std::bit_cast<std::uint64_t>(value);
        const std::uint64_t rounded = (bits + kHalf - 1 + (bits >> kDropped & 1U)) >> kDropped;
        if (rounded <= kBelow)
            return 1;
        return rounded - kBelow < kInfinity ? static_cast<std::uint32_t>(rounded - kBelow) : kInfinity - 1;
    }

    [[nodiscard]] static double decoded(std::uint32_t code)
    {
        if (code == 0)
            return 0.0;
        if (code >= kInfinity)
            return code == kNan ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
        return std::bit_cast<double>((code + kBelow) << kDropped);
    }

private:
    static constexpr unsigned kDropped = 30;  // bits of the significand
    static constexpr std::uint64_t kHalf = std::uint64_t{1} << (kDropped - 1);
    static constexpr std::uint64_t kBelow = std::uint64_t{511} << 22U;  // 2^-512, which would be code 0
    static constexpr std::uint32_t kNan = 0xFFFFFFFF;
    static constexpr std::uint32_t kInfinity = kNan - 1;

    std::vector<std::uint32_t> m_codes;
};

}  // namespace nanoscope
