#include "app/ui_dump_signal.h"

#include "app/ui_dump.h"
#include "core/error.h"

#include <QMainWindow>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace nanoscope {
namespace {

int g_wakeUp = -1;  // a signal handler may hardly do more than write to a pipe, and gets no argument

void handleSignal(int)
{
    const char one = 1;
    (void)!write(g_wakeUp, &one, 1);  // a full pipe wakes the window as well
}

}  // namespace

void dumpOnSignal(QMainWindow& window, const QString& path)
{
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) != 0)
        throw Error("--dump-on-signal", "the system gives no pipe", "close other programs");
    g_wakeUp = ends[1];
    auto* notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, &window);
    QObject::connect(notifier, &QSocketNotifier::activated, &window, [&window, path, end = ends[0]] {
        std::array<char, 64> waiting{};
        (void)!read(end, waiting.data(), waiting.size());
        if (const QString problem = writeUiDump(window, path, UiDumpScope::Visible); !problem.isEmpty())
            std::fprintf(stderr, "nanoscope: %s\n", qPrintable(problem));
    });
    struct sigaction action = {};
    action.sa_handler = handleSignal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &action, nullptr);
}

}  // namespace nanoscope
