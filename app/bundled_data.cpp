#include "app/bundled_data.h"

#include "core/error.h"

#include <cstdlib>
#include <system_error>
#include <vector>

namespace nanoscope {
namespace {

std::vector<std::filesystem::path> dataFolders()
{
    if (const char* folder = std::getenv("NANOSCOPE_DATA"))
        return {folder};
    std::vector<std::filesystem::path> folders;
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    std::filesystem::path folder = program.parent_path();
    folders.push_back(folder.parent_path() / "share" / "nanoscope");
    constexpr int kLevels = 5;  // of build/PRESET/tests/app, and one more
    for (int level = 0; level < kLevels; ++level, folder = folder.parent_path())
        folders.push_back(folder / "data");
    return folders;
}

}  // namespace

std::filesystem::path bundledFile(const char* name)
{
    const std::vector<std::filesystem::path> folders = dataFolders();
    std::error_code error;
    for (const std::filesystem::path& folder : folders)
        if (std::filesystem::is_regular_file(folder / name, error))
            return folder / name;
    throw Error(name,
        "this file of the program's data is not in " + folders.front().string() + " nor beside the program",
        "set NANOSCOPE_DATA to the project's data folder, or name a file of your own");
}

}  // namespace nanoscope
