#include "cli_files.h"
#include "cli_runner.h"
#include "core/format/preset_data.h"
#include "elf_file.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QTest>

#include <unistd.h>

using namespace clitest;

/// The command line from outside: what it prints, where, and its exit code (DESIGN section 5).
class TestCli : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aFailureIsOneLineWithItsExitCode_data();
    void aFailureIsOneLineWithItsExitCode();
    void helpAndVersionAreNoFailure_data();
    void helpAndVersionAreNoFailure();
    void formatsListsEveryPreset();
    void formatAppliesOverrides_data();
    void formatAppliesOverrides();
    void canonicalTextOfAFormatReadsBackAsItself();
    void listTellsWhatCanBeExplored();
    void aClosedPipeIsNoFailure();
    void dynamicSectionNamesNoQt();

private:
    [[nodiscard]] Run run(const char* line) const { return runCli(wordsOf(line), m_dir.path()); }

    QTemporaryDir m_dir;
};

void TestCli::initTestCase()
{
    writeWeights(m_dir);
    const QByteArray weights = contentOf(m_dir.filePath("weights.h5"));
    writeContent(m_dir.filePath("truncated.h5"), weights.first(weights.size() / 2));
    writeContent(m_dir.filePath("text.h5"), "these are words, not tensors\n");
    writeContent(m_dir.filePath("empty.h5"), {});
    writeContent(m_dir.filePath("broken.json"), "{\"elements\": [");
    writeContent(m_dir.filePath("nul.json"), "{\"blok\\u0000k\": 1}");
}

void TestCli::aFailureIsOneLineWithItsExitCode_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("names");  // what the line must name
    const auto row = [](const char* name, const char* line, int exitCode, const char* names) {
        QTest::newRow(name) << QString::fromUtf8(line) << exitCode << QString::fromUtf8(names);
    };
    row("missing file", "list nothing.h5", 1, "nothing.h5");
    row("directory", "list .", 1, "directory");
    row("text renamed", "list text.h5", 1, "text.h5");
    row("empty file", "list empty.h5", 1, "empty.h5");
    row("truncated", "list truncated.h5", 1, "truncated");
    row("missing file in report", "report nothing.h5 w -f MXFP4", 1, "nothing.h5");
    row("unknown tensor", "report weights.h5 net/cnv -f MXFP4", 1, "weights.h5: net/cnv");
    row("group", "report weights.h5 net -f MXFP4", 1, "weights.h5: net");
    row("strings", "report weights.h5 names -f MXFP4", 1, "weights.h5: names");
    row("integers", "report weights.h5 counts -f MXFP4", 1, "weights.h5: counts");
    row("wrong integers as bf16", "report weights.h5 counts -f MXFP4 --as bf16", 1, "weights.h5: counts");
    row("no such block", "explain weights.h5 w -f MXFP4 --block 99", 2, "99");
    row("missing format file", "format nothing.json", 1, "nothing.json");

    row("no command", "", 2, "--help");
    row("unknown command", "reprot weights.h5", 2, "reprot");
    row("unknown option", "list weights.h5 --jsn", 2, "--jsn");
    row("option before the command", "--json list weights.h5", 2, "--json");
    row("missing argument", "list", 2, "FILE");
    row("missing format", "report weights.h5 w", 2, "--format");
    row("too many arguments", "list weights.h5 more", 2, "more");
    row("unknown format", "report weights.h5 w -f MXPF4", 2, "MXPF4");
    row("second format unknown", "report weights.h5 w -f MXFP4 -f MXPF4", 2, "MXPF4");
    row("misspelt field", "format MXFP4:geometry.blok=16", 2, "blok");
    row("refused value", "format MXFP4:geometry.block=0", 2, "geometry.block");
    row("value of another kind", "format MXFP4:geometry.block=many", 2, "geometry.block");
    row("override without value", "format MXFP4:geometry.block", 2, "geometry.block");
    row("NUL in a format file", "format nul.json", 2, "blok?k");
    row("broken format file", "format broken.json", 2, "broken.json");
    row("axis that is not there", "report weights.h5 w -f MXFP4 --axis 2", 2, "axis 2");
    row("axis that is no number", "report weights.h5 w -f MXFP4 --axis last", 2, "last");
    row("shape of other size", "report weights.h5 w -f MXFP4 --reshape 3,5", 2, "160");
    row("shape that is none", "report weights.h5 w -f MXFP4 --reshape 3,", 2, "3,");
    row("block that is no number", "explain weights.h5 w -f MXFP4 --block=-1", 2, "-1");
    row("no threads", "report weights.h5 w -f MXFP4 --threads 0", 2, "--threads");
    row("unknown instruction set", "report weights.h5 w -f MXFP4 --isa mmx", 2, "mmx");
    row("unknown reading", "report weights.h5 w -f MXFP4 --as f8", 2, "f8");
    row("two formats to cast", "cast weights.h5 w -f MXFP4 -f NxFP4 -o x.h5", 2, "--format");
    row("bench of too few elements", "bench --size 3", 2, "--size");
}

void TestCli::aFailureIsOneLineWithItsExitCode()
{
    QFETCH(const QString, line);
    QFETCH(const int, exitCode);
    QFETCH(const QString, names);
    const Run result = run(line.toUtf8());
    QVERIFY2(result.isOneErrorLine(), (result.output + result.error).constData());
    QVERIFY2(result.error.contains(names.toUtf8()), result.error.constData());
    QCOMPARE(result.exitCode, exitCode);
}

void TestCli::helpAndVersionAreNoFailure_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("help") << "--help"
                          << "explain";
    QTest::newRow("short help") << "-h"
                                << "explain";
    QTest::newRow("help of a command") << "report --help"
                                       << "--reshape";
    QTest::newRow("version") << "--version"
                             << "nanoscope-cli ";
}

void TestCli::helpAndVersionAreNoFailure()
{
    QFETCH(const QString, line);
    QFETCH(const QString, says);
    const Run result = run(line.toUtf8());
    QCOMPARE(result.exitCode, 0);
    QVERIFY(result.output.contains(says.toUtf8()));
    QVERIFY(result.error.isEmpty());
}

void TestCli::formatsListsEveryPreset()
{
    const QJsonArray formats = run("formats --json").json().array();
    QCOMPARE(formats.size(), static_cast<qsizetype>(nanoscope::presetFiles().size()));
    QMap<QString, double> bits;
    for (const QJsonValue& format : formats) {
        for (const char* key : {"name", "title", "bits", "standing", "family", "aliases", "description", "source"})
            QVERIFY2(format.toObject().contains(QLatin1String(key)), key);
        bits[format[u"name"].toString()] = format[u"bits"].toDouble();
    }
    QCOMPARE(bits["MXFP4"], 4.25);  // table 8.3 of the reference's description
    QCOMPARE(bits["NxFP4"], 4.34375);
    QCOMPARE(bits["NVFP4"], 4.5);
    QCOMPARE(bits["RaZeR_MXFP4"], 4.3125);
}

void TestCli::formatAppliesOverrides_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");  // as JSON
    QTest::newRow("number") << "MXFP4:geometry.block=16"
                            << "geometry.block"
                            << "16";
    QTest::newRow("string") << "MXFP4:scale.rule=ceil"
                            << "scale.rule"
                            << "\"ceil\"";
    QTest::newRow("quoted string") << "MXFP4:scale.rule=\"ceil\""
                                   << "scale.rule"
                                   << "\"ceil\"";
    QTest::newRow("commas in brackets") << "NxFP4:geometry.block=16,scale.offsets=[-1,0,1]"
                                        << "scale.offsets"
                                        << "[-1,0,1]";
    QTest::newRow("commas in braces") << "NVFP4:tensor_scale={\"codec\":\"FP32\",\"target\":6}"
                                      << "tensor_scale.target"
                                      << "6";
    QTest::newRow("null removes") << "NxFP4:micro=null"
                                  << "micro"
                                  << "null";
    QTest::newRow("index and null") << "NxFP4:elements.0.recycle=null"
                                    << "elements.0.recycle"
                                    << "null";
    QTest::newRow("nothing given") << "MXFP4"
                                   << "geometry.block"
                                   << "32";
}

void TestCli::formatAppliesOverrides()
{
    QFETCH(const QString, spec);
    QFETCH(const QString, path);
    QFETCH(const QString, value);
    const Run result = runCli({"format", spec, "--json"}, m_dir.path());
    QCOMPARE(result.exitCode, 0);
    QJsonValue found = result.json().object();
    for (const QString& step : path.split(u'.'))
        found = found.isArray() ? found.toArray().at(step.toInt()) : found.toObject().value(step);
    const QJsonArray expected = QJsonDocument::fromJson("[" + value.toUtf8() + "]").array();
    QCOMPARE(found, expected.at(0));
}

void TestCli::canonicalTextOfAFormatReadsBackAsItself()
{
    const Run preset = run("format NxFP4:geometry.block=16 --json");
    QCOMPARE(preset.output.count('\n'), 1);
    writeContent(m_dir.filePath("mine.json"), preset.output);
    QCOMPARE(run("format mine.json --json").output, preset.output);
    QCOMPARE(run("format mine.json:geometry.block=16 --json").output, preset.output);
    QVERIFY(run("format mine.json:geometry.block=8 --json").output != preset.output);
    QCOMPARE(run("format NxFP4:geometry.block=16").json(), preset.json());
}

void TestCli::listTellsWhatCanBeExplored()
{
    const QJsonArray tensors = run("list weights.h5 --json").json().array();
    QMap<QString, QJsonObject> byName;
    for (const QJsonValue& tensor : tensors)
        byName[tensor[u"name"].toString()] = tensor.toObject();
    QCOMPARE(byName.keys(), QStringList({"bad", "bits", "counts", "exact", "names", "net/conv", "w", "zeros"}));

    const QJsonObject conv = byName["net/conv"];
    QCOMPARE(conv["shape"].toArray(), QJsonArray({8, 4, 3, 3}));
    QCOMPARE(conv["dtype"].toString(), QString("f32"));
    QCOMPARE(conv["elements"].toInt(), 288);
    QCOMPARE(conv["explorable"].toBool(), true);
    for (const char* name : {"counts", "names", "bits"}) {
        const QJsonObject tensor = byName[QLatin1String(name)];
        QCOMPARE(tensor["explorable"].toBool(), false);
        QVERIFY(!tensor["reason"].toString().isEmpty());
    }
}

void TestCli::aClosedPipeIsNoFailure()
{
    QProcess process;
    process.setChildProcessModifier([] {
        int ends[2];
        if (pipe(ends) != 0 || dup2(ends[1], STDOUT_FILENO) < 0)
            _exit(99);
        close(ends[0]);  // nobody will ever read
    });
    process.start(QStringLiteral(NANOSCOPE_CLI_PATH), {"formats"});
    const Run result = finish(process);
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.error.isEmpty(), result.error.constData());
}

void TestCli::dynamicSectionNamesNoQt()
{
    const QByteArrayList libraries = elftest::neededLibraries(QStringLiteral(NANOSCOPE_CLI_PATH));
    bool namesHdf5 = false;  // proves that the section was really read
    for (const QByteArray& library : libraries) {
        QVERIFY2(!library.contains("Qt"), library.constData());
        namesHdf5 = namesHdf5 || library.contains("hdf5");
    }
    QVERIFY(namesHdf5);
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
