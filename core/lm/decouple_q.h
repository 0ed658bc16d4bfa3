#pragma once

#include "core/lm/gptq.h"

#include <Eigen/Core>

#include <vector>

namespace nanoscope {

/// A row of weights as scales, offsets and integer codes of its groups: w ~ s c + z.
struct DecoupledRow {
    std::vector<double> scales;   ///< per group
    std::vector<double> offsets;  ///< per group
    Eigen::VectorXd codes;        ///< [in], -2^(b-1) to 2^(b-1) - 1
    double loss = 0.0;            ///< (w - w^) H (w - w^)

    [[nodiscard]] Eigen::VectorXd values(Eigen::Index group) const;
};

/// How decoupleQ cuts and codes a row.
struct DecoupleQOptions {
    int bits = 2;            ///< of a code
    Eigen::Index group = 0;  ///< inputs that share a scale and an offset; 0: all
    int rounds = 6;          ///< of alternation
};

/// Alternates integer codes and real scales: GPTQ on the codes with scales and offsets fixed, or plain rounding, then
/// exact least squares under H for all scales and offsets of the row; a result is kept only when the loss of the row
/// falls. Starts from the range of each group.
/// Source: decoupleQ, arXiv 2404.12759; catalogue 4.2, which defines one group; several groups of a row are solved
/// together.
/// @param solver  of the same H, GptqOrder::Columns
[[nodiscard]] DecoupledRow decoupleRow(const Eigen::VectorXd& weights, const Eigen::MatrixXd& hessian,
    const GptqSolver& solver, const DecoupleQOptions& options);

}  // namespace nanoscope
