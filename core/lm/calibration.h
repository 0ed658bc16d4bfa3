#pragma once

#include "core/io/tensor_source.h"
#include "core/lm/language_model.h"

#include <Eigen/Core>

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace nanoscope {

/// What is known of the inputs of a linear layer.
struct LayerInputs {
    std::string source;             ///< "FILE: DATASET", for errors
    LinearWeights::Matrix samples;  ///< [samples, in]; empty where the file holds their products only
    Eigen::MatrixXd hessian;        ///< [in, in]: 2 X^T X / samples (catalogue 4.2), or H as the file has it
    Eigen::RowVectorXd mean;        ///< of each input; empty without samples

    [[nodiscard]] std::size_t inputs() const { return static_cast<std::size_t>(hessian.rows()); }
    [[nodiscard]] bool hasSamples() const { return samples.rows() > 0; }
    /// @throws Error naming the dataset, and `what` that needs samples, when there are none
    void requireSamples(const std::string& what) const;
    /// The same inputs with the columns of each sample turned to the left.
    [[nodiscard]] LayerInputs turned(std::size_t columns) const;
};

/// Inputs of the linear layers.
/// @param samples  [samples, in]; at least one
[[nodiscard]] LayerInputs inputsOf(std::string source, LinearWeights::Matrix samples);

/// Inputs of every linear layer of a model, by the name of its weights.
struct Calibration {
    std::string file;
    std::map<std::string, LayerInputs> layers;

    /// @throws Error when nothing is known of that layer
    [[nodiscard]] const LayerInputs& of(const LinearWeights& weights) const;
};

/// Reads a calibration file: for every linear layer a group named like its weights (dots and slashes are the same) with
/// a dataset X, [samples, in], or H, [in, in]. X wins where both are there. Links of every kind are followed.
/// @throws Error naming file, group, shape and what to do when a layer is missing, does not fit its weights or holds
///     NaN or infinity, and when H is no matrix of inner products; Cancelled
[[nodiscard]] Calibration readCalibration(
    const std::filesystem::path& path, const LanguageModel& model, const ReadOptions& options = {});

}  // namespace nanoscope
