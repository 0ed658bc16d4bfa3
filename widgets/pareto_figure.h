#pragma once

#include "core/preview/format_merit.h"

#include <optional>

namespace nanoscope {

/// What stands on the vertical axis of the Pareto view: a figure of the error on the tensor, or what the language model
/// loses, which no tensor tells.
class ParetoFigure {
public:
    // Implicit: every figure of the error is one of the axis.
    constexpr ParetoFigure(MeritFigure merit)
        : m_merit(merit)
    {
    }
    [[nodiscard]] static constexpr ParetoFigure lossChange() { return {}; }

    [[nodiscard]] constexpr bool isLossChange() const { return !m_merit; }
    /// Nothing for the loss change.
    [[nodiscard]] constexpr std::optional<MeritFigure> merit() const { return m_merit; }

    friend constexpr bool operator==(const ParetoFigure&, const ParetoFigure&) = default;

private:
    constexpr ParetoFigure() = default;

    std::optional<MeritFigure> m_merit;
};

}  // namespace nanoscope
