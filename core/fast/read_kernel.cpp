#include "core/fast/read_kernel.h"

#include "core/fast/kernel_table.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/read_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace nanoscope {
namespace HWY_NAMESPACE {
#if HWY_TARGET != HWY_SCALAR

namespace hn = hwy::HWY_NAMESPACE;

float readAll(const float* HWY_RESTRICT values, std::size_t count)
{
    const hn::ScalableTag<float> d;
    const std::size_t lanes = hn::Lanes(d);
    auto s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
    std::size_t i = 0;
    for (; i + 4 * lanes <= count; i += 4 * lanes) {
        s0 = hn::Add(s0, hn::LoadU(d, values + i));
        s1 = hn::Add(s1, hn::LoadU(d, values + i + lanes));
        s2 = hn::Add(s2, hn::LoadU(d, values + i + 2 * lanes));
        s3 = hn::Add(s3, hn::LoadU(d, values + i + 3 * lanes));
    }
    float sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
    for (; i < count; ++i)
        sum += values[i];
    return sum;
}

#endif  // HWY_TARGET != HWY_SCALAR
}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace nanoscope {
namespace portable {

float readAll(const float* values, std::size_t count)
{
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        s0 += values[i];
        s1 += values[i + 1];
        s2 += values[i + 2];
        s3 += values[i + 3];
    }
    for (; i < count; ++i)
        s0 += values[i];
    return s0 + s1 + (s2 + s3);
}

}  // namespace portable

ReadKernel readKernel(KernelTarget target)
{
    return chooseKernel(target, NANOSCOPE_COPIES(ReadKernel, (readAll)));
}

}  // namespace nanoscope
#endif
