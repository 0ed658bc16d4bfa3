#include "sample_report.h"
#include "widgets/figure_model.h"
#include "widgets/figure_table.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QSet>
#include <QTableView>
#include <QTest>

using namespace nanoscope;
using namespace nanoscope::test;

namespace {

QString cell(const FigureModel& model, const char* id, int column, int role = Qt::DisplayRole)
{
    return model.index(model.rowOf(QLatin1String(id)), column).data(role).toString();
}

std::shared_ptr<const Report> withSqnr(double decibel, double bias)
{
    auto report = std::make_shared<Report>(*sampleReport({}));
    report->error.sqnrDecibel = decibel;
    report->error.bias = bias;
    return report;
}

}  // namespace

class TestFigureTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingMeasuredIsADash()
    {
        auto report = std::make_shared<Report>(*sampleReport({}));
        report->excluded = report->nanCount = report->elements;
        FigureModel model;
        model.setReports({report});
        for (const char* id : {"sqnr", "mse", "mae", "maximum", "clipped", "vacantTensor", "vacantBlock", "entropy"})
            QCOMPARE(cell(model, id, FigureModel::AColumn), QString("–"));
        for (const char* id : {"bits", "excluded", "nan"})
            QVERIFY2(cell(model, id, FigureModel::AColumn) != QString("–"), id);
    }

    void modelKeepsItsPromises()
    {
        FigureModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setReports({sampleReport({}), nullptr});
        model.setReports({sampleReport({}), sampleReport({})});
        model.setReports({nullptr, nullptr});
    }

    void everyFigureHasItsOwnIdNameAndExplanation()
    {
        QSet<QString> ids;
        QSet<QString> names;
        for (const Figure& figure : figureList()) {
            ids.insert(figure.id);
            names.insert(figure.name);
            QVERIFY(!figure.tip.isEmpty());
        }
        QCOMPARE(ids.size(), static_cast<int>(figureList().size()));
        QCOMPARE(names.size(), ids.size());
    }

    void differenceAndBetterSideAreShown()
    {
        FigureModel model;
        model.setReports({withSqnr(19.5, 1e-6), withSqnr(20.75, -2e-6)});
        QCOMPARE(cell(model, "sqnr", FigureModel::AColumn), QStringLiteral("19.50"));
        QCOMPARE(cell(model, "sqnr", FigureModel::BColumn), QStringLiteral("✓ 20.75"));
        QCOMPARE(cell(model, "sqnr", FigureModel::BColumn, Qt::AccessibleTextRole), QStringLiteral("20.75, best"));
        QCOMPARE(cell(model, "sqnr", FigureModel::DifferenceColumn), QStringLiteral("+1.25"));
        QVERIFY(cell(model, "bias", FigureModel::AColumn).startsWith(QStringLiteral("✓")));  // nearer to zero
        QVERIFY(!cell(model, "mse", FigureModel::AColumn).startsWith(QStringLiteral("✓")));  // equal
    }

    void betterSideKnowsItsDirection()
    {
        QCOMPARE(betterSide(Better::Lower, 1.0, 2.0), -1);
        QCOMPARE(betterSide(Better::Higher, 1.0, 2.0), 1);
        QCOMPARE(betterSide(Better::NearerToZero, -1.0, 0.5), 1);
        QCOMPARE(betterSide(Better::NearerToOne, 0.99, 1.02), -1);
        QCOMPARE(betterSide(Better::Neither, 1.0, 2.0), 0);
        QCOMPARE(betterSide(Better::Lower, 1.0, 1.0), 0);
        QCOMPARE(betterSide(Better::Lower, std::nullopt, 1.0), 0);
    }

    void estimatesAreCalledBetterOnlyBeyondTheirError()
    {
        const auto preview = [](double decibel, double standardError) {
            auto report = std::make_shared<Report>(*withSqnr(decibel, 1e-6));
            report->tier = ReportTier::Preview;
            report->sqnrStandardError = standardError;
            return report;
        };
        FigureModel model;
        const auto isMarked = [&model](const char* id) {
            return cell(model, id, FigureModel::BColumn).startsWith(QStringLiteral("✓"));
        };
        model.setReports({withSqnr(19.5, 2e-6), preview(19.6, 0.06)});  // 0.10 dB apart, 0.12 needed
        QVERIFY(!isMarked("sqnr"));
        model.setReports({withSqnr(19.5, 2e-6), preview(19.6, 0.04)});
        QVERIFY(isMarked("sqnr"));
        QVERIFY(!isMarked("bias"));                                    // nothing tells how far off it is
        model.setReports({preview(19.5, 0.04), preview(19.6, 0.04)});  // both errors count: 0.113 needed
        QVERIFY(!isMarked("sqnr"));

        auto pass = std::make_shared<Report>(*withSqnr(19.6, 1e-6));
        pass->tier = ReportTier::Pass;
        model.setReports({withSqnr(19.5, 2e-6), pass});
        QVERIFY(isMarked("sqnr"));
        QVERIFY(!isMarked("bias"));  // still the preview's
    }

    void undefinedFiguresAreDashes()
    {
        auto report = std::make_shared<Report>(*sampleReport({}));
        report->error.sqnrDecibel.reset();
        FigureModel model;
        model.setReports({report, sampleReport({})});
        QCOMPARE(cell(model, "sqnr", FigureModel::AColumn), QStringLiteral("–"));
        QCOMPARE(cell(model, "sqnr", FigureModel::DifferenceColumn), QString());
    }

    void boundsSayAtWhichBits()
    {
        auto report = std::make_shared<Report>(*sampleReport({}));
        report->bounds.shannonDecibel = 20.0;
        report->boundsAllIn.shannonDecibel = 21.5;
        FigureModel model;
        model.setReports({report, nullptr});
        QCOMPARE(cell(model, "shannon", FigureModel::AColumn), QStringLiteral("20.00"));
        QCOMPARE(cell(model, "allIn_shannon", FigureModel::AColumn), QStringLiteral("21.50"));
        QCOMPARE(cell(model, "allIn_lloydMax", FigureModel::AColumn), QStringLiteral("–"));
        QVERIFY(cell(model, "shannon", FigureModel::NameColumn).contains(QStringLiteral("code bits")));
        QVERIFY(cell(model, "allIn_shannon", FigureModel::NameColumn).contains(QStringLiteral("all-in bits")));
    }

    void basisIsAFigureInWords()
    {
        auto report = std::make_shared<Report>(*sampleReport({}));
        report->basis = "Hadamard 16, signs of seed 1";
        auto plain = std::make_shared<Report>(*sampleReport({}));
        plain->basis = "as stored";
        FigureModel model;
        model.setReports({report, plain});
        QCOMPARE(cell(model, "basis", FigureModel::AColumn), QStringLiteral("Hadamard 16, signs of seed 1"));
        QCOMPARE(cell(model, "basis", FigureModel::BColumn), QStringLiteral("as stored"));
        QCOMPARE(cell(model, "basis", FigureModel::DifferenceColumn), QString());
        FigureTable table;
        table.setReports({report, plain});
        const QString title = table.findChild<QLabel*>(QStringLiteral("figureTitle"))->text();
        QVERIFY2(title.contains(QStringLiteral("A measured in the basis: Hadamard 16")), qPrintable(title));
        QVERIFY(!title.contains(QStringLiteral("B measured")));
    }

    void columnsOfBAreHiddenWithoutB()
    {
        FigureTable table;
        auto* view = table.findChild<QTableView*>();
        table.setReports({sampleReport({}), nullptr});
        QVERIFY(view->isColumnHidden(FigureModel::BColumn));
        table.setReports({sampleReport({}), sampleReport({})});
        QVERIFY(!view->isColumnHidden(FigureModel::DifferenceColumn));
        QVERIFY(table.toText().startsWith(QStringLiteral("Figure\tUnit\tA\tB\tB − A\n")));
    }
};

QTEST_MAIN(TestFigureTable)
#include "tst_figure_table.moc"
