#include "widgets/speed_view.h"

#include <QAbstractItemModel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace nanoscope;

/// Times and kernel speeds as the Speed dock shows them.
class TestSpeedView : public QObject {
    Q_OBJECT

private slots:
    void timesAreShownWithTheirUnits_data();
    void timesAreShownWithTheirUnits();
    void anotherTensorStartsAnew();
    void kernelsAreListed();
    void measuringCanBeCanceled();
};

namespace {

QString textOf(const SpeedView& view, const QString& table, int row, int column)
{
    const auto* found = view.findChild<QTableView*>(table);
    return found->model()->index(row, column).data().toString();
}

SpeedReport twoResults()
{
    SpeedReport speed;
    speed.read = {{1, {9.75, 9.7}}, {2, {13.4, 13.2}}};
    speed.results = {{"mxfp4_full", 1, InstructionSet::Avx512, 1 << 20, 5.18, 5.1, 0.53},
        {"mxfp4_full", 1, InstructionSet::Portable, 1 << 20, 0.13, 0.13, 0.013}};
    return speed;
}

}  // namespace

void TestSpeedView::timesAreShownWithTheirUnits_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("rate");
    QTest::newRow("microseconds") << 64e-6 << QStringLiteral("64 µs") << QStringLiteral("15.6\u00A0G");
    QTest::newRow("milliseconds") << 21.6e-3 << QStringLiteral("21.6 ms") << QStringLiteral("46.3\u00A0M");
    QTest::newRow("seconds") << 2.5 << QStringLiteral("2.5 s") << QStringLiteral("400\u00A0k");
}

void TestSpeedView::timesAreShownWithTheirUnits()
{
    QFETCH(const double, seconds);
    QFETCH(const QString, time);
    QFETCH(const QString, rate);
    SpeedView view;
    view.setTime(SpeedStage::SummaryAnswer, {seconds, 1'000'000, QStringLiteral("MXFP4")});
    const int row = static_cast<int>(SpeedStage::SummaryAnswer);
    QCOMPARE(textOf(view, "speedTimes", row, 1), time);
    QCOMPARE(textOf(view, "speedTimes", row, 2), rate);
    QCOMPARE(textOf(view, "speedTimes", row, 3), QStringLiteral("MXFP4"));
    QCOMPARE(textOf(view, "speedTimes", row + 1, 1), QStringLiteral("–"));
}

void TestSpeedView::anotherTensorStartsAnew()
{
    SpeedView view;
    view.setTime(SpeedStage::Report, {0.1, 100, QStringLiteral("NF4")});
    view.clearTimes();
    const int row = static_cast<int>(SpeedStage::Report);
    QCOMPARE(textOf(view, "speedTimes", row, 1), QStringLiteral("–"));
    QCOMPARE(textOf(view, "speedTimes", row, 3), QString());
}

void TestSpeedView::kernelsAreListed()
{
    SpeedView view;
    const auto* table = view.findChild<QTableView*>("speedKernels");
    QVERIFY(table->isHidden());
    view.setSpeed(std::make_shared<const SpeedReport>(twoResults()));
    QVERIFY(!table->isHidden());
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(textOf(view, "speedKernels", 1, 2), QStringLiteral("portable"));
    QCOMPARE(textOf(view, "speedKernels", 0, 4), QStringLiteral("0.530"));
    QVERIFY(view.toText().contains(QStringLiteral("mxfp4_full\t1\tavx512")));
    view.setSpeed(std::make_shared<const SpeedReport>(twoResults()));
    QCOMPARE(table->model()->rowCount(), 2);
}

void TestSpeedView::measuringCanBeCanceled()
{
    SpeedView view;
    auto* measure = view.findChild<QPushButton*>("measureSpeed");
    auto* cancel = view.findChild<QPushButton*>("cancelSpeed");
    const auto* progress = view.findChild<QProgressBar*>("speedProgress");
    QSignalSpy wanted(&view, &SpeedView::measureRequested);
    QSignalSpy unwanted(&view, &SpeedView::cancelRequested);
    QVERIFY(cancel->isHidden());
    measure->click();
    QCOMPARE(wanted.count(), 1);
    view.setMeasuring(0.25);
    QVERIFY(!measure->isEnabled());
    QVERIFY(!cancel->isHidden());
    QCOMPARE(progress->value(), 250);
    cancel->click();
    QCOMPARE(unwanted.count(), 1);
    view.setMeasuring(std::nullopt);
    QVERIFY(measure->isEnabled());
    QVERIFY(progress->isHidden());
}

QTEST_MAIN(TestSpeedView)
#include "tst_speed_view.moc"
