#include "golden_file.h"
#include "made_tensor.h"
#include "packed_of.h"

#include "core/analysis/analyze.h"
#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/format/preset.h"
#include "core/quant/cast.h"

#include <QTest>

#include <cmath>
#include <memory>
#include <optional>
#include <set>

using namespace nanoscope;

namespace {

/// Presets whose reference multiplies levels by an unrounded scale where ours is stored as float32. Everything else has
/// exact arithmetic.
const std::set<QString> kRoundedScales{"Ternary_absmean", "OliVe", "ANT", "LLM_FP4"};

/// Equal, zeros of either sign and NaN included.
bool isSame(float a, float b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

QString text(float value)
{
    return QString::number(static_cast<double>(value), 'g', 9);
}

}  // namespace

/// The presets of tests/golden/catalogue.h5 (oracle: ref_catalogue.py), and what all shipped presets have in common.
class TestCatalogue : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void castEqualsTheReference_data() { addChildren("/expected"); }
    void castEqualsTheReference();
    void nominalBitsAreTheReferences_data() { addChildren("/bits"); }
    void nominalBitsAreTheReferences();
    void packedBitsDecodeToTheDequantizedTensor_data();
    void packedBitsDecodeToTheDequantizedTensor();
    void tableOfTheCatalogueReproduces_data() { addChildren("/table/sqnr"); }
    void tableOfTheCatalogueReproduces();
    void rotationHelpsAndHurtsWhereTheReferenceSaysSo_data() { addChildren("/table/rotation"); }
    void rotationHelpsAndHurtsWhereTheReferenceSaysSo();

private:
    void addChildren(const QString& group) const;
    [[nodiscard]] Tensor input(const QString& path) const;
    [[nodiscard]] double sqnr(const QString& preset, const QString& tensor) const;

    std::unique_ptr<GoldenFile> m_golden;
    QStringList m_tableTensors;
};

void TestCatalogue::initTestCase()
{
    m_golden = std::make_unique<GoldenFile>("catalogue.h5");
    QCOMPARE(m_golden->children("/expected").size(), 34);
    m_tableTensors = m_golden->attribute("/table", "tensors").split(',');
}

void TestCatalogue::addChildren(const QString& group) const
{
    QTest::addColumn<QString>("preset");
    for (const QString& preset : m_golden->children(group))
        QTest::newRow(qPrintable(preset)) << preset;
}

Tensor TestCatalogue::input(const QString& path) const
{
    Shape shape;
    for (const hsize_t extent : m_golden->shape(path))
        shape.push_back(extent);
    return madeTensor(shape, m_golden->read<float>(path));
}

/// Bit for bit where arithmetic is exact. Elsewhere within 1e-6, and at most 0.2 % of the elements on the other side
/// of a tie.
void TestCatalogue::castEqualsTheReference()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const bool isExact = kRoundedScales.count(preset) == 0;
    const QStringList cases = m_golden->children("/expected/" + preset);
    QVERIFY(cases.size() >= 8);
    for (const QString& name : cases) {
        const Tensor tensor = input("/inputs/" + name);
        const std::vector<float> expected = m_golden->read<float>("/expected/" + preset + "/" + name);
        const std::vector<float> result = castTensor(tensor, viewOf(tensor, spec), spec).dequantized;
        QCOMPARE(result.size(), expected.size());
        std::size_t others = 0;
        QString first;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const double distance = std::fabs(static_cast<double>(result[i]) - static_cast<double>(expected[i]));
            const bool isClose = isExact ? isSame(result[i], expected[i])
                                         : distance <= 1e-6 * std::fabs(static_cast<double>(expected[i]));
            if (isClose)
                continue;
            if (others++ == 0)
                first = QString("element %1: value %2, expected %3, got %4")
                            .arg(i)
                            .arg(text(tensor.values[i]), text(expected[i]), text(result[i]));
        }
        const std::size_t allowed = isExact ? 0 : expected.size() / 500;
        QVERIFY2(others <= allowed,
            qPrintable(QString("%1 on %2: %3 elements differ, first %4").arg(preset, name).arg(others).arg(first)));
    }
}

void TestCatalogue::nominalBitsAreTheReferences()
{
    QFETCH(QString, preset);
    const double expected = m_golden->read<double>("/bits/" + preset).front();
    QCOMPARE(nominalBitsPerElement(findPreset(preset.toStdString())->spec), expected);
}

void TestCatalogue::packedBitsDecodeToTheDequantizedTensor_data()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestCatalogue::packedBitsDecodeToTheDequantizedTensor()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    int decodedCases = 0;
    const QStringList cases{"student_t5", "ties", "zeros", "tail_300", "magnitudes_large", "real_svtr_outlier"};
    for (const QString& name : cases) {
        const Tensor tensor = input("/inputs/" + name);
        std::optional<CastTensor> result;
        try {
            result = castTensor(tensor, viewOf(tensor, spec), spec);
        } catch (const Error& error) {  // rows that the format cannot take
            QVERIFY2(error.kind() == ErrorKind::Refused && name == "tail_300", error.what());
            continue;
        }
        const std::vector<float> decoded = decodePacked(packedOf(*result));
        QCOMPARE(decoded.size(), result->dequantized.size());
        for (std::size_t i = 0; i < decoded.size(); ++i)
            QVERIFY2(isSame(result->dequantized[i], decoded[i]),
                qPrintable(QString("%1 on %2, element %3: cast %4, decoded %5")
                               .arg(preset, name)
                               .arg(i)
                               .arg(text(result->dequantized[i]), text(decoded[i]))));
        ++decodedCases;
    }
    QVERIFY(decodedCases >= 5);
}

double TestCatalogue::sqnr(const QString& preset, const QString& tensor) const
{
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const Tensor values = input("/table/inputs/" + tensor);
    const Report report = analyze(values, viewOf(values, spec), {preset.toStdString(), spec}, {});
    return report.error.sqnrDecibel.value_or(std::nan(""));
}

/// The reference's functions for this table leave scales unrounded, which costs less than 0.005 dB.
void TestCatalogue::tableOfTheCatalogueReproduces()
{
    QFETCH(QString, preset);
    const std::vector<double> expected = m_golden->read<double>("/table/sqnr/" + preset);
    QCOMPARE(static_cast<qsizetype>(expected.size()), m_tableTensors.size());
    for (qsizetype i = 0; i < m_tableTensors.size(); ++i) {
        const double theirs = expected[static_cast<std::size_t>(i)];
        const double ours = sqnr(preset, m_tableTensors[i]);
        QVERIFY2(std::fabs(ours - theirs) <= 0.005,
            qPrintable(QString("%1 on %2: %3 dB, expected %4")
                           .arg(preset, m_tableTensors[i])
                           .arg(ours, 0, 'f', 4)
                           .arg(theirs, 0, 'f', 4)));
    }
}

/// The random signs differ, so only the sign of a change that is not noise can agree.
void TestCatalogue::rotationHelpsAndHurtsWhereTheReferenceSaysSo()
{
    QFETCH(QString, preset);
    constexpr double kNoiseDecibel = 0.15;
    const QString plain = m_golden->attribute("/table/rotation", qPrintable(preset));
    const std::vector<double> expected = m_golden->read<double>("/table/rotation/" + preset);
    int compared = 0;
    for (qsizetype i = 0; i < m_tableTensors.size(); ++i) {
        const double theirs = expected[static_cast<std::size_t>(i)];
        if (std::fabs(theirs) < kNoiseDecibel)
            continue;
        const double ours = sqnr(preset, m_tableTensors[i]) - sqnr(plain, m_tableTensors[i]);
        QVERIFY2(ours * theirs > 0,
            qPrintable(QString("%1 on %2: %3 dB, expected the sign of %4")
                           .arg(preset, m_tableTensors[i])
                           .arg(ours, 0, 'f', 3)
                           .arg(theirs, 0, 'f', 3)));
        ++compared;
    }
    QVERIFY(compared > 0);
}

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
