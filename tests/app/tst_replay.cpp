#include "app/arrangements.h"
#include "app/main_window.h"
#include "app/step_runner.h"
#include "app/step_script.h"
#include "app/ui_dump.h"
#include "app/window_options.h"
#include "core/error.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace nanoscope;

/// Scripts, read and carried out in the window.
class TestReplay : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { m_window.reset(); }
    void everyActionIsRead();
    void whatIsWrongIsNamed_data();
    void whatIsWrongIsNamed();
    void stepsReachTheWindow();
    void controlsAreMovedByTheirNames();
    void failedExpectationsAreTold();
    void anActionThatCannotBeDoneEndsTheScript();
    void aMissingFileIsNotCalledReady();
    void aRangeOfStepsCanBeRun();
    void dumpHoldsControlsAndTables();
    void theProgramReplaysWithoutADisplay();

private:
    [[nodiscard]] MainWindow& window();
    [[nodiscard]] QStringList run(const QByteArray& steps);
    [[nodiscard]] static StepScript script(const QByteArray& steps)
    {
        return parseStepScript(R"({"version":1,"steps":)" + steps + "}", "test.json", QDir::tempPath());
    }

    std::unique_ptr<MainWindow> m_window;
};

namespace {

constexpr auto kOpen = R"({"open":"data:real_weights.h5","tensor":"pose/conv2d_35"})";

QRect rectOf(const QJsonValue& described)
{
    const QJsonArray rect = described["rect"].toArray();
    return {rect[0].toInt(), rect[1].toInt(), rect[2].toInt(), rect[3].toInt()};
}

}  // namespace

MainWindow& TestReplay::window()
{
    if (!m_window) {
        m_window = std::make_unique<MainWindow>(startFormats({}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
        m_window->show();
    }
    return *m_window;
}

QStringList TestReplay::run(const QByteArray& steps)
{
    StepRunner runner(window());
    QSignalSpy finished(&runner, &StepRunner::finished);
    runner.run(script(steps));
    if (!finished.wait(60000))
        return {"did not end"};
    return finished.front().front().toStringList();
}

void TestReplay::everyActionIsRead()
{
    const StepScript read = script(R"([{"text":"t","watch":"Levels","do":[
        {"open":"a.h5","tensor":"t"},{"tensor":"u"},{"cut":{"axis":0,"reshape":[2,3]}},{"format":"B","spec":null},
        {"format":"A","spec":"NxFP4:geometry.block=16"},{"block":12},{"block":"worst"},{"element":3},
        {"level":{"book":1,"code":2}},{"layout":"teach"},{"show":"Pareto"},{"theme":"dark"},{"click":"x","at":[0.5,1]},
        {"set":"x","value":false},{"type":"a","into":"x"},{"key":"Ctrl+Z"},{"wait":"ready"},
        {"screenshot":"a.png","of":"Levels"},{"save_session":"s"},{"open_session":"s"},{"dump_ui":"d"}],
        "expect":[{"figure":"sqnr_db","of":"B","value":1,"tolerance":0.5},{"text":"x","contains":"y"},
        {"value":"x","is":2},{"visible":"x","is":false},{"enabled":"x"},{"ready":true}]}])");
    const Step& step = read.steps.at(0);
    QCOMPARE(step.actions.size(), 21U);
    QCOMPARE(step.expectations.size(), 6U);
    QCOMPARE(step.watch, QString("Levels"));
    QCOMPARE(std::get<step::Open>(step.actions[0]).tensor, QString("t"));
    QCOMPARE(std::get<step::SetCut>(step.actions[2]).cut, (TensorCut{0, Shape{2, 3}}));
    QVERIFY(!std::get<step::SetFormat>(step.actions[3]).spec);
    QCOMPARE(std::get<step::SetFormat>(step.actions[3]).slot, Explorer::B);
    QCOMPARE(std::get<step::SelectBlock>(step.actions[5]).block.value(), 12U);
    QVERIFY(!std::get<step::SelectBlock>(step.actions[6]).block);
    QVERIFY((std::get<step::SelectLevel>(step.actions[8]).level == LevelId{1, 2}));
    QCOMPARE(std::get<bool>(std::get<step::SetValue>(step.actions[13]).value), false);
    QCOMPARE(std::get<step::Screenshot>(step.actions[17]).of, QString("Levels"));
    const auto& figure = std::get<expectation::Figure>(step.expectations[0]);
    QCOMPARE(figure.of, Explorer::B);
    QCOMPARE(figure.tolerance, 0.5);
}

void TestReplay::whatIsWrongIsNamed_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const char* steps, const char* part) {
        QTest::newRow(name) << QByteArray(steps) << QString(part);
    };
    row("no step", "[]", "steps");
    row("unknown key of a step", R"([{},{"dow":[]}])", "step 2: unknown field dow");
    row("unknown action", R"([{"do":[{"wait":"ready"},{"jump":1}]}])", "step 1, do 2: unknown key \"jump\"");
    row("unknown key of an action", R"([{"do":[{"block":1,"blok":2}]}])", "step 1, do 1: unknown field blok");
    row("key of another action", R"([{"do":[{"element":1,"into":"x"}]}])", "step 1, do 1: unknown field into");
    row("unknown expectation", R"([{"expect":[{"sqnr":1}]}])", "step 1, expect 1: unknown key \"sqnr\"");
    row("figure without a bound", R"([{"expect":[{"figure":"mse"}]}])", "step 1, expect 1: value");
    row("A cannot go", R"([{"do":[{"format":"A","spec":null}]}])", "step 1, do 1: spec");
    row("no such format", R"([{"do":[{"format":"E","spec":"MXFP4"}]}])", "step 1, do 1: format");
    row("negative block", R"([{"do":[{"block":-1}]}])", "step 1, do 1: block");
    row("no key", R"([{"do":[{"key":"Ctl+Z+Q"}]}])", "step 1, do 1: key");
    row("list of numbers", R"([{"do":[1]}])", "step 1, do 1: 1 has no key");
}

void TestReplay::whatIsWrongIsNamed()
{
    QFETCH(QByteArray, steps);
    QFETCH(QString, part);
    try {
        (void)script(steps);
        QFAIL("was read");
    } catch (const Error& error) {
        QVERIFY2(QString(error.what()).contains(part), error.what());
        QVERIFY2(QString(error.what()).startsWith("test.json"), error.what());
        QCOMPARE(error.kind(), ErrorKind::Refused);
    }
}

void TestReplay::stepsReachTheWindow()
{
    const QByteArray open(kOpen);
    // ref_mx.py on this tensor: NxFP4 19.86 dB, MXFP4 18.13 dB
    const QStringList failures = run("[{\"do\":[" + open + R"(],"expect":[
          {"figure":"sqnr_db","value":19.8567,"tolerance":0.001},{"figure":"error.sqnr_db","of":"B","value":18.1293,
          "tolerance":0.001},{"figure":"format","value":"NxFP4"},{"ready":true},{"visible":"Levels"}]},
        {"do":[{"format":"B","spec":null},{"format":"A","spec":"MXFP4:geometry.block=16"},{"block":12},{"element":3}],
          "expect":[{"value":"Format A/Block size","is":16},{"enabled":"Swap A and B","is":false},
          {"text":"Inspector","contains":"Block 12, element 3"},{"figure":"bits_per_element","value":4.5}]},
        {"do":[{"key":"Ctrl+Z"},{"key":"Ctrl+Z"},{"key":"Ctrl+Z"}],"expect":[{"figure":"format","value":"NxFP4"},
          {"enabled":"Swap A and B"}]},
        {"do":[{"theme":"dark"},{"layout":"compare"},{"show":"Cost"}],"expect":[{"visible":"Cost"},
          {"value":"Dark theme","is":true},{"figure":"cost.bits_per_element","at_least":4,"at_most":5},
          {"visible":"Levels","is":false}]}])");
    QVERIFY2(failures.isEmpty(), qPrintable(failures.join('\n')));
}

void TestReplay::controlsAreMovedByTheirNames()
{
    QByteArray steps = "[{\"do\":[" + QByteArray(kOpen) + "]}";
    const auto move = [&steps](const QByteArray& name, const QByteArray& value) {
        steps += ",{\"do\":[{\"set\":\"" + name + "\",\"value\":" + value + "}],\"expect\":[{\"value\":\"" + name
            + "\",\"is\":" + value + "}]}";
    };
    move("Format A/NanoMantissa bits", "1");
    move("Format A/Bits", "5");
    move("Format A/Adaptive Microexponent", "false");
    move("Format A/Search offsets", "\"-1, 0\"");
    move("Format A/Preset", "\"NVFP4\"");
    move("Tensors/Tensor filter", "\"pose\"");
    move("Compare with C", "true");
    const QStringList failures = run(steps + "]");
    QVERIFY2(failures.isEmpty(), qPrintable(failures.join('\n')));
    QCOMPARE(window().explorer().formats().a.name, std::string("NVFP4"));
}

void TestReplay::failedExpectationsAreTold()
{
    const std::vector<std::pair<QByteArray, QString>> claims{
        {R"({"figure":"sqnr_db","value":19,"tolerance":0.1})", "not 19 ± 0.1"},
        {R"({"figure":"sqnr_db","at_most":19})", "not at most 19"},
        {R"({"figure":"mse","at_least":1})", "not at least 1"},
        {R"({"figure":"format","value":"MXFP4"})", "not \"MXFP4\""},
        {R"({"figure":"sqrn_db","value":1})", "there is no such figure"},
        {R"({"figure":"mse","of":"D","value":1})", "is not there"},
        {R"({"text":"Figures","contains":"no such words"})", "without \"no such words\""},
        {R"({"value":"Format A/Bits","is":5})", "is 4, not 5"},
        {R"({"visible":"Pareto"})", "cannot be seen"},
        {R"({"enabled":"Undo"})", "is disabled"},
        {R"({"ready":false})", "is ready"},
        {R"({"visible":"No such panel"})", "nothing of that name"},
    };
    QByteArray list;
    for (const auto& [claim, part] : claims)
        list += "," + claim;
    const QStringList failures
        = run("[{},{\"do\":[" + QByteArray(kOpen) + "],\"expect\":[{\"ready\":true}" + list + "]}]");
    QCOMPARE(failures.size(), static_cast<qsizetype>(claims.size()));
    for (qsizetype i = 0; i < failures.size(); ++i) {
        QVERIFY2(failures[i].startsWith(QString("step 2: expect %1: ").arg(i + 2)), qPrintable(failures[i]));
        QVERIFY2(failures[i].contains(claims[static_cast<std::size_t>(i)].second), qPrintable(failures[i]));
    }
}

void TestReplay::anActionThatCannotBeDoneEndsTheScript()
{
    const QStringList failures = run(R"([{"do":[{"click":"No such button"}]},{"expect":[{"visible":"Cost"}]}])");
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures[0].startsWith("step 1: do 1: "), qPrintable(failures[0]));
    QVERIFY2(failures[0].contains("No such button"), qPrintable(failures[0]));

    const QStringList levels = run("[{\"do\":[" + QByteArray(kOpen) + R"(,{"format":"A","spec":"MXFP4"},
        {"level":{"code":15}},{"level":{"code":16}}]}])");
    QCOMPARE(levels.size(), 1);
    QVERIFY2(levels[0].startsWith("step 1: do 4: level 16"), qPrintable(levels[0]));
}

void TestReplay::aMissingFileIsNotCalledReady()
{
    const QStringList failures = run(R"([{"do":[{"open":"missing.h5"},{"wait":"ready"}]}])");
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures[0].contains("missing.h5"), qPrintable(failures[0]));
    const QStringList expected = run(
        R"([{"do":[{"open":"missing.h5"}],"expect":[{"ready":false},{"text":"messageText","contains":"missing"}]}])");
    QVERIFY2(expected.isEmpty(), qPrintable(expected.join('\n')));
}

void TestReplay::aRangeOfStepsCanBeRun()
{
    StepRunner runner(window());
    QSignalSpy steps(&runner, &StepRunner::stepFinished);
    QSignalSpy finished(&runner, &StepRunner::finished);
    runner.run(
        script(R"([{"do":[{"theme":"dark"}]},{"do":[{"layout":"teach"}]},{"do":[{"layout":"compare"}]}])"), 1, 1);
    QVERIFY(finished.wait(5000));
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps[0][0].toInt(), 1);
    QCOMPARE(window().arrangements().current(), Arrangement::Teach);
    QVERIFY(!runner.isRunning());
}

void TestReplay::dumpHoldsControlsAndTables()
{
    QVERIFY(run("[{\"do\":[" + QByteArray(kOpen) + ",{\"wait\":\"ready\"}]}]").isEmpty());
    const QJsonObject dump = uiDump(window());
    QJsonObject bits;
    QStringList rows;
    QStringList cells;
    for (const QJsonValue& each : dump["widgets"].toArray()) {
        const QJsonObject widget = each.toObject();
        const QRect rect = rectOf(each);
        for (const QJsonValue& cell : widget["cells"].toArray()) {
            QVERIFY2(rect.contains(rectOf(cell)), qPrintable(widget["class"].toString()));
            cells.append(cell["text"].toString());
        }
        if (widget["dock"] == "Format A" && widget["name"] == "Bits")
            bits = widget;
        if (widget["dock"] == "Figures")
            for (const QJsonValue& row : widget["rows"].toArray())
                rows.append(row.toString());
    }
    QCOMPARE(bits["value"].toDouble(), 4.0);
    QVERIFY(bits["enabled"].toBool());
    QCOMPARE(bits["rect"].toArray().size(), 4);
    QVERIFY(bits["rect"].toArray()[2].toInt() > 10);
    QVERIFY2(rows.join('\n').contains("SQNR"), qPrintable(rows.join('\n')));
    for (const char* text : {"Level table", "conv2d_35", "MSE"})  // a tab, a tensor in a tree, a figure in a table
        QVERIFY2(cells.contains(text), text);
    QVERIFY(!cells.contains("Utilization (%)"));  // scrolled away
    bool hasUndo = false;
    for (const QJsonValue& each : dump["actions"].toArray())
        hasUndo = hasUndo || each.toObject()["shortcut"] == "Ctrl+Z";
    QVERIFY(hasUndo);
}

void TestReplay::theProgramReplaysWithoutADisplay()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("steps.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"version":1,"steps":[{"do":[{"open":"data:real_weights.h5"},{"screenshot":"levels.png","of":"Levels"}],
        "expect":[{"figure":"sqnr_db","at_least":90}]}]})");
    file.close();
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    program.setProcessEnvironment(environment);
    program.start(NANOSCOPE_WINDOW_PATH,
        {"--replay", file.fileName(), "--dump-ui", folder.filePath("dump.json"), "--screenshot",
            folder.filePath("window.png"), "--size", "1280x800"});
    QVERIFY(program.waitForFinished(60000));
    QCOMPARE(program.exitCode(), 1);
    const QString told = QString::fromUtf8(program.readAllStandardError());
    QCOMPARE(told.count("nanoscope: step 1: expect 1: sqnr_db of A is"), 1);
    QVERIFY(!QImage(folder.filePath("levels.png")).isNull());
    QCOMPARE(QImage(folder.filePath("window.png")).size(), QSize(1280, 800));
    QFile dump(folder.filePath("dump.json"));
    QVERIFY(dump.open(QIODevice::ReadOnly));
    QVERIFY(!QJsonDocument::fromJson(dump.readAll()).object()["widgets"].toArray().isEmpty());
}

QTEST_MAIN(TestReplay)
#include "tst_replay.moc"
