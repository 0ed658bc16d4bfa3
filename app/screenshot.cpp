#include "app/screenshot.h"

#include <QApplication>
#include <QSaveFile>
#include <QTimer>

#include <cstdio>

namespace nanoscope {
namespace {

int writePicture(MainWindow& window, const QString& path)
{
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && window.grab().save(&file, "PNG") && file.commit();
    if (!written)
        std::fprintf(stderr, "nanoscope: %s: cannot be written: %s; choose another place\n", qPrintable(path),
            qPrintable(file.errorString()));
    return written ? 0 : 1;
}

}  // namespace

void takeScreenshotAndQuit(MainWindow& window, const QString& path, bool expectsTensor)
{
    // The last signal of a burst counts: layouts and repaints that it caused have happened when the timer fires.
    auto* settle = new QTimer(&window);
    settle->setSingleShot(true);
    settle->setInterval(150);
    QObject::connect(&window, &MainWindow::settled, settle, qOverload<>(&QTimer::start));
    if (!expectsTensor)
        settle->start();
    QObject::connect(settle, &QTimer::timeout, &window, [&window, settle, path, expectsTensor] {
        const QString message = window.message();
        if (message.isEmpty() && expectsTensor && !window.isReady()) {
            settle->start();
            return;
        }
        const int code = writePicture(window, path);
        if (!message.isEmpty())
            std::fprintf(stderr, "nanoscope: %s\n", qPrintable(message));
        QApplication::exit(message.isEmpty() ? code : 1);
    });
}

}  // namespace nanoscope
