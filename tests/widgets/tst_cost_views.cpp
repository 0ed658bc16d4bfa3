#include "core/hardware/cost_explanation.h"
#include "tests/widgets/sample_cost.h"
#include "widgets/cost_bars.h"
#include "widgets/cost_constants.h"
#include "widgets/cost_model.h"
#include "widgets/cost_ratio_plot.h"
#include "widgets/cost_roofline_chart.h"
#include "widgets/cost_rows.h"
#include "widgets/cost_text.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <numeric>

using namespace nanoscope;

/// The figures, bars and points that the cost views show. The oracle is core, asked apart.
class TestCostViews : public QObject {
    Q_OBJECT

private slots:
    void figuresAreReadable_data();
    void figuresAreReadable();
    void everyFigureHasFormulaAndSource();
    void rowsAreTheTermsOfCore();
    void headsAreSumsOfTheirRows();
    void whatOneSideHasNotIsLeftEmpty();
    void newValuesKeepTheRows();
    void modelsKeepTheirPromises();
    void barsAddUpToTheUnit_data();
    void barsAddUpToTheUnit();
    void threeFeaturesOfNxFpAreParts();
    void energyBarsAddUpToTheToken();
    void ratiosAreSaidInWords();
    void errorBarsAreThoseOfTheConstants();
    void pointsLieUnderTheRoof();
};

void TestCostViews::figuresAreReadable_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("text");
    QTest::newRow("area") << 12951.9988 << "NAND2"
                          << "12,952";
    QTest::newRow("small area") << 48.0 << "NAND2"
                                << "48";
    QTest::newRow("joules") << 0.2136988 << "J/token"
                            << "213.7\u00A0mJ";
    QTest::newRow("femtojoules") << 26565.2 << "fJ"
                                 << "26.57\u00A0pJ";
    QTest::newRow("bytes") << 6159335424.0 << "byte"
                           << "6.159\u00A0GB";
    QTest::newRow("seconds") << 0.07989 << "s"
                             << "79.89\u00A0ms";
    QTest::newRow("nothing") << 0.0 << "J"
                             << "0\u00A0J";
    QTest::newRow("ratio") << 1.3622 << "x"
                           << "1.362";
    QTest::newRow("share") << 0.000546 << "share"
                           << "< 0.1 %";
}

void TestCostViews::figuresAreReadable()
{
    QFETCH(const double, value);
    QFETCH(const QString, unit);
    QFETCH(const QString, text);
    QCOMPARE(
        costValueText(value, unit.toStdString()).replace(QChar(0xa0), ' '), QString(text).replace(QChar(0xa0), ' '));
}

void TestCostViews::everyFigureHasFormulaAndSource()
{
    for (const auto& [a, b] : {std::pair("NxFP4", "NVFP4"), std::pair("M2XFP_weight", "FP16"), std::pair("NF4", "")}) {
        const auto cost = sampleCost(a, b);
        int figures = 0;
        for (const CostSection& section : costSections(*cost, {true, "q"}))
            for (const CostRow& row : section.rows)
                for (const auto& term : {row.a, row.b}) {
                    if (!term)
                        continue;
                    ++figures;
                    QVERIFY2(!term->formula.empty(), qPrintable(row.id));
                    QVERIFY2(!term->source.empty(), qPrintable(row.id));
                    QVERIFY2(std::isfinite(term->value), qPrintable(row.id));
                }
        QVERIFY2(figures > (std::string(b).empty() ? 60 : 120), a);
    }
}

void TestCostViews::rowsAreTheTermsOfCore()
{
    const auto shown = sampleCost("NxFP4", "NVFP4");
    const CostSetup setup = usualCostChoice().setup;
    const std::vector<CostSection> sections = costSections(*shown, {false, "down"});
    const auto valueOf = [&](const QString& id, bool isA) -> std::optional<double> {
        for (const CostSection& section : sections)
            for (const CostRow& row : section.rows)
                if (row.id == id)
                    return (isA ? row.a : row.b) ? std::optional((isA ? row.a : row.b)->value) : std::nullopt;
        return std::nullopt;
    };
    for (const auto& [name, isA] : {std::pair("NxFP4", true), std::pair("NVFP4", false)}) {
        const FormatCost cost = costOf(presetFormat(name), presetFormat(name), setup);
        for (const CostTerm& term : cost.unit.terms)
            QCOMPARE(valueOf(QStringLiteral("area/%1/%2").arg(groupName(term.group), term.name.c_str()), isA).value(),
                term.value);
        for (const CostTerm& term : cost.quantizer)
            QCOMPARE(valueOf(QStringLiteral("quantizer/") + term.name.c_str(), isA).value(), term.value);
        QCOMPARE(valueOf("decode/energy", isA).value(), cost.decode.joulePerToken());
        QCOMPARE(valueOf("prefill/latency", isA).value(), cost.prefill.latencySeconds);
        QCOMPARE(valueOf("decode/tokens per second", isA).value(), cost.decode.tokensPerSecond());
        QCOMPARE(valueOf("footprint/total", isA).value(), cost.footprint.total());
        QCOMPARE(valueOf("array/unit", isA).value(), cost.unit.area());
        const LayerCost* layer = findLayer(cost, {false, "down"});
        QCOMPARE(valueOf("layer/energy", isA).value(), layer->energy.total());
        for (const FormatCost& baseline : baselineCosts(setup))
            QCOMPARE(valueOf(QStringLiteral("ratio/%1/energy").arg(baseline.name.c_str()), isA).value(),
                ratioTo(cost, baseline).energy);
    }
    QVERIFY(valueOf("array/unit, synthesized", true).has_value());
}

void TestCostViews::headsAreSumsOfTheirRows()
{
    const auto cost = sampleCost("NxFP4", "NVFP4");
    double areaOfA = 0.0;
    for (const CostSection& section : costSections(*cost, {})) {
        if (!section.head.a)
            continue;
        double sum = 0.0;
        for (const CostRow& row : section.rows)
            sum += row.a ? row.a->value : 0.0;
        QVERIFY2(std::fabs(sum - section.head.a->value) < 1e-6, qPrintable(section.head.id));
        if (section.head.id.startsWith("area/"))
            areaOfA += sum;
    }
    QVERIFY(std::fabs(areaOfA - cost->a.unit.area()) < 1e-6);
}

void TestCostViews::whatOneSideHasNotIsLeftEmpty()
{
    CostModel model;
    model.setSections(costSections(*sampleCost("NxFP4", "MXFP4"), {}));
    const QModelIndex nano = model.indexOf("area/feature/NanoMantissa");
    QVERIFY(nano.isValid());
    QVERIFY(!nano.siblingAtColumn(CostModel::AColumn).data().toString().isEmpty());
    QVERIFY(nano.siblingAtColumn(CostModel::BColumn).data().toString().isEmpty());
    const QModelIndex ratio = model.indexOf("ratio/MXFP4/area");
    QCOMPARE(ratio.siblingAtColumn(CostModel::AColumn).data().toString(), QString("1.362"));
    QCOMPARE(ratio.siblingAtColumn(CostModel::BColumn).data().toString(), QString("1.000"));
    QVERIFY(ratio.siblingAtColumn(CostModel::DifferenceColumn).data().toString().startsWith(QChar(0x2212)));
}

void TestCostViews::newValuesKeepTheRows()
{
    CostModel model;
    model.setSections(costSections(*sampleCost("NxFP4", "MXFP4"), {true, "q"}));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    CostChoice choice = usualCostChoice();
    choice.setup.parameters.dram.preset = "DDR4";
    model.setSections(costSections(*sampleCost("NxFP4", "MXFP4", choice), {true, "q"}));
    QCOMPARE(resets.size(), 0);
    QVERIFY(!changes.empty());
    model.setSections(costSections(*sampleCost("NVFP4", "MXFP4", choice), {true, "q"}));
    QCOMPARE(resets.size(), 1);
}

void TestCostViews::modelsKeepTheirPromises()
{
    CostModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSections(costSections(*sampleCost("NxFP4", "MXFP4"), {true, "q"}));
    model.setSections(costSections(*sampleCost("NxFP4", ""), {true, "q"}));
    model.setSections({});
    CostConstantModel constants;
    const QAbstractItemModelTester other(&constants, QAbstractItemModelTester::FailureReportingMode::QtTest);
    HardwareConstants changed = shippedConstants();
    changed.mux = 9;
    constants.setConstants(changed);
}

void TestCostViews::barsAddUpToTheUnit_data()
{
    QTest::addColumn<QString>("format");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestCostViews::barsAddUpToTheUnit()
{
    QFETCH(const QString, format);
    CostResult result;
    result.choice = usualCostChoice();
    const NamedFormat named = presetFormat(format.toStdString());
    try {
        result.a = costOf(named, named, result.choice.setup);
    } catch (const std::exception& error) {
        QSKIP(error.what());  // no datapath: core's tests look after that
    }
    const CostBars bars = areaBars(result, BarBaselines::AlsoFp16);
    QVERIFY(bars.parts.size() <= static_cast<std::size_t>(CostBarChart::kMostParts));
    const double sum = std::accumulate(bars.bars[0].values.begin(), bars.bars[0].values.end(), 0.0);
    QVERIFY2(std::fabs(sum - result.a.unit.area()) < 1e-6 * sum, qPrintable(QString::number(sum)));
}

void TestCostViews::threeFeaturesOfNxFpAreParts()
{
    const CostBars bars = areaBars(*sampleCost("NxFP4", "MXFP4"), BarBaselines::FourBits);
    int shown = 0;
    for (std::size_t i = 0; i < bars.parts.size(); ++i) {
        if (!bars.parts[i].isFeature)
            continue;
        shown += bars.bars[0].values[i] > 0 ? 1 : 0;
        QCOMPARE(bars.bars[1].values[i], 0.0);
    }
    QCOMPARE(shown, 3);
    QCOMPARE(bars.bars.size(), std::size_t{4});
    QCOMPARE(areaBars(*sampleCost("NxFP4", "MXFP4"), BarBaselines::AlsoFp16).bars.size(), std::size_t{5});
}

void TestCostViews::energyBarsAddUpToTheToken()
{
    const auto cost = sampleCost("NxFP4", "NVFP4");
    for (const bool isDecode : {true, false}) {
        const CostBars bars = energyBars(*cost, isDecode, BarBaselines::FourBits);
        const PhaseCost& phase = isDecode ? cost->b->decode : cost->b->prefill;
        const std::vector<double>& values = bars.bars[1].values;
        QVERIFY(std::fabs(std::accumulate(values.begin(), values.end(), 0.0) - phase.joulePerToken())
            < 1e-9 * phase.joulePerToken());
        QCOMPARE(values[0], phase.energy.dram / phase.tokens);
    }
}

void TestCostViews::ratiosAreSaidInWords()
{
    CostRatioPlot plot;
    const auto cost = sampleCost("NxFP4", "NVFP4");
    plot.setResult(cost);
    const CostRatio ratio = ratioTo(cost->a, cost->baselines[0]);
    QVERIFY2(plot.summary().contains(ratioText(ratio.area, 0.15)), qPrintable(plot.summary()));
    QVERIFY2(plot.summary().contains("1.36 ± 0.20"), qPrintable(plot.summary()));
    QCOMPARE(plot.accessibleDescription(), plot.summary());
}

void TestCostViews::errorBarsAreThoseOfTheConstants()
{
    const auto cost = sampleCost("NxFP4", "");
    const HardwareConstants constants = shippedConstants();
    const CostRatioErrors dram = ratioErrors(cost->a, cost->baselines[0], constants);
    QCOMPARE(dram.area, 0.15);
    QCOMPARE(dram.energy, 0.10);  // of memory, for the most part
    CostChoice free = usualCostChoice();
    free.setup.parameters.dram.readPicojoulePerBit = 0.0;
    free.setup.parameters.dram.writePicojoulePerBit = 0.0;
    const auto core = sampleCost("NxFP4", "", free);
    QCOMPARE(ratioErrors(core->a, core->baselines[0], constants).energy, 0.35);
}

void TestCostViews::pointsLieUnderTheRoof()
{
    CostRooflineChart chart;
    const auto cost = sampleCost("NxFP4", "NVFP4");
    chart.setResult(cost);
    const HardwareParameters& p = cost->choice.setup.parameters;
    const double peak = 4.0 * 8 * 32 * p.array.clockGigahertz * 1e9;
    const double bandwidth = p.dram.bandwidthGigabytePerSecond * 1e9;
    QCOMPARE(chart.points().size(), 2 * (cost->a.decode.layers.size() + cost->a.prefill.layers.size()));
    for (const RooflinePoint& point : chart.points()) {
        QVERIFY(point.macsPerSecond <= peak * (1 + 1e-9));
        QVERIFY(point.macsPerSecond <= point.macsPerByte * bandwidth * (1 + 1e-9));
        if (point.isMemoryBound)
            QVERIFY(std::fabs(point.macsPerSecond / (point.macsPerByte * bandwidth) - 1) < 1e-9);
    }
    chart.setLayer({true, "q"});
    QVERIFY2(chart.summary().contains("memory bound"), qPrintable(chart.summary()));
}

QTEST_MAIN(TestCostViews)
#include "tst_cost_views.moc"
