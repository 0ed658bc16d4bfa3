#pragma once

#include "tests/core/made_tensor.h"

#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

/// Kinds of values that kernels must agree on with the reference.
enum class Values {
    Normal,
    HeavyTails,
    FortyBinades,     ///< every element another magnitude
    Ties,             ///< multiples of a quarter, so that quotients lie on thresholds
    TiedBinades,      ///< the same in blocks of every magnitude
    RandomBits,       ///< any float, NaN and infinity among them
    SparseAndBroken,  ///< zeros, now and then NaN or infinity
    Tiny,             ///< around the smallest normal number
    Huge,             ///< up to the largest
    Zeros,
    Brain  ///< bfloat16 values
};

inline const std::vector<std::pair<Values, std::string>>& valueKinds()
{
    static const std::vector<std::pair<Values, std::string>> kKinds{{Values::Normal, "normal"},
        {Values::HeavyTails, "heavy tails"}, {Values::FortyBinades, "40 binades"}, {Values::Ties, "ties"},
        {Values::TiedBinades, "ties in 40 binades"}, {Values::RandomBits, "random bits"},
        {Values::SparseAndBroken, "sparse and broken"}, {Values::Tiny, "tiny"}, {Values::Huge, "huge"},
        {Values::Zeros, "zeros"}, {Values::Brain, "bfloat16"}};
    return kKinds;
}

/// A tensor full of one kind of value.
inline nanoscope::Tensor fastTensor(Values kind, const nanoscope::Shape& shape, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::student_t_distribution<double> heavy(2.0);
    std::uniform_int_distribution<int> binade(-20, 20);
    std::vector<float> values(nanoscope::elementCount(shape));
    for (std::size_t i = 0; i < values.size(); ++i) {
        double x = normal(random);
        const auto inBlock = static_cast<int>(i / 64 % 40);
        switch (kind) {
        case Values::Normal:
            break;
        case Values::HeavyTails:
            x = heavy(random) / 100;
            break;
        case Values::FortyBinades:
            x = std::ldexp(x, binade(random));
            break;
        case Values::Ties:
            x = std::round(x * 4) / 4;
            break;
        case Values::TiedBinades:
            x = std::ldexp(std::round(x * 8) / 8, inBlock - 20);
            break;
        case Values::RandomBits:
            values[i] = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
            continue;
        case Values::SparseAndBroken:
            x = random() % 3 != 0 ? 0.0 : x;
            x = random() % 500 == 0 ? std::nan("") : x;
            x = random() % 700 == 0 ? -std::numeric_limits<double>::infinity() : x;
            break;
        case Values::Tiny:
            x = std::ldexp(std::round(x * 8) / 8, inBlock % 20 - 140);
            break;
        case Values::Huge:
            x = std::ldexp(std::clamp(x, -1.9, 1.9), 120 + inBlock % 8);
            break;
        case Values::Zeros:
            x = random() % 2 == 0 ? 0.0 : -0.0;
            break;
        case Values::Brain:
            values[i] = std::bit_cast<float>(std::bit_cast<std::uint32_t>(static_cast<float>(x)) & 0xFFFF0000U);
            continue;
        }
        values[i] = static_cast<float>(x);
    }
    return madeTensor(shape, std::move(values));
}
