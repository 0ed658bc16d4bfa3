#pragma once

#include "core/fast/instruction_set.h"

// Not among Highway's default targets: byte permutations and vector bit counts of the second generation of AVX-512.
#define HWY_WANT_AVX3_DL 1
#include <hwy/detect_targets.h>

/// All copies of a kernel. Highway's own table holds one choice for the whole process; ours takes the target with each
/// call, so that two callers may use different ones and no library has to be linked.
/// @param kernel  in parentheses; the same name in every namespace of a target and in `portable`
#define NANOSCOPE_COPIES(type, kernel)                                                                                 \
    (::nanoscope::KernelCopies<type>{NANOSCOPE_AVX3_DL(kernel), NANOSCOPE_AVX3(kernel), NANOSCOPE_AVX2(kernel),        \
        NANOSCOPE_SSE4(kernel), &portable::NANOSCOPE_BARE kernel})

#define NANOSCOPE_BARE(...) __VA_ARGS__
#if HWY_ARCH_X86
#define NANOSCOPE_AVX3_DL(kernel) &N_AVX3_DL::NANOSCOPE_BARE kernel
#define NANOSCOPE_AVX3(kernel) &N_AVX3::NANOSCOPE_BARE kernel
#define NANOSCOPE_AVX2(kernel) &N_AVX2::NANOSCOPE_BARE kernel
#define NANOSCOPE_SSE4(kernel) &N_SSE4::NANOSCOPE_BARE kernel
#else
#define NANOSCOPE_AVX3_DL(kernel) nullptr
#define NANOSCOPE_AVX3(kernel) nullptr
#define NANOSCOPE_AVX2(kernel) nullptr
#define NANOSCOPE_SSE4(kernel) nullptr
#endif

namespace nanoscope {

template <typename Kernel> struct KernelCopies {
    Kernel avx512Bits;
    Kernel avx512;
    Kernel avx2;
    Kernel sse4;
    Kernel portable;
};

template <typename Kernel> [[nodiscard]] Kernel chooseKernel(KernelTarget target, const KernelCopies<Kernel>& copies)
{
    switch (target) {
    case KernelTarget::Avx512Bits:
        return copies.avx512Bits;
    case KernelTarget::Avx512:
        return copies.avx512;
    case KernelTarget::Avx2:
        return copies.avx2;
    case KernelTarget::Sse4:
        return copies.sse4;
    case KernelTarget::Portable:
        break;
    }
    return copies.portable;
}

}  // namespace nanoscope
