#include "fitting_shape.h"
#include "made_tensor.h"
#include "refusal.h"

#include "core/analysis/analyze.h"
#include "core/analysis/report_json.h"
#include "core/format/format_storage.h"
#include "core/format/preset.h"
#include "core/quant/cast.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

using namespace nanoscope;

/// Reports of every preset (oracle: the cast tensor), and what a report says of the basis it was measured in.
class TestAnalyzePresets : public QObject {
    Q_OBJECT

private slots:
    void figuresEqualThoseOfTheCastTensor_data() { addPresets(); }
    void figuresEqualThoseOfTheCastTensor();
    void codesAreCountedAsTheCastWritesThem_data() { addPresets(); }
    void codesAreCountedAsTheCastWritesThem();
    void theBasisIsNamed_data();
    void theBasisIsNamed();
    void nonFiniteValuesAreCountedBeforeTheTransform();
    void rowsThatAFormatCannotTakeAreRefused_data();
    void rowsThatAFormatCannotTakeAreRefused();

private:
    static void addPresets();
};

namespace {

const float kNan = std::numeric_limits<float>::quiet_NaN();
const float kInfinite = std::numeric_limits<float>::infinity();

Report reportOf(const Tensor& tensor, const char* format)
{
    const NamedFormat named = parseFormat(format);
    return analyze(tensor, viewOf(tensor, named.spec), named, {});
}

}  // namespace

void TestAnalyzePresets::addPresets()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestAnalyzePresets::figuresEqualThoseOfTheCastTensor()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const Shape shape = fittingShape(spec, {7, 77});
    const Tensor tensor = madeTensor(shape, gaussian(elementCount(shape), 11));
    const Report report = reportOf(tensor, preset.toUtf8().constData());
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    double squared = 0.0;
    double absolute = 0.0;
    double largest = 0.0;
    double zeros = 0.0;
    double power = 0.0;
    for (std::size_t i = 0; i < cast.dequantized.size(); ++i) {
        const auto value = static_cast<double>(tensor.values[i]);
        const double error = static_cast<double>(cast.dequantized[i]) - value;
        squared += error * error;
        absolute += std::fabs(error);
        largest = std::max(largest, std::fabs(error));
        zeros += cast.dequantized[i] == 0.0F ? 1 : 0;
        power += value * value;
    }
    const auto n = static_cast<double>(cast.dequantized.size());
    QCOMPARE(report.bitsPerElement,
        (8.0 * static_cast<double>(cast.packed.size()) + static_cast<double>(tensorBits(spec))) / n);
    // A rotation keeps energies but not single values, and its basis is rounded to float32.
    const bool isRotated = (spec.transform && spec.transform->hadamard > 0) || spec.encoder.id == EncoderId::Phase;
    const double tolerance = isRotated ? 1e-5 : 1e-12;
    QVERIFY(std::fabs(*report.error.nmse - squared / power) <= tolerance * squared / power);
    QVERIFY(std::fabs(*report.error.sqnrDecibel - 10 * std::log10(power / squared)) <= 5 * tolerance);
    double blocks = 0.0;
    for (const double error : report.blockSquaredError.values())
        blocks += error;
    QVERIFY(std::fabs(blocks - report.error.mse * n) <= CompactDoubles::kPrecision * blocks);
    if (isRotated)
        return;
    QVERIFY(std::fabs(report.error.mse - squared / n) <= tolerance * squared / n);
    QVERIFY(std::fabs(report.error.meanAbsolute - absolute / n) <= tolerance * absolute / n);
    QCOMPARE(report.error.maximum, largest);
    QCOMPARE(report.zeroFraction, zeros / n);
}

void TestAnalyzePresets::codesAreCountedAsTheCastWritesThem()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const Shape shape = fittingShape(spec, {7, 77});
    const Tensor tensor = madeTensor(shape, gaussian(elementCount(shape), 11));
    const Report report = reportOf(tensor, preset.toUtf8().constData());
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    std::map<std::uint32_t, std::uint64_t> written;
    for (const std::uint32_t code : cast.codes)
        ++written[code];
    if (spec.special && spec.special->kind == SpecialKind::Top1) {  // the code of minus zero only carries a sign
        const std::uint32_t minusZero = 1U << static_cast<unsigned>(spec.codeBits() - 1);
        written[0] += written[minusZero];
        written.erase(minusZero);
    }
    std::map<std::uint32_t, std::uint64_t> counted;  // over the codebooks
    std::uint64_t vacant = 0;
    std::uint64_t structural = 0;
    for (const LevelCount& level : report.levels) {
        if (level.count > 0)
            counted[level.code] += level.count;
        vacant += level.count == 0 && !level.isStructurallyVacant() ? 1U : 0U;
        structural += level.isStructurallyVacant() ? 1U : 0U;
        QVERIFY(level.count == 0 || !level.isStructurallyVacant());
    }
    QVERIFY(counted == written);
    if (spec.codeBits() > 12)  // only what occurs is listed
        return;
    QCOMPARE(report.vacant.tensor, vacant);
    QCOMPARE(report.vacant.structural, structural);
}

void TestAnalyzePresets::theBasisIsNamed_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("basis");
    QTest::newRow("none") << "MXFP4"
                          << "as stored";
    QTest::newRow("Hadamard") << "INT4_g128_hadamard"
                              << "signs of seed 1, Hadamard 128";
    QTest::newRow("sorted") << "BFP4_sorted"
                            << "columns sorted by norm";
    QTest::newRow("random Hadamard") << "NVFP4_train_RHT_SR"
                                     << "signs of seed 1, Hadamard 16";
    QTest::newRow("phases") << "iFairy"
                            << "complex pairs";
}

void TestAnalyzePresets::theBasisIsNamed()
{
    QFETCH(QString, format);
    QFETCH(QString, basis);
    const Tensor tensor = madeTensor({4, 128}, gaussian(512, 11));
    const Report report = reportOf(tensor, format.toUtf8().constData());
    QCOMPARE(QString::fromStdString(report.basis), basis);
    QCOMPARE(QString::fromStdString(toJson(report)["basis"].get<std::string>()), basis);
}

void TestAnalyzePresets::nonFiniteValuesAreCountedBeforeTheTransform()
{
    // One NaN makes a rotated group of 128 NaN; it is still one NaN of the tensor.
    std::vector<float> values(256, 1.0F);
    values[3] = kNan;
    values[4] = kInfinite;
    const Report report = reportOf(madeRow(values), "INT4_g128_hadamard");
    QCOMPARE(report.excluded, std::uint64_t{128});
    QCOMPARE(report.nanCount, std::uint64_t{1});
    QCOMPARE(report.infinityCount, std::uint64_t{1});
}

void TestAnalyzePresets::rowsThatAFormatCannotTakeAreRefused_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("line");
    QTest::newRow("Q4_0")
        << "Q4_0"
        << "made.h5: made: rows of 77 elements are not whole blocks of 32; --reshape to rows that are multiples of "
           "32";
    QTest::newRow("Q4_K")
        << "Q4_K"
        << "made.h5: made: rows of 77 elements are not whole blocks of 256; --reshape to rows that are multiples "
           "of 256";
    QTest::newRow("iFairy")
        << "iFairy"
        << "made.h5: made: phase codes need an even number of rows and columns, not 7 x 77; take another tensor, "
           "or --reshape it to an even number of each";
}

void TestAnalyzePresets::rowsThatAFormatCannotTakeAreRefused()
{
    QFETCH(QString, format);
    QFETCH(QString, line);
    const Tensor tensor = madeTensor({7, 77}, gaussian(539, 11));
    const auto refusal = refusalOf([&] { return reportOf(tensor, format.toUtf8().constData()); });
    QVERIFY(refusal && refusal->kind() == ErrorKind::Refused);
    QCOMPARE(lineOf(refusal), line);
}

QTEST_APPLESS_MAIN(TestAnalyzePresets)
#include "tst_analyze_presets.moc"
