#include "core/fast/widen_kernel.h"

#include "core/fast/kernel_table.h"
#include "core/fast/tile_run.h"
#include "core/half.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/widen_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <hwy/cache_control.h>

HWY_BEFORE_NAMESPACE();
namespace nanoscope {
namespace HWY_NAMESPACE {
#if HWY_TARGET != HWY_SCALAR

namespace hn = hwy::HWY_NAMESPACE;

using WideTag = hn::ScalableTag<float>;
using NarrowTag = hn::Rebind<std::uint16_t, WideTag>;

template <typename Words> HWY_INLINE hn::Vec<WideTag> widenBrain(Words words)
{
    const hn::RebindToUnsigned<WideTag> bits;
    return hn::BitCast(WideTag(), hn::ShiftLeft<16>(hn::PromoteTo(bits, words)));
}

/// Asks for what the next groups of tiles will need: while a group is computed the hardware does not read ahead.
HWY_INLINE void askAhead(const std::uint16_t* words)
{
    hwy::Prefetch(words + kPrefetchTiles * kTileElements);
}

constexpr std::size_t kLine = 32;  // words of a cache line

void widenBrains(const std::uint16_t* HWY_RESTRICT words, std::size_t count, float* HWY_RESTRICT values)
{
    const WideTag d;
    std::size_t i = 0;
    for (; i + kLine <= count; i += kLine) {
        askAhead(words + i);
        for (std::size_t at = i; at < i + kLine; at += hn::Lanes(d))
            hn::StoreU(widenBrain(hn::LoadU(NarrowTag(), words + at)), d, values + at);
    }
    for (; i < count; ++i)
        values[i] = bfloat16ToFloat(words[i]);
}

void widenHalves(const std::uint16_t* HWY_RESTRICT words, std::size_t count, float* HWY_RESTRICT values)
{
    std::size_t i = 0;
#if HWY_TARGET <= HWY_AVX2  // has the instruction; what stands in for it elsewhere takes infinity for a number
    const WideTag d;
    const hn::Rebind<hwy::float16_t, WideTag> halves;
    for (; i + kLine <= count; i += kLine) {
        askAhead(words + i);
        for (std::size_t at = i; at < i + kLine; at += hn::Lanes(d)) {
            const auto half = hn::BitCast(halves, hn::LoadU(NarrowTag(), words + at));
            hn::StoreU(hn::PromoteTo(d, half), d, values + at);
        }
    }
#endif
    for (; i < count; ++i)
        values[i] = halfToFloat(words[i]);
}

#endif  // HWY_TARGET != HWY_SCALAR
}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace nanoscope {
namespace portable {

void widenBrains(const std::uint16_t* words, std::size_t count, float* values)
{
    wordsToFloats(ValueKind::Bfloat16, {words, count}, {values, count});
}

void widenHalves(const std::uint16_t* words, std::size_t count, float* values)
{
    wordsToFloats(ValueKind::Float16, {words, count}, {values, count});
}

}  // namespace portable

WidenKernel widenKernel(KernelTarget target, ValueKind kind)
{
    return kind == ValueKind::Float16 ? chooseKernel(target, NANOSCOPE_COPIES(WidenKernel, (widenHalves)))
                                      : chooseKernel(target, NANOSCOPE_COPIES(WidenKernel, (widenBrains)));
}

}  // namespace nanoscope
#endif
