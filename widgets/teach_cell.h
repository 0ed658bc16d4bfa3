#pragma once

#include "core/analysis/block_lab.h"

#include <QColor>
#include <QMetaType>
#include <QString>

#include <cstddef>
#include <vector>

namespace nanoscope {

struct Theme;

/// What a bit of the Teach view belongs to: a field of a code, or something that the block shares.
enum class TeachField {
    Sign,
    Exponent,
    Mantissa,
    Magnitude,
    Regime,
    Index,
    SharedScale,
    NanoMantissa,
    Selector,
    OtherMetadata
};

/// One bit as it is drawn.
struct TeachBit {
    std::size_t place = 0;  ///< in packed order
    TeachField field = TeachField::Sign;
    bool isSet = false;
    bool isFlipped = false;
};

/// A value of the block with its bits: an element, a scale, or a piece of metadata.
struct TeachCell {
    QString title;               ///< "7", "shared scale", "NanoMantissa"
    int element = -1;            ///< nothing: shared by the block
    std::vector<TeachBit> bits;  ///< most significant first
    double number = 0.0;         ///< elements: before quantization
    QString value;               ///< elements: the same as text
    QString decoded;             ///< what the bits stand for
    bool isChanged = false;      ///< decodes to something else than the encoder wrote
    bool isLargest = false;      ///< largest magnitude of the block
    bool isHidden = false;       ///< the learner is to find the code
};

/// @name How fields are told: a letter and a color each, never color alone
/// @{
[[nodiscard]] QChar teachLetter(TeachField field);
[[nodiscard]] QString teachFieldName(TeachField field);
[[nodiscard]] QColor teachColor(const Theme& theme, TeachField field);
/// One line of rich text that explains the letters that occur in these cells.
[[nodiscard]] QString teachLegend(const Theme& theme, const std::vector<TeachCell>& cells);
/// @}

/// What the block shares: scales, then metadata in the order of the format.
[[nodiscard]] std::vector<TeachCell> sharedCells(const LabBlock& block);
/// The elements. One with `hidden` shows neither bits nor decoded value; -1 hides none.
[[nodiscard]] std::vector<TeachCell> elementCells(const LabBlock& block, int hidden);

/// Shortest text that reads back as the same float.
[[nodiscard]] QString exactFloatText(float value);

/// A cell in words, for assistive technology.
[[nodiscard]] QString teachSentence(const TeachCell& cell);

}  // namespace nanoscope

Q_DECLARE_METATYPE(nanoscope::TeachCell)
