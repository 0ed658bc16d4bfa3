#include "core/fast/plain_format.h"

namespace nanoscope {

bool isPlainFormat(const FormatSpec& spec)
{
    return spec.elements.size() == 1 && !spec.micro && !spec.chooser && !spec.special && !spec.offset && !spec.transform
        && !spec.prune && !spec.mix && spec.encoder.id == EncoderId::Search && !spec.stochasticSeed
        && spec.geometry.tileRows == 1 && !spec.geometry.wholeRow && spec.geometry.subgroup() == spec.geometry.block;
}

bool isE2M1(const ElementBook& book)
{
    return book.kind == BookKind::Float && book.exponentBits == 2 && book.mantissaBits == 1
        && book.top == TopCodes::Finite && book.bias() == 1 && book.subnormals && book.gain == 1.0 && !book.target
        && !book.recycle;
}

bool isInteger4(const ElementBook& book)
{
    return book.kind == BookKind::Integer && book.bits == 4 && book.lsb == 0 && !book.twosComplement && !book.midRise
        && book.hotBits == 0 && book.overflow == Overflow::Saturate && !book.nested && book.gain == 1.0
        && !book.recycle;
}

bool isSignMagnitude(const Codebook& book)
{
    const auto half = static_cast<std::uint32_t>(book.codeCount() / 2);
    bool isPaired = book.isStructurallyVacant(half) && book.level(0) == 0.0;
    for (std::uint32_t code = 1; isPaired && code < half; ++code)
        isPaired = !book.isStructurallyVacant(code) && book.level(code + half) == -book.level(code);
    return isPaired;
}

bool isScaledByMaximum(const ScaleSpec& scale, ScaleCodecId codec)
{
    return scale.codec == codec && scale.statistic == ScaleStatistic::Maximum && scale.targets.empty()
        && scale.clips.empty() && !scale.minimum && !scale.encodesIdeal && !scale.splitSign;
}

}  // namespace nanoscope
