#pragma once

#include <QString>

#include <string>

namespace nanoscope {

/// What a field of a format says, in the language of the window; what is not known stays as it is.
/// @param meaning  SpecParameter::meaning or FieldDifference::meaning (core/format)
[[nodiscard]] QString fieldMeaningText(std::string meaning);

}  // namespace nanoscope
