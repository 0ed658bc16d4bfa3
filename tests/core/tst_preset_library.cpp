#include "core/format/format_by_name.h"
#include "core/format/preset_data.h"
#include "core/format/preset_library.h"
#include "tests/core/refusal.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace nanoscope;

/// Presets by any of their names, shipped and the user's.
class TestPresetLibrary : public QObject {
    Q_OBJECT

private slots:
    void init();
    void everyShippedPresetSaysWhoItIs();
    void noTwoShippedPresetsShareAName();
    void everySystemLeadsToItsFirstPreset();
    void namesAreReadLeniently_data();
    void namesAreReadLeniently();
    void unknownNamesGetAHint_data();
    void unknownNamesGetAHint();
    void ownNameComesBeforeAlias();
    void secondOfTwoNamesAlikeIsTold();
    void folderHoldsPresetsAndPlainSpecs();
    void brokenFilesAreToldAndSkipped_data();
    void brokenFilesAreToldAndSkipped();
    void brokenFileExplainsItselfWhenAskedFor();
    void userPresetsShadowNothing_data();
    void userPresetsShadowNothing();
    void writtenPresetReadsBack();
    void writingReplacesNothing();
    void takenAndImpossibleNamesAreRefused_data();
    void takenAndImpossibleNamesAreRefused();
    void missingFolderHoldsNothing();

private:
    [[nodiscard]] std::filesystem::path folder() const { return m_dir->path().toStdString(); }
    void write(const QString& name, const QByteArray& content) const;
    [[nodiscard]] static QByteArray presetText(const char* name, const char* aliases = "[]");

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestPresetLibrary::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestPresetLibrary::write(const QString& name, const QByteArray& content) const
{
    QFile file(m_dir->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray TestPresetLibrary::presetText(const char* name, const char* aliases)
{
    return QByteArray(R"({"version": 1, "name": "%1", "title": "A", "description": "B", "source": "C",
        "standing": "standard", "aliases": %2, "spec": {"geometry": {"block": 16}}})")
        .replace("%1", name)
        .replace("%2", aliases);
}

void TestPresetLibrary::everyShippedPresetSaysWhoItIs()
{
    for (const PresetFile& file : presetFiles()) {
        const PresetInfo info = presetInfoFromText(file.json, file.name);
        QVERIFY2(info.name == file.name, info.name.c_str());
        for (const std::string& text : {info.title, info.description, info.source, info.family})
            QVERIFY2(!text.empty(), info.name.c_str());
        QVERIFY2(info.standing != kUserStanding, info.name.c_str());
        requirePresetName(info.name);
        QVERIFY2(findPreset(info.name)->name == info.name, info.name.c_str());
    }
}

void TestPresetLibrary::noTwoShippedPresetsShareAName()
{
    QHash<QString, QString> holders;  // without regard to case
    for (const PresetFile& file : presetFiles()) {
        const PresetInfo info = presetInfoFromText(file.json, file.name);
        std::vector<std::string> names = info.aliases;
        names.push_back(info.name);
        for (const std::string& name : names) {
            const QString key = QString::fromStdString(name).toLower();
            QVERIFY2(holders.value(key, info.name.c_str()) == info.name.c_str(),
                qPrintable(key + " of " + holders.value(key) + " and " + info.name.c_str()));
            holders.insert(key, QString::fromStdString(info.name));
            QVERIFY2(!key.endsWith(".json") && !key.contains('='), qPrintable(key));  // it is to be typed as SPEC
        }
    }
}

void TestPresetLibrary::everySystemLeadsToItsFirstPreset()
{
    const PresetLibrary library;
    QVERIFY(!library.systems().empty());
    for (const System& system : library.systems()) {
        for (const std::string& preset : system.presets)
            QVERIFY2(findPreset(preset), (system.name + ": " + preset).c_str());
        if (!system.presets.empty())
            QVERIFY2(library.require(system.name).name == system.presets.front(), system.name.c_str());
    }
}

void TestPresetLibrary::namesAreReadLeniently_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("means");
    QTest::newRow("as it is") << "NxFP4_NM"
                              << "NxFP4_NM";
    QTest::newRow("case") << "nxfp4_nm"
                          << "NxFP4_NM";
    QTest::newRow("hyphen") << "NxFP4-NM"
                            << "NxFP4_NM";
    QTest::newRow("blanks") << "NxFP4 NM"
                            << "NxFP4_NM";
    QTest::newRow("nothing between") << "nxfp4nm"
                                     << "NxFP4_NM";
    QTest::newRow("system") << "nxfp"
                            << "NxFP4";
    QTest::newRow("plus counts") << "mxfp4+"
                                 << "MXFP4+";
}

void TestPresetLibrary::namesAreReadLeniently()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, means);
    const PresetLibrary library;
    QCOMPARE(QString::fromStdString(library.require(typed.toStdString()).name), means);
    const NamedFormat format = parseFormat((typed + ":geometry.block=8").toStdString(), {});
    QCOMPARE(QString::fromStdString(format.name), means + ":geometry.block=8");
    QCOMPARE(format.spec.geometry.block, 8);
}

void TestPresetLibrary::unknownNamesGetAHint_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("hint");
    QTest::newRow("swapped letters") << "MXPF4"
                                     << "did you mean MXFP4?";
    QTest::newRow("nothing near") << "something else altogether"
                                  << "`nanoscope-cli formats` lists all";
    QTest::newRow("empty") << ""
                           << "unknown format \"\"";
    QTest::newRow("only what is ignored") << "_-_"
                                          << "unknown format";
    QTest::newRow("system without a preset") << "safecim"
                                             << "SafeCiM is no number format; it is shown by: bit flips";
}

void TestPresetLibrary::unknownNamesGetAHint()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, hint);
    const auto refusal = refusalOf([&] { return PresetLibrary().require(typed.toStdString()); });
    QVERIFY2(lineOf(refusal).contains(hint), qPrintable(lineOf(refusal)));
    QVERIFY(refusal->kind() == ErrorKind::Refused);
}

void TestPresetLibrary::ownNameComesBeforeAlias()
{
    write("a.json", presetText("FirstOfMine", R"(["the paper's name"])"));
    const PresetLibrary library(folder());
    QCOMPARE(library.require("FirstOfMine").name, std::string("FirstOfMine"));
    QCOMPARE(library.require("the paper's name").name, std::string("FirstOfMine"));
    QCOMPARE(library.require("The_Paper's Name").name, std::string("FirstOfMine"));
}

void TestPresetLibrary::secondOfTwoNamesAlikeIsTold()
{
    write("a.json", presetText("Mine_1"));
    write("b.json", presetText("Mine1"));
    const PresetLibrary library(folder());
    QCOMPARE(library.problems().size(), std::size_t{1});
    QVERIFY(lineOf(library.problems().front()).contains("taken by Mine_1"));
    QCOMPARE(library.require("mine-1").name, std::string("Mine_1"));
}

void TestPresetLibrary::folderHoldsPresetsAndPlainSpecs()
{
    write("a.json", presetText("Mine"));
    write("Plain.json", R"({"geometry": {"block": 8}})");
    write("notes.txt", "not looked at");
    const PresetLibrary library(folder());
    QVERIFY2(library.problems().empty(), library.problems().empty() ? "" : library.problems().front().what());
    QCOMPARE(library.infos().size(), presetFiles().size() + 2);
    const PresetInfo& plain = library.infos()[presetFiles().size()];  // by file name, behind the shipped ones
    QCOMPARE(plain.name, std::string("Plain"));
    QCOMPARE(plain.standing, std::string(kUserStanding));
    QCOMPARE(library.require("Plain").spec.geometry.block, 8);
    const Preset mine = library.require("mine");
    QCOMPARE(mine.standing, std::string(kUserStanding));  // whatever it was copied from
    QCOMPARE(mine.spec.geometry.block, 16);
    QCOMPARE(library.loadAll().size(), library.infos().size());
    QCOMPARE(parseFormat("mine:geometry.block=64", folder()).name, std::string("Mine:geometry.block=64"));
    QVERIFY(refusalOf([] { return parseFormat("mine"); }));
}

void TestPresetLibrary::brokenFilesAreToldAndSkipped_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << QByteArray("{") << "is not JSON";
    QTest::newRow("empty") << QByteArray() << "is not JSON";
    QTest::newRow("a list") << QByteArray("[]") << "give a JSON object";
    QTest::newRow("unknown field") << QByteArray(R"({"geometry": {"blok": 8}})") << "geometry.blok";
    QTest::newRow("refused value") << QByteArray(R"({"geometry": {"block": -1}})") << "geometry.block";
    QTest::newRow("unknown member") << presetText("Mine").replace("\"title\"", "\"tilte\"") << "tilte";
    QTest::newRow("no name") << presetText("") << "name";
    QTest::newRow("name with a blank") << presetText("my own") << "\"my own\"";
    QTest::newRow("name of a file") << presetText("own.json") << "own.json";
    QTest::newRow("aliases no list") << presetText("Mine", "\"Yours\"") << "aliases";
    QTest::newRow("too large") << QByteArray(5 << 20, ' ') << "larger than any format";
}

void TestPresetLibrary::brokenFilesAreToldAndSkipped()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, says);
    write("broken.json", content);
    write("good.json", presetText("Good"));
    QVERIFY(QDir(m_dir->path()).mkdir("folder.json"));
    QVERIFY(mkfifo(m_dir->filePath("pipe.json").toLocal8Bit().constData(), 0600) == 0);
    const PresetLibrary library(folder());
    QCOMPARE(library.problems().size(), std::size_t{3});
    const QString line = lineOf(library.problems().front());
    QVERIFY2(line.contains("broken.json") && line.contains(says), qPrintable(line));
    QVERIFY(!library.problems().front().remedy().empty());
    QCOMPARE(library.require("Good").spec.geometry.block, 16);
}

void TestPresetLibrary::brokenFileExplainsItselfWhenAskedFor()
{
    write("mine.json", "{");
    const auto refusal = refusalOf([this] { return PresetLibrary(folder()).require("mine"); });
    QVERIFY2(lineOf(refusal).contains("mine.json: is not JSON"), qPrintable(lineOf(refusal)));
}

void TestPresetLibrary::userPresetsShadowNothing_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("shipped name") << presetText("MXFP4");
    QTest::newRow("but for the case") << presetText("mxfp4");
    QTest::newRow("system") << presetText("NxFP");
    QTest::newRow("alias") << presetText("Mine", R"(["NVFP4"])");
}

void TestPresetLibrary::userPresetsShadowNothing()
{
    QFETCH(const QByteArray, content);
    write("mine.json", content);
    const PresetLibrary library(folder());
    QCOMPARE(library.infos().size(), presetFiles().size());
    QCOMPARE(library.problems().size(), std::size_t{1});
    QVERIFY2(lineOf(library.problems().front()).contains("is taken"), library.problems().front().what());
    QVERIFY(library.require("MXFP4").spec == findPreset("MXFP4")->spec);
}

void TestPresetLibrary::writtenPresetReadsBack()
{
    Preset preset;
    preset.name = "My_FP4";
    preset.title = "Mine";
    preset.description = "With \"quotes\" and µ";
    preset.source = "saved as NxFP4";
    preset.standing = kUserStanding;
    preset.family = "NxFP";
    preset.aliases = {"my own"};
    preset.spec = findPreset("NxFP4")->spec;
    const auto made = folder() / "new" / "presets";
    const auto file = writeUserPreset(made, preset);
    QCOMPARE(QString::fromStdString(file.filename().string()), QString("My_FP4.json"));
    const PresetLibrary library(made);
    QVERIFY(library.problems().empty());
    const Preset read = library.require("my own");
    QVERIFY(static_cast<const PresetInfo&>(read) == preset);
    QVERIFY(read.spec == preset.spec);
    QCOMPARE(QDir(QString::fromStdString(made.string())).entryList(QDir::Files | QDir::Hidden).size(), 1);
    QVERIFY(parseFormat(file.string()).spec == preset.spec);  // and by its path
}

void TestPresetLibrary::writingReplacesNothing()
{
    write("Mine.json", "precious");
    Preset preset;
    preset.name = "Mine";
    preset.standing = kUserStanding;
    const auto refusal = refusalOf([&] { return writeUserPreset(folder(), preset); });
    QVERIFY2(lineOf(refusal).contains("exists already"), qPrintable(lineOf(refusal)));
    QFile file(m_dir->filePath("Mine.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("precious"));
    preset.name = "../Mine";
    QVERIFY(refusalOf([&] { return writeUserPreset(folder(), preset); }));
    const auto inFile = refusalOf([&] {
        preset.name = "Other";
        return writeUserPreset(folder() / "Mine.json", preset);
    });
    QVERIFY2(lineOf(inFile).contains("cannot be made"), qPrintable(lineOf(inFile)));
}

void TestPresetLibrary::takenAndImpossibleNamesAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isFree");
    QTest::newRow("free") << "My_FP4" << true;
    QTest::newRow("all letters") << "a-Z_0+.(b)" << true;
    for (const char* name : {"", "MXFP4", "mxfp4", "mx-fp4", "NxFP", "mine", "Mi_ne", "a b", "a/b", "a:b", "..", "-x",
             "x.json", "ä", "a\nb"})
        QTest::newRow(name) << QString(name) << false;
    QTest::newRow("too long") << QString(65, 'x') << false;
}

void TestPresetLibrary::takenAndImpossibleNamesAreRefused()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isFree);
    write("a.json", presetText("Mine"));
    const PresetLibrary library(folder());
    const auto refusal = refusalOf([&] {
        library.requireFree(name.toStdString());
        return 0;
    });
    QVERIFY2(refusal.has_value() != isFree, qPrintable(lineOf(refusal)));
    if (refusal)
        QVERIFY(!refusal->remedy().empty());
}

void TestPresetLibrary::missingFolderHoldsNothing()
{
    const PresetLibrary library(folder() / "missing");
    QVERIFY(library.problems().empty());
    QCOMPARE(library.infos().size(), presetFiles().size());
    write("file", "");
    QCOMPARE(PresetLibrary(folder() / "file").problems().size(), std::size_t{1});
}

QTEST_APPLESS_MAIN(TestPresetLibrary)
#include "tst_preset_library.moc"
