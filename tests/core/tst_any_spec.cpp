#include "fitting_shape.h"
#include "made_tensor.h"
#include "packed_of.h"

#include "core/analysis/analyze.h"
#include "core/error.h"
#include "core/format/format_json.h"
#include "core/format/format_storage.h"
#include "core/format/preset.h"
#include "core/quant/cast.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace nanoscope;

/// Presets with a few fields changed at random: a spec that is not refused can be written down, quantized with, decoded
/// and measured (oracle: the packed bits, and what must hold for every format).
class TestAnySpec : public QObject {
    Q_OBJECT

private slots:
    void whatIsNotRefusedRuns_data();
    void whatIsNotRefusedRuns();
};

namespace {

struct Field {
    const char* path;
    std::vector<const char*> values;
};

/// Values of every field of the schema, sensible and not.
const std::vector<Field>& allFields()
{
    static const std::vector<Field> fields{
        {"geometry.block", {"1", "2", "3", "8", "16", "32", "33", "128", "row"}},
        {"geometry.tile", {"1", "2", "4", "16"}},
        {"geometry.sub", {"null", "1", "2", "4", "8"}},
        {"elements.0.kind", {"int", "float", "posit", "table", "kmeans"}},
        {"elements.0.e", {"1", "2", "3", "5", "8"}},
        {"elements.0.m", {"0", "1", "3", "7"}},
        {"elements.0.top", {"finite", "nan1", "ieee", "fnuz"}},
        {"elements.0.bias", {"null", "-3", "0", "5"}},
        {"elements.0.subnormals", {"true", "false"}},
        {"elements.0.bits", {"1", "2", "3", "4", "8", "16"}},
        {"elements.0.lsb", {"0", "-3", "4"}},
        {"elements.0.twos", {"true", "false"}},
        {"elements.0.mid_rise", {"true", "false"}},
        {"elements.0.hot", {"0", "1", "2"}},
        {"elements.0.overflow", {"wrap", "saturate"}},
        {"elements.0.nested", {"null", R"({"bits":8})", R"({"bits":12,"rule":"floor"})"}},
        {"elements.0.levels", {"[-1,1]", "[0,1,2]", "[-3,-1,5]", "[1,2,4,7]", "[-1,-0.5,0,0,1,2,3,4]"}},
        {"elements.0.es", {"0", "1", "2"}},
        {"elements.0.gain", {"1", "0.3", "1000"}},
        {"elements.0.target", {"null", "1", "5", "100"}},
        {"elements.0.recycle", {"null", R"({"mode":"half_min","sign":-1})", R"({"mode":"value","value":5})"}},
        {"elements.1.kind", {"int", "float", "table", "posit"}},
        {"elements.1", {"null"}},
        {"align", {"own", "ref"}},
        {"scale.codec",
            {"E8M0", "E5M0", "E8M1", "E8M3", "E4M3", "UE5M3", "E5M2", "E3M3", "FP16", "BF16", "FP32", "UINT8", "SHIFT2",
                "DYADIC", "none"}},
        {"scale.rule", {"floor", "ceil", "rceil", "even", "rtn_max", "rtn_pow"}},
        {"scale.stat", {"max", "range", "mean_abs", "survivors"}},
        {"scale.offsets", {"[0]", "[-1,0,1]"}},
        {"scale.targets", {"null", "[6,4]", "[3]"}},
        {"scale.clips", {"null", "[0.5,0.8,1]"}},
        {"scale.clip_kind", {"ratio", "bias"}},
        {"scale.zero", {"min", "one"}},
        {"scale.encode", {"ideal", "stored"}},
        {"scale.split_sign", {"true", "false"}},
        {"scale.min", {"null", "0.01"}},
        {"scale.max", {"null", "2"}},
        {"tensor_scale",
            {"null", R"({"target":6})", R"({"target":1530})", R"({"codec":"E8M0","offsets":[1,0,-1]})",
                R"({"codec":"E8M0","exponent":-3})", R"({"target":1,"stat":"mean_abs"})",
                R"({"target":127,"clips":[0.5,1]})"}},
        {"micro",
            {"null", R"({"bits":2})", R"({"bits":1,"unit":"sub"})", R"({"bits":1,"unit":"sub","rule":"max_exp"})",
                R"({"bits":2,"rule":"amax_ceil"})"}},
        {"chooser", {"null", R"({"unit":"block"})", R"({"unit":"sub"})", R"({"unit":"tensor"})"}},
        {"special",
            {"null", R"({"kind":"top_n","count":2})", R"({"kind":"sparse","share":0.05})",
                R"({"kind":"columns","threshold":2})", R"({"kind":"block_max","mant_bits":2})",
                R"({"kind":"columns","threshold":2,"relative":true})"}},
        {"offset",
            {"null", R"({"kind":"zero_point"})", R"({"kind":"minimum"})",
                R"({"kind":"zero_point","include_zero":true})"}},
        {"transform",
            {"null", R"({"hadamard":16})", R"({"hadamard":4,"signs":1})", R"({"sort":true})",
                R"({"sort":true,"hadamard":8})"}},
        {"prune", {"null", R"({"keep":1,"of":2})", R"({"keep":2,"of":4})", R"({"keep":3,"of":7})"}},
        {"layout", {"elements", "split4", "planes"}},
        {"rounding.elem", {"even", "away", "zero", "down", "up"}},
        {"rounding.stochastic", {"null", "5"}},
        {"objective", {"mse", "mae", "max"}},
        {"order", {R"(["micro","book","target","offset"])"}},
        {"arith", {"exact", "f32", "te", "te_fold", "torchao", "modelopt"}},
        {"encoder.id", {"search", "OliVe", "MicroScopiQ", "phase", "Q4_K", "Q3_K", "IQ4_XS"}},
        {"encoder.bits", {"2", "3", "8"}},
        {"encoder.stages", {"1", "3"}},
        {"mix.rule", {"widest_of_row", "outlier_columns", "error_threshold", "residual_columns"}},
        {"mix.share", {"0.5", "1", "0.01"}},
        {"mix.parts.0.scale.codec", {"FP16", "E4M3", "UINT8", "DYADIC"}},
        {"mix.parts.0.rounding.stochastic", {"1"}},
        {"mix.parts.1.special", {R"({"kind":"top_n","count":2})"}},
    };
    return fields;
}

/// A preset with one to four overrides.
std::string randomFormat(std::mt19937& random, const std::vector<Preset>& presets)
{
    const auto below = [&random](std::size_t count) { return static_cast<std::size_t>(random() % count); };
    std::string text = presets[below(presets.size())].name;
    const std::size_t overrides = 1 + below(4);
    for (std::size_t i = 0; i < overrides; ++i) {
        const Field& field = allFields()[below(allFields().size())];
        text.append(i == 0 ? ":" : ",").append(field.path).append("=").append(field.values[below(field.values.size())]);
    }
    return text;
}

/// Values that are hard on a format in one way or another.
std::vector<float> randomValues(std::mt19937& random, std::size_t count)
{
    std::vector<float> values = gaussian(count, random());
    switch (random() % 6) {
    case 1:
        values.assign(count, 0.0F);
        break;
    case 2:
        values[count / 2] = std::numeric_limits<float>::quiet_NaN();
        break;
    case 3:
        for (float& value : values)
            value *= 1e30F;
        break;
    case 4:
        for (float& value : values)
            value *= 1e-35F;
        break;
    case 5:
        for (std::size_t i = 0; i < count; ++i)
            values[i] = i % 3 == 0 ? values[i] : 0.25F;
        break;
    default:
        break;
    }
    return values;
}

bool same(const std::vector<float>& a, const std::vector<float>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) {
        return (std::isnan(x) && std::isnan(y)) || std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
    });
}

/// What goes wrong with a spec that was not refused; empty when nothing does.
QString problemOf(const FormatSpec& spec, const Tensor& tensor)
{
    if (!(validated(spec) == spec))
        return "validated twice it is another one";
    if (!(formatFromJson(nlohmann::json::parse(canonicalText(spec))) == spec))
        return "its text is another one";
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    if (!same(decodePacked(packedOf(cast)), cast.dequantized))
        return "the packed bits decode to something else";
    const Report report = analyze(tensor, viewOf(tensor, spec), {"any", spec}, {});
    const double bits = (8.0 * static_cast<double>(cast.packed.size()) + static_cast<double>(tensorBits(spec)))
        / static_cast<double>(tensor.info.elements);
    if (std::fabs(report.bitsPerElement - bits) > 1e-9)
        return "the bits are not those stored";
    std::uint64_t counted = 0;
    for (const LevelCount& level : report.levels) {
        counted += level.count;
        if (level.count > 0 && level.isStructurallyVacant())
            return "a code was written that no input can produce";
    }
    if (counted != report.elements - report.excluded)
        return "elements were counted twice, or not at all";
    return std::isfinite(report.error.mse) ? "" : "the error is no number";
}

}  // namespace

void TestAnySpec::whatIsNotRefusedRuns_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 4; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestAnySpec::whatIsNotRefusedRuns()
{
    QFETCH(unsigned, seed);
    constexpr int kFormats = 500;
    std::mt19937 random(seed);
    const std::vector<Preset> presets = loadPresets();
    int run = 0;
    for (int i = 0; i < kFormats; ++i) {
        const std::string format = randomFormat(random, presets);
        try {
            const FormatSpec spec = parseFormat(format).spec;
            const Shape shape = fittingShape(spec, {5, 70});
            const Tensor tensor = madeTensor(shape, randomValues(random, elementCount(shape)));
            const QString problem = problemOf(spec, tensor);
            QVERIFY2(problem.isEmpty(), qPrintable(QString::fromStdString(format) + ": " + problem));
            ++run;
        } catch (const Error& error) {
            QVERIFY2(error.kind() == ErrorKind::Refused && !error.remedy().empty(), error.what());
        }
    }
    QVERIFY(run > kFormats / 5);
}

QTEST_APPLESS_MAIN(TestAnySpec)
#include "tst_any_spec.moc"
