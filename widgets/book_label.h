#pragma once

#include <QString>

#include <string>
#include <vector>

namespace nanoscope {

/// Name of a codebook among others: with its number from 1 on where another book has the same name.
[[nodiscard]] QString bookLabel(const std::vector<std::string>& names, std::size_t index);

}  // namespace nanoscope
