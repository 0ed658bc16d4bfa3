#include "core/analysis/model_sweep.h"

#include "core/analysis/analyze.h"
#include "core/closest_name.h"
#include "core/error.h"

#include <algorithm>
#include <fnmatch.h>
#include <new>
#include <utility>

namespace nanoscope {
namespace {

constexpr const char* kNoMemory = "there is not enough memory for this tensor";

SweepFigures figuresOf(const Report& report)
{
    SweepFigures figures;
    figures.elements = report.elements;
    figures.bitsPerElement = report.bitsPerElement;
    figures.measured = report.elements - report.excluded;
    figures.structuralVacant = report.vacant.structural;
    figures.tensorVacant = report.vacant.tensor;
    if (figures.measured == 0) {
        figures.refusal = "every block holds NaN or infinity";
        return figures;
    }
    figures.sqnrDecibel = report.error.sqnrDecibel;
    figures.nmse = report.error.nmse;
    figures.maximumError = report.error.maximum;
    figures.utilisation = report.utilisation;
    figures.squaredError = report.error.mse * static_cast<double>(figures.measured);
    figures.power = report.power;
    return figures;
}

TensorInfo infoOf(const TensorSource& source, const std::string& name)
{
    for (const TensorInfo& info : source.list())
        if (info.name == name)
            return info;
    TensorInfo unknown;
    unknown.name = name;
    return unknown;
}

/// Reading counts as much as one format.
class Work {
public:
    Work(const SweepOptions& options, double whole)
        : m_options(options)
        , m_whole(whole)
    {
    }

    /// A stretch of the work by its size, as a function of the fraction of it.
    [[nodiscard]] std::function<void(double)> stretch(double size) const
    {
        if (!m_options.progress)
            return {};
        return [this, size, done = m_done](
                   double fraction) { m_options.progress(m_whole > 0 ? (done + size * fraction) / m_whole : 1.0); };
    }
    void finish(double size) { m_done += size; }

private:
    const SweepOptions& m_options;
    double m_whole = 0.0;
    double m_done = 0.0;
};

SweepRow sweptTensor(
    const Tensor& tensor, const std::vector<NamedFormat>& formats, const SweepOptions& options, Work& work)
{
    const auto size = static_cast<double>(tensor.info.elements);
    SweepRow row;
    row.info = tensor.info;
    row.statistics = tensorStatistics(tensor.values, options.threads, options.stop);
    for (const NamedFormat& format : formats) {
        row.figures.push_back(
            sweepFigures(tensor, format, {options.axis, options.threads, options.stop, work.stretch(size)}));
        work.finish(size);
    }
    return row;
}

}  // namespace

std::vector<std::string> tensorsMatching(
    const TensorSource& source, const std::string& file, const std::vector<std::string>& globs)
{
    std::vector<std::string> all;
    for (const TensorInfo& info : source.list())
        all.push_back(info.name);
    const auto matches
        = [](const std::string& glob, const std::string& name) { return fnmatch(glob.c_str(), name.c_str(), 0) == 0; };
    for (const std::string& glob : globs) {
        if (std::any_of(all.begin(), all.end(), [&](const std::string& name) { return matches(glob, name); }))
            continue;
        const std::optional<std::string> meant = closestName(glob, all);
        throw Error(file, "no tensor matches '" + glob + "'",
            meant ? "did you mean " + *meant + "?" : "see nanoscope-cli list for the names; * stands for any text",
            ErrorKind::Refused);
    }
    std::vector<std::string> chosen;
    for (const TensorInfo& info : source.list())
        if (globs.empty() ? info.explorable : std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
                return matches(glob, info.name);
            }))
            chosen.push_back(info.name);
    if (chosen.empty())
        throw Error(file, "holds no tensor that can be explored", "see nanoscope-cli list for the reasons");
    return chosen;
}

SweepFigures sweepFigures(const Tensor& tensor, const NamedFormat& format, const SweepOptions& options)
{
    NamedFormat along = format;
    along.spec.geometry.axis = options.axis.value_or(format.spec.geometry.axis);
    SweepFigures refused;
    try {
        const BlockView view(tensor, along.spec.geometry.axis, 1);
        return figuresOf(analyze(tensor, view, along, {options.threads, options.stop, options.progress}));
    } catch (const Error& error) {
        refused.refusal = error.what();
    } catch (const std::bad_alloc&) {
        refused.refusal = kNoMemory;
    }
    refused.elements = tensor.info.elements;
    return refused;
}

void sweepModel(const TensorSource& source, const std::vector<std::string>& tensors,
    const std::vector<NamedFormat>& formats, const SweepOptions& options, const std::function<void(SweepRow)>& deliver)
{
    std::vector<TensorInfo> infos;
    double elements = 0.0;
    for (const std::string& name : tensors) {
        infos.push_back(infoOf(source, name));
        elements += static_cast<double>(infos.back().elements);
    }
    const auto passes = static_cast<double>(formats.size() + 1);
    Work work(options, elements * passes);
    for (const TensorInfo& info : infos) {
        const auto size = static_cast<double>(info.elements);
        SweepRow row;
        row.info = info;
        try {
            ReadOptions reading;
            reading.stop = options.stop;
            reading.threads = options.threads;
            if (options.progress)
                reading.progress = [progress = work.stretch(size)](std::uint64_t done, std::uint64_t whole) {
                    progress(whole > 0 ? static_cast<double>(done) / static_cast<double>(whole) : 1.0);
                };
            const Tensor tensor = source.read(info.name, reading);
            work.finish(size);
            row = sweptTensor(tensor, formats, options, work);
        } catch (const Error& error) {
            row.refusal = error.what();
            work.finish(size * passes);
        } catch (const std::bad_alloc&) {
            row.refusal = kNoMemory;
            work.finish(size * passes);
        }
        deliver(std::move(row));
    }
}

}  // namespace nanoscope
