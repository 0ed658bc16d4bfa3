#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace nanoscope::cli {

/// A line on standard error that says how far a long step is. Shown only on a terminal and only after half a second;
/// wiped when the step ends. May be updated from any thread, in any order.
class Progress {
public:
    /// @param step  what is being done, for example "reading"
    explicit Progress(std::string step);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// @param fraction  done so far, 0 to 1
    void update(double fraction);

private:
    using Clock = std::chrono::steady_clock;

    std::string m_step;
    bool m_isTerminal = false;
    std::mutex m_mutex;
    Clock::time_point m_nextShow;
    double m_fraction = 0.0;
    bool m_shown = false;
};

}  // namespace nanoscope::cli
