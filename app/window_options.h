#pragma once

#include "app/languages.h"
#include "app/view_docks.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace nanoscope {

/// How the window is to start, as DESIGN section 5 gives its command line.
struct WindowOptions {
    QString file;
    QString tensor;
    QStringList formats;                ///< as written; the first is A, the second B
    QString screenshot;                 ///< write a picture of the window here and quit; empty: stay open
    QString session;                    ///< session file to restore; empty: none
    QString replay;                     ///< script to run before quitting; empty: none
    QString dump;                       ///< write what the window holds here and quit; empty: none
    QString dumpOnSignal;               ///< write the same here at each SIGUSR1; empty: never
    std::optional<QSize> size;          ///< of the window in logical pixels
    std::optional<QString> scale;       ///< of the whole interface
    std::optional<Arrangement> layout;  ///< nothing: remembered, else Explore
    std::optional<Language> language;   ///< nothing: remembered, else the desktop's
    std::optional<bool> dark;           ///< nothing: as the desktop's palette is
};

/// Reads the arguments before any window exists.
/// @throws Error (Refused) naming the option
/// @throws ShowText for --help and --version
[[nodiscard]] WindowOptions parseWindowOptions(const QStringList& arguments);

/// Text to print instead of starting.
struct ShowText {
    QString text;
};

/// The formats to start with: as asked for, or NxFP4 beside MXFP4.
/// @throws Error (Refused) for an unknown format or refused value
[[nodiscard]] FormatSet startFormats(const QStringList& formats);

}  // namespace nanoscope
