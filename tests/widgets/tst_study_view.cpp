#include "sample_study.h"
#include "widgets/study_painter.h"
#include "widgets/study_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFontMetricsF>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace nanoscope;

class TestStudyView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void anEmptyViewSaysWhatToDo();
    void everyPageHasAPictureATableAndAFinding_data();
    void everyPageHasAPictureATableAndAFinding();
    void bitsStandAsTheyAreWritten();
    void partsAreCodebooksAndTheScale();
    void theChosenPartOutlivesTheResult();
    void theBestSplitHasAStar();
    void spikesAreFlaggedInWords();
    void partsThatAreAbsentAreExplained();
    void aRunningStudyMarksWhatIsShown();
    void pagesAreSetQuietlyAndTurnedAloud();
    void valuesLieOnTheirAxes();
    void aTitleLongerThanItsAxisTakesTwoLines();
    void bothThemesPaintAtEverySize();

private:
    std::shared_ptr<StudyResult> m_result;
};

namespace {

QString cell(const StudyView& view, int row, int column)
{
    return view.tableModel().index(row, column).data().toString();
}

QComboBox* parts(const StudyView& view)
{
    return view.findChild<QComboBox*>(QStringLiteral("studyPart"));
}

QString note(const StudyView& view)
{
    return view.findChild<QLabel*>(QStringLiteral("studyNote"))->text();
}

StudyPage pageAt(int index)
{
    return static_cast<StudyPage>(index);
}

}  // namespace

void TestStudyView::initTestCase()
{
    QLocale::setDefault(QLocale::c());
    m_result = test::sampleStudy();
}

void TestStudyView::anEmptyViewSaysWhatToDo()
{
    StudyView view;
    for (int page = 0; page < kStudyPages; ++page) {
        view.setPage(pageAt(page));
        QVERIFY(view.plot().summary().contains(QStringLiteral("Open a tensor")));
        QCOMPARE(view.tableModel().rowCount(), 0);
        QVERIFY(!parts(view)->isVisibleTo(&view));
        QVERIFY(!view.grab().isNull());
    }
}

void TestStudyView::everyPageHasAPictureATableAndAFinding_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QString>("finding");
    QTest::newRow("bit flips") << 0 << 4 << "Bit 2 does most on average: 1.87 RMS";
    QTest::newRow("L-Mul") << 1 << 13 << "Smallest error with 4 mantissa bits";
    QTest::newRow("float split") << 2 << 3 + 4 + 5 + 6 + 8 << "E2M0, E2M1, E2M2, INT6, INT8";
    QTest::newRow("error interval") << 3 << static_cast<int>(kWidthBins) << "93.8 % of the weights are free";
    QTest::newRow("spikes") << 4 << static_cast<int>(m_result->spikes->octaves.size()) << "Not flagged";
}

void TestStudyView::everyPageHasAPictureATableAndAFinding()
{
    QFETCH(int, page);
    QFETCH(int, rows);
    QFETCH(QString, finding);
    StudyView view;
    view.setResult(m_result);
    view.setPage(pageAt(page));
    QAbstractItemModelTester tester(view.findChild<QTableView*>()->model());
    QCOMPARE(view.tableModel().rowCount(), rows);
    QVERIFY(view.tableModel().columnCount() >= 3);
    QVERIFY2(note(view).replace(QChar(0x00a0), QLatin1Char(' ')).contains(finding), qPrintable(note(view)));
    QVERIFY(!view.plot().content().series.empty());
    QVERIFY(view.plot().accessibleDescription().contains(note(view)));
    QCOMPARE(view.toText().count(QLatin1Char('\n')), rows + (view.toText().endsWith(QLatin1Char('\n')) ? 1 : 0));
}

void TestStudyView::bitsStandAsTheyAreWritten()
{
    StudyView view;
    view.setResult(m_result);
    parts(view)->setCurrentIndex(1);  // E2M1
    const StudyContent& content = view.plot().content();
    QCOMPARE(content.categories, QStringList({"3\nS", "2\nE", "1\nE", "0\nM"}));
    QCOMPARE(content.series[0].points.first().y(), 1.580);
    QCOMPARE(content.series[1].points.last().y(), 1.34);
    QCOMPARE(cell(view, 0, 1), QStringLiteral("sign"));
    QCOMPARE(cell(view, 3, 2), QStringLiteral("0.428"));
    QVERIFY(note(view).contains(QStringLiteral("Bit 2 (exponent)")));
    QVERIFY(note(view).contains(QStringLiteral("no number")));
}

void TestStudyView::partsAreCodebooksAndTheScale()
{
    StudyView view;
    view.setResult(m_result);
    QCOMPARE(parts(view)->count(), 4);
    QCOMPARE(parts(view)->itemText(2), QStringLiteral("Element code INT4"));
    parts(view)->setCurrentIndex(3);
    QVERIFY(view.plot().plotTitle().contains(QStringLiteral("scale")));
    QCOMPARE(view.tableModel().rowCount(), 8);
    QCOMPARE(cell(view, 7, 2), QStringLiteral("0.5"));
    QCOMPARE(cell(view, 7, 3), QStringLiteral("2"));

    auto single = std::make_shared<StudyResult>(*m_result);
    single->bitFlips->books.pop_back();
    single->bitFlips->scale = {};
    view.setResult(single);
    QCOMPARE(parts(view)->count(), 1);
    QVERIFY(!parts(view)->isVisibleTo(&view));
    QVERIFY(view.plot().content().detail.contains(QStringLiteral("E2M1")));
}

void TestStudyView::theChosenPartOutlivesTheResult()
{
    StudyView view;
    view.setResult(m_result);
    view.setPage(StudyPage::FloatSplit);
    parts(view)->setCurrentIndex(1);
    view.setPage(StudyPage::BitFlips);
    QCOMPARE(parts(view)->currentIndex(), 0);
    view.setResult(std::make_shared<StudyResult>(*m_result));
    view.setPage(StudyPage::FloatSplit);
    QCOMPARE(parts(view)->currentText(), QStringLiteral("Blocks of 16"));
    QCOMPARE(view.tableModel().rowCount(), 3 + 4);
}

void TestStudyView::theBestSplitHasAStar()
{
    StudyView view;
    view.setResult(m_result);
    view.setPage(StudyPage::FloatSplit);
    const StudySeries& stars = view.plot().content().series.back();
    QCOMPARE(stars.mark, StudyMark::Star);
    QCOMPARE(stars.points, QList<QPointF>({{2, 13.6}, {2, 19.7}, {2, 25.7}, {0, 31.6}, {0, 43.8}}));
    QCOMPARE(cell(view, 2, 1), QStringLiteral("E2M0"));
    QCOMPARE(cell(view, 2, 4), QStringLiteral("★"));
    QCOMPARE(cell(view, 1, 4), QString());
}

void TestStudyView::spikesAreFlaggedInWords()
{
    auto result = std::make_shared<StudyResult>(*m_result);
    result->spikes = spikeFigures(test::sampleValues(1 << 16, 3));
    StudyView view;
    view.setPage(StudyPage::Spikes);
    view.setResult(result);
    QVERIFY2(note(view).startsWith(QStringLiteral("⚑ Flagged")), qPrintable(note(view)));
    QVERIFY(note(view).contains(QStringLiteral("more than 100")));
    QCOMPARE(view.plot().content().rules.size(), std::size_t{4});

    result->spikes = spikeFigures(std::vector<float>{0.0F, 0.0F, 0.0F, 1.0F});
    view.setResult(std::make_shared<StudyResult>(*result));
    QVERIFY(note(view).startsWith(QStringLiteral("Not judged")));
}

void TestStudyView::partsThatAreAbsentAreExplained()
{
    auto result = std::make_shared<StudyResult>();
    result->spikes = spikeFigures(std::vector<float>(4, 0.0F));
    result->errorIntervals = ErrorIntervalFigures();
    result->lMul = lMulStudy(std::vector<float>(4, 0.0F));
    result->floatSplit = FloatSplitStudy();
    result->bitFlips = BitFlipStudy();
    StudyView view;
    for (const auto& shown : {result, std::make_shared<StudyResult>()}) {
        view.setResult(shown);
        for (int page = 0; page < kStudyPages; ++page) {
            view.setPage(pageAt(page));
            QVERIFY(view.plot().content().series.empty());
            QVERIFY(!view.plot().summary().isEmpty());
            QVERIFY(!view.plot().summary().contains(QStringLiteral("Open a tensor")));
            QVERIFY(!view.grab().isNull());
        }
    }
}

void TestStudyView::aRunningStudyMarksWhatIsShown()
{
    StudyView view;
    view.setRunning(true);
    QVERIFY(view.plot().summary().contains(QStringLiteral("computed")));
    view.setResult(m_result);
    QVERIFY(!note(view).contains(QStringLiteral("being computed")));
    view.setRunning(true);
    QVERIFY(note(view).contains(QStringLiteral("being computed")));
    view.setRunning(false);
    QVERIFY(!note(view).contains(QStringLiteral("being computed")));
}

void TestStudyView::pagesAreSetQuietlyAndTurnedAloud()
{
    StudyView view;
    QSignalSpy turned(&view, &StudyView::pageChanged);
    view.setPage(StudyPage::LMul);
    QCOMPARE(turned.count(), 0);
    QCOMPARE(view.page(), StudyPage::LMul);
    view.findChild<QComboBox*>(QStringLiteral("studyPage"))->setCurrentIndex(4);
    QCOMPARE(turned.count(), 1);
    QCOMPARE(view.page(), StudyPage::Spikes);
}

void TestStudyView::valuesLieOnTheirAxes()
{
    StudyContent content;
    content.x = {QStringLiteral("x"), AxisScale::Log2, 1.0, 16.0, {}};
    content.y = {QStringLiteral("y"), AxisScale::Log10, 1.0, 100.0, {}};
    const QFontMetricsF metrics{QFont()};
    const Theme theme = lightTheme();
    const StudyPainter painter(content, theme, QRectF(0, 0, 400, 300), metrics);
    const QRectF area = painter.plotArea();
    const QPointF middle = painter.placeOf({4.0, 10.0});
    QCOMPARE(middle.x(), area.center().x());
    QCOMPARE(middle.y(), area.center().y());
    QCOMPARE(painter.placeOf({16.0, 100.0}), area.topRight());
    QVERIFY(!std::isfinite(painter.placeOf({4.0, 0.0}).y()));  // zero has no place on a logarithmic axis
}

void TestStudyView::aTitleLongerThanItsAxisTakesTwoLines()
{
    StudyContent content;
    content.x = {QStringLiteral("x"), AxisScale::Linear, 0.0, 1.0, {}};
    content.y = {QStringLiteral("error of the others, times"), AxisScale::Linear, 0.0, 1.0, {}};
    const QFontMetricsF metrics{QFont()};
    const double length = metrics.horizontalAdvance(content.y.title);
    const Theme theme = lightTheme();
    const auto left = [&](double height) {
        return StudyPainter(content, theme, QRectF(0, 0, 400, height), metrics).plotArea().left();
    };
    QCOMPARE(left(length - 1), left(length + 1) + metrics.height());
}

void TestStudyView::bothThemesPaintAtEverySize()
{
    const QString folder = qEnvironmentVariable("NANOSCOPE_TEST_PICTURES");  // to look at them
    StudyView view;
    view.setResult(m_result);
    for (const Theme& theme : {lightTheme(), darkTheme()}) {
        QApplication::setPalette(paletteFor(theme));
        qApp->setStyleSheet(styleSheetFor(theme));
        view.setTheme(theme);
        for (const QSize& size : {QSize(620, 520), QSize(300, 320)}) {
            view.resize(size);
            for (int page = 0; page < kStudyPages; ++page) {
                view.setPage(pageAt(page));
                for (int part = 0; part < std::max(1, parts(view)->count()); ++part) {
                    parts(view)->setCurrentIndex(part);
                    const QPixmap picture = view.grab();
                    const auto* plot = view.findChild<StudyPlot*>();
                    QCOMPARE(picture.toImage().pixelColor(plot->mapTo(&view, QPoint(2, 2))), theme.panel);
                    if (!folder.isEmpty())
                        picture.save(QStringLiteral("%1/%2_%3_%4_%5.png")
                                         .arg(folder, theme.dark ? "dark" : "light")
                                         .arg(size.width())
                                         .arg(page)
                                         .arg(part));
                }
            }
        }
    }
    qApp->setStyleSheet(QString());
}

QTEST_MAIN(TestStudyView)
#include "tst_study_view.moc"
