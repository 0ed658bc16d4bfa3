#pragma once

#include <Eigen/Core>

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// In which order columns are quantized.
enum class GptqOrder {
    Columns,           ///< as they are
    DescendingHessian  ///< act-order: by descending diagonal of H, equal ones in their order
};

/// A problem of GPTQ that depends on H alone: damped, ordered and factored.
/// Source: GPTQ, arXiv 2210.17323; catalogue 4.2. Inputs whose diagonal is 0 get 1 there and weights of 0; 1 % of the
/// mean diagonal is added to it; U is the upper Cholesky factor of the inverse.
class GptqSolver {
public:
    /// Level for an element, given what feedback has made of its value. Scales were fixed before.
    using Quantize = std::function<double(Eigen::Index row, Eigen::Index column, double value)>;

    /// @param hessian  [in, in], symmetric
    /// @param source   what it is of, for errors
    /// @throws Error when it cannot be factored
    GptqSolver(const Eigen::MatrixXd& hessian, GptqOrder order, const std::string& source);

    /// Quantizes column by column: err = (w_j - q_j) / U_jj, then w_k -= err U_jk for all later columns k.
    /// @param weights  [out, in]
    /// @return the levels, [out, in]
    /// @throws Cancelled
    [[nodiscard]] Eigen::MatrixXd solve(
        const Eigen::MatrixXd& weights, const Quantize& quantize, const std::stop_token& stop = {}) const;

private:
    std::vector<Eigen::Index> m_order;  // column of the weights for each step
    std::vector<bool> m_isDead;         // by column of the weights
    Eigen::MatrixXd m_factor;           // U
};

}  // namespace nanoscope
