#include "core/quant/transform.h"

#include "core/quant/effective_scale.h"
#include "core/quant/parallel.h"
#include "core/quant/random_bits.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

/// Multiplies by the Hadamard matrix of Sylvester's construction, without its factor 1 / sqrt(n).
void rotate(std::span<double> values)
{
    for (std::size_t half = 1; half < values.size(); half *= 2)
        for (std::size_t start = 0; start < values.size(); start += 2 * half)
            for (std::size_t i = start; i < start + half; ++i) {
                const double a = values[i];
                const double b = values[i + half];
                values[i] = a + b;
                values[i + half] = a - b;
            }
}

double signAt(const TransformSpec& transform, std::uint64_t column)
{
    if (!transform.signSeed)
        return 1.0;
    return (randomBits(*transform.signSeed, column) & 1U) != 0 ? -1.0 : 1.0;
}

template <typename Work> void forEachRow(MatrixShape shape, const PassOptions& options, Work work)
{
    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / std::max<std::uint64_t>(1, shape.columns));
    const std::uint64_t chunks = (shape.rows + perChunk - 1) / perChunk;
    forEachChunk(chunks, threadCount(options.threads, chunks), options.stop, [&](unsigned, std::uint64_t chunk) {
        std::vector<double> row(shape.columns);
        for (std::uint64_t r = chunk * perChunk; r < std::min(shape.rows, (chunk + 1) * perChunk); ++r)
            work(r, row);
    });
}

/// Rotates every whole group of a row.
void rotateRow(std::span<double> row, std::size_t n)
{
    if (n == 0)
        return;
    const double factor = 1.0 / std::sqrt(static_cast<double>(n));
    for (std::size_t start = 0; start + n <= row.size(); start += n) {
        rotate(row.subspan(start, n));
        for (double& value : row.subspan(start, n))
            value *= factor;
    }
}

}  // namespace

std::vector<std::uint32_t> columnsByNorm(std::span<const float> values, MatrixShape shape)
{
    std::vector<double> power(shape.columns, 0.0);
    for (std::uint64_t row = 0; row < shape.rows; ++row)
        for (std::uint64_t column = 0; column < shape.columns; ++column) {
            const auto value = static_cast<double>(values[row * shape.columns + column]);
            power[column] += std::isfinite(value) ? value * value : 0.0;
        }
    std::vector<std::uint32_t> order(shape.columns);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(
        order.begin(), order.end(), [&power](std::uint32_t a, std::uint32_t b) { return power[a] > power[b]; });
    return order;
}

std::vector<float> transformed(std::span<const float> values, MatrixShape shape, const TransformSpec& transform,
    std::span<const std::uint32_t> order, const PassOptions& options)
{
    std::vector<float> out(values.size());
    forEachRow(shape, options, [&](std::uint64_t r, std::span<double> row) {
        const std::uint64_t start = r * shape.columns;
        for (std::uint64_t column = 0; column < shape.columns; ++column)
            row[column] = static_cast<double>(values[start + (order.empty() ? column : order[column])])
                * signAt(transform, column);
        rotateRow(row, static_cast<std::size_t>(transform.hadamard));
        for (std::uint64_t column = 0; column < shape.columns; ++column)
            out[start + column] = roundToStored(row[column]).value;
    });
    return out;
}

std::vector<float> restored(std::span<const float> values, MatrixShape shape, const TransformSpec& transform,
    std::span<const std::uint32_t> order, const PassOptions& options)
{
    std::vector<float> out(values.size());
    forEachRow(shape, options, [&](std::uint64_t r, std::span<double> row) {
        const std::uint64_t start = r * shape.columns;
        for (std::uint64_t column = 0; column < shape.columns; ++column)
            row[column] = static_cast<double>(values[start + column]);
        rotateRow(row, static_cast<std::size_t>(transform.hadamard));  // the matrix is its own inverse
        for (std::uint64_t column = 0; column < shape.columns; ++column)
            out[start + (order.empty() ? column : order[column])]
                = roundToStored(row[column] * signAt(transform, column) + 0.0).value;
    });
    return out;
}

std::string basisText(const FormatSpec& spec)
{
    std::string text;
    const auto add = [&text](const std::string& part) { text.append(text.empty() ? "" : ", ").append(part); };
    if (spec.transform) {
        if (spec.transform->sortColumns)
            add("columns sorted by norm");
        if (spec.transform->signSeed)
            add(std::string("signs of seed ").append(std::to_string(*spec.transform->signSeed)));
        if (spec.transform->hadamard > 0)
            add(std::string("Hadamard ").append(std::to_string(spec.transform->hadamard)));
    }
    if (spec.encoder.id == EncoderId::Phase)
        add("complex pairs");
    return text.empty() ? "as stored" : text;
}

}  // namespace nanoscope
