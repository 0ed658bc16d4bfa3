#include "core/format/field_meanings.h"
#include "core/format/format_difference.h"
#include "core/format/format_json.h"
#include "core/format/preset.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace nanoscope;

/// Two formats compared field by field.
class TestFormatDifference : public QObject {
    Q_OBJECT

private slots:
    void equalFormatsDoNotDiffer();
    void techniqueIsOneEntry();
    void valuesReadAsPeopleReadThem();
    void longerListsEndInEntriesOfTheirOwn();
    void partsComeInTheOrderInWhichTheyMatter();
    void everyFieldOfEveryPresetHasAMeaning();
    void differencesAreEmptyOnlyForEqualFormats();
    void fieldsWithinPartsAreExplained();
};

void TestFormatDifference::equalFormatsDoNotDiffer()
{
    const FormatSpec spec = findPreset("NxFP4")->spec;
    QVERIFY(differences(spec, spec).empty());
}

void TestFormatDifference::techniqueIsOneEntry()
{
    const auto found = differences(findPreset("MXFP4")->spec, findPreset("NxFP4_NM")->spec);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].path, std::string("micro"));
    QCOMPARE(found[0].a, std::string("none"));
    QCOMPARE(found[0].b, std::string("bits 2, rule search, unit block"));
    QVERIFY(found[0].meaning.find("NanoMantissa") != std::string::npos);
}

void TestFormatDifference::valuesReadAsPeopleReadThem()
{
    FormatSpec a;
    FormatSpec b;
    b.scale.offsets = {-1, 0};
    b.scale.splitSign = true;
    b.tie = TieRule::Away;
    const std::vector<FieldDifference> expected{
        {"scale.offsets", "[0]", "[-1, 0]", "exponent offsets that are tried for every block"},
        {"scale.split_sign", "no", "yes", "one scale for positive and one for other elements"},
        {"rounding.elem", "even", "away", "what happens exactly between two levels"}};
    QVERIFY(differences(a, b) == expected);
}

void TestFormatDifference::longerListsEndInEntriesOfTheirOwn()
{
    const auto found = differences(findPreset("NxFP4_AM")->spec, findPreset("MXFP4")->spec);
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0].path, std::string("elements.1"));
    QVERIFY(found[0].a.find("id BFP4") != std::string::npos);
    QVERIFY(found[0].b.empty());
    QCOMPARE(found[1].path, std::string("chooser"));
}

void TestFormatDifference::partsComeInTheOrderInWhichTheyMatter()
{
    FormatSpec a;
    FormatSpec b;
    b.arithmetic = Arithmetic::Float32;
    b.geometry.block = 16;
    b.elements.front().gain = 2;
    const auto found = differences(a, b);
    QCOMPARE(found.size(), std::size_t{3});
    QCOMPARE(found[0].path, std::string("geometry.block"));
    QCOMPARE(found[1].path, std::string("elements.0.gain"));
    QCOMPARE(found[2].path, std::string("arith"));
}

namespace {

/// Paths of a document at which something stands that is no object, and of the objects themselves.
void collectPaths(const nlohmann::json& value, const std::string& path, std::vector<std::string>& paths)
{
    if (!path.empty())
        paths.push_back(path);
    const bool isList = value.is_array() && !value.empty() && value.front().is_object();
    if (!value.is_object() && !isList)
        return;
    std::size_t place = 0;
    for (const auto& [key, entry] : value.items())
        collectPaths(entry, (path.empty() ? "" : path + ".") + (isList ? std::to_string(place++) : key), paths);
}

/// Headings whose fields are explained one by one.
bool isHeading(const std::string& path)
{
    for (const char* name : {"geometry", "elements", "scale", "rounding"})
        if (path == name || path.ends_with(std::string(".") + name))
            return true;
    return false;
}

}  // namespace

void TestFormatDifference::everyFieldOfEveryPresetHasAMeaning()
{
    for (const Preset& preset : loadPresets()) {
        std::vector<std::string> paths;
        collectPaths(toJson(preset.spec), {}, paths);
        for (const std::string& path : paths)
            QVERIFY2(isHeading(path) || !fieldMeaning(path).empty(), (preset.name + ": " + path).c_str());
    }
    QVERIFY(fieldMeaning("something.else").empty());
}

void TestFormatDifference::differencesAreEmptyOnlyForEqualFormats()
{
    const std::vector<Preset> presets = loadPresets();
    const FormatSpec& first = presets.front().spec;
    for (const Preset& preset : presets) {
        const auto there = differences(first, preset.spec);
        QVERIFY2(there.empty() == (first == preset.spec), preset.name.c_str());
        const auto back = differences(preset.spec, first);
        QCOMPARE(there.size(), back.size());
        for (std::size_t i = 0; i < there.size(); ++i) {
            QVERIFY2(there[i].path == back[i].path && there[i].a == back[i].b && there[i].b == back[i].a,
                preset.name.c_str());
            QVERIFY2(there[i].a != there[i].b, (preset.name + ": " + there[i].path).c_str());
        }
    }
}

void TestFormatDifference::fieldsWithinPartsAreExplained()
{
    QCOMPARE(fieldMeaning("mix.parts.1.scale.rule"), "in part 1: " + fieldMeaning("scale.rule"));
    QCOMPARE(fieldMeaning("special.fine.m"), "in the finer levels: " + fieldMeaning("elements.0.m"));
}

QTEST_APPLESS_MAIN(TestFormatDifference)
#include "tst_format_difference.moc"
