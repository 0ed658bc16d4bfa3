#pragma once

#include <optional>
#include <vector>

namespace nanoscope {

/// How a shared scale is stored. E8M1..3 are an E8M0 exponent with mantissa bits, 1.m normalised. UINT8 holds multiples
/// of the tensor scale (VS-Quant's and BitMoD's second level); SHIFT2 the shifts 2^0, 2^-1, 2^-2, 2^-3 of the tensor
/// scale (ShiftQuant); DYADIC a 31-bit integer and an 8-bit shift (HAWQ-V3, arXiv 2011.10680); None stores nothing: 1.
enum class ScaleCodecId {
    E8M0,
    E5M0,
    E8M1,
    E8M2,
    E8M3,
    E4M3,
    UE5M3,
    E5M2,
    E3M3,
    FP16,
    BF16,
    FP32,
    UINT8,
    SHIFT2,
    DYADIC,
    None
};

/// How a power-of-two scale follows from the block maximum (mx_family 3.2); Maximum is the only rule of other codecs.
enum class ScaleRule { Floor, Ceil, RoundCeil, Even, RoundMaximum, RoundPower, Maximum };

/// Which scale an all-zero block stores.
enum class ZeroScale { Smallest, One };

/// The figure of a block (or tensor) that its real-valued scale is made of: scale = figure / target.
enum class ScaleStatistic {
    Maximum,       ///< max |w|
    Range,         ///< max w - min w, for formats with an offset
    MeanAbsolute,  ///< mean |w| (binary, absmean ternary)
    Survivors  ///< mean of the |w| above 0.7 mean |w|; these keep their sign, the rest become 0 (TWN, arXiv 1605.04711)
};

/// What the entries of ScaleSpec::clips mean.
enum class ClipKind {
    Ratio,  ///< the scale is multiplied by the entry
    Bias    ///< LLM-FP4 (arXiv 2310.16836): the real exponent bias of a float book is multiplied by it
};

struct ScaleSpec {
    ScaleCodecId codec = ScaleCodecId::E8M0;
    ScaleRule rule = ScaleRule::Floor;
    ScaleStatistic statistic = ScaleStatistic::Maximum;
    std::vector<int> offsets{0};  ///< exponent offsets tried, in order; power-of-two codecs only
    std::vector<double> targets;  ///< targets tried, in order; empty: the codebook's own; other codecs only
    std::vector<double> clips;    ///< clip candidates tried, in order; empty: none; other codecs only
    ClipKind clipKind = ClipKind::Ratio;
    std::optional<double> minimum;  ///< smallest scale stored (before the tensor scale)
    std::optional<double> maximum;  ///< largest scale stored (before the tensor scale)
    ZeroScale zero = ZeroScale::Smallest;
    bool encodesIdeal = false;  ///< codes follow from the scale before it is rounded to its codec (ANT, LLM-FP4)
    bool splitSign = false;     ///< one scale for positive, one for other elements (AMXFP4, arXiv 2411.09909)
    bool operator==(const ScaleSpec&) const = default;
};

/// How a tensor scale is stored.
enum class TensorScaleCodec {
    FP32,
    E8M0  ///< a power of two: one exponent for the tensor (dynamic fixed point)
};

/// One scale for the tensor: figure / target (NVFP4, arXiv 2509.25149 appendix B), rounded down to a power of two or
/// searched where the spec says so.
struct TensorScaleSpec {
    double target = 2688.0;
    ScaleStatistic statistic = ScaleStatistic::Maximum;  ///< Maximum or MeanAbsolute
    TensorScaleCodec codec = TensorScaleCodec::FP32;
    std::vector<int> offsets{0};  ///< E8M0: exponent offsets tried over the whole tensor, the first smallest error wins
    std::vector<double> clips;    ///< FP32: ratios tried over the whole tensor
    std::optional<double> minimum;  ///< FP32: smallest scale
    std::optional<int> exponent;    ///< E8M0: a fixed exponent instead of one from the data (fixed point)
    bool operator==(const TensorScaleSpec&) const = default;
};

}  // namespace nanoscope
