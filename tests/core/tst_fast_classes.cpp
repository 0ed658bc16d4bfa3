#include "core/fast/class_code.h"
#include "core/fast/class_tensor.h"
#include "tests/core/fast_reference.h"
#include "tests/core/fast_tensors.h"

#include <QTest>

using namespace nanoscope;

/// The class-coded tensor against BlockStatistics (the oracle), on every instruction set of the machine.
class TestFastClasses : public QObject {
    Q_OBJECT

private slots:
    void countsEqualTheReference_data();
    void countsEqualTheReference();
    void threadsDoNotChangeAnything();
    void formatsOffTheClassEdgesAreNotAnswered_data();
    void formatsOffTheClassEdgesAreNotAnswered();
    void classesCountDownFromTheTopOfTheBinade();
};

namespace {

std::vector<std::string> answeredFormats()
{
    std::vector<std::string> formats;
    for (const std::string base : {"MXFP4", "BFP4", "MXFP4:elements.0.e=3,elements.0.m=0,elements.0.id=E3M0",
             "MXFP4:elements.0.e=1,elements.0.m=2,elements.0.id=E1M2", "MXFP4:rounding.elem=away"})
        for (int offset = -3; offset <= 3; ++offset) {
            const std::string separator = base.find(':') == std::string::npos ? ":" : ",";
            formats.push_back(base + separator + "scale.offsets=[" + std::to_string(offset) + "]");
        }
    return formats;
}

}  // namespace

void TestFastClasses::countsEqualTheReference_data()
{
    QTest::addColumn<int>("kind");
    for (const auto& [kind, name] : valueKinds())
        QTest::newRow(name.c_str()) << static_cast<int>(kind);
}

void TestFastClasses::countsEqualTheReference()
{
    QFETCH(int, kind);
    for (const Shape& shape : {Shape{60, 512}, Shape{50, 100}, Shape{200, 7}}) {
        const Tensor tensor = fastTensor(static_cast<Values>(kind), shape, 21 + shape.front());
        const BlockView view(tensor, -1, 32);
        std::vector<ClassTensor> copies;
        for (const KernelTarget target : supportedKernelTargets())
            copies.push_back(ClassTensor::build(view, {}, target));
        for (const std::string& format : answeredFormats()) {
            const FormatSpec spec = specFor(QString::fromStdString(format), tensor);
            const BlockCounts expected = reference(view, spec).counts;
            for (const ClassTensor& copy : copies) {
                const std::optional<CodeFigures> counted = copy.count(spec);
                QVERIFY2(counted, format.c_str());
                QCOMPARE(counted->blocks, expected.blocks);
                QCOMPARE(counted->excluded, expected.excluded);
                QCOMPARE(counted->zero, expected.zero);
                QCOMPARE(counted->unusedCodes, expected.unusedCodes);
                QCOMPARE(counted->headroom, expected.headroom);
                for (std::size_t code = 0; code < kCodes; ++code)
                    QCOMPARE(counted->codes[0][code], expected.codes[code]);
            }
        }
    }
}

void TestFastClasses::threadsDoNotChangeAnything()
{
    const Tensor tensor = fastTensor(Values::SparseAndBroken, {1000, 999}, 3);
    const BlockView view(tensor, -1, 32);
    const FormatSpec spec = specFor("MXFP4", tensor);
    WorkerPool pool(3);
    const CodeFigures alone = *ClassTensor::build(view).count(spec);
    const ClassTensor shared = ClassTensor::build(view, {&pool, 4, {}});
    QVERIFY(*shared.count(spec, {&pool, 4, {}}) == alone);
}

void TestFastClasses::formatsOffTheClassEdgesAreNotAnswered_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"MXFP6_E2M3", "MXFP4:scale.rule=ceil", "MXFP4:geometry.block=16", "NVFP4", "NF4",
             "BFP4:scale.offsets=[-5]", "NxFP4", "MXFP4:scale.offsets=[0,1]"})
        QTest::newRow(format) << QString(format);
}

void TestFastClasses::formatsOffTheClassEdgesAreNotAnswered()
{
    QFETCH(QString, format);
    const Tensor tensor = fastTensor(Values::Normal, {4, 64}, 1);
    const ClassTensor classes = ClassTensor::build(BlockView(tensor, -1, 32));
    QVERIFY(!classes.count(specFor(format, tensor)));
}

void TestFastClasses::classesCountDownFromTheTopOfTheBinade()
{
    const auto bits = [](float value) { return std::bit_cast<std::uint32_t>(value); };
    const std::uint32_t top = bits(2.0F) - 1;
    QCOMPARE(classOf(bits(1.99F), top), 0U);   // the last eighth
    QCOMPARE(classOf(bits(1.875F), top), 1U);  // its lower edge
    QCOMPARE(classOf(bits(1.8F), top), 2U);
    QCOMPARE(classOf(bits(1.0F), top), 15U);
    QCOMPARE(classOf(bits(0.0F), top), kLastClass);
    QCOMPARE(classOf(bits(1e-30F), top), kLastClass);
}

QTEST_APPLESS_MAIN(TestFastClasses)
#include "tst_fast_classes.moc"
