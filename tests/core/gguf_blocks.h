#pragma once

#include "core/format/format_text.h"
#include "core/quant/gguf_encoder.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

// What the tests of the GGUF types share.

using Values = std::vector<float>;

inline nanoscope::EncoderId idOf(const QString& name)
{
    return *nanoscope::valueOf(nanoscope::kEncoderNames, name.toStdString());
}

inline std::unique_ptr<nanoscope::BlockEncoder> encoderOf(nanoscope::EncoderId id)
{
    nanoscope::FormatSpec spec;
    spec.encoder.id = id;
    return nanoscope::makeGgufEncoder(spec);
}

/// The catalogue's generator of weights that every language reproduces: sums of four 10-bit draws of a linear
/// congruential generator; `heavy` multiplies every 61st by 8.
inline Values lcgWeights(std::size_t count, bool heavy)
{
    Values values(count);
    std::uint32_t state = 1;
    for (std::size_t k = 0; k < count; ++k) {
        int sum = 0;
        for (int draw = 0; draw < 4; ++draw) {
            state = (1103515245U * state + 12345U) & 0x7FFFFFFFU;
            sum += static_cast<int>(state >> 21);
        }
        const float scale = heavy && k % 61 == 60 ? 8.0F : 1.0F;
        values[k] = static_cast<float>(sum - 2046) / 32768.0F * scale;
    }
    return values;
}

/// Calls `check` with each block of the values and what it is encoded to.
template <typename Check> void forEachBlock(nanoscope::EncoderId id, const Values& values, Check check)
{
    const auto encoder = encoderOf(id);
    const std::size_t length = nanoscope::ggufType(id).block;
    for (std::size_t start = 0; start + length <= values.size(); start += length) {
        const auto block = std::span(values).subspan(start, length);
        check(block, encoder->encode(block, {start / length, 0, start}));
    }
}
