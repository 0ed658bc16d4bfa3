#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/error.h"
#include "core/io/hdf5_exit.h"

#include <csignal>
#include <exception>
#include <new>
#include <variant>

namespace {

enum ExitCode { kDone = 0, kFailed = 1, kRefused = 2 };

ExitCode execute(int argc, const char* const* argv)
{
    using namespace nanoscope;
    try {
        std::visit([](const auto& request) { cli::run(request); }, cli::parseCommandLine(argc, argv));
        return kDone;
    } catch (const Error& error) {
        cli::writeError(error.what());
        return error.kind() == ErrorKind::Refused ? kRefused : kFailed;
    } catch (const Cancelled&) {
        cli::writeError("cancelled; nothing was written");
    } catch (const std::bad_alloc&) {
        cli::writeError("there is not enough memory for this tensor; close other programs or choose a smaller one");
    } catch (const std::exception& error) {
        cli::writeError(error.what());
    }
    return kFailed;
}

}  // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is then an ordinary write error
    std::signal(SIGXFSZ, SIG_IGN);  // and so is a file that grows beyond its limit
    nanoscope::skipHdf5CleanupAtExit();
    return execute(argc, argv);
}
