#pragma once

#include "app/explorer.h"
#include "core/format/preset.h"

#include <QString>

#include <vector>

namespace nanoscope {

/// Writes a format as canonical JSON; an existing file is replaced only when all is written.
/// @return an error in one line; empty on success
[[nodiscard]] QString saveFormatFile(const FormatSpec& spec, const QString& path);

/// A format as the command line takes it: the name of one of the presets, with overrides where it was edited.
[[nodiscard]] QString specArgument(const NamedFormat& format, const std::vector<Preset>& presets);

/// The command that prints what the window shows, quoted for a POSIX shell.
[[nodiscard]] QString reportCommandLine(const QString& file, const Report& report, const TensorCut& cut,
    const FormatSet& formats, const std::vector<Preset>& presets);

}  // namespace nanoscope
