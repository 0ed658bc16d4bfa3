#include "core/fast/class_kernel.h"

#include "core/fast/class_portable.h"
#include "core/fast/kernel_table.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/class_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/fast/simd_measure.h"

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Tops of the binades of block maxima. @return false for a tile that classes do not describe
HWY_INLINE bool findTops(const float* HWY_RESTRICT values, std::uint32_t* tops)
{
    const WordTag d;
    Words lowest = hn::Zero(d);
    blockMaxima<32>(values, tops, lowest);
    auto fits = hn::Eq(hn::Zero(d), hn::Zero(d));
    for (std::size_t i = 0; i < kTileWords; i += kWidth) {
        const Words maximum = loadWords(tops + i);
        const auto inside = hn::And(isBelow(maximum, setWords((kMostClassExponent + 1) << 23)),
            isBelow(setWords((kLeastClassExponent << 23) - 1), maximum));
        fits = hn::And(fits, hn::Or(hn::Eq(maximum, hn::Zero(d)), inside));
        const Words atLeast = hn::Max(maximum, setWords(kLeastClassExponent << 23));
        hn::Store(hn::Or(atLeast, setWords(0x7FFFFFU)), d, tops + i);
    }
    return hn::AllTrue(d, fits);
}

/// 1 where none of the bits of `mask` is set.
HWY_INLINE Words isEdge(Words magnitude, std::uint32_t mask)
{
    const Words rest = hn::Min(hn::And(magnitude, setWords(mask)), setWords(1));
    return hn::Sub(setWords(1), rest);
}

/// classOf() of a register, with the sign.
HWY_INLINE Words classesOf(Words bits, Words top)
{
    const Words magnitude = magnitudeOf(bits);
    const Words below = hn::Sub(top, magnitude);
    const Words eighth = hn::ShiftRight<20>(below);
    const Words quarter = hn::ShiftRight<21>(below);
    const Words fine = hn::Add(hn::Add(eighth, eighth), isEdge(magnitude, 0xFFFFFU));
    Words coarse = hn::Add(hn::Add(quarter, quarter), isEdge(magnitude, 0x1FFFFFU));
    coarse = hn::Min(hn::Add(coarse, setWords(kFineSteps)), setWords(kLastClass));
    const Words index = hn::IfThenElse(isBelow(eighth, setWords(kFineSteps)), fine, coarse);
    return hn::Or(index, hn::And(hn::ShiftRight<24>(bits), setWords(0x80)));
}

void classifyTiles(const float* values, std::size_t tiles, std::uint8_t* classes, std::uint8_t* odd)
{
    alignas(64) std::uint32_t tops[kTileWords];
    for (std::size_t tile = 0; tile < tiles; ++tile) {
        const float* HWY_RESTRICT x = values + tile * kTileElements;
        odd[tile] = findTops(x, tops) ? 0 : 1;
        for (std::size_t element = 0; element < kTileElements; element += kStep) {
            Words index[4];
            for (std::size_t i = 0; i < 4; ++i)
                index[i] = classesOf(
                    asWords(hn::LoadU(FloatTag(), x + element + i * kWidth)), setWords(tops[blockOf<32>(element, i)]));
            hn::StoreU(inElementOrder(gatherBytes<0>(index)), ByteTag(), classes + tile * kTileElements + element);
        }
    }
}

/// The codes of a register of classes, signs on top.
HWY_INLINE Bytes codesOf(const ClassCodes& codes, Bytes classes)
{
    const ByteTag d;
    const Bytes signBit = hn::Set(d, std::uint8_t{0x80});
#if HWY_TARGET == HWY_AVX3_DL
    const __m512i found
        = _mm512_permutex2var_epi8(_mm512_load_si512(codes.data()), classes.raw, _mm512_load_si512(codes.data() + 64));
    return hn::OrAnd(Bytes{found}, classes, signBit);
#else
    const Bytes index = hn::AndNot(signBit, classes);
    Bytes found = hn::Zero(d);
    for (std::uint8_t part = 0; part < kClasses / 16; ++part) {
        // Only indices within the part keep their top bit clear.
        const Bytes within = hn::SaturatedAdd(
            hn::Sub(index, hn::Set(d, static_cast<std::uint8_t>(16 * part))), hn::Set(d, std::uint8_t{0x70}));
        found = hn::Or(found, hn::TableLookupBytesOr0(hn::LoadDup128(d, codes.data() + 16 * part), within));
    }
    return hn::OrAnd(found, classes, signBit);
#endif
}

/// What finishPlanes() needs to know.
struct ClassRule {
    static constexpr bool kSignedZero = true;
};

void countClasses(const ClassFormat& format, const ClassRun& run, ChunkSums& sums)
{
    TileGroup group;
    PlaneCounts<32> counts;
    for (std::size_t start = 0; start < run.tiles; start += kGroupTiles) {
        group.tiles = std::min(kGroupTiles, run.tiles - start);
        group.whole = true;
        for (std::size_t g = 0; g < group.tiles; ++g) {
            const std::uint8_t* HWY_RESTRICT classes = run.classes + (start + g) * kTileElements;
            CodeSink<CodeOrder::Elements> sink;
            for (std::size_t element = 0; element < kTileElements; element += kStep)
                sink.put(element, codesOf(format.codes, hn::LoadU(ByteTag(), classes + element)), group.planes[g]);
            sink.finish(group.planes[g]);
            keepValid(group, g, run.valid != nullptr ? run.valid + start + g : nullptr);
        }
        finishPlanes<ClassRule>(group, nullptr);
        if (group.whole)
            countGroup<32, false>(group, format.table, counts);
        else
            countGroup<32, true>(group, format.table, counts);
    }
    closeCounts(counts, format.table, sums);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#if HWY_ONCE
namespace nanoscope {

ClassifyKernel classifyKernel(KernelTarget target)
{
    return chooseKernel(target, NANOSCOPE_COPIES(ClassifyKernel, (classifyTiles)));
}

CountKernel countKernel(KernelTarget target)
{
    return chooseKernel(target, NANOSCOPE_COPIES(CountKernel, (countClasses)));
}

void countSlowTile(const ClassFormat& format, const SlowTile& tile, ChunkSums& sums)
{
    portable::countPlanes<32>(tile.planes, tile.valid, format.table, sums);
}

}  // namespace nanoscope
#endif
