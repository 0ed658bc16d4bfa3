#pragma once

#include "core/fast/fused_pass.h"
#include "tests/core/fast_reference.h"
#include "tests/core/fast_tensors.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <string>

namespace nanoscope {

/// Everything that a pass counts against the reference.
inline void compareCounts(const FusedFigures& figures, const BlockCounts& counts)
{
    QCOMPARE(figures.codes.blocks, counts.blocks);
    QCOMPARE(figures.codes.excluded, counts.excluded);
    QCOMPARE(figures.codes.zero, counts.zero);
    QCOMPARE(figures.codes.unusedCodes, counts.unusedCodes);
    QCOMPARE(figures.codes.headroom, counts.headroom);
    const std::size_t stride = counts.codes.size() / counts.units.size();
    for (std::size_t book = 0; book < counts.units.size(); ++book)
        for (std::size_t code = 0; code < kCodes; ++code)
            QCOMPARE(
                figures.codes.codes[book][code], code < stride ? counts.codes[book * stride + code] : std::uint64_t{0});
    QCOMPARE(figures.underflow, counts.underflow);
    QCOMPARE(figures.clipped, counts.clipped);
}

/// What blocks chose, against the reference.
inline void compareChoices(const ChoiceCounts& choices, const BlockCounts& counts)
{
    for (std::size_t book = 0; book < counts.units.size(); ++book)
        QCOMPARE(choices.books[book], counts.units[book]);
    for (std::size_t micro = 0; micro < counts.micro.size(); ++micro)
        QCOMPARE(choices.micros[micro], counts.micro[micro]);
    for (std::size_t offset = 0; offset < counts.offset.size(); ++offset)
        QCOMPARE(choices.offsets[offset], counts.offset[offset]);
}

inline std::uint32_t codeAt(const TilePlanes& planes, std::size_t element)
{
    std::uint32_t code = 0;
    for (std::size_t plane = 0; plane < kCodePlanes; ++plane)
        code |= (planes[plane][element / 32] >> element % 32 & 1U) << plane;
    return code;
}

/// Scale codes and codes of one tensor, block by block, on every instruction set.
inline void compareBlocks(const Tensor& tensor, const FormatSpec& spec, const TensorParameters& parameters = {})
{
    const BlockView view = viewOf(tensor, spec);
    const auto encoder = makeBlockEncoder(spec, parameters);
    for (const KernelTarget target : supportedKernelTargets()) {
        const auto pass = FusedPass::forFormat(spec, parameters, target);
        QVERIFY(pass);
        std::vector<TilePlanes> planes(tileCount(view));
        std::vector<std::uint8_t> scales(view.blocks() * pass->scaleBytes());
        (void)pass->measure(view, {}, KernelScope::Full, {scales, planes});
        for (std::uint64_t b = 0; b < view.blocks(); ++b) {
            const EncodedBlock& expected = encoder->encode(blockValues(view, b), view.place(b));
            std::uint32_t scale = 0;
            std::memcpy(&scale, scales.data() + b * pass->scaleBytes(), pass->scaleBytes());
            QCOMPARE(scale, static_cast<std::uint32_t>(expected.scales[0].code));
            for (std::size_t i = 0; !expected.bad && i < expected.length; ++i) {
                const std::size_t element = b * static_cast<std::size_t>(spec.geometry.block) + i;
                QCOMPARE(codeAt(planes[element / kTileElements], element % kTileElements), expected.codes[i]);
            }
        }
    }
}

/// One block at a time, so that its counts are its choice: book, micro-scales and offset.
inline void compareChoiceOfEachBlock(
    const Tensor& tensor, const FormatSpec& spec, const TensorParameters& parameters = {})
{
    const BlockView view = viewOf(tensor, spec);
    const auto encoder = makeBlockEncoder(spec, parameters);
    for (const KernelTarget target : supportedKernelTargets()) {
        const auto pass = FusedPass::forFormat(spec, parameters, target);
        QVERIFY(pass);
        for (std::uint64_t b = 0; b < view.blocks(); ++b) {
            const std::vector<float> values = blockValues(view, b);
            const EncodedBlock& expected = encoder->encode(values, view.place(b));
            if (expected.bad)
                continue;
            const Tensor one = madeTensor({values.size()}, std::vector<float>(values.begin(), values.end()));
            const FusedFigures figures = pass->measure(viewOf(one, spec));
            ChoiceCounts choices;
            ++choices.books[expected.unitBook.front()];
            ++choices.offsets[static_cast<std::size_t>(expected.offset)];
            choices.targets[0] += spec.scale.targets.empty() ? 0U : 1U;
            const bool perSubgroup = spec.micro && spec.micro->unit == Unit::Subgroup;
            for (std::size_t unit = 0; unit < (perSubgroup ? expected.unitMicro.size() : 1); ++unit)
                ++choices.micros[expected.unitMicro[unit]];
            QVERIFY2(figures.choices == choices, std::to_string(b).c_str());
        }
    }
}

/// Figures of one tensor on every instruction set, sums to the last bit the same.
inline void compareFigures(const Tensor& tensor, const FormatSpec& spec, const TensorParameters& parameters = {})
{
    const BlockView view = viewOf(tensor, spec);
    const Reference expected = reference(view, spec);
    std::optional<FusedFigures> first;
    for (const KernelTarget target : supportedKernelTargets()) {
        const auto pass = FusedPass::forFormat(spec, parameters, target);
        QVERIFY(pass);
        const FusedFigures figures = pass->measure(view);
        compareCounts(figures, expected.counts);
        if (figures.choices != ChoiceCounts{})
            compareChoices(figures.choices, expected.counts);
        QVERIFY(std::fabs(figures.squaredError - expected.sums.squaredError) <= 1e-9 * expected.sums.squaredError);
        QVERIFY(figures.maximumError == expected.sums.maximumError);
        if (!first)
            first = figures;
        QVERIFY(figures.squaredError == first->squaredError);
    }
}

/// Blocks on a grid so coarse that many candidates cost exactly the same, some of their elements then moved by one unit
/// in the last place: the costs differ, if at all, by less than any score can tell.
inline Tensor nearTies(std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    constexpr std::size_t kBlocks = 4000;
    std::vector<float> values(kBlocks * 32);
    for (std::size_t b = 0; b < kBlocks; ++b) {
        const int grid = 1 << random() % 6;  // steps to a unit
        const int reach = 1 + static_cast<int>(random() % 8);
        const int exponent = static_cast<int>(random() % 60) - 30;
        const std::uint64_t moved = random() % 4;
        for (std::size_t i = 0; i < 32; ++i) {
            const auto steps = static_cast<int>(random() % static_cast<std::uint64_t>(2 * reach * grid + 1));
            auto x = std::ldexp(static_cast<float>(steps - reach * grid) / static_cast<float>(grid), exponent);
            if (random() % 32 < moved)
                x = std::nextafter(x, random() % 2 == 0 ? 1e30F : -1e30F);
            values[b * 32 + i] = x;
        }
    }
    return madeTensor({kBlocks, 32}, std::move(values));
}

}  // namespace nanoscope
