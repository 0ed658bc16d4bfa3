#include "core/lm/decouple_q.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <optional>

namespace nanoscope {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Beyond this condition number scales and offsets do not follow from the codes (a group with one code, for example).
constexpr double kLargestCondition = 1e12;

/// Of a row's loss; less is rounding.
constexpr double kLeastGain = 1e-15;

/// One row on its way.
class RowProblem {
public:
    RowProblem(const VectorXd& weights, const MatrixXd& hessian, const DecoupleQOptions& options)
        : m_weights(weights)
        , m_hessian(hessian)
        , m_group(options.group > 0 ? std::min(options.group, weights.size()) : weights.size())
        , m_groups((weights.size() + m_group - 1) / m_group)
        , m_lowest(-std::ldexp(1.0, options.bits - 1))
        , m_highest(-m_lowest - 1.0)
        , m_hessianWeights(hessian * weights)
    {
    }

    [[nodiscard]] DecoupledRow start() const
    {
        DecoupledRow row;
        for (Index group = 0; group < m_groups; ++group) {
            const auto part = m_weights.segment(group * m_group, lengthOf(group));
            const double range = part.maxCoeff() - part.minCoeff();
            row.scales.push_back(range > 0 ? range / (m_highest - m_lowest) : 1.0);
            row.offsets.push_back(part.minCoeff() - row.scales.back() * m_lowest);
        }
        return row;
    }

    /// The code nearest to a value, halves up.
    [[nodiscard]] double codeOf(const DecoupledRow& row, Index column, double value) const
    {
        const auto group = static_cast<std::size_t>(column / m_group);
        return std::clamp(std::floor((value - row.offsets[group]) / row.scales[group] + 0.5), m_lowest, m_highest);
    }

    [[nodiscard]] VectorXd codesOf(const DecoupledRow& row, const VectorXd& values) const
    {
        VectorXd codes(values.size());
        for (Index column = 0; column < values.size(); ++column)
            codes[column] = codeOf(row, column, values[column]);
        return codes;
    }

    [[nodiscard]] double levelOf(const DecoupledRow& row, Index column, double code) const
    {
        const auto group = static_cast<std::size_t>(column / m_group);
        return row.scales[group] * code + row.offsets[group];
    }

    /// Scales and offsets that suit the codes best; nothing where they are not determined.
    [[nodiscard]] std::optional<DecoupledRow> fitted(VectorXd codes) const
    {
        MatrixXd basis = MatrixXd::Zero(m_weights.size(), 2 * m_groups);
        for (Index group = 0; group < m_groups; ++group) {
            const Index length = lengthOf(group);
            basis.col(2 * group).segment(group * m_group, length) = codes.segment(group * m_group, length);
            basis.col(2 * group + 1).segment(group * m_group, length).setOnes();
        }
        const MatrixXd normal = basis.transpose() * m_hessian * basis;
        const VectorXd sizes
            = Eigen::SelfAdjointEigenSolver<MatrixXd>(normal, Eigen::EigenvaluesOnly).eigenvalues().cwiseAbs();
        if (!(sizes.maxCoeff() <= kLargestCondition * sizes.minCoeff()))
            return std::nullopt;
        const VectorXd solution = normal.partialPivLu().solve(basis.transpose() * m_hessianWeights);
        DecoupledRow row;
        for (Index group = 0; group < m_groups; ++group) {
            row.scales.push_back(solution[2 * group]);
            row.offsets.push_back(solution[2 * group + 1]);
        }
        const VectorXd difference = basis * solution - m_weights;
        row.loss = difference.dot(m_hessian * difference);
        row.codes = std::move(codes);
        return row;
    }

private:
    [[nodiscard]] Index lengthOf(Index group) const { return std::min(m_group, m_weights.size() - group * m_group); }

    const VectorXd& m_weights;
    const MatrixXd& m_hessian;
    Index m_group;
    Index m_groups;
    double m_lowest;
    double m_highest;
    VectorXd m_hessianWeights;
};

}  // namespace

VectorXd DecoupledRow::values(Index group) const
{
    VectorXd result = codes;
    const Index length = group > 0 ? group : codes.size();
    for (Index i = 0; i < codes.size(); ++i)
        result[i]
            = scales[static_cast<std::size_t>(i / length)] * codes[i] + offsets[static_cast<std::size_t>(i / length)];
    return result;
}

DecoupledRow decoupleRow(
    const VectorXd& weights, const MatrixXd& hessian, const GptqSolver& solver, const DecoupleQOptions& options)
{
    const RowProblem problem(weights, hessian, options);
    DecoupledRow now = problem.start();
    std::optional<DecoupledRow> best;
    for (int round = 0; round < options.rounds; ++round) {
        const MatrixXd levels = solver.solve(weights.transpose(), [&](Index, Index column, double value) {
            return problem.levelOf(now, column, problem.codeOf(now, column, value));
        });
        bool isBetter = false;
        for (const VectorXd& values : {VectorXd(levels.row(0).transpose()), weights}) {
            const auto candidate = problem.fitted(problem.codesOf(now, values));
            if (candidate && (!best || candidate->loss < best->loss - kLeastGain)) {
                best = candidate;
                isBetter = true;
            }
        }
        if (!isBetter)
            break;  // the next round would repeat this one
        now = *best;
    }
    if (best)
        return *best;
    now.codes = problem.codesOf(now, weights);
    const VectorXd difference = now.values(options.group) - weights;
    now.loss = difference.dot(hessian * difference);
    return now;
}

}  // namespace nanoscope
