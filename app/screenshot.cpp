#include "app/screenshot.h"

#include "app/ui_dump.h"

#include <QApplication>
#include <QSaveFile>
#include <QTimer>

#include <cstdio>

namespace nanoscope {

QString writePicture(QWidget& widget, const QString& path)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && widget.grab().save(&file, "PNG") && file.commit())
        return {};
    return MainWindow::tr("%1: cannot be written: %2; choose another place").arg(path, file.errorString());
}

int writeOutputs(MainWindow& window, const WindowOutputs& outputs)
{
    QStringList problems;
    if (!outputs.screenshot.isEmpty())
        problems.append(writePicture(window, outputs.screenshot));
    if (!outputs.dump.isEmpty())
        problems.append(writeUiDump(window, outputs.dump));
    problems.removeAll(QString());
    for (const QString& problem : problems)
        std::fprintf(stderr, "nanoscope: %s\n", qPrintable(problem));
    return problems.isEmpty() ? 0 : 1;
}

void writeOutputsAndQuit(MainWindow& window, const WindowOutputs& outputs, bool expectsTensor)
{
    // The last signal of a burst counts: layouts and repaints that it caused have happened when the timer fires.
    auto* settle = new QTimer(&window);
    settle->setSingleShot(true);
    settle->setInterval(150);
    QObject::connect(&window, &MainWindow::settled, settle, qOverload<>(&QTimer::start));
    if (!expectsTensor)
        settle->start();
    QObject::connect(settle, &QTimer::timeout, &window, [&window, settle, outputs, expectsTensor] {
        const QString message = window.message();
        if (message.isEmpty() && expectsTensor && !window.isReady()) {
            settle->start();
            return;
        }
        const int code = writeOutputs(window, outputs);
        if (!message.isEmpty())
            std::fprintf(stderr, "nanoscope: %s\n", qPrintable(message));
        QApplication::exit(message.isEmpty() ? code : 1);
    });
}

}  // namespace nanoscope
