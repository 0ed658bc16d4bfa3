#include "app/preset_folder.h"
#include "cli_files.h"
#include "cli_runner.h"
#include "core/format/preset.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace clitest;

/// The user's own presets on the command line.
class TestCliPresets : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { qunsetenv("NANOSCOPE_PRESETS"); }
    void userPresetsAreListedBehindTheShippedOnes();
    void brokenFilesAreToldOnStandardError();
    void userPresetsAreFormats_data();
    void userPresetsAreFormats();
    void userPresetTakesOverridesAndMeasures();
    void folderFollowsTheEnvironment();

private:
    [[nodiscard]] Run run(const char* line) const { return runCli(wordsOf(line), m_dir.path()); }

    QTemporaryDir m_dir;
};

void TestCliPresets::initTestCase()
{
    writeWeights(m_dir);
    QVERIFY(QDir(m_dir.path()).mkpath("presets"));
    const QString folder = m_dir.filePath("presets");
    writeContent(folder + "/Mine.json", R"({"version": 1, "name": "Mine", "title": "T", "description": "D",
        "source": "S", "standing": "user", "family": "F", "aliases": ["my own"], "spec": {"geometry": {"block": 16}}})");
    writeContent(folder + "/Plain.json", R"({"geometry": {"block": 8}})");
    writeContent(folder + "/Broken.json", "{");
    writeContent(folder + "/Shadow.json", R"({"version": 1, "name": "MXFP4", "standing": "user", "spec": {}})");
    qputenv("NANOSCOPE_PRESETS", folder.toLocal8Bit());
}

void TestCliPresets::userPresetsAreListedBehindTheShippedOnes()
{
    const QJsonArray formats = run("formats --json").json().array();
    const auto shipped = static_cast<qsizetype>(nanoscope::loadPresets().size());
    QCOMPARE(formats.size(), shipped + 2);
    const QJsonObject mine = formats[shipped].toObject();
    QCOMPARE(mine["name"].toString(), QString("Mine"));
    QCOMPARE(mine["standing"].toString(), QString("user"));
    QCOMPARE(mine["family"].toString(), QString("F"));
    QCOMPARE(mine["aliases"].toArray(), QJsonArray({"my own"}));
    QCOMPARE(mine["source"].toString(), QString("S"));
    QCOMPARE(mine["bits"].toDouble(), 4.5);
    QCOMPARE(formats[shipped + 1].toObject()["name"].toString(), QString("Plain"));
    for (const QJsonValue& format : formats)
        QVERIFY(format.toObject().contains("family") && format.toObject().contains("aliases"));
    QVERIFY(run("formats").output.contains("\nPlain"));
}

void TestCliPresets::brokenFilesAreToldOnStandardError()
{
    const Run result = run("formats");
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.error.count('\n'), 2);
    QVERIFY2(result.error.contains("Broken.json: is not JSON"), result.error.constData());
    QVERIFY2(result.error.contains("Shadow.json: the name \"MXFP4\" is taken"), result.error.constData());
}

void TestCliPresets::userPresetsAreFormats_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<int>("block");
    QTest::newRow("name") << "Mine" << 0 << 16;
    QTest::newRow("read leniently") << "mi-ne" << 0 << 16;
    QTest::newRow("alias") << "my own" << 0 << 16;
    QTest::newRow("plain spec") << "Plain" << 0 << 8;
    QTest::newRow("shipped one stays") << "MXFP4" << 0 << 32;
    QTest::newRow("shipped one read leniently") << "mxfp4" << 0 << 32;
    QTest::newRow("broken") << "Broken" << 2 << 0;
    QTest::newRow("unknown") << "Mien" << 2 << 0;
}

void TestCliPresets::userPresetsAreFormats()
{
    QFETCH(const QString, spec);
    QFETCH(const int, exitCode);
    QFETCH(const int, block);
    const Run result = runCli({"format", spec, "--json"}, m_dir.path());
    QCOMPARE(result.exitCode, exitCode);
    if (exitCode != 0)
        QVERIFY2(result.isOneErrorLine(), result.error.constData());
    else
        QCOMPARE(result.json().object()["geometry"].toObject()["block"].toInt(), block);
}

void TestCliPresets::userPresetTakesOverridesAndMeasures()
{
    const Run mine = run("report weights.h5 w -f mine:geometry.block=32 --json");
    QCOMPARE(mine.exitCode, 0);
    const QJsonObject report = mine.json().array().first().toObject();
    QCOMPARE(report["format"].toString(), QString("Mine:geometry.block=32"));
    const QJsonObject same = run("report weights.h5 w -f MXFP4 --json").json().array().first().toObject();
    QCOMPARE(report["error"].toObject(), same["error"].toObject());
}

void TestCliPresets::folderFollowsTheEnvironment()
{
    using nanoscope::userPresetFolder;
    const QByteArray given = qgetenv("NANOSCOPE_PRESETS");
    const QByteArray data = qgetenv("XDG_DATA_HOME");
    QCOMPARE(QString::fromStdString(userPresetFolder().string()), QString::fromLocal8Bit(given));
    qputenv("NANOSCOPE_PRESETS", "");
    QVERIFY(userPresetFolder().empty());
    QCOMPARE(run("format Mine").exitCode, 2);
    QVERIFY(run("formats").error.isEmpty());
    qunsetenv("NANOSCOPE_PRESETS");
    // Where Qt keeps the data of an application of the window's names.
    QCoreApplication::setOrganizationName("nanoscope");
    QCoreApplication::setApplicationName("nanoscope");
    for (const QByteArray& home : {QByteArray("/somewhere/else"), QByteArray()}) {
        qputenv("XDG_DATA_HOME", home);
        QCOMPARE(QString::fromStdString(userPresetFolder().string()),
            QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/presets");
    }
    qputenv("XDG_DATA_HOME", data);
    qputenv("NANOSCOPE_PRESETS", given);
}

QTEST_GUILESS_MAIN(TestCliPresets)
#include "tst_cli_presets.moc"
