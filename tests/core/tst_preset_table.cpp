#include "core/format/format_by_name.h"
#include "core/format/preset_table.h"
#include "tests/core/refusal.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace nanoscope;

/// The table of presets in core/format/README.md.
class TestPresetTable : public QObject {
    Q_OBJECT

private slots:
    void tableInTheReadmeIsUpToDate();
    void bitsAndLevelsAreShort_data();
    void bitsAndLevelsAreShort();
    void mixedFormatsListTheirParts();
    void barsInTextDoNotEndACell();
    void documentKeepsWhatIsWrittenByHand();
    void documentWithoutAPlaceIsRefused_data();
    void documentWithoutAPlaceIsRefused();

private:
    [[nodiscard]] static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestPresetTable::tableInTheReadmeIsUpToDate()
{
    const QTemporaryDir directory;
    const QString readme = QStringLiteral(NANOSCOPE_SOURCES "/core/format/README.md");
    const QString written = directory.filePath("README.md");
    QProcess tool;
    tool.start(QStringLiteral(NANOSCOPE_TABLE_PATH), {readme, written});
    QVERIFY(tool.waitForFinished(60000));
    QVERIFY2(tool.exitCode() == 0, tool.readAllStandardError().constData());
    const QByteArray fresh = contentOf(written);
    QVERIFY(fresh.contains("`NxFP4`"));
    QVERIFY2(fresh == contentOf(readme), "the table is out of date; run cmake --build build/release --target docs");
}

void TestPresetTable::bitsAndLevelsAreShort_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("bits");
    QTest::addColumn<QString>("levels");
    const auto row = [](const char* format, const char* bits, const char* levels) {
        QTest::newRow(format) << QString(format) << QString::fromUtf8(bits) << QString::fromUtf8(levels);
    };
    row("MXFP4", "4.25", "15");
    row("NxFP4", "4.34375", "2 × 16");  // two codebooks, each with a recycled code
    row("MXFP8_E5M2", "8.25", "247");   // infinity and NaN are no levels
    row("MXINT8_asym", "8.25", "256");  // one more negative level
    row("INT8_channel", "8 + 16/row", "255");
    row("INT8_2of4", "5 + 16/row", "255");     // half of the codes, and two bits for each of them
    row("SqueezeLLM_4", "4 + 256/row", "16");  // the codebook is stored with the row
    row("LLM_int8", "from 8 + 29/row", "255");
    row("LLM_FP4", "4 + 32/row", "3 × 15");
    row("MXFP4:geometry.block=96", "4.083333", "15");
}

void TestPresetTable::bitsAndLevelsAreShort()
{
    QFETCH(const QString, format);
    QFETCH(const QString, bits);
    QFETCH(const QString, levels);
    const FormatSpec spec = parseFormat(format.toStdString(), {}).spec;
    QCOMPARE(QString::fromStdString(bitsText(spec)), bits);
    QCOMPARE(QString::fromStdString(levelsText(spec)), levels);
}

void TestPresetTable::mixedFormatsListTheirParts()
{
    const FormatSpec spec = findPreset("MicroMix")->spec;
    QCOMPARE(levelsText(spec), std::string("15 | 63 | 253"));
    QVERIFY(bitsText(spec).starts_with("from 4."));
}

void TestPresetTable::barsInTextDoNotEndACell()
{
    Preset preset;
    preset.name = "A";
    preset.family = "B";
    preset.standing = "paper";
    preset.source = "C | D";
    QCOMPARE(QString::fromStdString(presetTable({&preset, 1})).section('\n', 2, 2),
        QString("| B | `A` | 4.25 | 15 | paper | C \\| D |"));
}

void TestPresetTable::documentKeepsWhatIsWrittenByHand()
{
    std::string document = "before\n";
    document.append(kTableBegin).append("\nold\n").append(kTableEnd).append("\nafter\n");
    std::string expected = "before\n";
    expected.append(kTableBegin).append("\n\nnew\n\n").append(kTableEnd).append("\nafter\n");
    QCOMPARE(withPresetTable(document, "new\n"), expected);
    QCOMPARE(withPresetTable(expected, "new\n"), expected);
}

void TestPresetTable::documentWithoutAPlaceIsRefused_data()
{
    QTest::addColumn<QString>("document");
    const QString begin = QString::fromUtf8(kTableBegin.data());
    const QString end = QString::fromUtf8(kTableEnd.data());
    QTest::newRow("no marks") << "text";
    QTest::newRow("no end") << begin;
    QTest::newRow("wrong order") << end + begin;
    QTest::newRow("twice") << begin + end + begin + end;
}

void TestPresetTable::documentWithoutAPlaceIsRefused()
{
    QFETCH(const QString, document);
    QVERIFY(refusalOf([&] { return withPresetTable(document.toStdString(), "new"); }));
}

QTEST_APPLESS_MAIN(TestPresetTable)
#include "tst_preset_table.moc"
