#pragma once

#include <QString>

#include <string>

namespace nanoscope {

/// Name of a field of a block's metadata in the language of the window; one that is not known stays as it is.
/// @param name  MetaField::name (core/format/format_storage.h)
[[nodiscard]] QString metadataName(const std::string& name);

}  // namespace nanoscope
