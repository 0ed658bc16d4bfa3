#include "core/analysis/float_split.h"

#include "core/analysis/analyze.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>
#include <utility>

namespace nanoscope {
namespace {

/// The part of the tensor that is measured, as rows along its last axis.
struct Sample {
    Tensor tensor;
    std::uint64_t rows = 0;
    std::uint64_t rowLength = 0;
    bool isPart = false;
};

/// Longest block that is asked for by length: pieces of rows are whole numbers of these.
std::uint64_t longestBlock(const std::vector<SplitBlock>& blocks)
{
    int longest = 1;
    for (const SplitBlock& block : blocks)
        longest = std::max(longest, block.length.value_or(1));
    return static_cast<std::uint64_t>(longest);
}

Sample sampleOf(const Tensor& tensor, const BlockView& view, const FloatSplitOptions& options)
{
    const RowLayout& layout = view.layout();
    const std::uint64_t most = options.mostElements > 0 ? options.mostElements : view.elements();
    Sample sample;
    sample.rowLength = layout.rowLength;
    if (sample.rowLength > most) {
        const std::uint64_t longest = longestBlock(options.blocks);
        sample.rowLength = std::min(sample.rowLength, std::max<std::uint64_t>(most / longest, 1) * longest);
    }
    if (view.elements() > 0)
        sample.rows = std::clamp<std::uint64_t>(most / sample.rowLength, 1, layout.rows);
    sample.isPart = sample.rows * sample.rowLength < view.elements();

    std::vector<float> values;
    values.reserve(sample.rows * sample.rowLength);
    const std::uint64_t firstColumn = (layout.rowLength - sample.rowLength) / 2;
    for (std::uint64_t i = 0; i < sample.rows; ++i) {
        const std::uint64_t row = i * layout.rows / sample.rows;
        for (std::uint64_t column = firstColumn; column < firstColumn + sample.rowLength; ++column)
            values.push_back(tensor.values[layout.fileIndex(row, column)]);
    }
    sample.tensor = tensor;
    sample.tensor.info.shape = {sample.rows, sample.rowLength};
    sample.tensor.info.elements = values.size();
    sample.tensor.values = std::make_shared<const std::vector<float>>(std::move(values));
    return sample;
}

/// Elements of a block of the sample.
int lengthOf(const SplitBlock& block, const Sample& sample)
{
    const auto row = static_cast<int>(
        std::min<std::uint64_t>(std::max<std::uint64_t>(1, sample.rowLength), std::numeric_limits<int>::max()));
    return block.length.value_or(row);
}

/// SQNR of one split. One thread: the splits themselves are shared out.
std::optional<double> measured(
    const Sample& sample, const BlockView& view, const FormatSpec& spec, const FloatSplitOptions& options)
{
    AnalyzeOptions run;
    run.threads = 1;
    run.stop = options.stop;
    return analyze(sample.tensor, view, NamedFormat{spec.elements.front().id, spec}, run).error.sqnrDecibel;
}

/// Lines with points that are still without figures.
std::vector<FloatSplitLine> emptyLines(const FloatSplitOptions& options)
{
    std::vector<FloatSplitLine> lines;
    for (const SplitBlock& block : options.blocks) {
        for (const int bits : options.bits) {
            FloatSplitLine line{block, bits, {}, 0, 0};
            for (int exponentBits = 0; exponentBits < bits; ++exponentBits)
                line.points.push_back({exponentBits, bits - 1 - exponentBits, std::nullopt, std::nullopt});
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

/// First point whose figure is the largest; an absent one is that of an exact split and wins.
std::size_t bestOf(const std::vector<FloatSplitPoint>& points, std::optional<double> FloatSplitPoint::*figure)
{
    const auto rank = [figure](const FloatSplitPoint& point) {
        return (point.*figure).value_or(std::numeric_limits<double>::infinity());
    };
    const auto best = std::max_element(points.begin(), points.end(),
        [&](const FloatSplitPoint& a, const FloatSplitPoint& b) { return rank(a) < rank(b); });
    return static_cast<std::size_t>(best - points.begin());
}

}  // namespace

const FloatSplitLine* FloatSplitStudy::line(const SplitBlock& block, int bits) const
{
    const auto found = std::find_if(lines.begin(), lines.end(),
        [&](const FloatSplitLine& candidate) { return candidate.block == block && candidate.bits == bits; });
    return found == lines.end() ? nullptr : &*found;
}

std::vector<double> FloatSplitOptions::standardClips()
{
    std::vector<double> clips;
    for (int hundredths = 30; hundredths <= 100; hundredths += 5)
        clips.push_back(hundredths / 100.0);
    return clips;
}

FormatSpec floatSplitSpec(int bits, int exponentBits, const SplitBlock& block, const std::vector<double>& clips)
{
    FormatSpec spec;
    ElementBook& book = spec.elements.front();
    if (exponentBits == 0) {
        book.kind = BookKind::Integer;
        book.bits = bits;
    } else {
        book.kind = BookKind::Float;
        book.exponentBits = exponentBits;
        book.mantissaBits = bits - 1 - exponentBits;
        book.top = TopCodes::Finite;
    }
    book.id = book.standardId();
    spec.geometry.wholeRow = !block.length.has_value();
    spec.geometry.block = block.length.value_or(spec.geometry.block);
    spec.scale.codec = ScaleCodecId::FP32;
    spec.scale.rule = ScaleRule::Maximum;
    spec.scale.clips = clips;
    spec.tie = TieRule::Down;
    return spec;
}

FloatSplitStudy floatSplitStudy(const Tensor& tensor, const BlockView& view, const FloatSplitOptions& options)
{
    const Sample sample = sampleOf(tensor, view, options);
    FloatSplitStudy study;
    study.elements = sample.tensor.info.elements;
    study.rowLength = sample.rowLength;
    study.isSampled = sample.isPart;
    study.clips = options.clips;

    study.lines = emptyLines(options);

    struct Job {
        FloatSplitPoint* point;
        int length;  // of a block
    };
    std::vector<Job> jobs;
    for (FloatSplitLine& line : study.lines)
        for (FloatSplitPoint& point : line.points)
            jobs.push_back({&point, lengthOf(line.block, sample)});
    std::atomic<std::size_t> done{0};
    forEachChunk(
        jobs.size(), threadCount(options.threads, jobs.size()), options.stop, [&](unsigned, std::uint64_t number) {
            const Job& job = jobs[number];
            const BlockView blocks(sample.tensor, -1, job.length);
            const auto run = [&](const std::vector<double>& clips) {
                return measured(sample, blocks,
                    floatSplitSpec(job.point->bits(), job.point->exponentBits, {job.length}, clips), options);
            };
            job.point->clipDecibel = run(options.clips);
            job.point->maximumDecibel = run({});
            const std::size_t finished = ++done;
            if (options.progress)
                options.progress(static_cast<double>(finished) / static_cast<double>(jobs.size()));
        });
    for (FloatSplitLine& line : study.lines) {
        line.best = bestOf(line.points, &FloatSplitPoint::clipDecibel);
        line.bestMaximum = bestOf(line.points, &FloatSplitPoint::maximumDecibel);
    }
    return study;
}

}  // namespace nanoscope
