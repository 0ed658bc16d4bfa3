#include "core/lm/perplexity_speed.h"

#include "core/fast/speed_clock.h"
#include "core/lm/perplexity.h"
#include "core/quant/parallel.h"

#include <chrono>

namespace nanoscope {
namespace {

using Clock = std::chrono::steady_clock;
using Matrix = LinearWeights::Matrix;

constexpr double kGiga = 1e-9;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// 1e9 operations a second of matrix products on every thread.
double productGflops(unsigned threads, const std::stop_token& stop)
{
    constexpr Eigen::Index kRows = 256;
    constexpr Eigen::Index kInner = 512;
    constexpr std::uint64_t kProducts = 32;  // per thread
    const Matrix left = Matrix::Constant(kRows, kInner, 0.5F);
    const Matrix right = Matrix::Constant(kInner, kInner, 0.25F);
    std::vector<Matrix> results(threads, Matrix::Zero(kRows, kInner));
    const auto start = Clock::now();
    forEachChunk(kProducts * threads, threads, stop,
        [&](unsigned worker, std::uint64_t) { results[worker].noalias() = left * right.transpose(); });
    const double operations = 2.0 * static_cast<double>(kRows * kInner * kInner);
    return kGiga * operations * static_cast<double>(kProducts * threads) / secondsSince(start);
}

}  // namespace

double windowOperations(const LanguageModel& model, std::size_t tokens)
{
    double weights = static_cast<double>(model.head.outputs() * model.head.inputs());
    for (const DecoderLayer& layer : model.layers)
        for (const LinearWeights& linear : layer.linear)
            weights += static_cast<double>(linear.outputs() * linear.inputs());
    const auto count = static_cast<double>(tokens);
    const double pairs = count * (count + 1) / 2;  // of tokens that see each other
    const double attention = 2 * pairs * static_cast<double>(model.shape.heads * model.shape.headWidth)
        * static_cast<double>(model.layers.size());
    return 2 * (weights * count + attention);
}

PerplexitySpeed measurePerplexitySpeed(
    const LanguageModel& model, const TokenWindows& windows, unsigned turns, const std::stop_token& stop)
{
    PerplexitySpeed speed;
    speed.threads = threadCount(0, windows.windows());
    speed.tokens = windows.predicted();
    std::vector<double> seconds;
    std::vector<double> peaks;
    EvaluationOptions options;
    options.threads = speed.threads;
    options.stop = stop;
    for (unsigned turn = 0; turn < turns; ++turn) {
        peaks.push_back(productGflops(speed.threads, stop));
        const auto start = Clock::now();
        (void)windowLosses(model, windows, {}, options);
        seconds.push_back(secondsSince(start));
    }
    speed.seconds = median(seconds);
    speed.peakGflops = median(peaks);
    speed.gflops
        = kGiga * windowOperations(model, windows.length - 1) * static_cast<double>(windows.windows()) / speed.seconds;
    speed.shareOfPeak = speed.gflops / speed.peakGflops;
    return speed;
}

}  // namespace nanoscope
