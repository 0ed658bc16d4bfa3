#pragma once

#include "made_tensor.h"

#include "core/format/format_spec.h"

#include <cstdint>
#include <utility>
#include <vector>

/// @name Mixed formats, one per rule, and their parts
/// @{

inline constexpr int kBlock = 16;

inline nanoscope::FormatSpec integers(int bits)
{
    nanoscope::FormatSpec spec;
    spec.elements.front().kind = nanoscope::BookKind::Integer;
    spec.elements.front().bits = bits;
    spec.elements.front().id = spec.elements.front().standardId();
    spec.scale.codec = nanoscope::ScaleCodecId::FP16;
    spec.scale.rule = nanoscope::ScaleRule::Maximum;
    return spec;
}

inline nanoscope::FormatSpec affine(int bits)
{
    nanoscope::FormatSpec spec = integers(bits);
    spec.elements.front().twosComplement = true;
    spec.scale.statistic = nanoscope::ScaleStatistic::Range;
    spec.offset = nanoscope::OffsetSpec{nanoscope::OffsetKind::Minimum, false};
    return spec;
}

/// MXFP with power-of-two scales.
inline nanoscope::FormatSpec floats(int exponentBits, int mantissaBits)
{
    nanoscope::FormatSpec spec;
    spec.elements.front().exponentBits = exponentBits;
    spec.elements.front().mantissaBits = mantissaBits;
    spec.elements.front().id = spec.elements.front().standardId();
    return spec;
}

inline nanoscope::FormatSpec nvfp4()
{
    nanoscope::FormatSpec spec;
    spec.scale.codec = nanoscope::ScaleCodecId::E4M3;
    spec.scale.rule = nanoscope::ScaleRule::Maximum;
    spec.tensorScale = nanoscope::TensorScaleSpec{};
    return spec;
}

inline nanoscope::FormatSpec mixed(
    nanoscope::MixRule rule, double value, std::vector<nanoscope::FormatSpec> parts, int block = kBlock)
{
    nanoscope::FormatSpec spec;
    spec.geometry.block = block;
    nanoscope::MixSpec mix;
    mix.rule = rule;
    (rule == nanoscope::MixRule::WidestOfRow || rule == nanoscope::MixRule::ResidualColumns ? mix.share : mix.threshold)
        = value;
    mix.parts = std::move(parts);
    spec.mix = std::move(mix);
    return nanoscope::validated(spec);
}

inline nanoscope::FormatSpec fewFourBits(double share)
{
    return mixed(nanoscope::MixRule::WidestOfRow, share, {affine(2), affine(4)});
}

inline nanoscope::FormatSpec comet(double threshold)
{
    return mixed(nanoscope::MixRule::OutlierColumns, threshold, {integers(4), integers(8)});
}

inline nanoscope::FormatSpec microMix(double threshold)
{
    return mixed(nanoscope::MixRule::ErrorThreshold, threshold, {floats(2, 1), floats(2, 3), floats(4, 3)});
}

inline nanoscope::FormatSpec arcQuant(double share)
{
    return mixed(nanoscope::MixRule::ResidualColumns, share, {nvfp4()});
}

/// One format per rule.
inline nanoscope::FormatSpec ofRule(int rule)
{
    switch (static_cast<nanoscope::MixRule>(rule)) {
    case nanoscope::MixRule::WidestOfRow:
        return fewFourBits(0.2);
    case nanoscope::MixRule::OutlierColumns:
        return comet(4);
    case nanoscope::MixRule::ErrorThreshold:
        return microMix(0.016);
    case nanoscope::MixRule::ResidualColumns:
        break;
    }
    return arcQuant(0.2);
}

/// @}

/// Gaussian rows whose columns have different widths: blocks differ in range, columns in error, some hold outliers.
inline nanoscope::Tensor uneven(std::uint64_t rows, std::uint64_t columns, std::uint64_t seed)
{
    std::vector<float> values = gaussian(rows * columns, seed);
    for (std::uint64_t row = 0; row < rows; ++row)
        for (std::uint64_t column = 0; column < columns; ++column) {
            float& value = values[row * columns + column];
            value *= 1.0F + static_cast<float>(column % 48) / 16.0F;
            if (column % 61 == 17)
                value *= 12.0F;
            if ((row * 31 + column) % 97 == 5)
                value *= 6.0F;
        }
    return madeTensor({rows, columns}, std::move(values));
}
