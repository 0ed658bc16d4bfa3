#include "core/quant/mix_parts.h"

#include "core/quant/blank_block.h"
#include "core/quant/block_encoder.h"
#include "core/quant/effective_scale.h"
#include "core/quant/mixed_block.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

/// Rows of blocks in chunks that do not depend on the number of threads.
struct RowChunks {
    std::uint64_t rows;
    std::uint64_t perChunk;

    explicit RowChunks(const BlockView& view)
        : rows(view.rows())
        , perChunk(std::max<std::uint64_t>(1, kChunkElements / std::max<std::uint64_t>(1, view.rowLength())))
    {
    }

    [[nodiscard]] std::uint64_t count() const { return (rows + perChunk - 1) / perChunk; }

    /// Calls work(row) for every row of one chunk.
    template <typename Work> void forEachRow(std::uint64_t chunk, Work work) const
    {
        for (std::uint64_t row = chunk * perChunk; row < std::min(rows, (chunk + 1) * perChunk); ++row)
            work(row);
    }
};

/// The `count` largest of `keys` are marked 1, the first of equal ones first.
void markLargest(std::span<const double> keys, std::size_t count, std::span<std::uint8_t> marks)
{
    std::vector<std::size_t> order(keys.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [keys](std::size_t a, std::size_t b) { return keys[a] > keys[b]; });
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i)
        marks[order[i]] = 1;
}

/// share * blocks, halves to even.
std::size_t countOf(double share, std::uint64_t blocks)
{
    return static_cast<std::size_t>(std::nearbyint(share * static_cast<double>(blocks)));
}

/// One choice per block column, for all rows.
std::vector<std::uint8_t> inAllRows(const std::vector<std::uint8_t>& columns, std::uint64_t rows)
{
    std::vector<std::uint8_t> parts;
    parts.reserve(columns.size() * rows);
    for (std::uint64_t row = 0; row < rows; ++row)
        parts.insert(parts.end(), columns.begin(), columns.end());
    return parts;
}

/// Maximum minus minimum; below every other for a block with NaN or infinity.
double rangeOf(std::span<const float> values)
{
    if (!allFinite(values))
        return -1.0;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return static_cast<double>(*high) - static_cast<double>(*low);
}

std::vector<std::uint8_t> widestOfRow(const FormatSpec& spec, const BlockView& view, const PassOptions& options)
{
    const std::uint64_t perRow = view.blocksPerRow();
    std::vector<std::uint8_t> parts(view.blocks(), 0);
    const RowChunks chunks(view);
    const auto work = [&](unsigned, std::uint64_t chunk) {
        std::vector<double> ranges(perRow);
        std::vector<float> room;
        chunks.forEachRow(chunk, [&](std::uint64_t row) {
            for (std::uint64_t column = 0; column < perRow; ++column)
                ranges[column] = rangeOf(view.values(row * perRow + column, room));
            markLargest(ranges, countOf(spec.mix->share, perRow), std::span(parts).subspan(row * perRow, perRow));
        });
    };
    forEachChunk(chunks.count(), threadCount(options.threads, chunks.count()), options.stop, work);
    return parts;
}

double medianOf(std::vector<float> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 != 0)
        return static_cast<double>(*middle);
    return (static_cast<double>(*middle) + static_cast<double>(*std::max_element(values.begin(), middle))) / 2;
}

/// Largest magnitude of every column of the tensor.
std::vector<float> columnMaxima(const BlockView& view, const PassOptions& options)
{
    const std::uint64_t columns = view.layout().rowLength;
    const RowChunks chunks(view);
    const unsigned threads = threadCount(options.threads, chunks.count());
    std::vector<std::vector<float>> maxima(threads, std::vector<float>(columns, 0.0F));
    forEachChunk(chunks.count(), threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        std::vector<float> room;
        chunks.forEachRow(chunk, [&](std::uint64_t row) {
            for (std::uint64_t b = row * view.blocksPerRow(); b < (row + 1) * view.blocksPerRow(); ++b) {
                const std::span<const float> values = view.values(b, room);
                if (!allFinite(values))
                    continue;
                for (std::size_t i = 0; i < values.size(); ++i) {
                    float& maximum = maxima[worker][view.rowPosition(b, i) % columns];
                    maximum = std::max(maximum, std::fabs(values[i]));
                }
            }
        });
    });
    for (std::size_t worker = 1; worker < maxima.size(); ++worker)
        for (std::size_t column = 0; column < columns; ++column)
            maxima[0][column] = std::max(maxima[0][column], maxima[worker][column]);
    return maxima[0];
}

std::vector<std::uint8_t> outlierColumns(const FormatSpec& spec, const BlockView& view, const PassOptions& options)
{
    const std::vector<float> maxima = columnMaxima(view, options);
    const double limit = spec.mix->threshold * medianOf(maxima);
    const std::uint64_t width = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(view.block() / view.tileRows()));
    std::vector<std::uint8_t> columns(view.blocksPerRow(), 0);
    for (std::size_t column = 0; column < maxima.size(); ++column)
        if (static_cast<double>(maxima[column]) > limit)
            columns[column / width] = 1;
    return inAllRows(columns, view.rows());
}

/// Squared error of a part and power of the values, per block column.
struct ColumnErrors {
    std::vector<double> error;
    std::vector<double> power;

    explicit ColumnErrors(std::size_t columns)
        : error(columns, 0.0)
        , power(columns, 0.0)
    {
    }

    void add(std::size_t column, std::span<const float> values, const EncodedBlock& block)
    {
        double squaredError = 0.0;
        double squares = 0.0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto w = static_cast<double>(values[i]);
            const double e = static_cast<double>(roundToStored(block.decoded[i]).value) - w;
            squaredError += e * e;
            squares += w * w;
        }
        error[column] += squaredError;
        power[column] += squares;
    }
};

/// Sums are kept per chunk and added in order, so that they do not depend on the number of threads.
ColumnErrors errorsOf(
    const FormatSpec& part, const BlockView& view, const TensorParameters& parameters, const PassOptions& options)
{
    const std::uint64_t perRow = view.blocksPerRow();
    const RowChunks chunks(view);
    const unsigned threads = threadCount(options.threads, chunks.count());
    std::vector<std::unique_ptr<BlockEncoder>> encoders;
    for (unsigned i = 0; i < threads; ++i)
        encoders.push_back(makeBlockEncoder(part, partParameters(part, parameters)));
    std::vector<ColumnErrors> sums(chunks.count(), ColumnErrors(perRow));
    forEachChunk(chunks.count(), threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        std::vector<float> room;
        chunks.forEachRow(chunk, [&](std::uint64_t row) {
            for (std::uint64_t column = 0; column < perRow; ++column) {
                const std::uint64_t index = row * perRow + column;
                const std::span<const float> values = view.values(index, room);
                const EncodedBlock& block = encoders[worker]->encode(values, view.place(index));
                if (!block.bad)
                    sums[chunk].add(column, values, block);
            }
        });
    });
    ColumnErrors total(perRow);
    for (const ColumnErrors& chunk : sums)
        for (std::size_t column = 0; column < perRow; ++column) {
            total.error[column] += chunk.error[column];
            total.power[column] += chunk.power[column];
        }
    return total;
}

std::vector<std::uint8_t> errorThreshold(
    const FormatSpec& spec, const BlockView& view, const TensorParameters& parameters, const PassOptions& options)
{
    const std::vector<FormatSpec> parts = partsOf(spec);
    std::vector<std::uint8_t> columns(view.blocksPerRow(), static_cast<std::uint8_t>(parts.size() - 1));
    for (std::size_t part = parts.size() - 1; part-- > 0;) {  // backwards: the first that will do is written last
        const ColumnErrors errors = errorsOf(parts[part], view, parameters, options);
        for (std::size_t column = 0; column < columns.size(); ++column)
            if (errors.error[column] <= spec.mix->threshold * errors.power[column])
                columns[column] = static_cast<std::uint8_t>(part);
    }
    return inAllRows(columns, view.rows());
}

std::vector<std::uint8_t> residualColumns(
    const FormatSpec& spec, const BlockView& view, const TensorParameters& parameters, const PassOptions& options)
{
    const ColumnErrors errors = errorsOf(partsOf(spec).front(), view, parameters, options);
    std::vector<std::uint8_t> columns(view.blocksPerRow(), 0);
    markLargest(errors.error, countOf(spec.mix->share, view.blocksPerRow()), columns);
    return inAllRows(columns, view.rows());
}

std::vector<std::uint8_t> decide(
    const FormatSpec& spec, const BlockView& view, const TensorParameters& parameters, const PassOptions& options)
{
    switch (spec.mix->rule) {
    case MixRule::WidestOfRow:
        return widestOfRow(spec, view, options);
    case MixRule::OutlierColumns:
        return outlierColumns(spec, view, options);
    case MixRule::ErrorThreshold:
        return errorThreshold(spec, view, parameters, options);
    case MixRule::ResidualColumns:
        return residualColumns(spec, view, parameters, options);
    }
    return {};
}

}  // namespace

std::vector<std::uint8_t> mixParts(
    const FormatSpec& spec, const BlockView& view, unsigned threads, const std::stop_token& stop)
{
    return mixedParameters(spec, view, {threads, stop}).parts;
}

TensorParameters mixedParameters(const FormatSpec& spec, const BlockView& view, const PassOptions& options)
{
    TensorParameters parameters;
    for (const FormatSpec& part : partsOf(spec))
        if (part.tensorScale) {
            parameters.scale = tensorParameters(part, view, options).scale;
            break;
        }
    if (view.blocks() > 0)
        parameters.parts = decide(spec, view, parameters, options);
    return parameters;
}

}  // namespace nanoscope
