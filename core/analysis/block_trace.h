#pragma once

#include "core/format/format_spec.h"
#include "core/quant/block_encoder.h"
#include "core/quant/prepared_tensor.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nanoscope {

/// What a bit of an element code means.
enum class BitField { Sign, Exponent, Mantissa, Magnitude, Regime, Index };

/// One element explained, step by step.
struct ElementTrace {
    std::uint64_t index = 0;  ///< position in the block
    float value = 0.0F;       ///< w
    double scale = 0.0;       ///< multiplier of the level: tensor, shared and micro-scale
    double scaled = 0.0;      ///< w / scale as compared with the levels
    std::uint32_t book = 0;
    std::uint32_t code = 0;
    std::string bits;    ///< the code, most significant bit first
    double level = 0.0;  ///< what the code stands for
    CodeUse use = CodeUse::Level;
    double lowerBound = 0.0;    ///< scaled values above this ...
    double upperBound = 0.0;    ///< ... and below this take the level (infinite at the ends)
    bool exception = false;     ///< stored more finely than its neighbours
    double refinedLevel = 0.0;  ///< level after refinement; equals level without one
    double offset = 0.0;        ///< what is added: x^ = refinedLevel * scale + offset; 0 in formats without one
    float decoded = 0.0F;       ///< x^
    double error = 0.0;         ///< x^ - w
    bool clipped = false;
};

/// One metadata value of a block as stored.
struct MetaTrace {
    std::string name;
    std::uint64_t unit = 0;  ///< block: 0; subgroup: its number
    int bits = 0;
    std::uint32_t value = 0;
    std::string meaning;  ///< for example "× 1.25" or "E2M1"
};

/// One block explained: every element, scale and metadata value.
struct BlockTrace {
    std::uint64_t block = 0;  ///< number, row by row
    std::uint64_t row = 0;
    std::uint64_t column = 0;  ///< of its first element
    std::string basis;         ///< what the values refer to: "as stored", or the transform in words
    bool bad = false;          ///< holds NaN or infinity
    int subgroup = 0;          ///< elements per subgroup
    double tensorScale = 1.0;
    std::vector<StoredScale> scales;  ///< one, or positive and other
    int scaleBits = 0;
    std::vector<std::string> scaleText;  ///< how each scale reads, for example "2^-8"
    std::vector<MetaTrace> meta;
    std::vector<std::string> bookNames;
    std::vector<std::vector<BitField>> bitFields;  ///< per book, most significant bit first
    std::vector<ElementTrace> elements;
    double squaredError = 0.0;
    double sqnrDecibel = 0.0;  ///< NaN when undefined
};

/// Quantizes block `index` of a prepared tensor and explains it.
/// @throws Error when there is no such block
[[nodiscard]] BlockTrace traceBlock(const PreparedTensor& prepared, std::uint64_t index);

/// The same for values at hand, in the basis of the format, as if they were the block at `place`.
/// @param spec        resolved
/// @param parameters  of the tensor that the block belongs to
[[nodiscard]] BlockTrace traceValues(
    const FormatSpec& spec, const TensorParameters& parameters, std::span<const float> values, const BlockPlace& place);

}  // namespace nanoscope
