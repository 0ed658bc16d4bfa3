#include "sample_trace.h"
#include "widgets/inspector.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <limits>

using namespace nanoscope;
using namespace nanoscope::test;

namespace {

/// Value of a step; empty when there is no such step.
QString valueOf(const std::vector<InspectorStep>& steps, const char* id)
{
    for (const InspectorStep& step : steps)
        if (step.id == QLatin1String(id))
            return step.value;
    return {};
}

}  // namespace

class TestInspector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void derivationFollowsTheWorkedExample()
    {
        // mx_family 1.5: under NxFP4, 0.3 takes the recycled level 0.25 at scale 1 times 1.25.
        const auto steps = inspectorSteps(*tracePreset("NxFP4", kWorkedBlock), 0);
        QCOMPARE(valueOf(steps, "value"), QStringLiteral("0.3"));
        QCOMPARE(valueOf(steps, "sharedScale"), QStringLiteral("0x7f = 2^0 = 1"));
        QCOMPARE(valueOf(steps, "micro"), QStringLiteral("01 = × 1.25"));
        QCOMPARE(valueOf(steps, "scale"), QStringLiteral("1.25"));
        QCOMPARE(valueOf(steps, "scaled"), QStringLiteral("0.24"));
        QCOMPARE(valueOf(steps, "book"), QStringLiteral("E2M1"));
        QCOMPARE(valueOf(steps, "interval"), QStringLiteral("0.125 to 0.375"));
        QCOMPARE(valueOf(steps, "level"), QStringLiteral("0.25 (recycled −0)"));
        QCOMPARE(valueOf(steps, "bits"), QStringLiteral("1000"));
        QCOMPARE(valueOf(steps, "product"), QStringLiteral("0.25 × 1.25"));
        QCOMPARE(valueOf(steps, "decoded"), QStringLiteral("0.3125"));
        QCOMPARE(valueOf(steps, "error"), QStringLiteral("0.0125"));
        QCOMPARE(valueOf(steps, "relative"), QStringLiteral("4.2\u00a0%"));
        QCOMPARE(valueOf(steps, "refinedLevel"), QString());
        QCOMPARE(valueOf(steps, "tensorScale"), QString());
    }

    void exceptionShowsItsRefinement()
    {
        const auto steps = inspectorSteps(*tracePreset("MXFP4+", kWorkedBlock), 5);
        QVERIFY(!valueOf(steps, "refinement").isEmpty());
        QVERIFY(!valueOf(steps, "refinedLevel").isEmpty());
        QVERIFY(valueOf(inspectorSteps(*tracePreset("MXFP4+", kWorkedBlock), 0), "refinement").isEmpty());
    }

    void subgroupMetadataIsThatOfTheElementsSubgroup()
    {
        std::vector<float> values(32, 0.01F);
        values[0] = 4.0F;
        values[9] = 5.0F;  // 5 = 4 * 1.25: the second subgroup of 8 takes another mantissa
        const auto trace = tracePreset("M2XFP_weight_fixed", values);
        const QString first = valueOf(inspectorSteps(*trace, 0), "micro");
        const QString second = valueOf(inspectorSteps(*trace, 9), "micro");
        QCOMPARE(first, QStringLiteral("00 = × 1"));
        QCOMPARE(second, QStringLiteral("01 = × 1.25"));
    }

    void tensorScaleAndSplitScalesAreShown()
    {
        QVERIFY(!valueOf(inspectorSteps(*tracePreset("NVFP4", kWorkedBlock), 0), "tensorScale").isEmpty());
        const auto trace = tracePreset("AMXFP4_fp8", kWorkedBlock);
        const auto positive = inspectorSteps(*trace, 0);
        const auto other = inspectorSteps(*trace, 1);
        QVERIFY(valueOf(positive, "sharedScale") != valueOf(other, "sharedScale"));
    }

    void derivationMultipliesOutForEveryPreset()
    {
        for (const Preset& preset : loadPresets()) {
            const auto trace = tracePreset(preset.name, kWorkedBlock);
            for (int i = 0; i < static_cast<int>(trace->elements.size()); ++i) {
                const ElementTrace& element = trace->elements[static_cast<std::size_t>(i)];
                const double level = element.exception ? element.refinedLevel : element.level;
                const double product = level * element.scale;
                QVERIFY2(std::fabs(product - static_cast<double>(element.decoded))
                        <= 1e-6 * std::max(std::fabs(product), 1e-30),
                    qPrintable(QStringLiteral("%1 element %2").arg(QString::fromStdString(preset.name)).arg(i)));
                QVERIFY(!inspectorSteps(*trace, i).empty());
            }
        }
    }

    void elementOfABadBlockIsLeftOut()
    {
        const auto trace = tracePreset("NxFP4", {1.0F, std::numeric_limits<float>::infinity()});
        const auto steps = inspectorSteps(*trace, 0);
        QCOMPARE(steps.size(), std::size_t{2});
        QVERIFY(!valueOf(steps, "bad").isEmpty());
        Inspector inspector;
        inspector.setElement(*trace, 1);
    }

    void textIsReadableAndCopied()
    {
        Inspector inspector;
        inspector.setElement(*tracePreset("NxFP4", kWorkedBlock), 0);
        auto* decoded = inspector.findChild<QLabel*>(QStringLiteral("inspector_decoded"));
        QVERIFY(decoded);
        QCOMPARE(decoded->text(), QStringLiteral("0.3125"));
        QVERIFY(decoded->textInteractionFlags().testFlag(Qt::TextSelectableByMouse));
        QCOMPARE(decoded->accessibleName(), QString());
        QTest::mouseClick(inspector.findChild<QPushButton*>(), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("\t0.3125\n")));
    }

    void coloredBitsReadAsPlainText()
    {
        Inspector inspector;
        inspector.setElement(*tracePreset("NxFP4", kWorkedBlock), 0);
        auto* bits = inspector.findChild<QLabel*>(QStringLiteral("inspector_bits"));
        const QString heard = QAccessible::queryAccessibleInterface(bits)->text(QAccessible::Name).simplified();
        QCOMPARE(heard, QStringLiteral("S 1 E 00 M 0"));
    }

    void elementThatIsNotThereClearsTheView()
    {
        Inspector inspector;
        const auto trace = tracePreset("NxFP4", kWorkedBlock);
        inspector.setElement(*trace, 0);
        inspector.setElement(*trace, 8);
        QVERIFY(!inspector.findChild<QPushButton*>()->isEnabled());
        QVERIFY(!inspector.text().contains(u'\t'));
    }
};

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
