#pragma once

#include "core/format/format_json.h"
#include "core/lm/cast_method.h"
#include "core/lm/language_model.h"
#include "core/quant/tensor_parameters.h"

#include <map>
#include <optional>
#include <string>

namespace nanoscope {

/// Which weights of a model are cast to which format. Blocks run along the inputs of a layer, or along what the
/// format's geometry.axis names.
struct CastPlan {
    std::optional<NamedFormat> weights;            ///< of the linear layers
    std::string layers;                            ///< pattern with * and ? of their names; empty: all
    std::map<std::string, NamedFormat> perTensor;  ///< of single tensors, whatever `layers` says
    bool embedding = false;                        ///< the table that tokens are looked up in, too
    bool head = false;  ///< the matrix that makes logits, too, also where it is the embedding
    std::size_t gridShift
        = 0;  ///< columns by which the blocks are moved: rows are turned to the left, cast and turned back
    CalibratedCast calibrated;  ///< how codes of the linear layers are chosen; embedding and head are cast directly
};

/// A model after a direct cast.
struct CastModel {
    LanguageModel model;
    double bitsPerElement = 0.0;  ///< of the tensors that were cast, all-in; 0 when none was
    std::size_t elements = 0;     ///< of these tensors
};

/// Casts the weights of a model; matrices that are not cast are shared with it.
/// @param options  progress is that over matrices, the search for channel scales left out
/// @throws Cancelled; Error naming the tensor that a format or the method refuses, or that perTensor names and the
/// model does not have
[[nodiscard]] CastModel castModel(const LanguageModel& model, const CastPlan& plan, const PassOptions& options = {});

}  // namespace nanoscope
