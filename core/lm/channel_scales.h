#pragma once

#include "core/format/format_spec.h"
#include "core/lm/cast_method.h"
#include "core/lm/language_model.h"
#include "core/lm/layer_adjustment.h"
#include "core/quant/tensor_parameters.h"

#include <Eigen/Core>

#include <map>
#include <span>
#include <string>

namespace nanoscope {

/// s_j = max|X_j|^a / max|W_j|^(1-a), both maxima at least 1e-5.
/// Source: SmoothQuant, arXiv 2211.10438; SmoothQuant+, arXiv 2312.03788; catalogue 4.4.
/// @param inputs   largest magnitude of each input
/// @param weights  the same of each column of all weights that share the inputs
[[nodiscard]] Eigen::RowVectorXf smoothScale(
    const Eigen::RowVectorXf& inputs, const Eigen::RowVectorXf& weights, double a);

/// z_j = (max X_j + min X_j) / 2 and s_j = max(1, max|X_j - z_j| / t).
/// Source: OS+, arXiv 2304.09145; catalogue 4.4.
[[nodiscard]] LayerAdjustment outlierAdjustment(const LinearWeights::Matrix& samples, double t);

/// Channel scales of the linear layers that are cast, those that share their inputs together.
/// SmoothQuantPlus: one a for the model, of 0, 0.05 to 1 the first with the smallest sum over layers of the squared
/// output error, or no scales where none has a smaller one: a = 0 is 1 / max|W_j|, which is not the direct cast.
/// OsPlus: for each set of layers that share inputs the first t, from the largest |X - z| downward in max(100, that /
/// 0.5) steps, with the smallest squared error of their outputs, inputs cast as calibrated.inputs says; only behind
/// norms, where scale and shift fold away: inputs of attention and of the feed-forward part.
/// @param formats  by name of the layers that are cast
/// @throws Cancelled; Error (Refused) where the calibration has no samples
[[nodiscard]] std::map<std::string, LayerAdjustment> channelScales(const LanguageModel& model,
    const std::map<std::string, const FormatSpec*>& formats, const CalibratedCast& calibrated,
    const PassOptions& options = {});

}  // namespace nanoscope
