#include "app/arrangements.h"
#include "app/main_window.h"
#include "app/replay.h"
#include "app/session_desk.h"
#include "app/ui_dump_signal.h"
#include "app/window_options.h"
#include "core/error.h"
#include "core/io/hdf5_exit.h"

#include <QApplication>
#include <QScreen>
#include <QStyleFactory>

#include <csignal>
#include <cstdio>
#include <memory>

namespace {

using namespace nanoscope;

constexpr QSize kDefaultSize{1600, 1000};
constexpr QSize kFrame{16, 48};  // what a window manager adds around the window

QStringList argumentList(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

/// The program writes or checks something and quits: nothing is remembered, and no display is needed.
bool endsByItself(const WindowOptions& options)
{
    return !options.screenshot.isEmpty() || !options.replay.isEmpty() || !options.dump.isEmpty();
}

/// What Qt reads before the application object exists.
void prepareEnvironment(const WindowOptions& options)
{
    if (options.scale)
        qputenv("QT_SCALE_FACTOR", options.scale->toLatin1());
    const bool hasDisplay = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (endsByItself(options) && !hasDisplay && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

void prepareApplication()
{
    QApplication::setApplicationName("nanoscope");
    QApplication::setOrganizationName("nanoscope");
    QApplication::setApplicationVersion(NANOSCOPE_VERSION);
    QApplication::setStyle(QStyleFactory::create("Fusion"));
}

/// Until the user closes the window, or the one that took its place in another language.
int showUntilClosed(std::unique_ptr<MainWindow> window, const QString& dumpOnSignalPath)
{
    constexpr int kAnotherLanguage = 1000;
    for (;;) {
        QObject::connect(window.get(), &MainWindow::languageChosen, qApp, [] { QApplication::exit(kAnotherLanguage); });
        const int code = QApplication::exec();
        if (code != kAnotherLanguage)
            return code;
        window->remember();
        speak(rememberedLanguage());
        auto next = std::make_unique<MainWindow>(
            window->explorer().formats(), std::nullopt, window->size(), MainWindow::Memory::Restore);
        if (!dumpOnSignalPath.isEmpty())
            dumpOnSignal(*next, dumpOnSignalPath);
        next->show();
        next->raise();
        next->activateWindow();
        next->takeOver(*window);
        window = std::move(next);  // never without a window, which would end the program
    }
}

int runWindow(int argc, char** argv, const WindowOptions& options)
{
    FormatSet formats = startFormats(options.formats);
    std::optional<StepScript> script;
    if (!options.replay.isEmpty())
        script = readStepScript(options.replay);
    prepareEnvironment(options);
    QApplication application(argc, argv);
    prepareApplication();

    const bool ends = endsByItself(options);
    speak(options.language.value_or(ends ? Language::English : rememberedLanguage()));
    const QSize fitting = QGuiApplication::primaryScreen()->availableSize() - kFrame;
    auto window = std::make_unique<MainWindow>(std::move(formats), options.dark,
        options.size.value_or(ends ? kDefaultSize : kDefaultSize.boundedTo(fitting)),
        ends ? MainWindow::Memory::Fresh : MainWindow::Memory::Restore);
    if (options.size)
        window->resize(*options.size);
    if (options.layout)
        window->arrangements().choose(*options.layout);
    if (!options.dumpOnSignal.isEmpty())
        dumpOnSignal(*window, options.dumpOnSignal);
    window->show();
    const WindowOutputs outputs{options.screenshot, options.dump};
    if (!options.session.isEmpty())
        window->sessions().open(options.session);
    if (!script && ends)
        writeOutputsAndQuit(*window, outputs, !options.file.isEmpty() || window->explorer().isReading());
    if (!options.tensor.isEmpty())
        window->explorer().open(options.file, options.tensor);
    else if (!options.file.isEmpty())
        window->openPath(options.file);
    if (script)
        return runReplay(*window, *script, outputs);
    return showUntilClosed(std::move(window), options.dumpOnSignal);
}

}  // namespace

int main(int argc, char** argv)
{
    std::signal(SIGXFSZ, SIG_IGN);  // a file that grows beyond its limit is an ordinary write error
    skipHdf5CleanupAtExit();
    try {
        return runWindow(argc, argv, parseWindowOptions(argumentList(argc, argv)));
    } catch (const ShowText& text) {
        std::fputs(qPrintable(text.text), stdout);
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "nanoscope: %s\n", error.what());
        return error.kind() == ErrorKind::Refused ? 2 : 1;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "nanoscope: %s\n", error.what());
        return 1;
    }
}
