#include "core/lm/gptq.h"

#include "core/error.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <numeric>

namespace nanoscope {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr double kDamping = 0.01;     // of the mean diagonal
constexpr Index kColumnsAtOnce = 64;  // whose feedback reaches later columns together: one product, not 64 sweeps

/// Upper U with H^-1 = U^T U.
MatrixXd inverseFactor(const MatrixXd& hessian, const std::string& source)
{
    const Eigen::LLT<MatrixXd> direct(hessian);
    if (direct.info() == Eigen::Success) {
        const MatrixXd inverse = direct.solve(MatrixXd::Identity(hessian.rows(), hessian.cols()));
        const Eigen::LLT<MatrixXd> ofInverse(inverse);
        if (ofInverse.info() == Eigen::Success)
            return ofInverse.matrixU();
    }
    throw Error(source, "its products of inputs are not positive definite, even with 1 % of their mean diagonal added",
        "give H = X^T X, or more samples X");
}

}  // namespace

GptqSolver::GptqSolver(const MatrixXd& hessian, GptqOrder order, const std::string& source)
    : m_order(static_cast<std::size_t>(hessian.rows()))
    , m_isDead(m_order.size())
{
    MatrixXd damped = hessian;
    for (Index i = 0; i < damped.rows(); ++i)
        if (damped(i, i) == 0.0) {
            m_isDead[static_cast<std::size_t>(i)] = true;
            damped(i, i) = 1.0;
        }
    damped.diagonal().array() += kDamping * damped.diagonal().mean();
    std::iota(m_order.begin(), m_order.end(), Index{0});
    if (order == GptqOrder::DescendingHessian)
        std::stable_sort(
            m_order.begin(), m_order.end(), [&](Index a, Index b) { return hessian(a, a) > hessian(b, b); });
    MatrixXd ordered(damped.rows(), damped.cols());
    for (Index column = 0; column < ordered.cols(); ++column)
        for (Index row = 0; row < ordered.rows(); ++row)
            ordered(row, column)
                = damped(m_order[static_cast<std::size_t>(row)], m_order[static_cast<std::size_t>(column)]);
    m_factor = inverseFactor(ordered, source);
}

MatrixXd GptqSolver::solve(const MatrixXd& weights, const Quantize& quantize, const std::stop_token& stop) const
{
    const Index rows = weights.rows();
    const Index columns = weights.cols();
    const auto columnAt = [&](Index step) { return m_order[static_cast<std::size_t>(step)]; };
    MatrixXd left(rows, columns);  // what the weights have become, in the order of the steps
    for (Index step = 0; step < columns; ++step) {
        if (m_isDead[static_cast<std::size_t>(columnAt(step))])
            left.col(step).setZero();
        else
            left.col(step) = weights.col(columnAt(step));
    }
    MatrixXd result(rows, columns);
    MatrixXd errors(rows, kColumnsAtOnce);
    for (Index first = 0; first < columns; first += kColumnsAtOnce) {
        if (stop.stop_requested())
            throw Cancelled();
        const Index end = std::min(columns, first + kColumnsAtOnce);
        for (Index step = first; step < end; ++step) {
            const Index column = columnAt(step);
            for (Index row = 0; row < rows; ++row)
                result(row, column) = quantize(row, column, left(row, step));
            auto error = errors.col(step - first);
            error = (left.col(step) - result.col(column)) / m_factor(step, step);
            left.middleCols(step + 1, end - step - 1).noalias()
                -= error * m_factor.row(step).segment(step + 1, end - step - 1);
        }
        left.rightCols(columns - end).noalias()
            -= errors.leftCols(end - first) * m_factor.block(first, end, end - first, columns - end);
    }
    return result;
}

}  // namespace nanoscope
