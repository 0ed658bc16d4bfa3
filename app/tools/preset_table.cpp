// Writes the table of presets into a document: nanoscope-preset-table README.md OUT.md (the target `docs` does).
#include "core/format/preset_table.h"

#include "core/error.h"
#include "core/io/replacement_file.h"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace {

using namespace nanoscope;

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream)
        throw Error(path.string(), "cannot be read", "check the path");
    return text.str();
}

void writeTable(const std::filesystem::path& document, const std::filesystem::path& output)
{
    const std::vector<Preset> presets = loadPresets();
    const std::string text = withPresetTable(contentOf(document), presetTable(presets));
    ReplacementFile file(output, {});
    std::ofstream stream(file.temporary(), std::ios::binary);
    stream << text;
    stream.close();
    if (!stream)
        throw Error(output.string(), "cannot be written", "check the folder");
    file.commit();
}

}  // namespace

int main(int argc, char** argv)
{
    try {
        if (argc != 3)
            throw Error("nanoscope-preset-table", "takes two arguments", "name a document and the file to write");
        writeTable(argv[1], argv[2]);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
