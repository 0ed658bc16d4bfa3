#pragma once

#include "app/explorer.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace nanoscope {

/// What is known of a format before the whole tensor is measured, best last: an answer of the exact summary where that
/// covers the format, else a quick preview from a sample of blocks; then, where a kernel takes the format, its pass
/// over every element, else a preview of the whole sample. While a summary is still to be made, a quick preview comes
/// first. Nothing for formats that none of these answers, and for small tensors without a summary. What was made on the
/// way stays with the tensor for the next change.
/// @param cut      its axis does not matter: the format's does
/// @param pool     does the pass
/// @param publish  gets each answer, on the calling thread
/// @throws Cancelled; Error when the cut does not fit the tensor
void answerSoon(const LoadedTensor& tensor, const TensorCut& cut, const NamedFormat& format, WorkerPool& pool,
    const std::stop_token& stop, const std::function<void(std::shared_ptr<const Report>)>& publish);

}  // namespace nanoscope
