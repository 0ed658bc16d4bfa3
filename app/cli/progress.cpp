#include "app/cli/progress.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>
#include <utility>

namespace nanoscope::cli {
namespace {

constexpr std::chrono::milliseconds kPatience{500};  // shorter work needs no progress
constexpr std::chrono::milliseconds kInterval{100};
constexpr const char* kWipeLine = "\r\033[K";

}  // namespace

Progress::Progress(std::string step)
    : m_step(std::move(step))
    , m_isTerminal(isatty(STDERR_FILENO) == 1)
    , m_nextShow(Clock::now() + kPatience)
{
}

Progress::~Progress()
{
    if (m_shown)
        std::fputs(kWipeLine, stderr);
}

void Progress::update(double fraction)
{
    if (!m_isTerminal)
        return;
    const std::lock_guard lock(m_mutex);
    m_fraction = std::clamp(fraction, m_fraction, 1.0);
    const Clock::time_point now = Clock::now();
    if (now < m_nextShow)
        return;
    m_nextShow = now + kInterval;
    m_shown = true;
    std::fprintf(stderr, "%s%s: %.0f %%", kWipeLine, m_step.c_str(), 100.0 * m_fraction);
    std::fflush(stderr);
}

}  // namespace nanoscope::cli
