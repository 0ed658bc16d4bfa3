#include "core/fast/speed_data.h"

#include "core/fast/huge_pages.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>

namespace nanoscope {
namespace {

constexpr std::uint64_t kStretch = std::uint64_t{4} << 20;
constexpr std::uint64_t kSamples = std::uint64_t{1} << 20;

/// Drawn once and repeated under other scales; drawing every value anew would take longer than measuring.
struct Samples {
    std::vector<float> normal;
    std::vector<float> heavy;
};

Samples drawSamples(std::mt19937_64& random)
{
    std::normal_distribution<float> normal;
    std::student_t_distribution<float> heavy(3.0F);
    Samples samples;
    for (std::uint64_t i = 0; i < kSamples; ++i) {
        samples.normal.push_back(normal(random));
        samples.heavy.push_back(heavy(random));
    }
    return samples;
}

}  // namespace

Tensor speedTensor(std::uint64_t elements)
{
    std::mt19937_64 random(1);
    const Samples samples = drawSamples(random);
    std::normal_distribution<float> logarithm(-4.0F, 0.5F);
    std::vector<float> values = hugePageVector<float>(elements);
    for (std::uint64_t row = 0; row < elements; row += kSpeedRow) {
        const std::vector<float>& source = row / kStretch % 2 == 0 ? samples.normal : samples.heavy;
        const float scale = std::exp(logarithm(random));
        const std::uint64_t start = random() % (kSamples - kSpeedRow);
        for (std::uint64_t i = 0; i < std::min(kSpeedRow, elements - row); ++i)
            values[row + i] = scale * source[start + i];
    }
    Tensor tensor;
    tensor.info.name = "speed";
    tensor.info.dtype = "f32";
    tensor.info.shape = {elements / kSpeedRow, kSpeedRow};
    tensor.info.elements = elements;
    tensor.info.explorable = true;
    tensor.values = std::make_shared<const std::vector<float>>(std::move(values));
    return tensor;
}

}  // namespace nanoscope
