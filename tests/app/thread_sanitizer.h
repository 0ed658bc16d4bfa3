#pragma once

#include <QTest>

/// Leaves out a test that starts a process, under the thread sanitizer only: QProcess uses vfork, whose child shares
/// the sanitizer's own memory and switches it off there, so that everything after it in the test is told as a race.
#if defined(__SANITIZE_THREAD__)
#define NANOSCOPE_SKIP_UNDER_THREAD_SANITIZER() QSKIP("starting a process misleads the thread sanitizer")
#else
#define NANOSCOPE_SKIP_UNDER_THREAD_SANITIZER() static_cast<void>(0)
#endif
