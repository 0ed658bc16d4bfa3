#include "app/cli/output.h"

#include "core/error.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace nanoscope::cli {

void writeOutput(std::string_view text)
{
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if ((!written || std::fflush(stdout) != 0) && errno != EPIPE)
        throw Error("standard output", "cannot be written: " + std::generic_category().message(errno),
            "check where it leads and the space there");
}

void writeJson(const nlohmann::json& json)
{
    constexpr int kIndent = 2;
    writeOutput(json.dump(kIndent, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void writeError(std::string_view problem)
{
    std::string line = "nanoscope-cli: ";
    for (const char c : problem)
        line += c == '\n' || c == '\r' ? ' ' : c;
    line += '\n';
    std::fputs(line.c_str(), stderr);
}

}  // namespace nanoscope::cli
