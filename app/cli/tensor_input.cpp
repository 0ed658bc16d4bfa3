#include "app/cli/tensor_input.h"

#include "app/cli/progress.h"
#include "app/preset_folder.h"
#include "core/format/format_by_name.h"
#include "core/io/tensor_source.h"

namespace nanoscope::cli {

NamedFormat formatFor(const std::string& spec, const TensorRequest& request)
{
    NamedFormat format = parseFormat(spec, userPresetFolder());
    if (request.axis)
        format.spec.geometry.axis = *request.axis;
    return format;
}

Tensor loadTensor(const TensorRequest& request, unsigned threads, const std::stop_token& stop)
{
    const auto source = openTensorSource(request.file);
    Progress progress("reading " + request.tensor);
    ReadOptions options;
    options.asBfloat16 = request.asBfloat16;
    options.stop = stop;
    options.threads = threads;
    options.progress = [&progress](std::uint64_t done, std::uint64_t total) {
        progress.update(total == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total));
    };
    return source->read(request.tensor, options);
}

BlockView blockView(const Tensor& tensor, const FormatSpec& spec, const TensorRequest& request)
{
    return {tensor, spec.geometry.axis, 1, request.reshape};
}

std::string sourceText(const TensorRequest& request)
{
    return request.file.string() + ": " + request.tensor;
}

}  // namespace nanoscope::cli
