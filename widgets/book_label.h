#pragma once

#include "core/format/format_spec.h"

#include <QString>

#include <string>
#include <vector>

namespace nanoscope {

/// Name of a codebook among others: with its number from 1 on where another book has the same name.
[[nodiscard]] QString bookLabel(const std::vector<std::string>& names, std::size_t index);

/// The codebooks that reports and traces of a format count by number: its own, or those of all parts of a mix in turn.
[[nodiscard]] std::vector<ElementBook> booksOf(const FormatSpec& spec);

}  // namespace nanoscope
