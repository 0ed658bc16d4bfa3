#include "fitting_shape.h"
#include "made_tensor.h"
#include "packed_of.h"
#include "refusal.h"
#include "window_edits.h"

#include "core/format/preset.h"
#include "core/format/scale_codec.h"
#include "core/quant/cast.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace edits;

/// The edits behind the window's controls: every preset under every value of every control (oracle: validated(), the
/// round trip through packed bits, and the formats' definitions).
class TestFormatEdit : public QObject {
    Q_OBJECT

private slots:
    void editsKeepTheSpecValid_data();
    void editsKeepTheSpecValid();
    void editsThatChangeNothingReturnTheSameSpec_data();
    void editsThatChangeNothingReturnTheSameSpec();
    void refusedEditsSayWhatToDo_data();
    void refusedEditsSayWhatToDo();
};

namespace {

/// The control shows the value that was chosen.
bool shows(const FormatSpec& spec, const NamedEdit& edit)
{
    switch (edit.control) {
    case Control::Bits:
        return spec.codeBits() == edit.value;
    case Control::Block:
        return !spec.geometry.wholeRow && spec.geometry.block == edit.value;
    case Control::Codec:
        return spec.scale.codec == static_cast<ScaleCodecId>(edit.value);
    case Control::Micro:
        return (spec.micro ? spec.micro->bits : 0) == edit.value;
    case Control::Adaptive:
        return spec.chooser.has_value() == (edit.value == 1);
    case Control::Recycling:
        break;
    }
    return spec.elements.front().recycle.has_value() == (edit.value == 1);
}

bool anyBook(const FormatSpec& spec, bool (*matches)(const ElementBook&))
{
    return std::any_of(spec.elements.begin(), spec.elements.end(), matches);
}

bool isFitted(const ElementBook& book)
{
    return book.kind == BookKind::Fitted;
}

bool isTable(const ElementBook& book)
{
    return book.kind == BookKind::Table;
}

/// The code of minus zero stands for something, or there is none to recycle.
bool usesMinusZero(const ElementBook& book)
{
    return (book.kind != BookKind::Float && book.kind != BookKind::Integer) || book.midRise
        || (book.kind == BookKind::Float && book.top == TopCodes::Fnuz);
}

bool readsCodes(const ElementBook& book)
{
    return book.nested || book.hotBits > 0 || book.overflow == Overflow::Wrap;
}

/// A mean magnitude times a level, where a power of two follows from the largest magnitude.
bool scalesByMean(const FormatSpec& spec)
{
    const bool isOfTensor = spec.scale.codec == ScaleCodecId::None && spec.tensorScale;
    const ScaleStatistic statistic = isOfTensor ? spec.tensorScale->statistic : spec.scale.statistic;
    return statistic == ScaleStatistic::MeanAbsolute || statistic == ScaleStatistic::Survivors;
}

/// The field whose refusal an edit must come to, empty for an edit that must be taken (from the definitions: what a
/// named encoder, a mix, a table, a fitted codebook and an offset leave free).
QString refusedField(const FormatSpec& spec, const NamedEdit& edit)
{
    const bool isNamed = spec.encoder.id != EncoderId::Search;
    const bool isMicroScopiQ = spec.encoder.id == EncoderId::MicroScopiQ;
    const bool isBlock = edit.control == Control::Block;
    const bool isBits = edit.control == Control::Bits;
    if (spec.mix ? edit.control == Control::Codec : shows(spec, edit))
        return spec.mix ? "mix.rule" : "";
    if (spec.mix)
        return isBlock || shows(spec, edit) ? "" : "mix.rule";
    if (isNamed)
        return isMicroScopiQ && (isBits || isBlock) ? "" : "encoder.id";
    switch (edit.control) {
    case Control::Bits:
        if (anyBook(spec, isTable))
            return "elements";
        return spec.elements.front().kind == BookKind::Posit && edit.value < 3 ? "elements.0.bits" : "";
    case Control::Block:
        return anyBook(spec, isFitted) && spec.geometry.wholeRow ? "geometry.block" : "";
    case Control::Codec:
        if (anyBook(spec, isFitted))
            return "scale.codec";
        return isPowerOfTwoCodec(static_cast<ScaleCodecId>(edit.value)) && scalesByMean(spec) ? "scale.stat" : "";
    case Control::Micro:
        return anyBook(spec, isFitted) ? "micro.bits" : spec.offset ? "offset.kind" : "";
    case Control::Adaptive:
        if (edit.value == 0)
            return "";
        if (anyBook(spec, isFitted))
            return "chooser";
        if (spec.codeBits() < 2 || spec.codeBits() > 16)
            return "elements.1.bits";
        if (spec.elements.front().kind == BookKind::Float && spec.elements.front().exponentBits == 8)
            return "elements.1.lsb";  // uniform steps in the octave of float32's largest value
        return spec.offset ? "offset.kind" : "";
    case Control::Recycling:
        break;
    }
    if (edit.value == 0)
        return "";
    if (anyBook(spec, usesMinusZero))
        return "elements.";
    return anyBook(spec, readsCodes) ? "elements.0.twos" : spec.offset ? "offset.kind" : "";
}

}  // namespace

void TestFormatEdit::editsKeepTheSpecValid_data()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestFormatEdit::editsKeepTheSpecValid()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const Shape shape = fittingShape(spec, {3, 45});
    const Tensor tensor = madeTensor(shape, gaussian(elementCount(shape), 7));
    for (const NamedEdit& edit : allEdits()) {
        const QString name = preset + ", " + edit.name;
        FormatSpec result;
        const auto refusal = refusalOf([&] { return result = edited(spec, edit); });
        const QString field = refusedField(spec, edit);
        QVERIFY2(refusal.has_value() == !field.isEmpty(), qPrintable(name + ": " + lineOf(refusal) + " " + field));
        if (refusal) {
            QVERIFY2(refusal->kind() == ErrorKind::Refused, qPrintable(name));
            QVERIFY2(lineOf(refusal).startsWith(field), qPrintable(name + ": " + lineOf(refusal)));
            QVERIFY2(!refusal->problem().empty() && !refusal->remedy().empty(), qPrintable(name));
            continue;
        }
        QVERIFY2(shows(result, edit), qPrintable(name));
        QVERIFY2(validated(result) == result, qPrintable(name));
        const CastTensor cast = castTensor(tensor, viewOf(tensor, result), result);
        QVERIFY2(decodePacked(packedOf(cast)) == cast.dequantized, qPrintable(name));
        double error = 0.0;
        double power = 0.0;
        for (std::size_t i = 0; i < cast.dequantized.size(); ++i) {
            const double w = static_cast<double>(tensor.values[i]);
            error += std::pow(static_cast<double>(cast.dequantized[i]) - w, 2);
            power += w * w;
        }
        // Wrapping, random rounding and leading bits may do worse than zeros; so may a codec that does not reach down
        // to the block's scale without a tensor scale, but then everything is zero.
        const bool isRough = result.stochasticSeed || readsCodes(result.elements.front());
        const double worst = edit.control == Control::Codec ? 1.0 : 0.9;
        QVERIFY2(isRough || error <= worst * power, qPrintable(QString("%1: NMSE %2").arg(name).arg(error / power)));
    }
}

void TestFormatEdit::editsThatChangeNothingReturnTheSameSpec_data()
{
    editsKeepTheSpecValid_data();
}

void TestFormatEdit::editsThatChangeNothingReturnTheSameSpec()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    if (!spec.geometry.wholeRow)
        QVERIFY(withBlock(spec, spec.geometry.block) == spec);
    if (!spec.mix)  // the scales are those of its parts
        QVERIFY(withScaleCodec(spec, spec.scale.codec) == spec);
    QVERIFY(withMicroBits(spec, spec.micro ? spec.micro->bits : 0) == spec);
    QVERIFY(withAdaptiveMicroexponent(spec, spec.chooser.has_value()) == spec);
    QVERIFY(withCodeBits(spec, spec.codeBits()) == spec);
    if (spec.elements.front().recycle.has_value() || spec.elements.size() == 1)
        QVERIFY(withCodeRecycling(spec, spec.elements.front().recycle.has_value()) == spec);
}

void TestFormatEdit::refusedEditsSayWhatToDo_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("edit");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* preset, const char* edit, const char* line) {
        QTest::newRow(qPrintable(QString("%1, %2").arg(preset, edit)))
            << QString(preset) << QString(edit) << QString(line);
    };
    row("Q4_0", "bits 5", "encoder.id: Q4_0 has its own code bits; take a preset without a named encoder");
    row("OliVe", "block 64", "encoder.id: OliVe has its own blocks; take a preset without a named encoder");
    row("iFairy", "micro bits 2", "encoder.id: phase has its own scales; take a preset without a named encoder");
    row("COMET", "bits 5",
        "mix.rule: each of the mixed formats has its own code bits; change mix.parts, or take a preset of one format");
    row("NF4", "bits 3",
        "elements: the table NF4 has codes of 4 bits; write another table to its levels, or take a codebook of another "
        "kind");
    row("SqueezeLLM_4", "codec FP16",
        "scale.codec: a codebook fitted to the values has no scale; take a codebook of another kind");
    row("SqueezeLLM_4", "block 64",
        "geometry.block: a row has a fitted codebook of its own; take a codebook of another kind, or one that is "
        "fitted to the whole tensor");
    row("TWN", "codec E8M0",
        "scale.stat: value survivors is refused; allowed: max for the power-of-two scale.codec E8M0");
}

void TestFormatEdit::refusedEditsSayWhatToDo()
{
    QFETCH(QString, preset);
    QFETCH(QString, edit);
    QFETCH(QString, line);
    for (const NamedEdit& named : allEdits())
        if (named.name == edit) {
            const FormatSpec spec = findPreset(preset.toStdString())->spec;
            QCOMPARE(lineOf(refusalOf([&] { return edited(spec, named); })), line);
            return;
        }
    QFAIL("no such edit");
}

QTEST_APPLESS_MAIN(TestFormatEdit)
#include "tst_format_edit.moc"
