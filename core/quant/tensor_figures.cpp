#include "core/quant/tensor_figures.h"

#include "core/quant/parallel.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

template <typename Term> double meanOf(const BlockView& view, const PassOptions& options, Term term)
{
    const TensorValues& values = view.rowValues();
    const std::uint64_t chunks = (values.size() + kChunkElements - 1) / kChunkElements;
    std::vector<double> sums(chunks, 0.0);
    std::vector<std::uint64_t> counts(chunks, 0);
    forEachChunk(chunks, threadCount(options.threads, chunks), options.stop, [&](unsigned, std::uint64_t chunk) {
        const std::uint64_t first = chunk * kChunkElements;
        std::vector<float> room;
        for (const float value : values.read(first, std::min(kChunkElements, values.size() - first), room))
            if (std::isfinite(value)) {
                sums[chunk] += term(static_cast<double>(value));
                ++counts[chunk];
            }
    });
    double sum = 0.0;
    std::uint64_t count = 0;
    for (std::uint64_t chunk = 0; chunk < chunks; ++chunk) {
        sum += sums[chunk];
        count += counts[chunk];
    }
    return count > 0 ? sum / static_cast<double>(count) : 0.0;
}

}  // namespace

double tensorMeanAbsolute(const BlockView& view, const PassOptions& options)
{
    return meanOf(view, options, [](double value) { return std::fabs(value); });
}

double tensorMeanSquare(const BlockView& view, const PassOptions& options)
{
    return meanOf(view, options, [](double value) { return value * value; });
}

}  // namespace nanoscope
