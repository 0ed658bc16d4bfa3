#pragma once

#include "core/analysis/block_statistics.h"
#include "core/fast/tile_run.h"
#include "core/format/format_by_name.h"
#include "core/quant/prepared_tensor.h"

#include <QString>

#include <algorithm>

/// What the reference engine says of a tensor, for kernels to be compared with.
struct Reference {
    nanoscope::BlockCounts counts;
    nanoscope::TotalSums sums;
};

/// A format by name, resolved for the rows of a tensor.
inline nanoscope::FormatSpec specFor(const QString& format, const nanoscope::Tensor& tensor)
{
    return nanoscope::resolved(nanoscope::parseFormat(format.toStdString(), {}).spec, tensor.info.shape.back());
}

/// Measures the rows block by block, in the chunks of the kernels.
inline Reference reference(const nanoscope::BlockView& rows, const nanoscope::FormatSpec& spec)
{
    const nanoscope::PreparedTensor prepared = nanoscope::prepare(rows, spec);
    nanoscope::BlockStatistics statistics(prepared, 1.0);
    Reference result;
    const std::uint64_t perChunk = nanoscope::kChunkElements / static_cast<std::uint64_t>(spec.geometry.block);
    for (std::uint64_t begin = 0; begin < prepared.view.blocks(); begin += perChunk) {
        statistics.beginChunk();
        for (std::uint64_t b = begin; b < std::min(prepared.view.blocks(), begin + perChunk); ++b)
            statistics.measure(b);
        result.sums.add(statistics.sums());
    }
    result.counts.add(statistics.counts());
    return result;
}
