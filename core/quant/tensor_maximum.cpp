#include "core/quant/tensor_maximum.h"

#include "core/quant/parallel.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

}  // namespace

double tensorMaximum(const BlockView& view, unsigned threads, const std::stop_token& stop)
{
    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(view.block()));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    std::vector<float> maxima(chunks, 0.0F);
    forEachChunk(chunks, threadCount(threads, chunks), stop, [&](unsigned, std::uint64_t chunk) {
        float maximum = 0.0F;
        std::vector<float> room;
        const std::uint64_t end = std::min(view.blocks(), (chunk + 1) * perChunk);
        for (std::uint64_t block = chunk * perChunk; block < end; ++block) {
            float inBlock = 0.0F;
            float poison = 0.0F;  // stays 0 unless a value is NaN or infinite
            for (const float value : view.values(block, room)) {
                inBlock = std::max(inBlock, std::fabs(value));
                poison += value * 0.0F;
            }
            if (poison == 0.0F)
                maximum = std::max(maximum, inBlock);
        }
        maxima[chunk] = maximum;
    });
    return maxima.empty() ? 0.0 : static_cast<double>(*std::max_element(maxima.begin(), maxima.end()));
}

}  // namespace nanoscope
