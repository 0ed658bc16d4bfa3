#include "core/preview/preview_speed.h"

#include "core/fast/speed_data.h"
#include "core/format/format_by_name.h"
#include "core/preview/preview_report.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace nanoscope {
namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

PreviewSpeed measurePreview(std::uint64_t elements, unsigned turns, const std::stop_token& stop)
{
    const NamedFormat format = parseFormat("NxFP4", {});
    const Tensor tensor = speedTensor(elements);
    const BlockView view(tensor, format.spec.geometry.axis, format.spec.geometry.block);
    PreviewSpeed speed;
    const Clock::time_point start = Clock::now();
    const BlockSample sample(view, {0, stop, {}});
    speed.drawMilliseconds = millisecondsSince(start);
    const auto measure = [&](PreviewDepth depth, double& deviation) {
        std::vector<double> times;
        for (unsigned turn = 0; turn < turns; ++turn) {
            const Clock::time_point begin = Clock::now();
            const auto report = previewReport(sample, format, subjectOf(tensor, view), {depth, 2, stop});
            times.push_back(millisecondsSince(begin));
            deviation = report->sqnrStandardError.value_or(0.0);
        }
        std::nth_element(times.begin(), times.begin() + turns / 2, times.end());
        return times[turns / 2];
    };
    speed.quickMilliseconds = measure(PreviewDepth::Quick, speed.quickDeviationDecibel);
    speed.fullMilliseconds = measure(PreviewDepth::Full, speed.fullDeviationDecibel);
    return speed;
}

}  // namespace nanoscope
