#include "golden_file.h"
#include "packed_of.h"

#include "core/analysis/analyze.h"
#include "core/format/format_storage.h"
#include "core/format/preset.h"
#include "core/format/scale_codec.h"
#include "core/quant/cast.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <memory>

using namespace nanoscope;

/// The presets of the MX family on every case of tests/golden/mx_family.h5 (oracle: ref_mx.py).
class TestGolden : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void castEqualsTheReferenceBitForBit_data() { addPresets(); }
    void castEqualsTheReferenceBitForBit();
    void scalesAndChoicesEqualTheReference_data() { addPresets(); }
    void scalesAndChoicesEqualTheReference();
    void packedBitsDecodeToTheDequantizedTensor_data() { addPresets(); }
    void packedBitsDecodeToTheDequantizedTensor();
    void figuresAgreeWithIndependentComputation_data();
    void figuresAgreeWithIndependentComputation();

private:
    void addPresets() const;
    [[nodiscard]] Tensor input(const QString& name) const;
    [[nodiscard]] CastTensor cast(const QString& preset, const Tensor& tensor) const;
    void compareMicro(const QString& path, const CastTensor& cast) const;

    std::unique_ptr<GoldenFile> m_golden;
    QStringList m_cases;
};

void TestGolden::initTestCase()
{
    m_golden = std::make_unique<GoldenFile>();
    m_cases = m_golden->children("/inputs");
    QVERIFY(m_cases.size() >= 30);
    QCOMPARE(m_golden->children("/expected").size(), 65);
}

void TestGolden::addPresets() const
{
    QTest::addColumn<QString>("preset");
    for (const QString& preset : m_golden->children("/expected"))
        QTest::newRow(qPrintable(preset)) << preset;
}

Tensor TestGolden::input(const QString& name) const
{
    const QString path = "/inputs/" + name;
    Tensor tensor;
    tensor.file = "mx_family.h5";
    tensor.info.name = name.toStdString();
    for (const hsize_t extent : m_golden->shape(path))
        tensor.info.shape.push_back(extent);
    tensor.values = std::make_shared<const std::vector<float>>(m_golden->read<float>(path));
    tensor.info.elements = tensor.values.size();
    return tensor;
}

CastTensor TestGolden::cast(const QString& preset, const Tensor& tensor) const
{
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    return castTensor(tensor, BlockView(tensor, -1, spec.geometry.block), spec);
}

void TestGolden::castEqualsTheReferenceBitForBit()
{
    QFETCH(QString, preset);
    for (const QString& name : m_cases) {
        const Tensor tensor = input(name);
        const CastTensor result = cast(preset, tensor);
        const std::vector<float> expected = m_golden->read<float>("/expected/" + preset + "/" + name);
        QCOMPARE(result.dequantized.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const bool same = std::isnan(expected[i])
                ? std::isnan(result.dequantized[i])
                : std::bit_cast<std::uint32_t>(expected[i]) == std::bit_cast<std::uint32_t>(result.dequantized[i]);
            if (!same)
                QFAIL(qPrintable(QString("%1 on %2, element %3: value %4, expected %5, got %6")
                                     .arg(preset, name)
                                     .arg(i)
                                     .arg(static_cast<double>(tensor.values[i]), 0, 'g', 9)
                                     .arg(static_cast<double>(expected[i]), 0, 'g', 9)
                                     .arg(static_cast<double>(result.dequantized[i]), 0, 'g', 9)));
        }
    }
}

void TestGolden::scalesAndChoicesEqualTheReference()
{
    QFETCH(QString, preset);
    const ScaleCodec codec(findPreset(preset.toStdString())->spec.scale.codec);
    int compared = 0;
    for (const QString& name : m_cases) {
        const CastTensor result = cast(preset, input(name));
        const QString scales = "/scales/" + preset + "/" + name;
        if (m_golden->has(scales)) {
            const std::vector<double> expected = m_golden->read<double>(scales);
            QCOMPARE(result.scales.size(), expected.size());
            for (std::size_t i = 0; i < expected.size(); ++i)
                if (!std::isnan(expected[i])) {
                    QCOMPARE(codec.decode(result.scales[i]), expected[i]);
                    ++compared;
                }
        }
        compareMicro("/choices/" + preset + "/" + name, result);
    }
    if (m_golden->has("/scales/" + preset))
        QVERIFY(compared > 0);
}

void TestGolden::compareMicro(const QString& path, const CastTensor& cast) const
{
    const std::vector<MetaField> fields = metaFields(cast.spec);
    for (std::size_t f = 0; f < fields.size(); ++f) {
        const bool isBook = fields[f].name == kCodebook;
        const QString dataset = path + (isBook ? "/book" : "/micro");
        if ((!isBook && !cast.spec.micro) || !m_golden->has(dataset))
            continue;
        const std::vector<std::uint8_t> expected = m_golden->read<std::uint8_t>(dataset);
        QCOMPARE(cast.meta[f].size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(cast.meta[f][i], static_cast<std::uint32_t>(expected[i]));
    }
}

void TestGolden::packedBitsDecodeToTheDequantizedTensor()
{
    QFETCH(QString, preset);
    for (const QString& name : m_cases) {
        const CastTensor result = cast(preset, input(name));
        const std::vector<float> decoded = decodePacked(packedOf(result));
        QCOMPARE(decoded.size(), result.dequantized.size());
        for (std::size_t i = 0; i < decoded.size(); ++i) {
            const bool same = std::isnan(result.dequantized[i])
                ? std::isnan(decoded[i])
                : std::bit_cast<std::uint32_t>(decoded[i]) == std::bit_cast<std::uint32_t>(result.dequantized[i]);
            if (!same)
                QFAIL(qPrintable(QString("%1 on %2, element %3: cast %4, decoded %5")
                                     .arg(preset, name)
                                     .arg(i)
                                     .arg(static_cast<double>(result.dequantized[i]))
                                     .arg(static_cast<double>(decoded[i]))));
        }
    }
}

void TestGolden::figuresAgreeWithIndependentComputation_data()
{
    QTest::addColumn<QString>("preset");
    for (const QString& preset : m_golden->children("/figures"))
        QTest::newRow(qPrintable(preset)) << preset;
}

void TestGolden::figuresAgreeWithIndependentComputation()
{
    QFETCH(QString, preset);
    const QStringList names = m_golden->attribute("/figures", "names").split(',');
    for (const QString& name : m_golden->children("/figures/" + preset)) {
        const std::vector<double> expected = m_golden->read<double>("/figures/" + preset + "/" + name);
        QCOMPARE(static_cast<qsizetype>(expected.size()), names.size());
        const Tensor tensor = input(name);
        const FormatSpec spec = findPreset(preset.toStdString())->spec;
        const Report report
            = analyze(tensor, BlockView(tensor, -1, spec.geometry.block), {preset.toStdString(), spec}, {});
        const double nan = std::nan("");
        const QMap<QString, double> ours{
            {"mse", report.error.mse},
            {"nmse", report.error.nmse.value_or(nan)},
            {"sqnr_db", report.error.sqnrDecibel.value_or(nan)},
            {"mae", report.error.meanAbsolute},
            {"max_abs", report.error.maximum},
            {"bias", report.error.bias},
            {"cosine", report.error.cosine.value_or(nan)},
            {"gain", report.error.gain.value_or(nan)},
            {"zero_fraction", report.zeroFraction},
            {"underflow_fraction", report.underflowFraction},
            {"block_max_relative_error", report.blockMaxRelativeError},
            {"block_max_error_share", report.blockMaxErrorShare},
            {"entropy_bits", report.entropyBits},
            {"structural", static_cast<double>(report.vacant.structural)},
            {"tensor", static_cast<double>(report.vacant.tensor)},
            {"block_mean", report.vacant.blockMean},
            {"block_expected", report.vacant.blockExpected},
            {"headroom_mean", report.vacant.headroomMean},
            {"elements", static_cast<double>(report.elements)},
            {"excluded", static_cast<double>(report.excluded)},
        };
        for (qsizetype i = 0; i < names.size(); ++i) {
            QVERIFY2(ours.contains(names[i]), qPrintable(names[i]));
            const double theirs = expected[static_cast<std::size_t>(i)];
            if (std::isnan(theirs))
                continue;
            const double mine = ours[names[i]];
            const double tolerance
                = 1e-9 * std::max(std::fabs(theirs), names[i] == "bias" ? ours["mae"] : 0.0) + 1e-300;
            QVERIFY2(std::fabs(mine - theirs) <= tolerance,
                qPrintable(QString("%1 on %2: %3 is %4, expected %5")
                               .arg(preset, name, names[i])
                               .arg(mine, 0, 'g', 17)
                               .arg(theirs, 0, 'g', 17)));
        }
    }
}

QTEST_APPLESS_MAIN(TestGolden)
#include "tst_golden.moc"
