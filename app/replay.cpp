#include "app/replay.h"

#include "app/step_runner.h"

#include <QApplication>

#include <cstdio>

namespace nanoscope {

int runReplay(MainWindow& window, const StepScript& script, const WindowOutputs& outputs)
{
    StepRunner runner(window);
    QObject::connect(&runner, &StepRunner::finished, &window, [&window, outputs](const QStringList& failures) {
        for (const QString& failure : failures)
            std::fprintf(stderr, "nanoscope: %s\n", qPrintable(failure));
        const int code = writeOutputs(window, outputs);
        QApplication::exit(failures.isEmpty() ? code : 1);
    });
    QApplication::setQuitOnLastWindowClosed(false);  // the runner tells of a window that a script closes too early
    runner.run(script);
    const int code = QApplication::exec();
    if (!runner.isRunning())
        return code;
    std::fprintf(stderr, "nanoscope: the program was ended before the end of the script\n");
    return 1;
}

}  // namespace nanoscope
