#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace nanoscope::cli {

/// While it lives, the first Ctrl+C (or SIGTERM, SIGHUP) asks the running work to stop, so that it ends in order and
/// leaves no half-written file; a second one ends the program at once.
/// Make it before any thread starts: threads inherit that they do not take these signals themselves.
class Interruption {
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    void watch();

    std::stop_source m_source;
    sigset_t m_watched{};
    sigset_t m_before{};
    std::thread m_watcher;
};

}  // namespace nanoscope::cli
