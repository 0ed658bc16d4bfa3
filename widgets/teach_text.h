#pragma once

#include "core/analysis/block_lab.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace nanoscope {

/// How the chosen element of a block became what it is, in one or two sentences. Plain text.
[[nodiscard]] QString derivationText(const LabBlock& block);

/// What a learner is told after a question.
struct TeachVerdict {
    bool isRight = false;
    QString text;
};

/// Judges an answer: right when its code decodes to what the stored code decodes to.
/// @param code  one of LabBlock::levels
[[nodiscard]] TeachVerdict verdictOn(const LabBlock& block, std::uint32_t code);

/// The code of a text of zeros and ones, blanks left out; nothing when it is no code of the chosen element.
[[nodiscard]] std::optional<std::uint32_t> codeFromText(const LabBlock& block, const QString& text);

/// Digits of a code of the chosen element.
[[nodiscard]] QString codeText(const LabBlock& block, std::uint32_t code);

}  // namespace nanoscope
