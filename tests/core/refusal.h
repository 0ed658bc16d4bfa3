#pragma once

#include "core/error.h"

#include <QString>

#include <optional>

/// The Error that a call throws; nothing when it throws none.
template <typename Call> std::optional<nanoscope::Error> refusalOf(Call call)
{
    try {
        (void)call();
    } catch (const nanoscope::Error& error) {
        return error;
    }
    return std::nullopt;
}

/// Its one line, empty without an error.
inline QString lineOf(const std::optional<nanoscope::Error>& error)
{
    return error ? QString::fromUtf8(error->what()) : QString();
}
