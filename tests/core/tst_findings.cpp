#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/format/preset.h"
#include "core/io/tensor_source.h"
#include "core/quant/cast.h"

#include <QTest>

#include <map>
#include <string>

using namespace nanoscope;

/// What the literature found and this program must show, on tensors of data/synthetic.h5.
class TestFindings : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void rotationHelpsIntegersAndHurtsFloatsInSmallBlocksOnHeavyTails_data();
    void rotationHelpsIntegersAndHurtsFloatsInSmallBlocksOnHeavyTails();
    void theFullRangeDivisorBeatsTheRestrictedOne_data();
    void theFullRangeDivisorBeatsTheRestrictedOne();
    void nf4BeatsLloydMaxAtPayloadBitsOnly();
    void sortingColumnsHelpsBlockFloatingPoint_data();
    void sortingColumnsHelpsBlockFloatingPoint();
    void outliersKeptApartPayOnlyOnHeavyTails();
    void oneExponentBitIsAnInteger_data();
    void oneExponentBitIsAnInteger();

private:
    [[nodiscard]] Report reportOf(const std::string& tensor, const FormatSpec& spec) const;
    [[nodiscard]] double sqnr(const std::string& tensor, const std::string& preset) const;
    /// SQNR in dB that a format has beyond what its bits are worth at 6.02 dB each.
    [[nodiscard]] double gainBeyondBits(const std::string& tensor, const std::string& preset) const;

    std::map<std::string, Tensor> m_tensors;
};

constexpr double kDecibelPerBit = 6.0206;

void TestFindings::initTestCase()
{
    const auto source = openTensorSource(NANOSCOPE_BUNDLED_DATA "/synthetic.h5");
    for (const char* name : {"gaussian", "student_t5", "language_model_like", "outlier_columns"})
        m_tensors.emplace(name, source->read(name, {}));
}

Report TestFindings::reportOf(const std::string& tensor, const FormatSpec& spec) const
{
    const Tensor& values = m_tensors.at(tensor);
    return analyze(values, viewOf(values, spec), {"format", spec}, {});
}

double TestFindings::sqnr(const std::string& tensor, const std::string& preset) const
{
    return reportOf(tensor, findPreset(preset)->spec).error.sqnrDecibel.value();
}

double TestFindings::gainBeyondBits(const std::string& tensor, const std::string& preset) const
{
    const Report report = reportOf(tensor, findPreset(preset)->spec);
    return report.error.sqnrDecibel.value() - kDecibelPerBit * report.bitsPerElement;
}

void TestFindings::rotationHelpsIntegersAndHurtsFloatsInSmallBlocksOnHeavyTails_data()
{
    QTest::addColumn<QString>("tensor");
    QTest::newRow("student_t5") << "student_t5";
    QTest::newRow("language_model_like") << "language_model_like";
}

void TestFindings::rotationHelpsIntegersAndHurtsFloatsInSmallBlocksOnHeavyTails()
{
    QFETCH(QString, tensor);
    const std::string name = tensor.toStdString();
    QVERIFY(sqnr(name, "INT4_g16_hadamard") > sqnr(name, "INT4_g16") + 0.5);
    QVERIFY(sqnr(name, "FP4_g16_hadamard") < sqnr(name, "FP4_g16") - 0.1);
}

void TestFindings::theFullRangeDivisorBeatsTheRestrictedOne_data()
{
    QTest::addColumn<QString>("tensor");
    QTest::addColumn<QString>("divisor8");
    QTest::addColumn<QString>("divisor7");
    for (const char* tensor : {"gaussian", "student_t5", "language_model_like"})
        for (const char* group : {"g128", "g32"})  // in groups of 16 the clip costs more than the finer grid gains
            QTest::newRow(qPrintable(QString("%1, %2").arg(tensor, group)))
                << tensor << QString("INT4_%1_full").arg(group) << QString("INT4_%1").arg(group);
}

void TestFindings::theFullRangeDivisorBeatsTheRestrictedOne()
{
    QFETCH(QString, tensor);
    QFETCH(QString, divisor8);
    QFETCH(QString, divisor7);
    QVERIFY(sqnr(tensor.toStdString(), divisor8.toStdString()) > sqnr(tensor.toStdString(), divisor7.toStdString()));
}

void TestFindings::nf4BeatsLloydMaxAtPayloadBitsOnly()
{
    const Report report = reportOf("gaussian", findPreset("NF4")->spec);
    const double ours = report.error.sqnrDecibel.value();
    const double atPayload = report.bounds.lloydMaxDecibel.value();
    const double atAllIn = report.boundsAllIn.lloydMaxDecibel.value();
    QVERIFY(report.bitsPerElement > report.payloadBits);
    QVERIFY(ours > atPayload);
    QVERIFY(ours < atAllIn);
}

void TestFindings::sortingColumnsHelpsBlockFloatingPoint_data()
{
    QTest::addColumn<QString>("sorted");
    QTest::addColumn<QString>("plain");
    QTest::newRow("blocks of 32") << "BFP4_sorted"
                                  << "BFP4";
    QTest::newRow("blocks of 64") << "BFP4_g64_sorted"
                                  << "BFP4_g64";
    QTest::newRow("blocks of 128") << "BFP4_g128_sorted"
                                   << "BFP12";
}

void TestFindings::sortingColumnsHelpsBlockFloatingPoint()
{
    QFETCH(QString, sorted);
    QFETCH(QString, plain);
    QVERIFY(sqnr("outlier_columns", sorted.toStdString()) > sqnr("outlier_columns", plain.toStdString()) + 1.0);
}

/// At equal bits: smaller blocks are the other way to spend them.
void TestFindings::outliersKeptApartPayOnlyOnHeavyTails()
{
    QVERIFY(gainBeyondBits("student_t5", "MX_OPAL") > gainBeyondBits("student_t5", "BFP4_g16"));
    QVERIFY(gainBeyondBits("gaussian", "MX_OPAL") < gainBeyondBits("gaussian", "BFP4_g16"));
    QVERIFY(sqnr("student_t5", "MX_OPAL") > sqnr("student_t5", "MX_OPAL_n0") + 4.0);
}

void TestFindings::oneExponentBitIsAnInteger_data()
{
    QTest::addColumn<int>("mantissaBits");
    for (int bits = 1; bits <= 6; ++bits)
        QTest::newRow(qPrintable(QString("E1M%1").arg(bits))) << bits;
}

void TestFindings::oneExponentBitIsAnInteger()
{
    QFETCH(int, mantissaBits);
    FormatSpec minifloat = findPreset("FP4_E1M2_g128")->spec;
    minifloat.elements.front().mantissaBits = mantissaBits;
    FormatSpec integer = findPreset("INT4_g128")->spec;
    integer.elements.front().bits = mantissaBits + 2;
    const Tensor& tensor = m_tensors.at("student_t5");
    QCOMPARE(castTensor(tensor, viewOf(tensor, minifloat), validated(minifloat)).dequantized,
        castTensor(tensor, viewOf(tensor, integer), validated(integer)).dequantized);
}

QTEST_APPLESS_MAIN(TestFindings)
#include "tst_findings.moc"
