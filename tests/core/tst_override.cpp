#include "refusal.h"

#include "core/format/format_json.h"
#include "core/format/preset.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace nanoscope;

/// SPEC of the command line: a name or file with overrides (oracle: the grammar of the command line in README).
class TestOverride : public QObject {
    Q_OBJECT

private slots:
    void overridesChangeWhatTheyName_data();
    void overridesChangeWhatTheyName();
    void overridesReadAsAWholeFormat();
    void aRowMayBeABlock();
    void listsOfObjectsAreReached();
    void aPresetIsFoundInAnyCase();
    void nameKeepsTheOverridesAsWritten();
    void aFileMayHoldASpecOrAPreset_data();
    void aFileMayHoldASpecOrAPreset();
    void wrongRequestsSayWhatIsWrong_data();
    void wrongRequestsSayWhatIsWrong();
    void textThatIsNotUtf8IsRefused();
    void deepNestingIsRefused();

private:
    QString write(const QString& name, const QByteArray& text) const;

    QTemporaryDir m_folder;
};

QString TestOverride::write(const QString& name, const QByteArray& text) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return {};
    return file.fileName();
}

void TestOverride::overridesChangeWhatTheyName_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("pointer");  // RFC 6901
    QTest::addColumn<QString>("expected");
    QTest::newRow("one field") << "MXFP4:geometry.block=16"
                               << "/geometry/block"
                               << "16";
    QTest::newRow("last of two") << "MXFP4:geometry.block=16,scale.rule=ceil"
                                 << "/scale/rule"
                                 << "\"ceil\"";
    QTest::newRow("first of two") << "MXFP4:geometry.block=16,scale.rule=ceil"
                                  << "/geometry/block"
                                  << "16";
    QTest::newRow("the later wins") << "MXFP4:geometry.block=16,geometry.block=8"
                                    << "/geometry/block"
                                    << "8";
    QTest::newRow("comma in brackets") << "MXFP4:scale.offsets=[-1,0,1],geometry.block=8"
                                       << "/scale/offsets"
                                       << "[-1,0,1]";
    QTest::newRow("comma in braces") << R"(MXFP4:elements.0.recycle={"mode":"half_min","sign":-1})"
                                     << "/elements/0/recycle/sign"
                                     << "-1";
    QTest::newRow("comma in quotes") << R"(MXFP4:elements.0.id="a,b",geometry.block=8)"
                                     << "/elements/0/id"
                                     << R"("a,b")";
    QTest::newRow("quote in quotes") << R"(MXFP4:elements.0.id="a\",b",geometry.block=8)"
                                     << "/elements/0/id"
                                     << R"("a\",b")";
    QTest::newRow("bracket in quotes") << R"(MXFP4:elements.0.id="[",geometry.block=8)"
                                       << "/geometry/block"
                                       << "8";
    QTest::newRow("equals in the value") << "MXFP4:elements.0.id=a=b"
                                         << "/elements/0/id"
                                         << R"("a=b")";
    QTest::newRow("colon in the value") << "MXFP4:elements.0.id=a:b"
                                        << "/elements/0/id"
                                        << R"("a:b")";
    QTest::newRow("text without quotes") << "MXFP4:scale.codec=E5M0"
                                         << "/scale/codec"
                                         << "\"E5M0\"";
    QTest::newRow("text with quotes") << R"(MXFP4:scale.codec="E5M0")"
                                      << "/scale/codec"
                                      << "\"E5M0\"";
    QTest::newRow("true") << "MXFP4:scale.split_sign=true"
                          << "/scale/split_sign"
                          << "true";
    QTest::newRow("number") << "NVFP4:scale.max=2.4e1"
                            << "/scale/max"
                            << "24.0";
    QTest::newRow("list index") << "NxFP4:elements.1.recycle=null"
                                << "/elements/1/recycle"
                                << "null";
    QTest::newRow("list index leaves the others") << "NxFP4:elements.1.recycle=null"
                                                  << "/elements/0/recycle/mode"
                                                  << "\"half_min\"";
    QTest::newRow("append") << "NxFP4:elements.2.kind=int,elements.2.bits=4,elements.2.lsb=-1"
                            << "/elements/2/lsb"
                            << "-1";
    QTest::newRow("entry of numbers") << "M2XFP_weight:scale.offsets.1=2"
                                      << "/scale/offsets"
                                      << "[-1,2,1]";
    QTest::newRow("removed entry") << "M2XFP_weight:scale.offsets.0=null"
                                   << "/scale/offsets"
                                   << "[0,1]";
    QTest::newRow("removed object") << "NxFP4:micro=null"
                                    << "/micro"
                                    << "null";
    QTest::newRow("removed field takes its default") << "NVFP4:scale.max=null"
                                                     << "/scale/max"
                                                     << "null";
    QTest::newRow("removing what is absent") << "MXFP4:geometry.sub=null"
                                             << "/geometry/block"
                                             << "32";
    QTest::newRow("object made on the way") << "MXFP4:micro.bits=3"
                                            << "/micro/bits"
                                            << "3";
    QTest::newRow("whole object") << R"(MXFP4:scale={"codec":"E4M3"})"
                                  << "/scale/rule"
                                  << "\"max\"";
    QTest::newRow("codec takes its rule along") << "MXFP4:scale.codec=E4M3"
                                                << "/scale/rule"
                                                << "\"max\"";
}

void TestOverride::overridesChangeWhatTheyName()
{
    QFETCH(QString, format);
    QFETCH(QString, pointer);
    QFETCH(QString, expected);
    const nlohmann::json json = toJson(parseFormat(format.toStdString()).spec);
    QCOMPARE(QString::fromStdString(json.at(nlohmann::json::json_pointer(pointer.toStdString())).dump()), expected);
}

void TestOverride::overridesReadAsAWholeFormat()
{
    // NxFP4 without its three techniques is MXFP4, whatever the order in which they go.
    const FormatSpec plain = findPreset("MXFP4")->spec;
    QVERIFY(parseFormat("NxFP4:micro=null,chooser=null,elements.1=null,elements.0.recycle=null").spec == plain);
    QVERIFY(parseFormat("NxFP4:elements.0.recycle=null,chooser=null,micro=null").spec == plain);
}

void TestOverride::aRowMayBeABlock()
{
    QVERIFY(parseFormat("INT4_g128:geometry.block=row").spec == findPreset("INT4_channel")->spec);
    QVERIFY(parseFormat("INT4_channel:geometry.block=128").spec == findPreset("INT4_g128")->spec);
}

void TestOverride::listsOfObjectsAreReached()
{
    const FormatSpec spec = parseFormat("COMET:mix.parts.0.elements.0.bits=3,mix.threshold=5").spec;
    QCOMPARE(spec.mix->parts[0].elements.front().bits, 3);
    QCOMPARE(spec.mix->parts[1].elements.front().bits, 8);
    QCOMPARE(spec.mix->threshold, 5.0);
    QCOMPARE(parseFormat("NF4:elements.0.levels.0=-2").spec.elements.front().levels.front(), -2.0);
    QVERIFY(!parseFormat("INT4_g128_hadamard:transform=null").spec.transform);
}

void TestOverride::aPresetIsFoundInAnyCase()
{
    QCOMPARE(parseFormat("nxfp4:geometry.block=16").spec.geometry.block, 16);
    QVERIFY(parseFormat("nxfp4").spec == findPreset("NxFP4")->spec);
    QCOMPARE(QString::fromStdString(parseFormat("nxfp4").name), QString("NxFP4"));
}

void TestOverride::nameKeepsTheOverridesAsWritten()
{
    QCOMPARE(QString::fromStdString(parseFormat("NxFP4").name), QString("NxFP4"));
    QCOMPARE(QString::fromStdString(parseFormat("NxFP4:geometry.block=16,scale.offsets=[-1, 0]").name),
        QString("NxFP4:geometry.block=16,scale.offsets=[-1, 0]"));
    const QString path = write("mine.json", "{}");
    QCOMPARE(QString::fromStdString(parseFormat((path + ":geometry.block=8").toStdString()).name),
        QString("mine:geometry.block=8"));
}

void TestOverride::aFileMayHoldASpecOrAPreset_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("overrides");
    QTest::addColumn<int>("block");
    QTest::addColumn<QString>("name");
    const QByteArray preset = R"({"version":1,"name":"Mine","title":"t","description":"d","source":"s",)"
                              R"("standing":"paper","spec":{"geometry":{"block":64}}})";
    QTest::newRow("spec") << "a.json" << QByteArray(R"({"geometry":{"block":64}})") << "" << 64 << "a";
    QTest::newRow("spec, overridden") << "b.json" << QByteArray(R"({"geometry":{"block":64}})") << ":geometry.block=8"
                                      << 8 << "b:geometry.block=8";
    QTest::newRow("preset") << "c.json" << preset << "" << 64 << "Mine";
    QTest::newRow("preset, overridden") << "d.json" << preset << ":geometry.block=8" << 8 << "Mine:geometry.block=8";
}

void TestOverride::aFileMayHoldASpecOrAPreset()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    QFETCH(QString, overrides);
    QFETCH(int, block);
    QFETCH(QString, name);
    const QString path = write(file, text);
    QVERIFY(!path.isEmpty());
    NamedFormat format;
    const auto refusal = refusalOf([&] { return format = parseFormat((path + overrides).toStdString()); });
    QVERIFY2(!refusal, qPrintable(lineOf(refusal)));
    QCOMPARE(format.spec.geometry.block, block);
    QCOMPARE(QString::fromStdString(format.name), name);
}

void TestOverride::wrongRequestsSayWhatIsWrong_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("line");
    QTest::newRow("empty") << ""
                           << "unknown format \"\"; `nanoscope-cli formats` lists all";
    QTest::newRow("misspelt") << "MXF4"
                              << "unknown format MXF4; did you mean MXFP4? `nanoscope-cli formats` lists all";
    QTest::newRow("no value") << "MXFP4:geometry.block=8,nonsense"
                              << "MXFP4: override \"nonsense\" has no path=value; for example geometry.block=16";
    QTest::newRow("no path") << "MXFP4:=3"
                             << "MXFP4: override \"=3\" has no path=value; for example geometry.block=16";
    QTest::newRow("empty step")
        << "MXFP4:geometry..block=3"
        << "MXFP4: override geometry..block has an empty step; write path=value, steps joined by dots";
    QTest::newRow("into a number") << "MXFP4:geometry.block.x=3"
                                   << "MXFP4: override geometry.block.x: block has no fields; it is the value 32";
    QTest::newRow("beyond a list")
        << "NxFP4:elements.3.m=3"
        << "NxFP4: override elements.3.m: no entry 3 in a list of 2; use 0 to 2; the last one appends";
    QTest::newRow("name in a list")
        << "NxFP4:elements.first.m=3"
        << "NxFP4: override elements.first.m: no entry first in a list of 2; use 0 to 2; the last one appends";
    QTest::newRow("unknown field")
        << "MXFP4:geometry.blok=8"
        << "MXFP4: unknown field geometry.blok; did you mean block? allowed: axis block sub tile";
    QTest::newRow("value") << "MXFP4:geometry.block=big"
                           << "MXFP4: geometry.block: value \"big\" is refused; allowed: an integer, or \"row\"";
    QTest::newRow("no file") << "/no/such/file.json"
                             << "/no/such/file.json: cannot be read; check the path, or name a preset";
}

void TestOverride::wrongRequestsSayWhatIsWrong()
{
    QFETCH(QString, format);
    QFETCH(QString, line);
    const auto refusal = refusalOf([&] { return parseFormat(format.toStdString()); });
    QCOMPARE(lineOf(refusal), line);
    QVERIFY(refusal->kind() == (format.startsWith('/') ? ErrorKind::Data : ErrorKind::Refused));
}

void TestOverride::textThatIsNotUtf8IsRefused()
{
    for (const char* text : {"MXFP4:scale.codec=\xff",
             "MXFP4:sc\xff"
             "ale=1",
             "MXFP4:scale.min.\xff=1"}) {
        const auto refusal = refusalOf([&] { return parseFormat(text); });
        QVERIFY(refusal.has_value());
        QVERIFY(refusal->kind() == ErrorKind::Refused);
        QVERIFY(lineOf(refusal).contains("UTF-8"));
    }
}

void TestOverride::deepNestingIsRefused()
{
    // Printing such a value would recurse as deep; the message must come without.
    const std::string nested = std::string(100000, '[') + std::string(100000, ']');
    QVERIFY(refusalOf([&] { return parseFormat("MXFP4:geometry.block=" + nested); }).has_value());
    std::string steps = "scale.min";
    for (int i = 0; i < 100000; ++i)
        steps += ".a";
    QVERIFY(refusalOf([&] { return parseFormat("MXFP4:" + steps + "=1"); }).has_value());
    const QString path = write("deep.json", QByteArray::fromStdString("{\"geometry\":" + nested + "}"));
    QVERIFY(refusalOf([&] { return parseFormat(path.toStdString()); }).has_value());
}

QTEST_APPLESS_MAIN(TestOverride)
#include "tst_override.moc"
