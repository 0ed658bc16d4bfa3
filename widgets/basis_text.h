#pragma once

#include <QString>

namespace nanoscope {

/// In which basis figures were measured, as a sentence; empty where values are as stored, or where nothing is said.
/// @param basis  Report::basis or BlockTrace::basis
[[nodiscard]] QString basisSentence(const QString& basis);

}  // namespace nanoscope
