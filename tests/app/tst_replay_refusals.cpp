#include "app/main_window.h"
#include "app/step_runner.h"
#include "app/step_script.h"
#include "app/window_options.h"
#include "core/error.h"
#include "tests/app/thread_sanitizer.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace nanoscope;

/// What scripts and the program refuse: each with one clear line, and never in silence.
class TestReplayRefusals : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void whatAControlCannotTakeIsRefused_data();
    void whatAControlCannotTakeIsRefused();
    void aliasesAndBeginningsAreTaken();
    void namesStayInTheirFolder_data();
    void namesStayInTheirFolder();
    void bundledFilesAreNotWritten();
    void aWindowClosedTooEarlyIsTold_data();
    void aWindowClosedTooEarlyIsTold();
    void aWindowClosedAtTheEndIsNoFailure();
    void aMissingSessionIsAFailure();
    void aRefusedFormatIsNamedWithWhatToDo();
    void allRefusedFormatsAreNamedUntilTheyAreMended();
    void aKeyThatNothingTakesIsTold();
    void whatAFieldSaysIsWrongIsTold();
    void withoutAFiniteBlockThereIsADash();

private:
    struct Run {
        int exitCode = -1;
        QStringList errors;
    };
    [[nodiscard]] Run runProgram(const QStringList& arguments) const;
    [[nodiscard]] QString scriptFile(const QByteArray& steps) const;
    [[nodiscard]] QStringList run(const QByteArray& steps);

    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_folder;
};

void TestReplayRefusals::initTestCase()
{
    m_window = std::make_unique<MainWindow>(startFormats({}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
    m_window->show();
}

QStringList TestReplayRefusals::run(const QByteArray& steps)
{
    StepRunner runner(*m_window);
    QSignalSpy finished(&runner, &StepRunner::finished);
    runner.run(parseStepScript(R"({"version":1,"steps":)" + steps + "}", "test.json", m_folder.path()));
    if (!finished.wait(60000))
        return {"did not end"};
    return finished.front().front().toStringList();
}

QString TestReplayRefusals::scriptFile(const QByteArray& steps) const
{
    QFile file(m_folder.filePath("steps.json"));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(R"({"version":1,"steps":)" + steps + "}");
    return file.fileName();
}

TestReplayRefusals::Run TestReplayRefusals::runProgram(const QStringList& arguments) const
{
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    program.setProcessEnvironment(environment);
    program.setWorkingDirectory(m_folder.path());
    program.start(NANOSCOPE_WINDOW_PATH, arguments);
    if (!program.waitForFinished(120000))
        return {-1, {"did not end"}};
    QStringList lines = QString::fromUtf8(program.readAllStandardError()).split('\n', Qt::SkipEmptyParts);
    lines = lines.filter(QRegularExpression("^nanoscope: "));  // Qt has words of its own
    return {program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1, lines};
}

void TestReplayRefusals::whatAControlCannotTakeIsRefused_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<QStringList>("parts");
    const auto row = [](const char* name, const char* action, const QStringList& parts) {
        QTest::newRow(name) << QByteArray(action) << parts;
    };
    row("no such preset", R"({"set":"Format A/Preset","value":"zz"})", {"Preset", "\"zz\"", "NxFP4", "more"});
    row("beginning of several lines", R"({"set":"Format A/Scale codec","value":"FP"})",
        {"Scale codec", "\"FP\"", "FP16", "FP32"});
    row("beginning of a preset", R"({"set":"Format A/Preset","value":"Nx"})", {"Preset", "\"Nx\""});
    row("no preset", R"({"set":"Format A/Preset","value":""})", {"Preset", "\"\""});
    row("no such codec", R"({"set":"Format A/Scale codec","value":"zz"})", {"Scale codec", "\"zz\"", "give one of"});
    row("no codec", R"({"set":"Format A/Scale codec","value":""})", {"Scale codec", "\"\"", "give one of"});
    row("too many bits", R"({"set":"Format A/Bits","value":99})", {"Bits", "99", "to"});
}

void TestReplayRefusals::whatAControlCannotTakeIsRefused()
{
    QFETCH(QByteArray, action);
    QFETCH(QStringList, parts);
    const FormatSet before = m_window->explorer().formats();
    const QStringList failures = run("[{\"do\":[" + action + "]}]");
    QCOMPARE(failures.size(), 1);
    for (const QString& part : parts)
        QVERIFY2(failures[0].contains(part), qPrintable(failures[0] + " | " + part));
    QVERIFY(m_window->explorer().formats() == before);
}

void TestReplayRefusals::aliasesAndBeginningsAreTaken()
{
    const QStringList failures = run(R"([{"do":[{"set":"Format A/Preset","value":"nvfp4"}],
        "expect":[{"value":"Format A/Preset","is":"NVFP4"}]},
        {"do":[{"set":"Format A/Preset","value":"NxFP4"}],"expect":[{"value":"Format A/Preset","is":"NxFP4"}]},
        {"do":[{"set":"Format A/Scale codec","value":"E8M0"}]}])");
    QVERIFY2(failures.isEmpty(), qPrintable(failures.join('\n')));
}

void TestReplayRefusals::namesStayInTheirFolder_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"data:../README.md", "data:..", "data:a/../../README.md", "data:/etc/hostname",
             "data:", "temp:../x.png", "temp:/x.png", "temp:."})
        QTest::newRow(name) << QString(name);
}

void TestReplayRefusals::namesStayInTheirFolder()
{
    QFETCH(QString, name);
    StepRunner runner(*m_window);
    try {
        (void)runner.resolved(name, m_folder.path());
        QFAIL("was taken");
    } catch (const Error& error) {
        QVERIFY2(QString(error.what()).contains(name), error.what());
        QCOMPARE(error.kind(), ErrorKind::Refused);
    }
}

void TestReplayRefusals::bundledFilesAreNotWritten()
{
    StepRunner runner(*m_window);
    QVERIFY(QFile::exists(runner.resolved("data:real_weights.h5", {})));
    QVERIFY_EXCEPTION_THROWN((void)runner.resolvedOutput("data:real_weights.h5", {}), Error);
    QCOMPARE(runner.resolvedOutput("a.png", "/here"), QString("/here/a.png"));
}

void TestReplayRefusals::aWindowClosedTooEarlyIsTold_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::newRow("another action") << QByteArray(R"([{"do":[{"click":"Quit"},{"theme":"dark"}]}])");
    QTest::newRow("another step") << QByteArray(R"([{"do":[{"click":"Quit"}]},{"do":[{"theme":"dark"}]}])");
    QTest::newRow("an expectation") << QByteArray(R"([{"do":[{"click":"Quit"}],"expect":[{"visible":"Levels"}]}])");
    QTest::newRow("a picture") << QByteArray(R"([{"do":[{"key":"Ctrl+Q"},{"screenshot":"late.png"}]}])");
}

void TestReplayRefusals::aWindowClosedTooEarlyIsTold()
{
    NANOSCOPE_SKIP_UNDER_THREAD_SANITIZER();
    QFETCH(QByteArray, steps);
    const Run run = runProgram({"--replay", scriptFile(steps)});
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(run.errors.size(), 1);
    QVERIFY2(run.errors[0].contains("closed before the end of the script"), qPrintable(run.errors[0]));
    QVERIFY(!QFile::exists(m_folder.filePath("late.png")));
}

void TestReplayRefusals::aWindowClosedAtTheEndIsNoFailure()
{
    NANOSCOPE_SKIP_UNDER_THREAD_SANITIZER();
    const Run run = runProgram({"--replay", scriptFile(R"([{"do":[{"theme":"dark"},{"click":"Quit"}]}])")});
    QCOMPARE(run.errors, QStringList());
    QCOMPARE(run.exitCode, 0);
}

void TestReplayRefusals::aMissingSessionIsAFailure()
{
    NANOSCOPE_SKIP_UNDER_THREAD_SANITIZER();
    const Run run = runProgram({"--session", "missing.nanoscope.json", "--screenshot", m_folder.filePath("out.png")});
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(run.errors.size(), 1);
    QVERIFY2(run.errors[0].contains("missing.nanoscope.json"), qPrintable(run.errors[0]));
}

void TestReplayRefusals::aRefusedFormatIsNamedWithWhatToDo()
{
    const QStringList failures = run(R"([{"do":[{"open":"data:real_weights.h5","tensor":"pose/conv2d_35"},
        {"format":"A","spec":"NxFP4"},{"format":"B","spec":"Q4_K"},{"show":"Difference"}],
        "expect":[{"ready":false},{"text":"messageText","contains":"Format B (Q4_K):"},
        {"text":"messageText","contains":"are not whole blocks of 256"},{"text":"messageText","contains":"Shape as"},
        {"text":"Difference","contains":"There is nothing to compare. Format B (Q4_K):"}]
},
        {"do":[{"format":"B","spec":"MXFP4"}],"expect":[{"ready":true}]}])");
    QVERIFY2(failures.isEmpty(), qPrintable(failures.join('\n')));
    QVERIFY(m_window->explorer().refusal(Explorer::B).isEmpty());
}

void TestReplayRefusals::allRefusedFormatsAreNamedUntilTheyAreMended()
{
    QVERIFY(run(R"([{"do":[{"open":"data:real_weights.h5","tensor":"pose/conv2d_35"},
        {"format":"A","spec":"Q4_K"},{"format":"B","spec":"Q5_K"}],
        "expect":[{"ready":false},{"text":"messageText","contains":"Format A (Q4_K):"},
        {"text":"messageText","contains":"Format B (Q5_K):"}]}])")
                .isEmpty());
    auto* label = m_window->findChild<QLabel*>("messageText");
    QVERIFY(label);
    QVERIFY(run(R"([{"do":[{"format":"A","spec":"NxFP4"}]}])").isEmpty());
    QTRY_VERIFY(!label->text().contains("Format A"));
    QVERIFY(label->text().contains("Format B (Q5_K):"));
    QVERIFY(run(R"([{"do":[{"format":"B","spec":"MXFP4"}]}])").isEmpty());
    QTRY_VERIFY(m_window->message().isEmpty());
}

void TestReplayRefusals::aKeyThatNothingTakesIsTold()
{
    const QStringList failures = run(R"([{"do":[{"open":"data:real_weights.h5","tensor":"pose/conv2d_35"},
        {"wait":"ready"},{"key":"F9","to":"levelsA"}]}])");
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures[0].contains("F9"), qPrintable(failures[0]));
    QVERIFY(run(R"([{"do":[{"key":"Right","to":"levelsA"}]}])").isEmpty());
}

void TestReplayRefusals::whatAFieldSaysIsWrongIsTold()
{
    const QStringList failures = run(R"([{"do":[{"open":"data:real_weights.h5","tensor":"pose/conv2d_35"},
        {"wait":"ready"},{"set":"shapeAs","value":"7,7"}]}])");
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures[0].contains("7,7"), qPrintable(failures[0]));
    QVERIFY2(failures[0].contains("248,832"), qPrintable(failures[0]));
    QVERIFY(run(R"([{"do":[{"set":"shapeAs","value":"864,288"}]}])").isEmpty());
}

void TestReplayRefusals::withoutAFiniteBlockThereIsADash()
{
    QByteArray header = R"({"w":{"dtype":"F32","shape":[64],"data_offsets":[0,256]}})";
    header = header.leftJustified(72, ' ');
    QFile file(m_folder.filePath("nan.safetensors"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(1, static_cast<char>(header.size())) + QByteArray(7, '\0') + header);
    for (int i = 0; i < 64; ++i)
        file.write(QByteArray::fromHex("0000c07f"));  // NaN
    file.close();
    const QStringList failures = run(R"([{"do":[{"open":"nan.safetensors"}],"expect":[{"ready":true},
        {"text":"statusText","contains":"nothing to measure"},{"text":"statusText","contains":"64 NaN"}]}])");
    QVERIFY2(failures.isEmpty(), qPrintable(failures.join('\n')));
}

QTEST_MAIN(TestReplayRefusals)
#include "tst_replay_refusals.moc"
