#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/error.h"
#include "core/format/preset.h"
#include "core/format/spec_parameters.h"
#include "core/preview/parameter_sweep.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace nanoscope;

namespace {

const SpecParameter* parameterAt(const std::vector<SpecParameter>& parameters, const std::string& path)
{
    const auto found = std::find_if(
        parameters.begin(), parameters.end(), [&path](const SpecParameter& each) { return each.path == path; });
    return found == parameters.end() ? nullptr : &*found;
}

/// Rows of different magnitude.
Tensor sweptTensor(std::uint64_t rows, std::uint64_t length)
{
    std::vector<float> values = gaussian(rows * length, 11);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = std::ldexp(values[i], static_cast<int>(i / length % 5) - 3);
    return madeTensor({rows, length}, std::move(values));
}

}  // namespace

/// Parameters of a format and sweeps over them (oracle: overrides written by hand, and analyze() of each point).
class TestParameterSweep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parametersAreThoseThatMatter_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QStringList>("present");
        QTest::addColumn<QStringList>("absent");
        QTest::newRow("NxFP4") << "NxFP4" << QStringList{"bits", "geometry.block", "micro.bits", "elements.1.lsb"}
                               << QStringList{"tensor_scale.target", "geometry.axis", "special.bits", "elements.0.m"};
        QTest::newRow("NVFP4") << "NVFP4"
                               << QStringList{"bits", "geometry.block", "tensor_scale.target", "elements.0.e"}
                               << QStringList{"elements.1.lsb"};
        QTest::newRow("M2XFP_act") << "M2XFP_act" << QStringList{"geometry.sub", "special.bits"}
                                   << QStringList{"transform.signs"};
        QTest::newRow("MX_OPAL") << "MX_OPAL" << QStringList{"special.count"} << QStringList{};
        QTest::newRow("NF4, a table") << "NF4" << QStringList{"geometry.block"} << QStringList{"bits"};
        QTest::newRow("Q4_K, a named encoder") << "Q4_K" << QStringList{} << QStringList{"bits", "geometry.block"};
        QTest::newRow("MicroScopiQ") << "MicroScopiQ" << QStringList{"bits", "encoder.sigmas"} << QStringList{};
        QTest::newRow("INT4_2of4") << "INT4_2of4" << QStringList{"prune.keep", "prune.of"} << QStringList{};
        QTest::newRow("training with rotation") << "NVFP4_train_RHT_SR" << QStringList{"transform.hadamard"}
                                                << QStringList{"transform.signs", "rounding.stochastic"};
    }

    void parametersAreThoseThatMatter()
    {
        QFETCH(QString, format);
        QFETCH(QStringList, present);
        QFETCH(QStringList, absent);
        const auto parameters = parametersOf(parseFormat(format.toStdString()).spec);
        QStringList paths;
        for (const SpecParameter& each : parameters) {
            paths << QString::fromStdString(each.path);
            QVERIFY2(each.meaning != each.path, each.path.c_str());  // in words
            QVERIFY(std::is_sorted(each.usual.begin(), each.usual.end()));
        }
        for (const QString& path : present)
            QVERIFY2(paths.contains(path), qPrintable(path + " in " + paths.join(' ')));
        for (const QString& path : absent)
            QVERIFY2(!paths.contains(path), qPrintable(path + " in " + paths.join(' ')));
    }

    void usualValuesSurroundThePresentOne()
    {
        const auto parameters = parametersOf(parseFormat("NxFP4").spec);
        QCOMPARE(parameterAt(parameters, "bits")->usual, (std::vector<double>{2, 3, 4, 5, 6, 7, 8}));
        QCOMPARE(parameterAt(parameters, "micro.bits")->usual, (std::vector<double>{0, 1, 2, 3, 4}));
        QCOMPARE(parameterAt(parameters, "elements.1.lsb")->usual, (std::vector<double>{-2, -1, 0, 1, 2}));
        QCOMPARE(parameterAt(parameters, "elements.0.e")->usual, (std::vector<double>{1, 2, 3}));  // of four bits
        const auto odd = parametersOf(parseFormat("NxFP4:geometry.block=24").spec);
        QCOMPARE(parameterAt(odd, "geometry.block")->value, std::optional(24.0));
        QCOMPARE(parameterAt(odd, "geometry.block")->usual[2], 24.0);
        const auto row = parametersOf(parseFormat("INT4_channel").spec);
        QVERIFY(!parameterAt(row, "geometry.block")->value);
    }

    void presentValuesLeaveEveryPresetAsItIs()
    {
        int parameters = 0;
        for (const Preset& preset : loadPresets())
            for (const SpecParameter& each : parametersOf(preset.spec)) {
                ++parameters;
                if (!each.value)
                    continue;
                QVERIFY2(withParameter(preset.spec, each.path, *each.value) == preset.spec,
                    (preset.name + " " + each.path).c_str());
            }
        QVERIFY(parameters > 500);
    }

    void valuesAreSetWithWhatFollows_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("path");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("expected");  // the format by overrides; empty: refused
        QTest::newRow("block") << "NxFP4"
                               << "geometry.block" << 16.0 << "NxFP4:geometry.block=16";
        QTest::newRow("no NanoMantissa") << "NxFP4"
                                         << "micro.bits" << 0.0 << "NxFP4:micro=null";
        QTest::newRow("target") << "NVFP4"
                                << "tensor_scale.target" << 2000.5 << "NVFP4:tensor_scale.target=2000.5";
        QTest::newRow("one exponent bit")
            << "MXFP4"
            << "elements.0.e" << 1.0 << "MXFP4:elements.0.e=1,elements.0.m=2,elements.0.id=E1M2";
        // 448 times the largest level, as before: 6 becomes 1.75
        QTest::newRow("NVFP4's target follows")
            << "NVFP4"
            << "elements.0.e" << 1.0
            << "NVFP4:elements.0.e=1,elements.0.m=2,elements.0.id=E1M2,tensor_scale.target=784";
        QTest::newRow("M2XFP's ladder follows")
            << "M2XFP_act"
            << "special.bits" << 1.0 << "M2XFP_act:special.bits=1,special.fine.m=2,special.fine.id=E2M2";
        QTest::newRow("no mantissa, no exponent") << "MXFP4"
                                                  << "elements.0.e" << 4.0 << "";
        QTest::newRow("half a block") << "MXFP4"
                                      << "geometry.block" << 16.5 << "";
        QTest::newRow("half a bit") << "M2XFP_act"
                                    << "special.bits" << 1.5 << "";
        QTest::newRow("a table's width") << "NF4"
                                         << "bits" << 5.0 << "";
        QTest::newRow("no such field") << "MXFP4"
                                       << "scale.nonsense" << 1.0 << "";
    }

    void valuesAreSetWithWhatFollows()
    {
        QFETCH(QString, format);
        QFETCH(QString, path);
        QFETCH(double, value);
        QFETCH(QString, expected);
        const FormatSpec spec = parseFormat(format.toStdString()).spec;
        if (expected.isEmpty()) {
            QVERIFY_EXCEPTION_THROWN((void)withParameter(spec, path.toStdString(), value), Error);
            return;
        }
        const std::string text = canonicalText(withParameter(spec, path.toStdString(), value));
        QCOMPARE(text, canonicalText(parseFormat(expected.toStdString()).spec));
    }

    void pointsAreNamedAsTheCommandLineTakesThem()
    {
        const SweepPlan plan{parseFormat("NxFP4"), {"geometry.block", {16, 32, 12.5}}, SweepAxis{"micro.bits", {0, 2}}};
        const auto points = sweepPoints(plan);
        QCOMPARE(points.size(), std::size_t{6});
        for (const SweepPoint& point : points) {
            QCOMPARE(point.curveNumber, std::size_t(point.curve == 0.0 ? 0 : 1));
            QCOMPARE(point.refusal.empty(), point.x != 12.5);
            if (point.refusal.empty())
                QVERIFY(parseFormat(point.format.name).spec == point.format.spec);
        }
        QVERIFY(points[2].refusal.find("12.5") != std::string::npos);
        QCOMPARE(points[4].format.name, std::string("NxFP4"));  // the present values
    }

    void figuresAreThoseOfAnalyze_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("curves");
        QTest::addColumn<int>("figure");
        QTest::addColumn<bool>("isLarge");
        const int sqnr = static_cast<int>(MeritFigure::Sqnr);
        const int largest = static_cast<int>(MeritFigure::MaximumError);
        const int inBlock = static_cast<int>(MeritFigure::VacantInBlock);
        for (const bool isLarge : {false, true}) {
            const char* size = isLarge ? "large" : "small";
            QTest::addRow("MXFP4's bits, %s", size) << "MXFP4"
                                                    << "bits"
                                                    << "geometry.block" << sqnr << isLarge;
            QTest::addRow("NVFP4's block, %s", size) << "NVFP4"
                                                     << "geometry.block"
                                                     << "" << sqnr << isLarge;
            QTest::addRow("NxFP4's block, %s", size) << "NxFP4"
                                                     << "geometry.block"
                                                     << "micro.bits" << sqnr << isLarge;
            QTest::addRow("largest error, %s", size) << "MXFP4"
                                                     << "geometry.block"
                                                     << "" << largest << isLarge;
            QTest::addRow("vacant in a block, %s", size) << "MXFP4"
                                                         << "bits"
                                                         << "" << inBlock << isLarge;
            QTest::addRow("a rotation, %s", size) << "INT4_g16_hadamard"
                                                  << "transform.hadamard"
                                                  << "" << sqnr << isLarge;
        }
    }

    void figuresAreThoseOfAnalyze()
    {
        QFETCH(QString, format);
        QFETCH(QString, path);
        QFETCH(QString, curves);
        QFETCH(int, figure);
        QFETCH(bool, isLarge);
        const Tensor tensor = sweptTensor(isLarge ? 1100 : 40, 512);
        const BlockView rows(tensor, -1, 1);
        WorkerPool pool(1);
        MeritMeter meter(tensor, rows, pool);
        const NamedFormat base = parseFormat(format.toStdString());
        const auto parameters = parametersOf(base.spec);
        SweepPlan plan{base, {path.toStdString(), {}}, std::nullopt};
        // The ends and a middle: each point is analyzed for comparison.
        const auto few = [&parameters](const std::string& wanted) {
            const auto& usual = parameterAt(parameters, wanted)->usual;
            return std::vector<double>{usual[1], usual[usual.size() / 2], usual.back()};
        };
        QVERIFY(parameterAt(parameters, plan.x.path));
        plan.x.values = few(plan.x.path);
        if (!curves.isEmpty())
            plan.curves = SweepAxis{curves.toStdString(), few(curves.toStdString())};
        auto points = sweepPoints(plan);
        std::vector<std::size_t> order;
        measureSweep(points, meter, static_cast<MeritFigure>(figure), 1, {},
            [&order](std::size_t place) { order.push_back(place); });
        std::size_t measured = 0;
        for (const SweepPoint& point : points) {
            if (!point.refusal.empty())
                continue;
            QVERIFY(point.merit);
            ++measured;
            const FormatMerit direct = meritOf(analyze(tensor, rows, point.format));
            const auto is = figureOf(*point.merit, static_cast<MeritFigure>(figure));
            const auto wanted = figureOf(direct, static_cast<MeritFigure>(figure));
            QVERIFY2(is && wanted, point.format.name.c_str());
            // Scales that are no powers of two are answered to second order by the summary.
            const double slack = point.merit->tier == ReportTier::Preview ? 5 * point.merit->standardError + 0.01
                : point.merit->tier == ReportTier::Summary                ? 0.01
                                                                          : 1e-9;
            QVERIFY2(std::fabs(*is - *wanted) <= slack,
                qPrintable(QString("%1: %2 against %3, tier %4")
                               .arg(point.format.name.c_str())
                               .arg(*is, 0, 'g', 12)
                               .arg(*wanted, 0, 'g', 12)
                               .arg(static_cast<int>(point.merit->tier))));
            QCOMPARE(point.merit->bitsPerElement, direct.bitsPerElement);
        }
        QCOMPARE(order.size(), measured);
        QVERIFY(measured >= 2);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        measureSweep(
            points, meter, static_cast<MeritFigure>(figure), 1, {}, [](std::size_t) { QFAIL("measured again"); });
    }

    void theSummaryAnswersWhatItCovers()
    {
        const Tensor tensor = sweptTensor(1100, 512);
        WorkerPool pool(1);
        MeritMeter meter(tensor, BlockView(tensor, -1, 1), pool);
        const NamedFormat mxfp4 = parseFormat("MXFP4");
        const auto soon = meter.measureOften(mxfp4, MeritFigure::Sqnr, 1, {});
        QCOMPARE(soon.tier, ReportTier::Summary);
        QVERIFY(!soon.maximumError);
        const auto whole = meter.measureOften(mxfp4, MeritFigure::MaximumError, 1, {});
        QCOMPARE(whole.tier, ReportTier::Pass);
        QVERIFY(whole.maximumError);
        QVERIFY(std::fabs(*soon.sqnrDecibel - *whole.sqnrDecibel) < 1e-9);
        QCOMPARE(*soon.vacantLevels, *whole.vacantLevels);
    }

    void whatTheTensorRefusesIsTold()
    {
        const Tensor tensor = sweptTensor(10, 96);
        WorkerPool pool(1);
        MeritMeter meter(tensor, BlockView(tensor, -1, 1), pool);
        auto points = sweepPoints({parseFormat("Q4_K"), {"geometry.block", {256, 512}}, std::nullopt});
        QVERIFY(points[0].refusal.empty() && !points[1].refusal.empty());  // the format is refused
        measureSweep(points, meter, MeritFigure::Sqnr, 1, {}, [](std::size_t) {});
        QVERIFY(!points[0].merit);
        QVERIFY(points[0].refusal.find("256") != std::string::npos);  // rows of 96 are no whole blocks
    }

    void aStopIsHeard()
    {
        const Tensor tensor = sweptTensor(40, 512);
        WorkerPool pool(1);
        MeritMeter meter(tensor, BlockView(tensor, -1, 1), pool);
        auto points = sweepPoints({parseFormat("MXFP4"), {"bits", {3, 4, 5}}, std::nullopt});
        std::stop_source stop;
        const auto once = [&stop](std::size_t) { stop.request_stop(); };
        QVERIFY_EXCEPTION_THROWN(measureSweep(points, meter, MeritFigure::Sqnr, 1, stop.get_token(), once), Cancelled);
        QVERIFY(points[0].merit && !points[1].merit);
    }
};

QTEST_APPLESS_MAIN(TestParameterSweep)
#include "tst_parameter_sweep.moc"
