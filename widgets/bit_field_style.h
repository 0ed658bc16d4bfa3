#pragma once

#include "core/analysis/block_trace.h"

#include <QColor>
#include <QString>

#include <vector>

namespace nanoscope {

struct Theme;

/// A run of bits of a code that belong to the same field.
struct BitGroup {
    BitField field = BitField::Sign;
    std::size_t first = 0;  ///< position of its first bit, from the most significant one
    std::size_t length = 0;
};

/// Fields of a code as runs, most significant first.
[[nodiscard]] std::vector<BitGroup> bitGroups(const std::vector<BitField>& fields);

/// The letter that tells a field without its color: S, E, M, or I for an integer magnitude.
[[nodiscard]] QChar fieldLetter(BitField field);
/// The field's name in words: "sign".
[[nodiscard]] QString fieldName(BitField field);
[[nodiscard]] QColor fieldColor(const Theme& theme, BitField field);

/// A code as rich text, each field in its color behind its letter: "S 1  E 01  M 0".
[[nodiscard]] QString bitsHtml(const Theme& theme, const QString& bits, const std::vector<BitField>& fields);

/// A line of rich text that explains the letters of these fields.
[[nodiscard]] QString fieldLegendHtml(const Theme& theme, const std::vector<BitField>& fields);

}  // namespace nanoscope
