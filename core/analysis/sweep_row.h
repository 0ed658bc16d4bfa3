#pragma once

#include "core/analysis/tensor_statistics.h"
#include "core/tensor.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// One tensor under one format: figures of the report on every element, or why there are none.
struct SweepFigures {
    std::string refusal;  ///< one line; empty when there are figures
    std::uint64_t elements = 0;
    double bitsPerElement = 0.0;
    std::optional<double> sqnrDecibel;  ///< absent when the error or the tensor is zero, or nothing could be measured
    std::optional<double> nmse;
    double maximumError = 0.0;
    std::uint64_t structuralVacant = 0;
    std::uint64_t tensorVacant = 0;
    double utilisation = 0.0;
    std::uint64_t measured = 0;  ///< elements outside of blocks with NaN or infinity
    double squaredError = 0.0;   ///< sum over those
    double power = 0.0;          ///< sum w^2 over those, in the basis of the format

    /// Every measured element came back as it was.
    [[nodiscard]] bool isLossless() const { return refusal.empty() && measured > 0 && squaredError == 0.0; }
};

/// One tensor of a model.
struct SweepRow {
    TensorInfo info;
    std::string refusal;  ///< why the tensor could not be measured at all, one line; else empty
    TensorStatistics statistics;
    std::vector<SweepFigures> figures;  ///< one per format; empty when the tensor could not be measured
};

/// What the tensors that a format takes come to together.
struct SweepTotal {
    std::uint64_t tensors = 0;
    std::uint64_t elements = 0;
    double bitsPerElement = 0.0;        ///< mean, by elements
    std::optional<double> nmse;         ///< all squared errors over all power
    std::optional<double> sqnrDecibel;  ///< absent when either is zero
    std::uint64_t measured = 0;         ///< elements outside of blocks with NaN or infinity
    double squaredError = 0.0;          ///< sum over those

    /// Every measured element came back as it was.
    [[nodiscard]] bool isLossless() const { return measured > 0 && squaredError == 0.0; }
};

/// What these figures, of one format on several tensors, come to; those with a refusal are left out.
[[nodiscard]] SweepTotal sweepTotal(const std::vector<const SweepFigures*>& figures);

/// Figures of the whole model under format number `format` of the rows. Only comparable between formats that take the
/// same tensors, which `tensors` and `elements` tell.
[[nodiscard]] SweepTotal sweepTotal(const std::vector<SweepRow>& rows, std::size_t format);

/// Numbers of the rows, worst first: by SQNR under format number `format`, equal ones in the order given; then what is
/// lossless, then what has no figure there.
[[nodiscard]] std::vector<std::size_t> worstFirst(const std::vector<SweepRow>& rows, std::size_t format);

}  // namespace nanoscope
