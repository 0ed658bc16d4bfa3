#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nanoscope::cli {

enum class Align { Left, Right };

/// Rows of text in aligned columns, for people.
class TextTable {
public:
    /// One alignment per column.
    explicit TextTable(std::vector<Align> columns);

    /// Adds a row; missing cells are empty. Cells are shown as printable() has them.
    /// @param cells  at most as many as there are columns
    void addRow(std::vector<std::string> cells);

    /// Every row on a line of its own, without spaces at its end.
    [[nodiscard]] std::string text() const;

private:
    std::vector<Align> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

/// The same text on one line that no terminal acts upon: a line break as \n, other control characters as \x1b.
[[nodiscard]] std::string printable(std::string_view text);

/// @name Numbers as people read them
/// @{
[[nodiscard]] std::string significant(double value, int digits = 4);  ///< "0.01234", "1.2e-09"; "-" when not finite
[[nodiscard]] std::string fixed(double value, int decimals);          ///< "18.10"; "-" when not finite
[[nodiscard]] std::string percent(double fraction);                   ///< "12.3 %"; "-" when not finite
/// @}

}  // namespace nanoscope::cli
