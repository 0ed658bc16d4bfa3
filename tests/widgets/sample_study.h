#pragma once

#include "core/analysis/study.h"

#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace nanoscope::test {

/// Flips of FP4 E2M1 under the histogram of Gaussian values (figures of catalogue table T5), and of an E8M0 scale.
inline BitFlipStudy sampleBitFlips()
{
    BitFlipStudy study;
    CodeFlips flips;
    flips.book = 0;
    flips.elements = 1 << 20;
    flips.levelRms = 1.5;
    const std::vector<double> means{0.428, 0.880, 1.872, 1.580};
    const std::vector<double> largest{1.34, 2.00, 3.00, 8.01};
    for (std::size_t i = 0; i < means.size(); ++i)
        flips.bits.push_back(
            {static_cast<int>(i), 1.5 * means[i], 1.5 * largest[i], means[i], largest[i], i == 2 ? 0.02 : 0.0});
    study.books = {flips, flips};
    study.books[1].book = 1;
    study.pooled = flips;
    study.pooled.book.reset();
    study.scale.blocks = 1 << 15;
    for (int bit = 0; bit < 8; ++bit) {
        const double ratio = std::ldexp(1.0, 1 << bit);
        study.scale.bits.push_back(
            {bit, 1 / ratio, ratio, 0.4 * (ratio - 1) + 0.4 * (1 - 1 / ratio), bit == 7 ? 0.3 : 0});
    }
    return study;
}

/// SQNR of splits of Gaussian values in blocks of 128 and 16 (figures of catalogue table T3).
inline FloatSplitStudy sampleFloatSplit()
{
    FloatSplitStudy study;
    study.elements = 1 << 16;
    study.rowLength = 2048;
    study.isSampled = true;
    study.clips = FloatSplitOptions::standardClips();
    struct Row {
        int block;
        std::vector<double> decibel;
    };
    for (const Row& row :
        {Row{128, {13.5, 13.5, 13.6}}, Row{128, {19.5, 19.5, 19.7, 14.9}}, Row{128, {25.5, 25.5, 25.7, 20.3, 14.9}},
            Row{128, {31.6, 31.6, 31.6, 26.1, 20.3, 14.9}}, Row{128, {43.8, 43.8, 43.7, 37.9, 32.0, 26.1, 20.3, 14.9}},
            Row{16, {15.0, 15.0, 15.3}}, Row{16, {21.8, 21.8, 21.3, 16.5}}}) {
        FloatSplitLine line;
        line.block = {row.block};
        line.bits = static_cast<int>(row.decibel.size());
        for (int e = 0; e < line.bits; ++e) {
            const double decibel = row.decibel[static_cast<std::size_t>(e)];
            line.points.push_back({e, line.bits - 1 - e, decibel, decibel - (e < 2 ? 1.1 : 0.4)});
            if (decibel > *line.points[line.best].clipDecibel)
                line.best = static_cast<std::size_t>(e);
        }
        study.lines.push_back(line);
    }
    return study;
}

/// A bell of interval widths.
inline ErrorIntervalFigures sampleIntervals()
{
    ErrorIntervalFigures figures;
    figures.block = 32;
    figures.elements = 1 << 20;
    figures.rms = 0.02;
    figures.freeShare = 0.938;
    figures.meanFreeWidth = 0.0734 * figures.rms;
    figures.largestWidth = 0.22 * figures.rms;
    double sum = 0.0;
    for (std::size_t i = 0; i < kWidthBins; ++i) {
        figures.widthShares.push_back(std::exp(-std::pow(static_cast<double>(i) / 18.0, 4)) + (i == 0 ? 1.6 : 0.0));
        sum += figures.widthShares.back();
    }
    for (double& share : figures.widthShares)
        share /= sum;
    return figures;
}

/// Gaussian values, `spikes` of which are 500 times as large.
inline std::vector<float> sampleValues(std::size_t count, std::size_t spikes)
{
    std::mt19937 random(3);
    std::normal_distribution<double> normal;
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(0.02 * normal(random));
    for (std::size_t i = 0; i < spikes; ++i)
        values[i] *= 500.0F;
    return values;
}

/// A result whose figures are those of the catalogue where it has them.
inline std::shared_ptr<StudyResult> sampleStudy()
{
    auto result = std::make_shared<StudyResult>();
    result->tensor.name = "layers.0/weight";
    result->tensor.elements = 1 << 20;
    result->format.name = "SAMPLE4";
    ElementBook integer;
    integer.id = "INT4";
    integer.kind = BookKind::Integer;
    result->format.spec.elements.push_back(integer);
    result->bitFlips = sampleBitFlips();
    result->floatSplit = sampleFloatSplit();
    result->errorIntervals = sampleIntervals();
    const std::vector<float> values = sampleValues(1 << 16, 0);
    result->lMul = lMulStudy(values);
    result->spikes = spikeFigures(values);
    return result;
}

}  // namespace nanoscope::test
