#include "sample_trace.h"
#include "widgets/inspector.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <algorithm>
#include <cmath>
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
        std::vector<float> values;  // a whole block of every GGUF type
        for (int i = 0; i < 256; ++i)
            values.push_back(kWorkedBlock[static_cast<std::size_t>(i) % kWorkedBlock.size()]);
        for (const Preset& preset : loadPresets()) {
            if (preset.spec.encoder.id == EncoderId::Phase)
                continue;  // needs two rows
            const auto trace = tracePreset(preset.name, values);
            for (int i = 0; i < static_cast<int>(trace->elements.size()); ++i) {
                const ElementTrace& element = trace->elements[static_cast<std::size_t>(i)];
                const auto steps = inspectorSteps(*trace, i);
                QVERIFY(!valueOf(steps, "decoded").isEmpty());
                const bool isApart = !valueOf(steps, "setAside").isEmpty();
                QCOMPARE(valueOf(steps, "product").isEmpty(), isApart);
                const double level = element.exception ? element.refinedLevel : element.level;
                const double sum = level * element.scale + element.offset;
                if (isApart)
                    continue;
                QVERIFY2(std::fabs(sum - static_cast<double>(element.decoded))
                        <= 1e-6 * std::max(std::fabs(level * element.scale), 1e-30),
                    qPrintable(QStringLiteral("%1 element %2").arg(QString::fromStdString(preset.name)).arg(i)));
            }
        }
    }

    void offsetIsAddedAndSaidSo()
    {
        const auto steps = inspectorSteps(*tracePreset("INT4_g128_asym", kWorkedBlock), 0);
        QVERIFY2(
            valueOf(steps, "offset").contains(QStringLiteral("is zero, adds")), qPrintable(valueOf(steps, "offset")));
        QCOMPARE(valueOf(steps, "product").count(QStringLiteral(" + ")), qsizetype{1});
        QVERIFY(valueOf(inspectorSteps(*tracePreset("INT4_g128", kWorkedBlock), 0), "offset").isEmpty());
    }

    void valueOfATransformIsInTheBasisOfTheFormat()
    {
        const auto steps = inspectorSteps(*tracePreset("INT4_g16_hadamard", std::vector<float>(16, 1.0F)), 0);
        QVERIFY(valueOf(steps, "basis").startsWith(QStringLiteral("value in the basis of the format: Hadamard 16")));
        QCOMPARE(valueOf(steps, "value"), QStringLiteral("4"));  // 16 ones rotated: sqrt(16) in front, the rest 0
        QVERIFY(valueOf(inspectorSteps(*tracePreset("INT4_g16", kWorkedBlock), 0), "basis").isEmpty());
    }

    void elementSetAsideShowsWhatIsStored()
    {
        std::vector<float> values(128, 0.25F);
        values[9] = 4.0F;
        const auto trace = tracePreset("MX_OPAL", values);
        const auto steps = inspectorSteps(*trace, 9);
        QVERIFY(!valueOf(steps, "setAside").isEmpty());
        QCOMPARE(valueOf(steps, "storedValue"), QStringLiteral("0x4080 = 4"));  // BF16
        QVERIFY(valueOf(steps, "bits").isEmpty());
        Inspector inspector;
        inspector.setElement(*trace, 9);
        QVERIFY(inspector.text().contains(QStringLiteral("set aside")));
    }

    void ownCodebookGivesItsOwnInterval()
    {
        // Whatever levels k-means finds, each value lies in the interval of its own.
        const auto trace = tracePreset("SqueezeLLM_3", {-4.0F, -3.0F, -2.0F, -1.0F, 1.0F, 2.0F, 3.0F, 4.0F});
        for (int i = 0; i < 8; ++i) {
            const auto steps = inspectorSteps(*trace, i);
            QString interval = valueOf(steps, "interval").replace(QChar(0x2212), u'-');
            QVERIFY2(interval.contains(QStringLiteral(" to ")), qPrintable(interval));
            const double scaled = trace->elements[static_cast<std::size_t>(i)].scaled;
            const QStringList ends = interval.replace(QStringLiteral("∞"), QStringLiteral("inf")).split(" to ");
            QVERIFY2(ends[0].toDouble() <= scaled && scaled <= ends[1].toDouble(), qPrintable(interval));
            QVERIFY(valueOf(steps, "level").contains(QStringLiteral("own codebook")));
        }
    }

    void prunedElementSaysSo()
    {
        const auto trace = tracePreset("INT4_2of4", {1.0F, 8.0F, 2.0F, -7.0F, 3.0F, 0.5F, 0.25F, 6.0F});
        for (const int pruned : {0, 2, 5, 6})
            QVERIFY(!valueOf(inspectorSteps(*trace, pruned), "pruned").isEmpty());
        for (const int kept : {1, 3, 4, 7})
            QVERIFY(valueOf(inspectorSteps(*trace, kept), "pruned").isEmpty());
    }

    void positNeverRoundsToZero()
    {
        const auto steps = inspectorSteps(*tracePreset("Posit8_0", {1e-6F, 1.0F}), 0);
        QCOMPARE(valueOf(steps, "interval"), QStringLiteral("0 to 0.0234375"));
        QCOMPARE(valueOf(steps, "level"), QStringLiteral("0.015625"));
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
