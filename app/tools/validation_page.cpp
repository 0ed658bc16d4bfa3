// Writes the comparison with published figures: nanoscope-validation-page OUT.md (the target `docs` does).
#include "core/error.h"
#include "core/hardware/validation.h"
#include "core/io/replacement_file.h"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>

namespace {

using namespace nanoscope;

void writePage(const std::filesystem::path& output)
{
    ReplacementFile file(output, {});
    std::ofstream stream(file.temporary(), std::ios::binary);
    stream << validationPage(validationRows(shippedConstants()));
    stream.close();
    if (!stream)
        throw Error(output.string(), "cannot be written", "check the folder");
    file.commit();
}

}  // namespace

int main(int argc, char** argv)
{
    try {
        if (argc != 2)
            throw Error("nanoscope-validation-page", "takes one argument", "name the file to write");
        writePage(argv[1]);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
