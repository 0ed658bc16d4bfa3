#include "sample_report.h"
#include "widgets/level_layout.h"
#include "widgets/level_line.h"
#include "widgets/level_plot.h"

#include <QElapsedTimer>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPicture>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

using namespace nanoscope;

class TestLevelPlot : public QObject {
    Q_OBJECT

private slots:
    void init();
    void withoutAReportItSaysWhatToDo();
    void hoverNamesTheLevelThatTakesTheValue();
    void clickSelectsTheLevelOfItsDecisionBand();
    void theFootSelectsTheStructuralCode();
    void arrowsMoveTheSelectionFromLevelToLevel();
    void upAndDownChangeTheCodebook();
    void lSwitchesTheCountAxis();
    void aLevelThatTheNewFormatLacksIsDeselected();
    void summaryTellsVacancyInWords();
    void commonAxisHoldsTheLevelsOfBoth();
    void decisionIntervalsEndHalfwayBetweenLevels();
    void labelsNeverOverlapAndAreSymmetric_data();
    void labelsNeverOverlapAndAreSymmetric();
    void aCountOfZeroLiesOnTheBaseLine();
    void densityKeepsTheNumberOfElements();
    void densityEndsWithoutThePeakOfWhatLiesBeyond();
    void everyFormatFromThreeTo255LevelsPaints_data();
    void everyFormatFromThreeTo255LevelsPaints();
    void crowdedLevelsBecomeColumnsAndAreSaidToBe();
    void vacantLevelsFarOutAreLeftOff();
    void booksOfDifferentReachHaveLinesOfTheirOwn();
    void wideBooksCountLevelsThatAreNotListed();
    void twentyThousandLevelsPaintAsFast();
    void basisIsToldUnlessAsStored();

private:
    std::unique_ptr<LevelPlot> m_plot;
    std::shared_ptr<const Report> m_report;
};

void TestLevelPlot::init()
{
    m_report = test::sampleReport({});
    m_plot = std::make_unique<LevelPlot>();
    m_plot->resize(640, 320);
    m_plot->setReport(m_report);
    m_plot->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
}

void TestLevelPlot::withoutAReportItSaysWhatToDo()
{
    LevelPlot empty;
    empty.resize(400, 200);
    QVERIFY(!empty.grab().isNull());
    QVERIFY(!empty.summary().isEmpty());
    QTest::mouseClick(&empty, Qt::LeftButton, {}, {100, 100});
    QTest::keyClick(&empty, Qt::Key_Right);
    QVERIFY(!empty.selectedLevel());
}

void TestLevelPlot::hoverNamesTheLevelThatTakesTheValue()
{
    QSignalSpy hovered(m_plot.get(), &LevelPlot::levelHovered);
    QTest::mouseMove(m_plot.get(), m_plot->positionOf({0, 10})->toPoint());
    QTRY_COMPARE(m_plot->hoveredLevel(), std::optional(LevelId{0, 10}));
    QVERIFY(!hovered.isEmpty());
    QVERIFY(!m_plot->selectedLevel());
}

void TestLevelPlot::clickSelectsTheLevelOfItsDecisionBand()
{
    QSignalSpy selected(m_plot.get(), &LevelPlot::levelSelected);
    // Level 3 is code 5 and takes 2.5 to 3.5: a quarter of the way to level 4 is still its own.
    const double three = m_plot->positionOf({0, 5})->x();
    const double four = m_plot->positionOf({0, 6})->x();
    const QPoint between(qRound(three + 0.25 * (four - three)), 150);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, between);
    QCOMPARE(selected.count(), 1);
    QCOMPARE(selected.first().first().value<LevelId>(), (LevelId{0, 5}));
    QCOMPARE(m_plot->selectedLevel(), std::optional(LevelId{0, 5}));
    QVERIFY(m_plot->accessibleDescription().contains(QStringLiteral("selected level 3")));
}

void TestLevelPlot::theFootSelectsTheStructuralCode()
{
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, m_plot->positionOf({0, 8})->toPoint());
    QCOMPARE(m_plot->selectedLevel(), std::optional(LevelId{0, 8}));
}

void TestLevelPlot::arrowsMoveTheSelectionFromLevelToLevel()
{
    m_plot->setSelectedLevel(LevelId{0, 1});  // 0.5
    QSignalSpy selected(m_plot.get(), &LevelPlot::levelSelected);
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    QCOMPARE(m_plot->selectedLevel(), std::optional(LevelId{0, 2}));  // 1
    QTest::keyClick(m_plot.get(), Qt::Key_Home);
    QCOMPARE(m_plot->selectedLevel(), std::optional(LevelId{0, 15}));  // -6
    QTest::keyClick(m_plot.get(), Qt::Key_Left);
    QCOMPARE(m_plot->selectedLevel(), std::optional(LevelId{0, 15}));
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    QCOMPARE(m_plot->selectedLevel(), std::optional(LevelId{0, 14}));  // -4
    QVERIFY(selected.count() >= 3);
}

void TestLevelPlot::upAndDownChangeTheCodebook()
{
    test::Sample sample;
    sample.magnitudes.push_back(test::integerMagnitudes(4));
    m_plot->setReport(test::sampleReport(sample));
    m_plot->setSelectedLevel(LevelId{0, 7});  // 6
    QTest::keyClick(m_plot.get(), Qt::Key_Down);
    QCOMPARE(m_plot->selectedLevel(), std::optional(LevelId{1, 6}));
    QTest::keyClick(m_plot.get(), Qt::Key_Up);
    QCOMPARE(m_plot->selectedLevel(), std::optional(LevelId{0, 7}));
}

void TestLevelPlot::lSwitchesTheCountAxis()
{
    QSignalSpy changed(m_plot.get(), &LevelPlot::logCountsChanged);
    QTest::keyClick(m_plot.get(), Qt::Key_L);
    QVERIFY(!m_plot->logCounts());
    QTest::keyClick(m_plot.get(), Qt::Key_L);
    QVERIFY(m_plot->logCounts());
    QCOMPARE(changed.count(), 2);
}

void TestLevelPlot::aLevelThatTheNewFormatLacksIsDeselected()
{
    m_plot->setSelectedLevel(LevelId{0, 15});
    test::Sample sample;
    sample.magnitudes = {{0, 1}};
    m_plot->setReport(test::sampleReport(sample));
    QVERIFY(!m_plot->selectedLevel());
}

void TestLevelPlot::summaryTellsVacancyInWords()
{
    QVERIFY(m_plot->summary().contains(QStringLiteral("none of 15 levels vacant")));
    QVERIFY(m_plot->summary().contains(QStringLiteral("1 structural")));
    test::Sample sample;
    sample.magnitudes = {test::integerMagnitudes(6)};
    sample.wholeTensorScale = true;
    const auto report = test::sampleReport(sample);
    QVERIFY(report->vacant.tensor > 0);
    m_plot->setReport(report);
    QVERIFY(
        m_plot->accessibleDescription().contains(QStringLiteral("%1 of 63 levels vacant").arg(report->vacant.tensor)));
}

void TestLevelPlot::commonAxisHoldsTheLevelsOfBoth()
{
    test::Sample wide;
    wide.magnitudes = {test::integerMagnitudes(5)};
    const auto other = test::sampleReport(wide);
    const LevelAxis axis = commonAxis({m_report.get(), nullptr, other.get()});
    QVERIFY(axis.lowest < -15 && axis.highest > 15);
    QCOMPARE(axis.densityUnit, 0.5);
    QVERIFY(shareNumberLine({m_report.get(), nullptr, other.get()}));
    wide.magnitudes = {test::integerMagnitudes(8)};
    QVERIFY(!shareNumberLine({m_report.get(), test::sampleReport(wide).get()}));
}

void TestLevelPlot::decisionIntervalsEndHalfwayBetweenLevels()
{
    const LevelStrips strips(*m_report);
    const LevelMark* two = strips.find({0, 4});
    QCOMPARE(two->level, 2.0);
    QCOMPARE(two->lower, 1.75);
    QCOMPARE(two->upper, 2.5);
    QCOMPARE(strips.bitsOf(*two), QStringLiteral("0100"));
    QVERIFY(std::isinf(strips.find({0, 7})->upper));
    QVERIFY(strips.find({0, 8})->structural);
    QVERIFY(!strips.find({1, 0}));
}

void TestLevelPlot::labelsNeverOverlapAndAreSymmetric_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<double>("unit");
    QTest::addColumn<double>("width");
    for (const int bits : {2, 3, 4, 5, 6, 8})
        for (const double unit : {1.0, 512.0, 1.0 / 512})
            for (const double width : {120.0, 300.0, 900.0})
                QTest::addRow("%d bits of %g on %g px", bits, unit, width) << bits << unit << width;
}

void TestLevelPlot::labelsNeverOverlapAndAreSymmetric()
{
    QFETCH(int, bits);
    QFETCH(double, unit);
    QFETCH(double, width);
    std::vector<double> levels;
    for (const double magnitude : test::integerMagnitudes(bits)) {
        levels.push_back(unit * magnitude);
        if (magnitude > 0)
            levels.push_back(-unit * magnitude);
    }
    std::sort(levels.begin(), levels.end());
    LevelAxis axis;
    axis.highest = 1.05 * levels.back();
    axis.lowest = -axis.highest;
    const QFontMetricsF metrics(m_plot->font());
    const auto position = [&](double value) { return (value - axis.lowest) / (axis.highest - axis.lowest) * width; };
    const auto textWidth = [&](const QString& text) { return metrics.horizontalAdvance(text); };
    const std::vector<LevelTick> ticks = levelTicks(levels, axis, position, textWidth);
    QVERIFY(!ticks.empty());
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        QCOMPARE(ticks[i].value, -ticks[ticks.size() - 1 - i].value);
        if (i == 0)
            continue;
        const double left = position(ticks[i - 1].value) + textWidth(ticks[i - 1].text) / 2;
        const double right = position(ticks[i].value) - textWidth(ticks[i].text) / 2;
        QVERIFY2(left < right, qPrintable(ticks[i].text));
    }
}

void TestLevelPlot::aCountOfZeroLiesOnTheBaseLine()
{
    for (const bool logarithmic : {true, false}) {
        const CountScale scale(5000, 200, logarithmic);
        QCOMPARE(scale.heightOf(0), 0.0);
        QVERIFY(scale.heightOf(1) > 0);
        QVERIFY(scale.heightOf(1) < scale.heightOf(2));
        QVERIFY(scale.heightOf(5000) <= 200);
        QVERIFY(scale.heightOf(1e9) <= 200);
        for (const CountScale::Tick& tick : scale.ticks(20))
            QVERIFY(tick.count > 0);
    }
}

void TestLevelPlot::densityKeepsTheNumberOfElements()
{
    Density density;
    density.lowest = -8;
    density.highest = 8;
    density.counts.assign(512, 3);
    // 1536 elements on 16 units are 48 per half unit, whatever the columns.
    for (const int columns : {50, 400, 3000})
        for (const double value : densityCurve(density, -7, 7, columns, 0.5))
            QVERIFY(std::fabs(value - 48) < 1e-6);
    QVERIFY(densityCurve(Density{}, -1, 1, 100, 1).empty());
}

void TestLevelPlot::densityEndsWithoutThePeakOfWhatLiesBeyond()
{
    Density density;
    density.lowest = -8;
    density.highest = 8;
    density.counts.assign(512, 3);
    density.counts.front() = density.counts.back() = 26'000;  // 3 of them inside, as everywhere
    for (const double value : densityCurve(density, -8, 8, 400, 0.5))
        QVERIFY2(std::fabs(value - 48) < 1e-6, qPrintable(QString::number(value)));
}

void TestLevelPlot::everyFormatFromThreeTo255LevelsPaints_data()
{
    QTest::addColumn<int>("bits");
    for (const int bits : {2, 3, 4, 6, 8})
        QTest::addRow("%d bits", bits) << bits;
}

void TestLevelPlot::everyFormatFromThreeTo255LevelsPaints()
{
    QFETCH(int, bits);
    test::Sample sample;
    sample.rows = 8;
    sample.magnitudes = {test::integerMagnitudes(bits)};
    m_plot->setReport(test::sampleReport(sample));
    m_plot->setElement(ElementMarker{0, 0.6, 1});
    m_plot->setSelectedLevel(LevelId{0, 1});
    for (const QSize size : {QSize(60, 40), QSize(220, 150), QSize(1600, 400)}) {
        m_plot->resize(size);
        const QImage image = m_plot->grab().toImage();
        QVERIFY(!image.isNull());
    }
}

namespace {

/// A report of one wide book: `count` levels of equal steps around zero, all of them in use.
std::shared_ptr<Report> wideReport(int count)
{
    auto report = std::make_shared<Report>(*test::sampleReport({}));
    report->format.spec.elements.front().bits = 16;
    report->levels.clear();
    report->density.clear();
    for (int i = 0; i < count; ++i)
        report->levels.push_back({0, static_cast<std::uint32_t>(i), 1e-3 * (i - count / 2), CodeUse::Level,
            static_cast<std::uint64_t>(i % 50 + 1), 0.0});
    report->vacant.tensor = 65535 - static_cast<std::uint64_t>(count);
    return report;
}

}  // namespace

void TestLevelPlot::crowdedLevelsBecomeColumnsAndAreSaidToBe()
{
    const auto report = wideReport(20000);
    const LevelStrips strips(*report);
    const LevelAxis axis = commonAxis({report.get()});
    const QFont font;
    const LevelLayout layout(QRectF(0, 0, 900, 500), QFontMetricsF(font), strips, axis);
    const LevelDrawing& drawing = layout.drawing(0);
    QVERIFY(drawing.single.empty());
    QVERIFY(static_cast<double>(drawing.columns.size()) <= 900 / kLevelColumnWidth);
    std::uint64_t levels = 0;
    for (std::size_t i = 0; i < drawing.columns.size(); ++i) {
        levels += drawing.columns[i].levels;
        QVERIFY(drawing.columns[i].largestCount <= 50);
        QVERIFY(i == 0 || drawing.columns[i].left >= drawing.columns[i - 1].left + kLevelColumnWidth - 1e-9);
    }
    QCOMPARE(levels, std::uint64_t{20000});
    const auto& legend = layout.legend();
    QVERIFY(std::any_of(legend.begin(), legend.end(), [](const LevelLayout::LegendEntry& entry) {
        return entry.glyph == LevelLayout::Glyph::Column && entry.text.contains(QStringLiteral("levels on a pixel"));
    }));
    // A few levels are drawn one by one, whatever their number in words.
    const LevelStrips few(*m_report);
    const LevelLayout wide(QRectF(0, 0, 900, 500), QFontMetricsF(font), few, commonAxis({m_report.get()}));
    QVERIFY(wide.drawing(0).columns.empty());
    QCOMPARE(wide.drawing(0).single.size(), std::size_t{16});
}

void TestLevelPlot::vacantLevelsFarOutAreLeftOff()
{
    auto report = std::make_shared<Report>(*m_report);
    for (LevelCount& entry : report->levels)
        if (std::fabs(entry.level) > 1)
            entry.count = 0;
    const LevelLine line = levelLines(*report).front();
    QCOMPARE(line.highest, 1.25);
    QCOMPARE(line.lowest, -1.25);
    const LevelStrips strips(*report);
    const LevelLayout layout(QRectF(0, 0, 900, 500), QFontMetricsF(QFont()), strips, commonAxis({report.get()}));
    QCOMPARE(layout.drawing(0).beyond, std::size_t{10});  // 1.5, 2, 3, 4 and 6 on either side
    // Levels that are merely vacant stay.
    for (LevelCount& entry : report->levels)
        entry.count = std::fabs(entry.level) > 2 ? 0 : 1;
    QVERIFY(levelLines(*report).front().highest >= 6);
}

void TestLevelPlot::booksOfDifferentReachHaveLinesOfTheirOwn()
{
    test::Sample sample;
    sample.magnitudes.push_back(test::integerMagnitudes(4));
    QVERIFY(!commonAxis({test::sampleReport(sample).get()}).ownLines);  // 6 beside 7
    auto report = std::make_shared<Report>(*test::sampleReport(sample));
    for (LevelCount& entry : report->levels)
        entry.level *= entry.book == 1 ? 16 : 1;
    report->density.clear();
    const LevelAxis axis = commonAxis({report.get()});
    QVERIFY(axis.ownLines);
    const LevelStrips strips(*report);
    const LevelLayout layout(QRectF(0, 0, 900, 500), QFontMetricsF(QFont()), strips, axis);
    QVERIFY(std::fabs(layout.x(6, 0) - layout.x(112, 1)) < 1);
}

void TestLevelPlot::wideBooksCountLevelsThatAreNotListed()
{
    m_plot->setReport(wideReport(5000));
    QVERIFY2(
        m_plot->summary().contains(QStringLiteral("60,535 of 65,535 levels vacant")), qPrintable(m_plot->summary()));
}

void TestLevelPlot::twentyThousandLevelsPaintAsFast()
{
    // What is painted is bounded by the pixels, not by the levels.
    const auto paintedBytes = [this](int levels) {
        m_plot->resize(1200, 500);
        m_plot->setReport(wideReport(levels));
        QPicture picture;
        QPainter painter(&picture);
        painter.setFont(m_plot->font());
        QElapsedTimer timer;
        timer.start();
        m_plot->paintPlot(painter, m_plot->rect());
        qInfo("%d levels: %.2f ms", levels, static_cast<double>(timer.nsecsElapsed()) * 1e-6);
        painter.end();
        return picture.size();
    };
    const auto few = paintedBytes(2000);
    const auto many = paintedBytes(20000);
    qInfo("%u and %u bytes", few, many);
    QVERIFY(many < 2 * few);
}

void TestLevelPlot::basisIsToldUnlessAsStored()
{
    auto report = std::make_shared<Report>(*m_report);
    report->basis = "as stored";
    m_plot->setReport(report);
    QVERIFY(!m_plot->summary().contains(QStringLiteral("basis")));
    report = std::make_shared<Report>(*m_report);
    report->basis = "Hadamard 16";
    m_plot->setReport(report);
    QVERIFY(m_plot->summary().contains(QStringLiteral("measured in the basis: Hadamard 16")));
}

QTEST_MAIN(TestLevelPlot)
#include "tst_level_plot.moc"
