#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace nanoscope {

/// @name Lists of numbers as a person types or pastes them
/// Separated by commas, semicolons, blanks, lines or brackets; a minus may be U+2212; the decimal point is a point; a
/// C float's "f" is read over. "0.5..1..0.1" stands for 0.5, 0.6 ... 1, and "1..0.5..0.1" for the same downward.
/// Reading gives nothing when a part is no number; an empty text is an empty list.
/// @{
[[nodiscard]] std::optional<std::vector<int>> integersFromText(const QString& text);
[[nodiscard]] std::optional<std::vector<double>> numbersFromText(const QString& text);
[[nodiscard]] QString textFromIntegers(const std::vector<int>& values);
/// Evenly spaced numbers, from six on, are written as a range where that reads back as the same numbers.
[[nodiscard]] QString textFromNumbers(const std::vector<double>& values);
/// Shortest text that reads back as the same number.
[[nodiscard]] QString exactText(double value);
/// @}

/// One part of such a text between separators.
struct NumberPart {
    qsizetype first = 0;
    qsizetype length = 0;
    bool isNumber = false;  ///< a finite number, or a range of them
};

/// All parts of a text, as numbersFromText() reads them.
[[nodiscard]] std::vector<NumberPart> numberParts(const QString& text);

}  // namespace nanoscope
