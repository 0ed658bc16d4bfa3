#include "app/cli/interruption.h"

#include <array>
#include <cstdlib>
#include <pthread.h>

namespace nanoscope::cli {
namespace {

constexpr int kWakeUp = SIGUSR1;    // ends the watcher
constexpr int kKilledByUser = 130;  // as shells report Ctrl+C

bool isIgnored(int signal)
{
    struct sigaction action { };
    sigaction(signal, nullptr, &action);
    return action.sa_handler == SIG_IGN;  // under nohup, for example
}

}  // namespace

Interruption::Interruption()
{
    sigemptyset(&m_watched);
    sigaddset(&m_watched, kWakeUp);
    for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) {
        if (!isIgnored(signal))
            sigaddset(&m_watched, signal);
    }
    pthread_sigmask(SIG_BLOCK, &m_watched, &m_before);
    m_watcher = std::thread([this] { watch(); });
}

Interruption::~Interruption()
{
    pthread_kill(m_watcher.native_handle(), kWakeUp);
    m_watcher.join();
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

void Interruption::watch()
{
    for (int received = 0; sigwait(&m_watched, &received) == 0;) {
        if (received == kWakeUp)
            return;
        if (!m_source.request_stop())
            std::_Exit(kKilledByUser);
    }
}

}  // namespace nanoscope::cli
