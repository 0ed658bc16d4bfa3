#pragma once

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>

namespace nanoscope::detail {

/// A figure in JSON, which knows neither NaN nor infinity: those are null.
[[nodiscard]] inline nlohmann::json number(double value)
{
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

[[nodiscard]] inline nlohmann::json number(const std::optional<double>& value)
{
    return value ? number(*value) : nlohmann::json(nullptr);
}

}  // namespace nanoscope::detail
