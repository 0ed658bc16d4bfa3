#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <stdexcept>

/// Runs the built command line and looks at what came out.
namespace clitest {

/// What one run left behind.
struct Run {
    int exitCode = -1;  ///< -1 when it crashed
    QByteArray output;
    QByteArray error;

    /// True for one line of the form `nanoscope-cli: ...` on standard error and nothing on standard output.
    [[nodiscard]] bool isOneErrorLine() const
    {
        return output.isEmpty() && error.startsWith("nanoscope-cli: ") && error.count('\n') == 1
            && error.endsWith('\n');
    }

    /// Standard output as JSON; a null document when it is none.
    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(output); }
};

/// A command line without quotes, cut at its spaces.
inline QStringList wordsOf(const char* line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

/// Waits for a process that was set up; a test process takes seconds, or minutes under sanitizers.
inline Run finish(QProcess& process)
{
    constexpr int kPatienceMilliseconds = 600000;
    if (!process.waitForFinished(kPatienceMilliseconds))
        throw std::runtime_error("nanoscope-cli did not start or did not end");
    Run run;
    run.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    run.output = process.readAllStandardOutput();
    run.error = process.readAllStandardError();
    return run;
}

/// Runs `nanoscope-cli` with these arguments in `folder`, without the presets of whoever runs the tests.
inline Run runCli(const QStringList& arguments, const QString& folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!environment.contains("NANOSCOPE_PRESETS"))
        environment.insert("NANOSCOPE_PRESETS", {});
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(NANOSCOPE_CLI_PATH), arguments);
    return finish(process);
}

}  // namespace clitest
