// Many cases, one subject: one table of formats serves all of them.
#include "refusal.h"

#include "core/format/format_json.h"
#include "core/format/preset.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <map>

using namespace nanoscope;

/// The JSON of a format (oracle: the rules of canonical form and of derived fields in core/format/format_json.h).
class TestFormatJson : public QObject {
    Q_OBJECT

private slots:
    void canonicalTextHoldsEveryFieldInSortedOrder();
    void everyPresetComesBackFromItsCanonicalText_data();
    void everyPresetComesBackFromItsCanonicalText();
    void presetsDifferInTheirCanonicalText();
    void absentFieldsTakeTheirDefaults();
    void nullStandsForAbsent();
    void unknownFieldNamesTheNearOne_data();
    void unknownFieldNamesTheNearOne();
    void agreeingDerivedFieldsAreAccepted_data();
    void agreeingDerivedFieldsAreAccepted();
    void contradictingDerivedFieldsAreRefused_data();
    void contradictingDerivedFieldsAreRefused();
    void aBiasOfItsOwnIsAField();
    void partsOfAMixTakeTheGeometryOfTheWhole();
    void rawPresetsOfTheReferenceAreAccepted_data();
    void rawPresetsOfTheReferenceAreAccepted();
    void wrongTypesAreRefusedWithFieldAndValue_data();
    void wrongTypesAreRefusedWithFieldAndValue();
    void aLongValueIsCutInTheMessage();
};

namespace {

nlohmann::json parsed(const QString& text)
{
    return nlohmann::json::parse(text.toStdString());
}

}  // namespace

void TestFormatJson::canonicalTextHoldsEveryFieldInSortedOrder()
{
    const char* expected
        = R"({"align":"own","arith":"exact","chooser":{"rule":"search","unit":"block"},)"
          R"("elements":[{"bias":null,"e":2,"gain":1.0,"id":"E2M1","kind":"float","m":1,)"
          R"("recycle":{"mode":"half_min","sign":1},"subnormals":true,"target":null,"top":"finite"},)"
          R"({"bits":4,"gain":1.0,"hot":0,"id":"BFP4","kind":"int","lsb":0,"mid_rise":false,"nested":null,)"
          R"("overflow":"saturate","recycle":{"mode":"half_min","sign":1},"target":null,"twos":false}],)"
          R"("encoder":null,"geometry":{"axis":-1,"block":32,"tile":1},"layout":"elements",)"
          R"("micro":{"bits":2,"rule":"search","unit":"block"},"mix":null,"objective":"mse","offset":null,)"
          R"("order":["offset","target","book","micro"],"prune":null,"rounding":{"elem":"even","stochastic":null},)"
          R"("scale":{"clip_kind":"ratio","clips":null,"codec":"E8M0","encode":"stored","max":null,"min":null,)"
          R"("offsets":[0],"rule":"floor","split_sign":false,"stat":"max","targets":null,"zero":"min"},)"
          R"("special":null,"tensor_scale":null,"transform":null})";
    QCOMPARE(QString::fromStdString(canonicalText(findPreset("NxFP4")->spec)), QString(expected));
}

void TestFormatJson::everyPresetComesBackFromItsCanonicalText_data()
{
    QTest::addColumn<QString>("name");
    const std::vector<Preset> presets = loadPresets();
    QVERIFY(presets.size() >= 264);
    for (const Preset& preset : presets)
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestFormatJson::everyPresetComesBackFromItsCanonicalText()
{
    QFETCH(QString, name);
    const FormatSpec spec = findPreset(name.toStdString())->spec;
    const std::string text = canonicalText(spec);
    const FormatSpec again = formatFromJson(nlohmann::json::parse(text));
    QVERIFY(again == spec);
    QCOMPARE(canonicalText(again), text);
}

void TestFormatJson::presetsDifferInTheirCanonicalText()
{
    // MSFP12 is named apart from MXINT4 by its block, NxFP4_E5 from NxFP4 by its codec, and so on. Three systems are
    // found under their own names, though another preset is the same format.
    const std::map<std::string, std::string> twins{
        {"MixPE", "INT4_g128_asym"}, {"MX_OPAL_n0", "BFP12"}, {"Fairy2i_1", "iFairy"}};
    std::map<std::string, std::string> names;
    for (const Preset& preset : loadPresets()) {
        const auto [first, isNew] = names.emplace(canonicalText(preset.spec), preset.name);
        const auto twin = twins.find(preset.name);
        const auto other = twins.find(first->second);
        const bool isKnown = (twin != twins.end() && twin->second == first->second)
            || (other != twins.end() && other->second == preset.name);
        QVERIFY2(isNew || isKnown, (preset.name + " equals " + first->second).c_str());
    }
}

void TestFormatJson::absentFieldsTakeTheirDefaults()
{
    QVERIFY(formatFromJson(parsed("{}")) == FormatSpec{});
    QVERIFY(formatFromJson(parsed(R"({"scale":{},"geometry":{},"rounding":{}})")) == FormatSpec{});
    QVERIFY(FormatSpec{} == findPreset("MXFP4")->spec);
}

void TestFormatJson::nullStandsForAbsent()
{
    QVERIFY(
        formatFromJson(parsed(R"({"micro":null,"scale":null,"geometry":{"sub":null},"bits":null})")) == FormatSpec{});
}

void TestFormatJson::unknownFieldNamesTheNearOne_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("near");
    QTest::newRow("top") << R"({"elemnts":[]})"
                         << "elemnts"
                         << "elements";
    QTest::newRow("scale") << R"({"scale":{"ofsets":[0]}})"
                           << "scale.ofsets"
                           << "offsets";
    QTest::newRow("geometry") << R"({"geometry":{"blocks":32}})"
                              << "geometry.blocks"
                              << "block";
    QTest::newRow("book") << R"({"elements":[{"e":2,"m":1,"recycled":null}]})"
                          << "elements.0.recycled"
                          << "recycle";
    QTest::newRow("recycle") << R"({"elements":[{"recycle":{"mode":"half_min","sgn":1}}]})"
                             << "elements.0.recycle.sgn"
                             << "sign";
    QTest::newRow("micro") << R"({"micro":{"bit":2}})"
                           << "micro.bit"
                           << "bits";
    QTest::newRow("transform") << R"({"transform":{"hadmard":16}})"
                               << "transform.hadmard"
                               << "hadamard";
    QTest::newRow("offset") << R"({"offset":{"kind":"minimum","includes_zero":true}})"
                            << "offset.includes_zero"
                            << "include_zero";
    QTest::newRow("prune") << R"({"prune":{"keeps":2,"of":4}})"
                           << "prune.keeps"
                           << "keep";
    QTest::newRow("encoder") << R"({"encoder":{"id":"phase","stage":2}})"
                             << "encoder.stage"
                             << "stages";
    QTest::newRow("special") << R"({"special":{"kind":"top_n","counts":2}})"
                             << "special.counts"
                             << "count";
    QTest::newRow("mix") << R"({"mix":{"rules":"residual_columns","parts":[{}]}})"
                         << "mix.rules"
                         << "rule";
    QTest::newRow("part of a mix") << R"({"mix":{"rule":"residual_columns","parts":[{"elemnts":[]}]}})"
                                   << "mix.parts.0.elemnts"
                                   << "elements";
    QTest::newRow("nested") << R"({"elements":[{"kind":"int","twos":true,"nested":{"bit":8}}]})"
                            << "elements.0.nested.bit"
                            << "bits";
    QTest::newRow("tensor scale") << R"({"scale":{"codec":"E4M3"},"tensor_scale":{"clip":[1]}})"
                                  << "tensor_scale.clip"
                                  << "clips";
    QTest::newRow("rounding") << R"({"rounding":{"stochastics":1}})"
                              << "rounding.stochastics"
                              << "stochastic";
    QTest::newRow("a long name") << R"({"tensor_scales":{}})"
                                 << "tensor_scales"
                                 << "tensor_scale";
    QTest::newRow("case") << R"({"Scale":{}})"
                          << "Scale"
                          << "scale";
}

void TestFormatJson::unknownFieldNamesTheNearOne()
{
    QFETCH(QString, text);
    QFETCH(QString, path);
    QFETCH(QString, near);
    const auto refusal = refusalOf([&] { return formatFromJson(parsed(text), "spec.json"); });
    QVERIFY(refusal.has_value());
    QVERIFY(refusal->kind() == ErrorKind::Refused);
    const QString line = lineOf(refusal);
    QVERIFY2(line.startsWith("spec.json: unknown field " + path + "; did you mean " + near + "?"), qPrintable(line));
}

void TestFormatJson::agreeingDerivedFieldsAreAccepted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("same");
    QTest::newRow("bits.elem") << R"({"bits":{"elem":4}})"
                               << "{}";
    QTest::newRow("bits.scale") << R"({"bits":{"scale":8}})"
                                << "{}";
    QTest::newRow("bits.meta, none") << R"({"bits":{"elem":4,"meta":[]}})"
                                     << "{}";
    QTest::newRow("bits.meta, per block") << R"({"micro":{},"bits":{"meta":[{"name":"n","bits":2,"per":"block"}]}})"
                                          << R"({"micro":{}})";
    QTest::newRow("bits.meta, per subgroup")
        << R"({"geometry":{"sub":8},"micro":{"unit":"sub"},"bits":{"meta":[{"name":"n","bits":2,"per":"sub"}]}})"
        << R"({"geometry":{"sub":8},"micro":{"unit":"sub"}})";
    QTest::newRow("bias") << R"({"elements":[{"e":4,"m":3,"top":"nan1","bias":7}]})"
                          << R"({"elements":[{"e":4,"m":3,"top":"nan1"}]})";
    QTest::newRow("bias of E1") << R"({"elements":[{"e":1,"m":2,"bias":1}]})"
                                << R"({"elements":[{"e":1,"m":2}]})";
    QTest::newRow("micro.grid") << R"({"micro":{"grid":[1,1.25,1.5,1.75]}})"
                                << R"({"micro":{}})";
    QTest::newRow("micro.grid of exponents") << R"({"micro":{"rule":"max_exp","bits":1,"grid":[1,0.5]}})"
                                             << R"({"micro":{"rule":"max_exp","bits":1}})";
    QTest::newRow("sub") << R"({"geometry":{"block":16,"sub":16}})"
                         << R"({"geometry":{"block":16}})";
    QTest::newRow("4.0 is an integer") << R"({"geometry":{"block":16.0}})"
                                       << R"({"geometry":{"block":16}})";
}

void TestFormatJson::agreeingDerivedFieldsAreAccepted()
{
    QFETCH(QString, text);
    QFETCH(QString, same);
    QVERIFY(formatFromJson(parsed(text)) == formatFromJson(parsed(same)));
}

void TestFormatJson::contradictingDerivedFieldsAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("allowed");
    QTest::newRow("bits.elem") << R"({"bits":{"elem":5}})"
                               << "bits.elem"
                               << "4, which follows from elements";
    QTest::newRow("bits.scale") << R"({"bits":{"scale":5}})"
                                << "bits.scale"
                                << "8, which follows from scale.codec";
    QTest::newRow("bits.meta") << R"({"micro":{},"bits":{"meta":[]}})"
                               << "bits.meta"
                               << "2 bits per block";
    QTest::newRow("selector per subgroup has no spare bit")
        << R"({"elements":[{},{"kind":"int"}],"chooser":{"unit":"sub"},"scale":{"codec":"E4M3","targets":[6]},)"
           R"("bits":{"meta":[]}})"
        << "bits.meta"
        << "1 bits per block";
    QTest::newRow("micro.grid") << R"({"micro":{"grid":[1,1.25,1.5,1.8]}})"
                                << "micro.grid"
                                << "[1.0,1.25,1.5,1.75]";
    QTest::newRow("micro.grid too short") << R"({"micro":{"grid":[1]}})"
                                          << "micro.grid"
                                          << "[1.0,1.25,1.5,1.75]";
    QTest::newRow("sub") << R"({"geometry":{"block":16,"sub":5}})"
                         << "geometry.sub"
                         << "a divisor of geometry.block = 16";
}

void TestFormatJson::contradictingDerivedFieldsAreRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, field);
    QFETCH(QString, allowed);
    const QString line = lineOf(refusalOf([&] { return formatFromJson(parsed(text)); }));
    QVERIFY2(line.startsWith(field + ": value ") && line.contains("; allowed: " + allowed), qPrintable(line));
}

void TestFormatJson::aBiasOfItsOwnIsAField()
{
    const FormatSpec spec = formatFromJson(parsed(R"({"elements":[{"e":2,"m":1,"bias":2}]})"));
    QCOMPARE(spec.elements.front().bias(), 2);
    QVERIFY(canonicalText(spec).find(R"("bias":2)") != std::string::npos);
    QVERIFY(formatFromJson(parsed(QString::fromStdString(canonicalText(spec)))) == spec);
    // Fnuz's own bias is one more than that of the others.
    const FormatSpec fnuz = formatFromJson(parsed(R"({"elements":[{"e":4,"m":3,"top":"fnuz","bias":8}]})"));
    QVERIFY(fnuz == formatFromJson(parsed(R"({"elements":[{"e":4,"m":3,"top":"fnuz"}]})")));
}

void TestFormatJson::partsOfAMixTakeTheGeometryOfTheWhole()
{
    const FormatSpec spec = formatFromJson(
        parsed(R"({"geometry":{"block":64},"mix":{"rule":"outlier_columns","threshold":3,"parts":[{},{"elements":[)"
               R"({"kind":"int","bits":8}]}]}})"));
    QCOMPARE(spec.mix->parts.size(), std::size_t{2});
    for (const FormatSpec& part : spec.mix->parts)
        QCOMPARE(part.geometry.block, 64);
    QCOMPARE(spec.codeBits(), 4);
    QVERIFY(formatFromJson(parsed(QString::fromStdString(canonicalText(spec)))) == spec);
}

void TestFormatJson::rawPresetsOfTheReferenceAreAccepted_data()
{
    // As ref_mx.py --presets prints them, storage lists included.
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::newRow("NVFP4_4over6") << "NVFP4_4over6"
                                  << R"({"geometry": {"block": 16}, "elements": [{"id": "E2M1",
        "kind": "float", "e": 2, "m": 1, "top": "finite", "bias": 1}], "tensor_scale": {"codec": "FP32", "target": 1536.0},
        "scale": {"codec": "E4M3", "rule": "max", "max": 448.0, "targets": [6.0, 4.0]}, "arith": "te",
        "bits": {"elem": 4, "meta": []}})";
    QTest::newRow("RaZeR_NVFP4") << "RaZeR_NVFP4"
                                 << R"raw({"geometry": {"block": 16}, "elements": [
        {"id": "E2M1", "kind": "float", "e": 2, "m": 1, "top": "finite", "bias": 1,
         "recycle": {"mode": "value", "value": 5.0}, "target": 6.0},
        {"id": "E2M1", "kind": "float", "e": 2, "m": 1, "top": "finite", "bias": 1,
         "recycle": {"mode": "value", "value": -5.0}, "target": 6.0},
        {"id": "E2M1", "kind": "float", "e": 2, "m": 1, "top": "finite", "bias": 1,
         "recycle": {"mode": "value", "value": 8.0}, "target": 8.0},
        {"id": "E2M1", "kind": "float", "e": 2, "m": 1, "top": "finite", "bias": 1,
         "recycle": {"mode": "value", "value": -8.0}, "target": 8.0}],
        "tensor_scale": {"codec": "FP32", "target": 2688.0}, "scale": {"codec": "E4M3", "rule": "max", "max": 448.0},
        "arith": "f32", "bits": {"elem": 4, "meta": [{"name":
        "special value (its other bit rides in the scale's sign)", "bits": 1, "per": "block"}]},
        "chooser": {"unit": "block", "bits": 2, "rule": "search"}})raw";
    QTest::newRow("IF4") << "IF4"
                         << R"({"geometry": {"block": 16}, "elements": [{"id": "E2M1", "kind": "float", "e": 2,
        "m": 1, "top": "finite", "bias": 1}, {"id": "INT4", "kind": "int", "bits": 4, "lsb": 0,
        "gain": 0.8571428571428571}], "tensor_scale": {"codec": "FP32", "target": 2688.0},
        "scale": {"codec": "E4M3", "rule": "max", "max": 448.0, "targets": [6.0]}, "arith": "te",
        "bits": {"elem": 4, "meta": []}, "chooser": {"unit": "block", "bits": 0, "rule": "search"}})";
    QTest::newRow("SMX6") << "SMX6"
                          << R"({"geometry": {"block": 16, "sub": 2}, "elements": [{"id": "INT5",
        "kind": "int", "bits": 5, "lsb": -3}], "scale": {"codec": "E8M0", "rule": "floor"}, "micro": {"unit": "sub",
        "bits": 1, "grid": [1.0, 0.5], "rule": "max_exp"}, "bits": {"elem": 5, "meta": [{"name": "microexponent",
        "bits": 1, "per": "sub"}]}})";
    QTest::newRow("MXFP4++") << "MXFP4++"
                             << R"({"elements": [{"id": "E2M1", "kind": "float", "e": 2, "m": 1,
        "top": "finite", "bias": 1}], "scale": {"codec": "E8M0", "rule": "floor"}, "special": {"kind": "block_max",
        "mant_bits": 3, "nbm_bits": 3, "nbm_rule": "noclip"}, "bits": {"elem": 4, "meta": [{"name": "index", "bits": 5,
        "per": "block"}, {"name": "exponent offset of the others", "bits": 3, "per": "block"}]}})";
    QTest::newRow("M2XFP_act") << "M2XFP_act"
                               << R"({"geometry": {"block": 32, "sub": 8}, "elements": [{"id": "E2M1",
        "kind": "float", "e": 2, "m": 1, "top": "finite", "bias": 1}], "scale": {"codec": "E8M0", "rule": "floor"},
        "special": {"kind": "top1", "bits": 2, "fine": {"id": "E2M3", "kind": "float", "e": 2, "m": 3, "top": "finite",
        "bias": 1}}, "bits": {"elem": 4, "meta": [{"name": "top-1 mantissa", "bits": 2, "per": "sub"}]}})";
    QTest::newRow("NxFP4") << "NxFP4"
                           << R"({"geometry": {"block": 32}, "elements": [{"id": "E2M1", "kind": "float",
        "e": 2, "m": 1, "top": "finite", "bias": 1, "recycle": {"mode": "half_min", "sign": 1}}, {"id": "BFP4",
        "kind": "int", "bits": 4, "lsb": 0, "recycle": {"mode": "half_min", "sign": 1}}], "scale": {"codec": "E8M0",
        "rule": "floor", "offsets": [0]}, "micro": {"unit": "block", "bits": 2, "grid": [1.0, 1.25, 1.5, 1.75],
        "rule": "search"}, "chooser": {"unit": "block", "bits": 1, "rule": "search"}, "bits": {"elem": 4, "meta": [
        {"name": "NanoMantissa", "bits": 2, "per": "block"},
        {"name": "microexponent on/off", "bits": 1, "per": "block"}]}})";
}

void TestFormatJson::rawPresetsOfTheReferenceAreAccepted()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    const FormatSpec spec = formatFromJson(parsed(text));
    QCOMPARE(QString::fromStdString(canonicalText(spec)),
        QString::fromStdString(canonicalText(findPreset(name.toStdString())->spec)));
}

void TestFormatJson::wrongTypesAreRefusedWithFieldAndValue_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("start");
    QTest::newRow("fraction") << R"({"geometry":{"block":1.5}})"
                              << "geometry.block: value 1.5 is refused; allowed: an integer";
    QTest::newRow("text for integer") << R"({"geometry":{"block":"32"}})"
                                      << "geometry.block: value \"32\" is refused; allowed: an integer, or \"row\"";
    QTest::newRow("huge integer") << R"({"geometry":{"block":1e300}})"
                                  << "geometry.block: value 1e+300 is refused; allowed: an integer";
    QTest::newRow("name") << R"({"objective":"rmse"})"
                          << "objective: value \"rmse\" is refused; allowed: mse mae max";
    QTest::newRow("boolean") << R"({"scale":{"split_sign":1}})"
                             << "scale.split_sign: value 1 is refused; allowed: true false";
    QTest::newRow("row or a number") << R"({"geometry":{"block":"rows"}})"
                                     << "geometry.block: value \"rows\" is refused; allowed: an integer, or \"row\"";
    QTest::newRow("levels") << R"({"elements":[{"kind":"table","levels":[0,"x"]}]})"
                            << "elements.0.levels: value [0,\"x\"] is refused; allowed: a list of numbers";
    QTest::newRow("encoder") << R"({"encoder":{"id":"Q9_0"}})"
                             << "encoder.id: value \"Q9_0\" is refused; allowed: search OliVe MicroScopiQ phase Q4_0";
    QTest::newRow("seed") << R"({"rounding":{"stochastic":true}})"
                          << "rounding.stochastic: value true is refused; allowed: an integer";
    QTest::newRow("list") << R"({"scale":{"offsets":0}})"
                          << "scale.offsets: value 0 is refused; allowed: a list of integers";
    QTest::newRow("entry of a list") << R"({"scale":{"offsets":[0,"x"]}})"
                                     << "scale.offsets: value [0,\"x\"] is refused; allowed: a list of integers";
    QTest::newRow("no codebook") << R"({"elements":[]})"
                                 << "elements: value [] is refused; allowed: a list of at least one";
    QTest::newRow("object") << R"({"scale":3})"
                            << "scale is 3; give a JSON object";
    QTest::newRow("entry object") << R"({"elements":[3]})"
                                  << "elements.0 is 3; give a JSON object";
    QTest::newRow("whole") << "[]"
                           << "the format is []; give a JSON object";
}

void TestFormatJson::wrongTypesAreRefusedWithFieldAndValue()
{
    QFETCH(QString, text);
    QFETCH(QString, start);
    const QString line = lineOf(refusalOf([&] { return formatFromJson(parsed(text)); }));
    QVERIFY2(line.startsWith(start), qPrintable(line));
}

void TestFormatJson::aLongValueIsCutInTheMessage()
{
    nlohmann::json document;
    document["geometry"]["block"] = std::string(5000, 'x');
    const QString line = lineOf(refusalOf([&] { return formatFromJson(document); }));
    QVERIFY(line.startsWith("geometry.block: value \"xxx"));
    QVERIFY(line.size() < 200);
}

QTEST_APPLESS_MAIN(TestFormatJson)
#include "tst_format_json.moc"
