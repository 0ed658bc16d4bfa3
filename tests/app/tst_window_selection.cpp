#include "app/main_window.h"
#include "app/status_line.h"
#include "app/window_options.h"
#include "widgets/block_model.h"
#include "widgets/block_sqnr_chart.h"
#include "widgets/block_values.h"
#include "widgets/block_view_widget.h"
#include "widgets/error_share_view.h"
#include "widgets/heat_map.h"
#include "widgets/inspector.h"
#include "widgets/level_model.h"
#include "widgets/level_plot.h"
#include "widgets/level_table.h"
#include "widgets/outlier_view.h"
#include "widgets/pick_plot.h"

#include <QDockWidget>
#include <QLabel>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace nanoscope;

/// One selection through all views of the window: level, block and element.
class TestWindowSelection : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void aHoveredLevelIsShownEverywhere();
    void aLevelHoveredInAnotherFormatShowsTheNearest();
    void aLevelChosenByKeyStaysUntilItIsDismissed();
    void theMapFollowsAChosenLevelThroughFormats();
    void anElementOfTheBlockChoosesItsLevel();
    void nobodyAsksWithoutALevel();
    void anOutlierIsShownInTheInspector();
    void aBlockOfTheErrorShareIsShown();
    void aBlockOfTheSqnrChartIsShown();
    void hiddenViewsAreMadeWhenTheyAreShown();

private:
    template <typename Widget> [[nodiscard]] Widget* in(const char* dock) const
    {
        return m_window->findChild<QDockWidget*>(dock)->findChild<Widget*>();
    }
    [[nodiscard]] LevelPlot& plot() const { return *m_window->findChild<LevelPlot*>("levelsA"); }
    [[nodiscard]] HeatMap& map() const { return *m_window->findChild<HeatMap*>(); }
    [[nodiscard]] const Report& report() const { return *m_window->explorer().report(Explorer::A); }
    [[nodiscard]] LevelId rowOfTable() const;
    [[nodiscard]] QList<int> outlinedElements() const;
    void raise(const char* dock) const;
    void hover(const LevelId& level) const;

    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_directory;
};

void TestWindowSelection::initTestCase()
{
    QCoreApplication::setOrganizationName("nanoscope-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
}

void TestWindowSelection::init()
{
    m_window = std::make_unique<MainWindow>(startFormats({}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
    m_window->show();
    m_window->explorer().open(QStringLiteral(NANOSCOPE_BUNDLED_DATA "/real_weights.h5"), "pose/conv2d_35");
    QTRY_VERIFY(m_window->isReady());
    raise("LevelTable");
}

LevelId TestWindowSelection::rowOfTable() const
{
    const auto* table = m_window->findChild<QTableView*>("levelTable");
    return static_cast<LevelModel*>(table->model())->idAt(table->currentIndex().row());
}

QList<int> TestWindowSelection::outlinedElements() const
{
    const auto* table = m_window->findChild<QTableView*>("blockTable");
    const auto* model = static_cast<const BlockModel*>(table->model());
    QList<int> elements;
    for (int element = 0; model->indexOfElement(element).isValid(); ++element)
        if (model->indexOfElement(element).data(BlockModel::CellRole).value<BlockCell>().isHighlighted)
            elements << element;
    return elements;
}

void TestWindowSelection::raise(const char* dock) const
{
    m_window->findChild<QDockWidget*>(dock)->raise();
    QTest::qWait(1);
    QTRY_VERIFY(m_window->isReady());
}

void TestWindowSelection::hover(const LevelId& level) const
{
    QTest::mouseMove(&plot(), plot().positionOf(level)->toPoint());
    QTRY_COMPARE(plot().hoveredLevel(), std::optional(level));
}

void TestWindowSelection::aHoveredLevelIsShownEverywhere()
{
    const LevelId before = rowOfTable();
    const std::vector<ElementTrace>& elements = m_window->explorer().trace()->elements;
    const auto other = std::find_if(elements.begin(), elements.end(),
        [&](const ElementTrace& each) { return each.code != before.code && each.level < 0; });
    QVERIFY(other != elements.end());
    const LevelId level{other->book, other->code};
    hover(level);
    QTRY_VERIFY(m_window->isReady());
    QCOMPARE(rowOfTable(), level);
    const BlockTrace& trace = *m_window->explorer().trace();
    QList<int> wanted;
    for (const ElementTrace& element : trace.elements)
        if (LevelId{element.book, element.code} == level)
            wanted << static_cast<int>(element.index);
    QVERIFY(!wanted.isEmpty());
    QCOMPARE(outlinedElements(), wanted);

    QVERIFY(map().level() && map().level()->cells);
    const LevelCells& cells = *map().level()->cells;
    const auto count = std::find_if(report().levels.begin(), report().levels.end(),
        [&](const LevelCount& each) { return each.book == level.book && each.code == level.code; });
    QCOMPARE(cells.elements, count->count);
    QCOMPARE(cells.counts[trace.block], static_cast<std::uint32_t>(wanted.size()));
    QVERIFY2(
        map().accessibleDescription().contains(QStringLiteral("level −")), qPrintable(map().accessibleDescription()));

    // A cell of a block with the level does not look like one without it.
    const auto place = [&](bool hasLevel) {
        for (std::uint64_t block = 0; block < cells.counts.size(); ++block)
            if ((cells.counts[block] > 0) == hasLevel && block != trace.block)
                return map().cellOf(block)->center().toPoint();
        return QPoint();
    };
    const QImage shown = map().grab().toImage();
    QVERIFY(shown.pixelColor(place(true)).hslSaturation() > shown.pixelColor(place(false)).hslSaturation() + 30);

    QTest::mouseMove(m_window->findChild<StatusLine*>());
    QTRY_VERIFY(!map().level());
    QCOMPARE(rowOfTable(), before);
}

void TestWindowSelection::aLevelHoveredInAnotherFormatShowsTheNearest()
{
    const LevelId before = rowOfTable();
    LevelPlot& other = *m_window->findChild<LevelPlot*>("levelsB");
    const LevelId hovered = *other.levelNear(-3.1);
    QTest::mouseMove(&other, other.positionOf(hovered)->toPoint());
    QTRY_COMPARE(other.hoveredLevel(), std::optional(hovered));
    QTRY_VERIFY(m_window->isReady());
    const LevelId shown = rowOfTable();
    const std::vector<LevelCount>& levels = report().levels;
    const auto nearest = std::min_element(levels.begin(), levels.end(),
        [](const LevelCount& a, const LevelCount& b) { return std::fabs(a.level + 3.0) < std::fabs(b.level + 3.0); });
    QCOMPARE(*other.valueOf(hovered), -3.0);
    QCOMPARE(shown, (LevelId{nearest->book, nearest->code}));
    QVERIFY(!(shown == before));
    QVERIFY(map().level() && map().level()->cells);
    QCOMPARE((LevelId{map().level()->cells->book, map().level()->cells->code}), shown);
    QTest::mouseMove(m_window->findChild<StatusLine*>());
    QTRY_COMPARE(rowOfTable(), before);
}

void TestWindowSelection::aLevelChosenByKeyStaysUntilItIsDismissed()
{
    plot().setFocus();
    const LevelId followed = *plot().selectedLevel();
    QVERIFY(!map().level());  // the selected element alone does not ask for blocks
    QTest::keyClick(&plot(), Qt::Key_Return);
    QTRY_VERIFY(m_window->isReady());
    QCOMPARE((LevelId{map().level()->cells->book, map().level()->cells->code}), followed);
    QTest::keyClick(&plot(), Qt::Key_Right);
    QTRY_VERIFY(m_window->isReady());
    const LevelId chosen = *plot().selectedLevel();
    QVERIFY(!(chosen == followed));
    QCOMPARE((LevelId{map().level()->cells->book, map().level()->cells->code}), chosen);
    QCOMPARE(rowOfTable(), chosen);

    // Going to another block keeps it.
    map().setFocus();
    QTest::keyClick(&map(), Qt::Key_Right);
    QTRY_VERIFY(m_window->isReady());
    QCOMPARE(m_window->explorer().trace()->block, m_window->explorer().selectedBlock());
    QCOMPARE(*plot().selectedLevel(), chosen);
    QVERIFY(map().level().has_value());

    QTest::keyClick(&plot(), Qt::Key_Backspace);
    QVERIFY(!map().level());
    const ElementTrace& element = m_window->explorer().trace()->elements[0];
    QCOMPARE(*plot().selectedLevel(), (LevelId{element.book, element.code}));
}

void TestWindowSelection::theMapFollowsAChosenLevelThroughFormats()
{
    m_window->findChild<QTableView*>("levelTable")
        ->setCurrentIndex(m_window->findChild<QTableView*>("levelTable")->model()->index(3, 0));
    QTRY_VERIFY(m_window->isReady());
    const LevelId level = rowOfTable();
    const auto before = map().level()->cells;
    FormatSet formats = m_window->explorer().formats();
    formats.a = *formats.b;  // MXFP4
    m_window->explorer().setFormats(formats);
    QTRY_VERIFY(m_window->isReady());
    QCOMPARE(report().format.name, std::string("MXFP4"));
    QVERIFY(map().level()->cells != before);
    QCOMPARE((LevelId{map().level()->cells->book, map().level()->cells->code}), level);
    std::uint64_t count = 0;
    for (const LevelCount& each : report().levels)
        count += each.book == level.book && each.code == level.code ? each.count : 0;
    QCOMPARE(map().level()->cells->elements, count);
    m_window->explorer().selectTensor("pose/conv2d_24");
    QTRY_VERIFY(m_window->isReady());
    QVERIFY(!map().level());
}

void TestWindowSelection::anElementOfTheBlockChoosesItsLevel()
{
    auto* table = m_window->findChild<QTableView*>("blockTable");
    const auto* model = static_cast<const BlockModel*>(table->model());
    const BlockTrace trace = *m_window->explorer().trace();
    const auto other = std::find_if(trace.elements.begin(), trace.elements.end(),
        [&](const ElementTrace& each) { return each.code != trace.elements[0].code; });
    QVERIFY(other != trace.elements.end());
    table->setCurrentIndex(model->indexOfElement(static_cast<int>(other->index)));
    QTRY_VERIFY(m_window->isReady());
    const LevelId level{other->book, other->code};
    QCOMPARE(*plot().selectedLevel(), level);
    QCOMPARE(rowOfTable(), level);
    QCOMPARE((LevelId{map().level()->cells->book, map().level()->cells->code}), level);
}

void TestWindowSelection::nobodyAsksWithoutALevel()
{
    QVERIFY(!map().level());
    map().setFocus();
    QTest::keyClick(&map(), Qt::Key_Down);
    QTRY_VERIFY(m_window->isReady());
    QVERIFY(!map().level());
}

void TestWindowSelection::anOutlierIsShownInTheInspector()
{
    raise("Outliers");
    auto* view = in<OutlierView>("Outliers");
    auto* outliers = view->findChild<PickPlot*>("outlierPlot");
    QTest::mouseClick(outliers, Qt::LeftButton, {}, outliers->positionOf(0).toPoint());
    QTRY_VERIFY(m_window->isReady());
    const BlockTrace& trace = *m_window->explorer().trace();
    const int at = m_window->explorer().selectedElement();
    const ElementTrace& element = trace.elements[static_cast<std::size_t>(at)];
    QCOMPARE(static_cast<double>(std::fabs(element.value)), report().valueReach);  // the largest of all
    QCOMPARE(in<BlockBits>("Block")->selectedElement(), at);
    QCOMPARE(map().selectedBlock(), std::optional<quint64>(trace.block));
    QString text;
    for (const QLabel* label : m_window->findChild<QDockWidget*>("Inspector")->findChildren<QLabel*>())
        text += label->text() + u'\n';
    QVERIFY2(text.contains(QStringLiteral("Block %1, element %2").arg(QLocale().toString(trace.block)).arg(at)),
        qPrintable(text));
    QCOMPARE(outliers->chosen(), 0);
    QCOMPARE(*plot().selectedLevel(), (LevelId{element.book, element.code}));
    QTest::keyClick(outliers, Qt::Key_Right);
    QTRY_VERIFY(m_window->isReady());
    QVERIFY(
        static_cast<double>(std::fabs(m_window->explorer()
                                          .trace()
                                          ->elements[static_cast<std::size_t>(m_window->explorer().selectedElement())]
                                          .value))
        <= report().valueReach);
    QCOMPARE(outliers->chosen(), 1);
}

void TestWindowSelection::aBlockOfTheErrorShareIsShown()
{
    raise("ErrorShare");
    auto* share = m_window->findChild<PickPlot*>("errorSharePlot");
    QCOMPARE(share->chosen(), 0);  // the worst block is selected to begin with
    QTest::mouseClick(share, Qt::LeftButton, {}, share->positionOf(500).toPoint());
    QTRY_VERIFY(m_window->isReady());
    const ErrorShare ranked = errorShare(report().blockSquaredError);
    const std::uint64_t block = ranked.curve[static_cast<std::size_t>(share->chosen())].block;
    QCOMPARE(m_window->explorer().trace()->block, block);
    QCOMPARE(map().selectedBlock(), std::optional<quint64>(block));
    QVERIFY(share->accessibleDescription().contains("selected: Block"));
}

void TestWindowSelection::aBlockOfTheSqnrChartIsShown()
{
    raise("BlockSqnr");
    auto* chart = in<BlockSqnrChart>("BlockSqnr");
    QTest::keyClick(chart, Qt::Key_End);
    QTRY_VERIFY(m_window->isReady());
    const std::uint64_t block = m_window->explorer().trace()->block;
    double best = 0.0;
    for (std::uint64_t each = 0; each < report().blockSquaredError.size(); ++each)
        if (report().blockSquaredError[each] > 0)
            best = std::max(best, blockSqnr(report(), each));
    QVERIFY(best - blockSqnr(report(), block) < 0.011);
    QCOMPARE(map().selectedBlock(), std::optional<quint64>(block));
}

void TestWindowSelection::hiddenViewsAreMadeWhenTheyAreShown()
{
    QCOMPARE(in<OutlierView>("Outliers")->tableModel().rowCount(), 0);
    QCOMPARE(in<ErrorShareView>("ErrorShare")->tableModel().rowCount(), 0);
    raise("Outliers");
    QVERIFY(in<OutlierView>("Outliers")->tableModel().rowCount() > 0);
    QCOMPARE(in<ErrorShareView>("ErrorShare")->tableModel().rowCount(), 0);
    raise("ErrorShare");
    QVERIFY(in<ErrorShareView>("ErrorShare")->tableModel().columnCount() > 5);  // A and B
}

QTEST_MAIN(TestWindowSelection)
#include "tst_window_selection.moc"
