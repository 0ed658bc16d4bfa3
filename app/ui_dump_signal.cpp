#include "app/ui_dump_signal.h"

#include "app/ui_dump.h"
#include "core/error.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QPointer>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace nanoscope {
namespace {

// A signal handler gets no argument and may hardly do more than write to a pipe. The pipe outlives the window: a signal
// that comes while another window takes its place is answered by that one.
int g_wakeUp = -1;
QPointer<QMainWindow> g_window;

void handleSignal(int)
{
    const char one = 1;
    (void)!write(g_wakeUp, &one, 1);  // a full pipe wakes the window as well
}

void dump(const QString& path)
{
    if (g_window == nullptr)
        return;
    if (const QString problem = writeUiDump(*g_window, path, UiDumpScope::Visible); !problem.isEmpty())
        std::fprintf(stderr, "nanoscope: %s\n", qPrintable(problem));
}

}  // namespace

void dumpOnSignal(QMainWindow& window, const QString& path)
{
    g_window = &window;
    if (g_wakeUp >= 0)
        return;
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) != 0)
        throw Error("--dump-on-signal", "the system gives no pipe", "close other programs");
    g_wakeUp = ends[1];
    auto* notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, qApp);
    QObject::connect(notifier, &QSocketNotifier::activated, qApp, [path, end = ends[0]] {
        std::array<char, 64> waiting{};
        (void)!read(end, waiting.data(), waiting.size());
        dump(path);
    });
    struct sigaction action = {};
    action.sa_handler = handleSignal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &action, nullptr);
}

}  // namespace nanoscope
