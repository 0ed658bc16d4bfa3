#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace nanoscope {

/// @name Lists of numbers as a person types them
/// Separated by commas, semicolons or blanks; a minus may be U+2212; the decimal point is a point.
/// Reading gives nothing when a part is no number; an empty text is an empty list.
/// @{
[[nodiscard]] std::optional<std::vector<int>> integersFromText(const QString& text);
[[nodiscard]] std::optional<std::vector<double>> numbersFromText(const QString& text);
[[nodiscard]] QString textFromIntegers(const std::vector<int>& values);
[[nodiscard]] QString textFromNumbers(const std::vector<double>& values);
/// Shortest text that reads back as the same number.
[[nodiscard]] QString exactText(double value);
/// @}

}  // namespace nanoscope
