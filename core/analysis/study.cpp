#include "core/analysis/study.h"

#include "core/error.h"

#include <utility>

namespace nanoscope {
namespace {

/// Parts of the whole at which progress stands when they are done; the sweep takes most of the time.
constexpr double kCastDone = 0.15;
constexpr double kSplitDone = 0.95;

bool isOfSameTensor(const StudyResult& previous, const Tensor& tensor, const StudyResult& wanted)
{
    const bool sameValues = !previous.values.owner_before(tensor.values.identity())
        && !tensor.values.identity().owner_before(previous.values);
    return sameValues && previous.shape == wanted.shape && previous.axis == wanted.axis;
}

void step(const StudyOptions& options, double fraction)
{
    if (options.stop.stop_requested())
        throw Cancelled();
    if (options.progress)
        options.progress(fraction);
}

void studyFormat(
    StudyResult& result, const Tensor& tensor, const BlockView& view, const Report& report, const StudyOptions& options)
{
    CastOptions run;
    run.threads = options.threads;
    run.stop = options.stop;
    const CastTensor cast = castTensor(tensor, view, result.format.spec, run);
    result.bitFlips = bitFlipStudy(report, cast);
    if (hasErrorIntervals(result.format.spec))
        result.errorIntervals = errorIntervals(tensor, cast, intervalBlock(result.format.spec, view.layout().rowLength),
            PassOptions{options.threads, options.stop});
}

void studyTensor(StudyResult& result, const Tensor& tensor, const BlockView& view, const StudyOptions& options)
{
    FloatSplitOptions split = options.floatSplit;
    split.threads = options.threads;
    split.stop = options.stop;
    split.progress = [&](double fraction) { step(options, kCastDone + (kSplitDone - kCastDone) * fraction); };
    result.floatSplit = floatSplitStudy(tensor, view, split);

    const TensorValues values = tensor.values.asFloat32();  // beside the cast, which takes more
    LMulOptions pairs = options.lMul;
    pairs.stop = options.stop;
    result.lMul = lMulStudy(values.floats(), pairs);
    step(options, (1.0 + kSplitDone) / 2);
    result.spikes = spikeFigures(values.floats(), options.spikeThreshold, options.stop);
}

}  // namespace

StudyResult study(const Tensor& tensor, const BlockView& view, const NamedFormat& format, const Report& report,
    const StudyOptions& options)
{
    StudyResult result;
    result.file = tensor.file;
    result.tensor = tensor.info;
    result.format = format;
    result.shape = view.shape();
    result.axis = static_cast<int>(view.axis());
    result.values = tensor.values.identity();
    step(options, 0.0);
    studyFormat(result, tensor, view, report, options);
    step(options, kCastDone);
    if (options.previous && isOfSameTensor(*options.previous, tensor, result)) {
        result.lMul = options.previous->lMul;
        result.floatSplit = options.previous->floatSplit;
        result.spikes = options.previous->spikes;
    } else {
        studyTensor(result, tensor, view, options);
    }
    step(options, 1.0);
    return result;
}

}  // namespace nanoscope
