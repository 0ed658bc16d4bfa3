#pragma once

#include <hdf5.h>

#include <map>
#include <string>

namespace nanoscope {

/// Every attribute of an object that is one number or one text, as text; others are left out.
/// @throws Hdf5Failure when the file is damaged
[[nodiscard]] std::map<std::string, std::string> attributeTexts(hid_t object);

}  // namespace nanoscope
