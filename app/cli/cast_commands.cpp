#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/progress.h"
#include "app/cli/tensor_input.h"
#include "core/io/cast_file.h"
#include "core/quant/cast.h"

namespace nanoscope::cli {

void run(const CastRequest& request)
{
    const NamedFormat format = formatFor(request.format, request.input);
    const Interruption interruption;
    const Tensor tensor = loadTensor(request.input, request.threads, interruption.token());
    Progress progress("quantizing " + request.input.tensor);
    CastOptions options;
    options.threads = request.threads;
    options.stop = interruption.token();
    options.progress = [&progress](double fraction) { progress.update(fraction); };
    const CastTensor cast = castTensor(tensor, blockView(tensor, format.spec, request.input), format.spec, options);
    writeCastFile(request.output, cast, request.input.file);
}

void run(const DecodeRequest& request)
{
    const PackedTensor packed = readPackedTensor(request.file);
    writeDequantizedFile(request.output, packed, decodePacked(packed, request.threads), request.file);
}

}  // namespace nanoscope::cli
