#include "core/quant/tensor_parameters.h"

#include "core/format/format_storage.h"
#include "core/quant/block_encoder.h"
#include "core/quant/k_means.h"
#include "core/quant/mix_parts.h"
#include "core/quant/parallel.h"
#include "core/quant/phase_encoder.h"
#include "core/quant/tensor_figures.h"
#include "core/quant/tensor_maximum.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

/// Squared error of the whole tensor, summed in the order of the chunks; blocks with NaN or infinity are left out.
double squaredError(
    const FormatSpec& spec, const BlockView& view, const TensorParameters& parameters, const PassOptions& options)
{
    std::atomic<std::uint64_t> chunksDone{0};
    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(view.block()));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    const unsigned threads = threadCount(options.threads, chunks);
    std::vector<std::unique_ptr<BlockEncoder>> encoders;
    for (unsigned i = 0; i < threads; ++i)
        encoders.push_back(makeBlockEncoder(spec, parameters));
    std::vector<double> sums(chunks, 0.0);
    forEachChunk(chunks, threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        std::vector<float> room;
        for (std::uint64_t index = chunk * perChunk; index < std::min(view.blocks(), (chunk + 1) * perChunk); ++index) {
            const std::span<const float> values = view.values(index, room);
            const EncodedBlock& block = encoders[worker]->encode(values, view.place(index));
            for (std::size_t i = 0; !block.bad && i < values.size(); ++i) {
                const double error = block.decoded[i] - static_cast<double>(values[i]);
                sums[chunk] += error * error;
            }
        }
        const std::uint64_t done = ++chunksDone;
        if (options.progress)
            options.progress(static_cast<double>(done) / static_cast<double>(chunks));
    });
    double total = 0.0;
    for (const double sum : sums)
        total += sum;
    return total;
}

/// Every value of a tensor whose blocks are finite, ascending.
std::vector<double> sortedFinite(const BlockView& view)
{
    std::vector<double> values;
    values.reserve(view.elements());
    view.rowValues().forEach([&values](float value) {
        if (std::isfinite(value))
            values.push_back(static_cast<double>(value));
    });
    std::sort(values.begin(), values.end());
    return values;
}

std::vector<float> fittedLevels(const BlockView& view, std::size_t count)
{
    const std::vector<double> centroids = kMeans(sortedFinite(view), count);
    std::vector<float> levels(centroids.begin(), centroids.end());
    levels.resize(count, levels.empty() ? 0.0F : levels.back());
    return levels;
}

/// Magnitude that `share` of the finite elements reach, between neighbours by linear interpolation.
double magnitudeOfShare(const BlockView& view, double share)
{
    std::vector<float> magnitudes;
    magnitudes.reserve(view.elements());
    view.rowValues().forEach([&magnitudes](float value) {
        if (std::isfinite(value))
            magnitudes.push_back(std::fabs(value));
    });
    if (magnitudes.empty() || share <= 0.0)
        return HUGE_VAL;
    const double at = (1.0 - share) * static_cast<double>(magnitudes.size() - 1);
    const auto below = static_cast<std::ptrdiff_t>(at);
    std::nth_element(magnitudes.begin(), magnitudes.begin() + below, magnitudes.end());
    const auto low = static_cast<double>(magnitudes[static_cast<std::size_t>(below)]);
    const auto above = magnitudes.begin() + below + 1;
    const auto high = above == magnitudes.end() ? low : static_cast<double>(*std::min_element(above, magnitudes.end()));
    return std::max(low + (at - static_cast<double>(below)) * (high - low), 0x1p-149);
}

std::vector<std::uint8_t> outlierColumns(const BlockView& view, double threshold)
{
    std::vector<std::uint8_t> columns(view.rowLength(), 0);
    std::uint64_t column = 0;
    view.rowValues().forEach([&](float value) {
        if (std::isfinite(value) && std::fabs(static_cast<double>(value)) >= threshold)
            columns[column] = 1;
        column = column + 1 == view.rowLength() ? 0 : column + 1;
    });
    return columns;
}

std::size_t tensorCandidates(const FormatSpec& spec)
{
    if (!spec.tensorScale)
        return 1;
    return std::max(spec.tensorScale->offsets.size(), std::max<std::size_t>(1, spec.tensorScale->clips.size()));
}

/// The codebook and tensor scale with the smallest squared error over the tensor; the first of equal ones.
void searchTensor(TensorParameters& parameters, const FormatSpec& spec, const BlockView& view,
    const PassOptions& options, double figure)
{
    const std::size_t scales = tensorCandidates(spec);
    const std::size_t books = tensorCandidateCount(spec) / scales;
    if (books * scales == 1) {
        parameters.scale = tensorScaleFor(spec, figure);
        return;
    }
    double least = HUGE_VAL;
    TensorParameters best = parameters;
    for (std::size_t book = 0; book < books; ++book)
        for (std::size_t scale = 0; scale < scales; ++scale) {
            TensorParameters tried = parameters;
            tried.book = book;
            tried.scale = tensorScaleFor(spec, figure, scale);
            PassOptions pass = options;
            if (options.progress)
                pass.progress = [&options, whole = static_cast<double>(books * scales),
                                    done = static_cast<double>(book * scales + scale)](
                                    double fraction) { options.progress((done + fraction) / whole); };
            const double error = squaredError(spec, view, tried, pass);
            if (error < least) {
                least = error;
                best = std::move(tried);
            }
        }
    parameters = std::move(best);
}

}  // namespace

std::size_t tensorCandidateCount(const FormatSpec& spec)
{
    const bool choosesBook = spec.chooser && spec.chooser->unit == Unit::Tensor;
    return tensorCandidates(spec) * (choosesBook ? spec.elements.size() : 1);
}

double tensorSearchShare(const FormatSpec& spec)
{
    const auto passes = static_cast<double>(tensorCandidateCount(spec));
    return passes > 1 ? passes / (passes + 1) : 0.0;
}

bool hasTensorScale(const FormatSpec& spec)
{
    return spec.tensorScale
        || (spec.mix && std::any_of(spec.mix->parts.begin(), spec.mix->parts.end(), hasTensorScale));
}

bool needsTensorPass(const FormatSpec& spec)
{
    return spec.tensorScale || spec.mix || tensorValueCount(spec) > 0
        || (spec.chooser && spec.chooser->unit == Unit::Tensor)
        || (spec.special && (spec.special->kind == SpecialKind::Sparse || spec.special->kind == SpecialKind::Columns));
}

TensorParameters tensorParameters(const FormatSpec& spec, const BlockView& view, const PassOptions& options)
{
    TensorParameters parameters;
    if (!needsTensorPass(spec))
        return parameters;
    if (spec.mix)
        return mixedParameters(spec, view, options);
    if (spec.encoder.id == EncoderId::Phase) {
        parameters.values = phaseScales(spec, view, options);
        return parameters;
    }
    if (tensorValueCount(spec) > 0)
        parameters.values = fittedLevels(view, tensorValueCount(spec));
    if (spec.special && spec.special->kind == SpecialKind::Sparse)
        parameters.threshold = magnitudeOfShare(view, spec.special->share);
    if (spec.special && spec.special->kind == SpecialKind::Columns) {
        const double unit = spec.special->relative ? std::sqrt(tensorMeanSquare(view, options)) : 1.0;
        parameters.threshold = spec.special->threshold * unit;
        parameters.columns = outlierColumns(view, parameters.threshold);
    }
    double figure = 0.0;
    if (spec.tensorScale)
        figure = spec.tensorScale->statistic == ScaleStatistic::MeanAbsolute
            ? tensorMeanAbsolute(view, options)
            : tensorMaximum(view, options.threads, options.stop);
    searchTensor(parameters, spec, view, options, figure);
    return parameters;
}

}  // namespace nanoscope
