#include "sample_report.h"
#include "widgets/block_layout.h"
#include "widgets/heat_map.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <memory>

using namespace nanoscope;

class TestHeatMap : public QObject {
    Q_OBJECT

private slots:
    void init();
    void clickSelectsTheBlockUnderThePointer();
    void arrowsMoveByBlocksAndRows();
    void theFirstKeyGoesToTheWorstBlock();
    void aPixelWithManyBlocksSelectsItsWorst();
    void excludedBlocksAreStripedNotColored();
    void theWorstBlockIsLightest();
    void everyQuantityPaintsAndNamesItself_data();
    void everyQuantityPaintsAndNamesItself();
    void withoutAReportItSaysWhatToDo();
    void cellsAndBlocksAreInverse_data();
    void cellsAndBlocksAreInverse();
    void onlyShapesThatDoNotFitAreFolded();
    void aLevelColorsTheBlocksThatHoldIt();
    void aLevelOfAnotherReportIsNotShown();
    void manyBlocksOnAPixelShowTheLargestCount();
    void enterChoosesAgain();

private:
    /// The pixel that a point lies on; toPoint() would round to a neighbour.
    static QPoint pixelOf(QPointF point)
    {
        return {static_cast<int>(std::floor(point.x())), static_cast<int>(std::floor(point.y()))};
    }

    /// A level with a count in each of the report's blocks.
    [[nodiscard]] LevelOverlay overlayOf(std::vector<std::uint32_t> counts) const;

    std::unique_ptr<HeatMap> m_map;
    std::shared_ptr<const Report> m_report;
};

LevelOverlay TestHeatMap::overlayOf(std::vector<std::uint32_t> counts) const
{
    LevelCells cells;
    for (const std::uint32_t count : counts) {
        cells.blocks += count > 0 ? 1U : 0U;
        cells.elements += count;
        cells.most = std::max(cells.most, count);
    }
    cells.counts = std::move(counts);
    return {QStringLiteral("level 6"), std::make_shared<const LevelCells>(cells)};
}

void TestHeatMap::init()
{
    test::Sample sample;
    sample.rows = 16;
    sample.badBlock = 42;
    m_report = test::sampleReport(sample);
    m_map = std::make_unique<HeatMap>();
    m_map->resize(480, 320);
    m_map->setReport(m_report);
    m_map->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_map.get()));
}

void TestHeatMap::clickSelectsTheBlockUnderThePointer()
{
    QSignalSpy selected(m_map.get(), &HeatMap::blockSelected);
    for (const quint64 block : {0U, 7U, 8U, 42U, 127U}) {
        QTest::mouseClick(m_map.get(), Qt::LeftButton, {}, pixelOf(m_map->cellOf(block)->center()));
        QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(block));
        QCOMPARE(selected.last().first().toULongLong(), block);
    }
    QCOMPARE(selected.count(), 5);
    QTest::mouseClick(m_map.get(), Qt::LeftButton, {}, {1, 1});
    QCOMPARE(selected.count(), 5);
    QVERIFY(m_map->accessibleDescription().contains(QStringLiteral("row 15, columns 224 to 255")));
}

void TestHeatMap::arrowsMoveByBlocksAndRows()
{
    m_map->setSelectedBlock(20);
    QTest::keyClick(m_map.get(), Qt::Key_Right);
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(21));
    QTest::keyClick(m_map.get(), Qt::Key_Down);
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(29));
    QTest::keyClick(m_map.get(), Qt::Key_Up);
    QTest::keyClick(m_map.get(), Qt::Key_Left);
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(20));
    QTest::keyClick(m_map.get(), Qt::Key_Home);
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(16));
    QTest::keyClick(m_map.get(), Qt::Key_End);
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(23));
    QTest::keyClick(m_map.get(), Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(127));
    QTest::keyClick(m_map.get(), Qt::Key_Down);
    QTest::keyClick(m_map.get(), Qt::Key_Right);
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(127));
    QTest::keyClick(m_map.get(), Qt::Key_PageUp);
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(7));
}

void TestHeatMap::theFirstKeyGoesToTheWorstBlock()
{
    QTest::keyClick(m_map.get(), Qt::Key_Right);
    const BlockValues values(m_report, BlockQuantity::SquaredError);
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(values.worst()));
}

void TestHeatMap::aPixelWithManyBlocksSelectsItsWorst()
{
    auto report = std::make_shared<Report>();
    report->rows = 2000;
    report->blocksPerRow = 1000;
    report->rowLength = 16000;
    report->blockLength = 16;
    report->format.spec.geometry.block = 16;
    report->blockSquaredError.assign(2'000'000, 1e-6);
    report->blockPower.assign(2'000'000, 1.0);
    report->blockMaxError.assign(2'000'000, 1e-3F);
    const quint64 worst = 1'234'567;
    report->blockSquaredError.set(worst, 1e-3);
    m_map->setReport(report);
    QTest::mouseClick(m_map.get(), Qt::LeftButton, {}, pixelOf(m_map->cellOf(worst)->center()));
    QCOMPARE(m_map->selectedBlock(), std::optional<quint64>(worst));
}

void TestHeatMap::excludedBlocksAreStripedNotColored()
{
    const BlockValues values(m_report, BlockQuantity::SquaredError);
    QVERIFY(values.hasExcluded());
    QVERIFY(std::isinf(values[42]));
    const QSize size(80, 160);  // ten pixels a block
    const BlockLayout layout(16, 8, size);
    const QImage image = blockImage(values, layout, size, lightTheme());
    const QPoint corner(2 * 10, 5 * 10);  // of block 42
    for (int y = 0; y < 10; ++y)
        for (int x = 0; x < 10; ++x)
            QCOMPARE(image.pixel(corner + QPoint(x, y)), excludedColor(lightTheme(), corner.x() + x, corner.y() + y));
    QVERIFY(excludedColor(lightTheme(), 0, 0) != excludedColor(lightTheme(), 4, 0));
}

void TestHeatMap::theWorstBlockIsLightest()
{
    for (const BlockQuantity quantity : {BlockQuantity::SquaredError, BlockQuantity::Sqnr, BlockQuantity::MaxError}) {
        const BlockValues values(m_report, quantity);
        const QSize size(8, 16);
        const QImage image = blockImage(values, BlockLayout(16, 8, {800, 1600}), size, lightTheme());
        const auto worst = static_cast<int>(values.worst());
        double lightest = 0;
        for (int i = 0; i < 128; ++i)
            if (i != 42)
                lightest = std::max(lightest, relativeLuminance(QColor(image.pixel(i % 8, i / 8))));
        QCOMPARE(relativeLuminance(QColor(image.pixel(worst % 8, worst / 8))), lightest);
    }
}

void TestHeatMap::everyQuantityPaintsAndNamesItself_data()
{
    QTest::addColumn<int>("quantity");
    QTest::addColumn<QString>("name");
    QTest::newRow("mse") << static_cast<int>(BlockQuantity::SquaredError) << QStringLiteral("mean squared error");
    QTest::newRow("sqnr") << static_cast<int>(BlockQuantity::Sqnr) << QStringLiteral("SQNR");
    QTest::newRow("max") << static_cast<int>(BlockQuantity::MaxError) << QStringLiteral("largest error");
}

void TestHeatMap::everyQuantityPaintsAndNamesItself()
{
    QFETCH(int, quantity);
    QFETCH(QString, name);
    m_map->setQuantity(static_cast<BlockQuantity>(quantity));
    for (const QSize size : {QSize(50, 40), QSize(480, 320)}) {
        m_map->resize(size);
        QVERIFY(!m_map->grab().isNull());
    }
    QVERIFY(m_map->summary().contains(name));
}

void TestHeatMap::withoutAReportItSaysWhatToDo()
{
    m_map->setSelectedBlock(3);
    m_map->setReport(nullptr);
    QVERIFY(!m_map->selectedBlock());
    QVERIFY(!m_map->grab().isNull());
    QTest::keyClick(m_map.get(), Qt::Key_Right);
    QTest::mouseClick(m_map.get(), Qt::LeftButton, {}, {100, 100});
    QVERIFY(!m_map->selectedBlock());
}

void TestHeatMap::cellsAndBlocksAreInverse_data()
{
    QTest::addColumn<quint64>("rows");
    QTest::addColumn<quint64>("blocksPerRow");
    for (const auto& [rows, blocks] :
        {std::pair<quint64, quint64>{1, 1}, {16, 8}, {1, 5000}, {3, 4001}, {5000, 1}, {7001, 3}, {300, 200}, {1, 2}})
        QTest::addRow("%llu x %llu", rows, blocks) << rows << blocks;
}

void TestHeatMap::cellsAndBlocksAreInverse()
{
    QFETCH(quint64, rows);
    QFETCH(quint64, blocksPerRow);
    const BlockLayout layout(rows, blocksPerRow, {320, 240});
    for (quint64 block = 0; block < rows * blocksPerRow; ++block) {
        const GridCell cell = layout.cellOf(block);
        QVERIFY(cell.column < layout.gridColumns() && cell.line < layout.gridLines());
        QCOMPARE(layout.blockAt(cell), std::optional<std::uint64_t>(block));
    }
    quint64 filled = 0;
    for (std::uint64_t line = 0; line < layout.gridLines(); ++line)
        for (std::uint64_t column = 0; column < layout.gridColumns(); ++column)
            filled += layout.blockAt({column, line}) ? 1U : 0U;
    QCOMPARE(filled, rows * blocksPerRow);
}

void TestHeatMap::onlyShapesThatDoNotFitAreFolded()
{
    const QSizeF size(320, 240);
    QVERIFY(!BlockLayout(100, 16, size).isFolded());
    QVERIFY(!BlockLayout(4096, 512, size).isFolded());
    QVERIFY(BlockLayout(20000, 4, size).panels() > 1);
    QVERIFY(BlockLayout(1, 4096, size).linesPerRow() > 1);
    QCOMPARE(BlockLayout(0, 0, size).gridColumns(), std::uint64_t{0});
}

void TestHeatMap::aLevelColorsTheBlocksThatHoldIt()
{
    std::vector<std::uint32_t> counts(128, 0);
    counts[3] = 1;
    counts[20] = 9;
    const auto colorOf
        = [this](quint64 block) { return m_map->grab().toImage().pixelColor(pixelOf(m_map->cellOf(block)->center())); };
    const QColor before = colorOf(50);
    m_map->setLevel(overlayOf(counts));
    const ColorTable colors = levelColors(m_map->theme());
    QCOMPARE(colorOf(3), QColor(colors.front()));
    QCOMPARE(colorOf(20), QColor(colors.back()));
    const QColor without = colorOf(50);
    QVERIFY(without.red() == without.green() && without.green() == without.blue());
    const QRectF cell = *m_map->cellOf(20);
    QCOMPARE(m_map->grab().toImage().pixelColor(pixelOf(cell.topLeft() + QPointF(1, 0.5))), m_map->theme().text);
    QVERIFY2(m_map->accessibleDescription().contains("level 6 in 2 of 128 blocks, up to 9 times"),
        qPrintable(m_map->accessibleDescription()));
    m_map->setSelectedBlock(20);
    QVERIFY(m_map->accessibleDescription().contains("level 6: 9 of its 32 elements"));
    m_map->setSelectedBlock(std::nullopt);
    m_map->setTheme(darkTheme());
    QCOMPARE(colorOf(20), QColor(levelColors(darkTheme()).back()));
    m_map->setTheme(lightTheme());
    m_map->setLevel(std::nullopt);
    QCOMPARE(colorOf(50), before);
    m_map->setLevel(LevelOverlay{QStringLiteral("level 6"), nullptr});  // still looked for
    QCOMPARE(colorOf(50), before);
    QVERIFY(m_map->accessibleDescription().contains("looking for the blocks of level 6"));
}

void TestHeatMap::aLevelOfAnotherReportIsNotShown()
{
    m_map->setLevel(overlayOf(std::vector<std::uint32_t>(127, 1)));
    QVERIFY(!m_map->level());
    m_map->setLevel(overlayOf(std::vector<std::uint32_t>(128, 1)));
    QVERIFY(m_map->level().has_value());
    test::Sample sample;
    sample.rows = 17;
    m_map->setReport(test::sampleReport(sample));
    QVERIFY(!m_map->level());
}

void TestHeatMap::manyBlocksOnAPixelShowTheLargestCount()
{
    const BlockLayout layout(100, 100, QSizeF(10, 10));
    std::vector<std::uint32_t> counts(100 * 100, 0);
    counts[55 * 100 + 57] = 4;
    counts[5 * 100 + 3] = 2;
    const LevelOverlay overlay = overlayOf(counts);
    QImage under(10, 10, QImage::Format_RGB32);
    under.fill(Qt::gray);
    const QImage image = levelImage(*overlay.cells, layout, QSize(10, 10), lightTheme(), under);
    const ColorTable colors = levelColors(lightTheme());
    int colored = 0;
    for (int y = 0; y < 10; ++y)
        for (int x = 0; x < 10; ++x)
            colored += qGreen(image.pixel(x, y)) != qRed(image.pixel(x, y)) ? 1 : 0;
    QCOMPARE(colored, 2);
    QCOMPARE(image.pixel(5, 5), colors.back());
    QCOMPARE(image.pixel(0, 0), colors[static_cast<std::size_t>(colorIndex(1.0 / 3))]);
}

void TestHeatMap::enterChoosesAgain()
{
    QSignalSpy selected(m_map.get(), &HeatMap::blockSelected);
    m_map->setSelectedBlock(20);
    QTest::keyClick(m_map.get(), Qt::Key_Return);
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected[0][0].toULongLong(), quint64{20});
}

QTEST_MAIN(TestHeatMap)
#include "tst_heat_map.moc"
