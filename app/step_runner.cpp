#include "app/step_runner.h"

#include "app/main_window.h"
#include "app/step_check.h"
#include "app/step_target.h"
#include "core/error.h"

#include <QDockWidget>

#include <algorithm>
#include <type_traits>

namespace nanoscope {
namespace {

constexpr int kPoll = 20;       // milliseconds
constexpr int kQuietReady = 2;  // polls: what a change sets off has begun by then
constexpr int kQuietRest = 30;  // polls: nothing runs, and nothing will make the window ready

bool needsAnswer(const StepAction& action)
{
    return std::visit(
        [](const auto& each) {
            using Action = std::decay_t<decltype(each)>;
            return std::is_same_v<Action,
                       step::SelectBlock> || std::is_same_v<Action, step::SelectElement> || std::is_same_v<Action, step::SelectLevel> || std::is_same_v<Action, step::WaitReady> || std::is_same_v<Action, step::Screenshot> || std::is_same_v<Action, step::SaveSession> || std::is_same_v<Action, step::DumpUi>;
        },
        action);
}

}  // namespace

StepRunner::StepRunner(MainWindow& window, QObject* parent)
    : QObject(parent)
    , m_window(window)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &StepRunner::advance);
}

StepRunner::~StepRunner() = default;

void StepRunner::run(const StepScript& script)
{
    run(script, 0, script.steps.size() - 1);
}

void StepRunner::run(const StepScript& script, std::size_t first, std::size_t last)
{
    m_script = script;
    m_step = first;
    m_last = std::min(last, m_script.steps.size() - 1);
    m_action = 0;
    m_failures.clear();
    m_stepFailures.clear();
    m_isRunning = true;
    m_wasShown = m_window.isVisible();
    m_quietPolls = 0;
    m_waiting.start();
    m_timer.start(0);
}

void StepRunner::stop()
{
    m_timer.stop();
    m_isRunning = false;
}

/// True when the window has been ready, or at rest without becoming so, for a while.
bool StepRunner::isSettled()
{
    const bool isReady = m_window.isReady();
    const bool isAtRest = isReady || !(m_window.explorer().isBusy() || m_window.docks().isBusy());
    m_quietPolls = isAtRest ? m_quietPolls + 1 : 0;
    return m_quietPolls >= (isReady ? kQuietReady : kQuietRest);
}

/// True when nothing is left to do or to look at.
bool StepRunner::isAtEnd() const
{
    const Step& step = m_script.steps[m_step];
    return m_step == m_last && m_action >= step.actions.size() && step.expectations.empty();
}

void StepRunner::advance()
{
    const Step& step = m_script.steps[m_step];
    if (m_wasShown && !m_window.isVisible() && !isAtEnd()) {
        fail(tr("the window was closed before the end of the script"));
        end();
        return;
    }
    const bool isDone = m_action >= step.actions.size();
    const bool mustWait = isDone ? !step.expectations.empty() : needsAnswer(step.actions[m_action]);
    if (mustWait && !isSettled()) {
        if (m_waiting.elapsed() > m_timeLimit) {
            fail(tr("the window was not ready within %1 s").arg(m_timeLimit / 1000));
            end();
            return;
        }
        m_timer.start(kPoll);
        return;
    }
    m_quietPolls = 0;
    m_waiting.restart();
    if (isDone)
        finishStep();
    else
        performNext(step.actions[m_action]);
}

void StepRunner::performNext(const StepAction& action)
{
    try {
        if (m_action == 0 && !m_script.steps[m_step].watch.isEmpty())
            (void)findDock(m_window, m_script.steps[m_step].watch);
        std::visit([this](const auto& each) { perform(each); }, action);
    } catch (const Error& error) {
        fail(tr("do %1: %2").arg(m_action + 1).arg(QString::fromUtf8(error.what())));
        end();
        return;
    }
    ++m_action;
    if (m_isRunning)  // an action may have closed the window
        m_timer.start(0);
}

void StepRunner::finishStep()
{
    const Step& step = m_script.steps[m_step];
    for (std::size_t i = 0; i < step.expectations.size(); ++i) {
        QString failure;
        try {
            failure = failureOf(m_window, step.expectations[i]);
        } catch (const Error& error) {
            failure = QString::fromUtf8(error.what());
        }
        if (!failure.isEmpty())
            fail(tr("expect %1: %2").arg(i + 1).arg(failure));
    }
    emit stepFinished(static_cast<int>(m_step), m_stepFailures);
    m_stepFailures.clear();
    m_action = 0;
    if (m_step == m_last) {
        end();
        return;
    }
    ++m_step;
    if (m_isRunning)
        m_timer.start(0);
}

void StepRunner::fail(const QString& what)
{
    m_stepFailures.append(what);
    m_failures.append(tr("step %1: %2").arg(m_step + 1).arg(what));
}

void StepRunner::end()
{
    if (!m_isRunning)
        return;
    m_isRunning = false;
    emit finished(m_failures);
}

}  // namespace nanoscope
