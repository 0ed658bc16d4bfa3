#pragma once

#include "app/cli/requests.h"
#include "core/format/format_json.h"
#include "core/quant/block_view.h"
#include "core/tensor.h"

#include <stop_token>
#include <string>

namespace nanoscope::cli {

/// The format of a SPEC, on the axis that the request asks for.
[[nodiscard]] NamedFormat formatFor(const std::string& spec, const TensorRequest& request);

/// Reads the tensor of a request, with progress on a terminal.
/// @param threads  0: as many as there are cores
[[nodiscard]] Tensor loadTensor(const TensorRequest& request, unsigned threads, const std::stop_token& stop);

/// The tensor as the blocks of a format.
[[nodiscard]] BlockView blockView(const Tensor& tensor, const FormatSpec& spec, const TensorRequest& request);

/// "FILE: TENSOR".
[[nodiscard]] std::string sourceText(const TensorRequest& request);

}  // namespace nanoscope::cli
