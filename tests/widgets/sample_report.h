#pragma once

#include "core/analysis/report.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace nanoscope::test {

/// What a sample report is made of: Gaussian blocks under a block format written out in the plainest way, so that the
/// tests of the views do not depend on the quantizer.
struct Sample {
    std::string name = "SAMPLE4";
    std::vector<std::vector<double>> magnitudes{{0, 0.5, 1, 1.5, 2, 3, 4, 6}};  ///< per codebook
    bool recycle = false;  ///< minus zero becomes half of the smallest level, in every codebook
    std::uint64_t rows = 64;
    std::uint64_t blocksPerRow = 8;
    int block = 32;
    double sigma = 0.02;
    std::uint32_t seed = 7;
    bool wholeTensorScale = false;  ///< one scale for all blocks, from a larger maximum: leaves levels vacant
    std::uint64_t badBlock = std::numeric_limits<std::uint64_t>::max();  ///< holds a NaN
};

inline std::shared_ptr<const Report> sampleReport(const Sample& sample)
{
    auto report = std::make_shared<Report>();
    const std::size_t half = sample.magnitudes.front().size();
    report->file = "sample.h5";
    report->tensor.name = "layers.0/weight";
    report->tensor.dtype = "f32";
    report->tensor.explorable = true;
    report->format.name = sample.name;
    report->format.spec.geometry.block = sample.block;
    report->format.spec.elements.clear();
    report->rows = sample.rows;
    report->blocksPerRow = sample.blocksPerRow;
    report->blockLength = static_cast<std::uint64_t>(sample.block);
    report->rowLength = sample.blocksPerRow * static_cast<std::uint64_t>(sample.block);
    report->shape = {report->rows, report->rowLength};
    report->tensor.shape = report->shape;
    report->elements = report->rows * report->rowLength;
    report->tensor.elements = report->elements;
    report->payloadBits = static_cast<double>(std::bit_width(half * 2 - 1));
    report->bitsPerElement = report->payloadBits + 8.0 / sample.block;
    report->blocksPerBook.assign(sample.magnitudes.size(), 0);

    for (std::size_t book = 0; book < sample.magnitudes.size(); ++book) {
        ElementBook element;
        element.id = book == 0 ? "E2M1" : "BFP4";
        element.kind = BookKind::Integer;
        element.bits = static_cast<int>(report->payloadBits);
        report->format.spec.elements.push_back(element);
        for (std::size_t code = 0; code < 2 * half; ++code) {
            LevelCount entry;
            entry.book = static_cast<std::uint32_t>(book);
            entry.code = static_cast<std::uint32_t>(code);
            entry.level = code < half ? sample.magnitudes[book][code] : -sample.magnitudes[book][code - half];
            if (code == half) {
                entry.use = sample.recycle ? CodeUse::Recycled : CodeUse::Redundant;
                entry.level = sample.recycle ? sample.magnitudes[book][1] / 2 : 0.0;
            }
            report->levels.push_back(entry);
        }
        Density density;
        density.highest = 1.25 * sample.magnitudes[book].back();
        density.lowest = -density.highest;
        density.counts.assign(512, 0);
        report->density.push_back(density);
    }

    std::mt19937 random(sample.seed);
    const auto uniform = [&random] { return (static_cast<double>(random()) + 0.5) / 4294967296.0; };
    double power = 0;
    double error = 0;
    std::vector<double> values(static_cast<std::size_t>(sample.block));
    for (std::uint64_t b = 0; b < sample.rows * sample.blocksPerRow; ++b) {
        const double spread = sample.sigma * std::exp(0.5 * std::sin(static_cast<double>(b) * 0.37));
        double largest = 0;
        for (double& value : values) {
            value = spread * std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform());
            largest = std::max(largest, std::fabs(value));
        }
        if (b == sample.badBlock) {
            const float nan = std::numeric_limits<float>::quiet_NaN();
            report->blockSquaredError.push_back(nan);
            report->blockPower.push_back(nan);
            report->blockMaxError.push_back(nan);
            report->excluded += values.size();
            report->nanCount = 1;
            continue;
        }
        const std::size_t book = b % 3 == 0 ? sample.magnitudes.size() - 1 : 0;
        const double top = sample.magnitudes[book].back();
        const double scale = sample.wholeTensorScale
            ? sample.sigma * 14 / top
            : std::exp2(std::floor(std::log2(largest)) - std::floor(std::log2(top)));
        double blockPower = 0;
        double blockError = 0;
        double blockMaximum = 0;
        for (const double value : values) {
            LevelCount* best = &report->levels[2 * half * book];
            for (LevelCount& entry : report->levels)
                if (entry.book == book && !entry.isStructurallyVacant()
                    && std::fabs(entry.level - value / scale) < std::fabs(best->level - value / scale))
                    best = &entry;
            const double difference = best->level * scale - value;
            ++best->count;
            best->squaredError += difference * difference;
            blockPower += value * value;
            blockError += difference * difference;
            blockMaximum = std::max(blockMaximum, std::fabs(difference));
            Density& density = report->density[book];
            const double bin = (value / scale - density.lowest) / (density.highest - density.lowest) * 512;
            ++density.counts[static_cast<std::size_t>(std::clamp(bin, 0.0, 511.0))];
            const int octave = static_cast<int>(std::floor(2 * std::log2(std::fabs(value))));
            auto at = std::find_if(report->magnitudes.begin(), report->magnitudes.end(),
                [&](const MagnitudeBin& m) { return m.lowest == std::exp2(octave / 2.0); });
            if (at == report->magnitudes.end())
                at = report->magnitudes.insert(at, {std::exp2(octave / 2.0), std::exp2((octave + 1) / 2.0), 0, 0, 0});
            ++at->count;
            at->squaredError += difference * difference;
            at->power += value * value;
        }
        ++report->blocksPerBook[book];
        power += blockPower;
        error += blockError;
        report->error.maximum = std::max(report->error.maximum, blockMaximum);
        report->blockPower.push_back(blockPower);
        report->blockSquaredError.push_back(blockError);
        report->blockMaxError.push_back(static_cast<float>(blockMaximum));
    }
    std::sort(report->magnitudes.begin(), report->magnitudes.end(),
        [](const MagnitudeBin& a, const MagnitudeBin& b) { return a.lowest < b.lowest; });
    report->error.mse = error / static_cast<double>(report->elements - report->excluded);
    report->error.nmse = error / power;
    report->error.sqnrDecibel = -10 * std::log10(error / power);
    for (const LevelCount& entry : report->levels) {
        report->vacant.structural += entry.isStructurallyVacant() ? 1U : 0U;
        report->vacant.tensor += entry.isTensorVacant() ? 1U : 0U;
    }
    return report;
}

/// Magnitudes 0, 1 .. 2^(bits-1)-1 of an integer format.
inline std::vector<double> integerMagnitudes(int bits)
{
    std::vector<double> magnitudes(std::size_t{1} << (bits - 1));
    for (std::size_t i = 0; i < magnitudes.size(); ++i)
        magnitudes[i] = static_cast<double>(i);
    return magnitudes;
}

}  // namespace nanoscope::test
