#include "core/hardware/gemm_schedule.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace nanoscope {
namespace {

constexpr double kSumBytes = 4.0;  // partial sums are FP32

}  // namespace

double gemmCycles(const Gemm& gemm, const ArrayShape& array)
{
    return std::ceil(gemm.tokens / array.rows) * std::ceil(gemm.outputs / array.columns)
        * std::ceil(gemm.inputs / array.lanes) * array.cyclesPerDot
        + array.rows + array.columns - 2;
}

Traffic gemmTraffic(const Gemm& gemm, const ArrayShape& array, const BufferBytes& buffers)
{
    const double m = gemm.tokens;
    const double n = gemm.outputs;
    const double w = n * gemm.inputs * gemm.weightBits / 8.0;
    const double a = m * gemm.inputs * gemm.activationBits / 8.0;
    const double o = m * n * gemm.outputBits / 8.0;
    if (w <= buffers.weights / 2.0 || a <= buffers.activations / 2.0)
        return {w, a, o};

    Traffic best{w * std::ceil(m / array.rows), a * std::ceil(n / array.columns), o};  // nothing kept but one tile
    const auto consider = [&best, o](double weights, double activations) {
        if (weights + activations < best.weights + best.activations)
            best = {weights, activations, o};
    };
    const double rows = std::floor(buffers.activations / 2.0 / (gemm.inputs * gemm.activationBits / 8.0));
    if (rows >= 1.0)
        consider(w * std::ceil(m / rows), a);
    const double columns = std::floor(buffers.weights / 2.0 / (gemm.inputs * gemm.weightBits / 8.0));
    if (columns >= 1.0)
        consider(w, a * std::ceil(n / columns));
    const double sums = buffers.outputs / 2.0 / kSumBytes;
    for (const double aspect : {0.25, 0.5, 1.0, 2.0, 4.0}) {
        const double height = std::max<double>(array.rows, std::floor(std::sqrt(sums * aspect)));
        const double width = std::max<double>(array.columns, std::floor(sums / height));
        if (height * width <= sums)
            consider(w * std::ceil(m / height), a * std::ceil(n / width));
    }
    return best;
}

}  // namespace nanoscope
