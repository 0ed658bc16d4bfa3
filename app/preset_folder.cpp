#include "app/preset_folder.h"

#include <cstdlib>

namespace nanoscope {
namespace {

std::filesystem::path environmentPath(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

std::filesystem::path userPresetFolder()
{
    if (std::getenv("NANOSCOPE_PRESETS"))
        return environmentPath("NANOSCOPE_PRESETS");
    std::filesystem::path data = environmentPath("XDG_DATA_HOME");
    if (!data.is_absolute()) {  // a relative one counts as none
        const std::filesystem::path home = environmentPath("HOME");
        if (home.empty())
            return {};
        data = home / ".local" / "share";
    }
    return data / "nanoscope" / "nanoscope" / "presets";
}

}  // namespace nanoscope
