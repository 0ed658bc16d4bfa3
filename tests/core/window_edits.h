#pragma once

#include "core/format/format_text.h"

#include <QString>

#include <vector>

/// What the window's main controls do to a format: each control, set to each of its values.
namespace edits {

using namespace nanoscope;

enum class Control { Bits, Block, Codec, Micro, Adaptive, Recycling };

/// One control of the window set to one value.
struct NamedEdit {
    QString name;
    Control control;
    int value = 0;
};

inline std::vector<NamedEdit> allEdits()
{
    std::vector<NamedEdit> edits;
    for (int bits = 2; bits <= 8; ++bits)
        edits.push_back({QString("bits %1").arg(bits), Control::Bits, bits});
    for (int block = 8; block <= 1024; block *= 2)
        edits.push_back({QString("block %1").arg(block), Control::Block, block});
    for (const auto& entry : kScaleCodecNames)
        edits.push_back({QString("codec %1").arg(QString::fromStdString(std::string(entry.text))), Control::Codec,
            static_cast<int>(entry.value)});
    for (int bits = 0; bits <= 3; ++bits)
        edits.push_back({QString("micro bits %1").arg(bits), Control::Micro, bits});
    for (const int on : {0, 1}) {
        edits.push_back({QString("adaptive %1").arg(on), Control::Adaptive, on});
        edits.push_back({QString("recycling %1").arg(on), Control::Recycling, on});
    }
    return edits;
}

inline FormatSpec edited(const FormatSpec& spec, const NamedEdit& edit)
{
    switch (edit.control) {
    case Control::Bits:
        return withCodeBits(spec, edit.value);
    case Control::Block:
        return withBlock(spec, edit.value);
    case Control::Codec:
        return withScaleCodec(spec, static_cast<ScaleCodecId>(edit.value));
    case Control::Micro:
        return withMicroBits(spec, edit.value);
    case Control::Adaptive:
        return withAdaptiveMicroexponent(spec, edit.value == 1);
    case Control::Recycling:
        break;
    }
    return withCodeRecycling(spec, edit.value == 1);
}

}  // namespace edits
