#include "sample_trace.h"
#include "widgets/bit_delegate.h"
#include "widgets/bit_field_style.h"
#include "widgets/block_model.h"
#include "widgets/block_summary.h"
#include "widgets/block_view_widget.h"
#include "widgets/book_finder.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <limits>

using namespace nanoscope;
using namespace nanoscope::test;

class TestBlockBits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void modelKeepsItsPromises()
    {
        BlockModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTrace(tracePreset("NxFP4", kWorkedBlock));
        model.setColumns(3);
        model.setHighlightedLevel(LevelId{0, 0});
        model.setTrace(tracePreset("MXFP8_E4M3", std::vector<float>(32, 1.0F)));
        model.setTrace(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void elementsFillRowsInOrder()
    {
        BlockModel model;
        model.setTrace(tracePreset("NxFP4", kWorkedBlock));
        model.setColumns(3);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.elementAt(model.index(1, 2)), 5);
        QCOMPARE(model.elementAt(model.index(2, 2)), -1);
        QCOMPARE(model.flags(model.index(2, 2)), Qt::ItemFlags(Qt::NoItemFlags));
        QCOMPARE(model.indexOfElement(7), model.index(2, 1));
        QCOMPARE(model.headerData(1, Qt::Vertical, Qt::DisplayRole).toInt(), 3);
    }

    void valueFitsItsCell_data()
    {
        QTest::addColumn<float>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << -0.03125F << QStringLiteral("−0.0313");
        QTest::newRow("small") << -0.0078125F << QStringLiteral("−0.0078");
        QTest::newRow("smaller") << -std::ldexp(1.0F, -13) << QStringLiteral("−1.2e−4");
        QTest::newRow("tiny") << std::ldexp(1.0F, -40) << QStringLiteral("9.1e−13");
        QTest::newRow("large") << std::ldexp(1.0F, 20) << QStringLiteral("1.05e6");
        QTest::newRow("zero") << 0.0F << QStringLiteral("0");
    }

    void valueFitsItsCell()
    {
        QFETCH(float, value);
        QFETCH(QString, text);
        BlockModel model;
        model.setTrace(tracePreset("MXFP4", {value}));
        QCOMPARE(model.index(0, 0).data(BlockModel::CellRole).value<BlockCell>().value, text);
    }

    void cellSaysEverythingInWords()
    {
        // 0.3 becomes the recycled level 0.25 times 1.25; 7.3 is the largest element (mx_family 1.5).
        BlockModel model;
        model.setTrace(tracePreset("NxFP4", kWorkedBlock));
        const QString first = model.index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(first.contains(QStringLiteral("value 0.3, code 1000, level 0.25, decoded 0.3125")), qPrintable(first));
        QVERIFY(first.contains(QStringLiteral("codebook E2M1")));
        const QString largest = model.index(0, 5).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(largest.contains(QStringLiteral("largest of the block")), qPrintable(largest));
        QVERIFY(model.index(0, 5).data(BlockModel::CellRole).value<BlockCell>().isLargest);
    }

    void highlightedLevelMarksItsElements()
    {
        BlockModel model;
        model.setTrace(tracePreset("NxFP4", kWorkedBlock));
        model.setHighlightedLevel(LevelId{0, 8});
        QVERIFY(model.index(0, 0).data(BlockModel::CellRole).value<BlockCell>().isHighlighted);
        QVERIFY(!model.index(0, 1).data(BlockModel::CellRole).value<BlockCell>().isHighlighted);
        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("highlighted")));
    }

    void exceptionIsMarked()
    {
        BlockModel model;
        model.setTrace(tracePreset("MXFP4+", kWorkedBlock));
        QVERIFY(model.index(0, 5).data(BlockModel::CellRole).value<BlockCell>().isException);
        QVERIFY(
            model.index(0, 5).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("stored more finely")));
    }

    void fieldsAreToldByLetters()
    {
        const auto trace = tracePreset("NxFP4", kWorkedBlock);
        const std::vector<BitGroup> groups = bitGroups(trace->bitFields[0]);
        QCOMPARE(groups.size(), std::size_t{3});
        QCOMPARE(fieldLetter(groups[0].field), QChar(u'S'));
        QCOMPARE(fieldLetter(groups[1].field), QChar(u'E'));
        QCOMPARE(groups[1].length, std::size_t{2});
        QCOMPARE(fieldLetter(groups[2].field), QChar(u'M'));
        QCOMPARE(fieldLetter(bitGroups(trace->bitFields[1]).back().field), QChar(u'I'));
    }

    void summaryNamesScaleAndMetadata()
    {
        const QString text = blockSummary(*tracePreset("NxFP4", kWorkedBlock)).join(u'|');
        QVERIFY2(text.contains(QStringLiteral("scale 0x7f = 2^0")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("NanoMantissa 1: × 1.25")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("codebook 0: E2M1")), qPrintable(text));
        const QString split = blockSummary(*tracePreset("AMXFP4_fp8", kWorkedBlock)).join(u'|');
        QVERIFY2(split.contains(QStringLiteral("scale of positives")), qPrintable(split));
    }

    void longMetadataIsCutShort()
    {
        // 2:4 pruning of a row stores a place for every second element.
        const QString text = blockSummary(*tracePreset("INT4_2of4", std::vector<float>(128, 1.0F))).join(u'|');
        QVERIFY2(text.contains(QStringLiteral("64 in all")), qPrintable(text));
        QVERIFY(text.size() < 300);
        const QString levels = blockSummary(*tracePreset("SqueezeLLM_4", kWorkedBlock)).join(u'|');
        QVERIFY2(levels.contains(QStringLiteral("16 in all")), qPrintable(levels));
    }

    void summaryNamesTheBasis()
    {
        const QString text = blockSummary(*tracePreset("INT4_g16_hadamard", std::vector<float>(16, 1.0F))).join(u'|');
        QVERIFY2(text.contains(QStringLiteral("measured in the basis: Hadamard 16")), qPrintable(text));
    }

    void wholeRowOfThousandsOpensAtOnce()
    {
        std::vector<float> values(20000);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = std::sin(static_cast<float>(i));
        const auto trace = tracePreset("INT8_channel", values);
        BlockBits view;
        view.resize(900, 400);
        view.show();
        QElapsedTimer timer;
        timer.start();
        view.setTrace(trace);
        view.grab();
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));  // ms; about 10 on its own
        auto* table = view.findChild<QTableView*>();
        view.setSelectedElement(19999);
        QVERIFY(table->visualRect(table->currentIndex()).isValid());
    }

    void legendExplainsEveryKindOfCode()
    {
        BlockBits view;
        auto* legend = view.findChild<QLabel*>(QStringLiteral("blockLegend"));
        view.setTrace(tracePreset("Posit8_0", kWorkedBlock));
        QVERIFY(legend->text().contains(QStringLiteral("posit")));
        view.setTrace(tracePreset("NF4", kWorkedBlock));
        QVERIFY(legend->text().contains(QStringLiteral("table")));
    }

    void sixteenBitCodesStayWithinTheView()
    {
        BlockBits view;
        view.resize(480, 300);
        view.show();
        view.setTrace(tracePreset("Posit16_1", std::vector<float>(32, 0.3F)));
        auto* table = view.findChild<QTableView*>();
        QVERIFY(table->columnWidth(0) * table->model()->columnCount() <= table->viewport()->width());
    }

    void blockWithNanIsShownAsLeftOut()
    {
        BlockBits view;
        view.setTrace(tracePreset("NxFP4", {1.0F, std::numeric_limits<float>::quiet_NaN()}));
        QVERIFY(view.findChild<QLabel*>(QStringLiteral("blockSummary"))->text().contains(QStringLiteral("NaN")));
        view.resize(600, 200);
        QVERIFY(!view.grab().isNull());
    }

    void blockNumberAsksForABlock()
    {
        BlockBits view;
        view.setBlockCount(100);
        view.setTrace(tracePreset("NxFP4", kWorkedBlock));
        QSignalSpy requested(&view, &BlockBits::blockRequested);
        auto* number = view.findChild<QSpinBox*>(QStringLiteral("blockNumber"));
        QCOMPARE(number->maximum(), 99);
        number->setValue(5);
        QTest::mouseClick(view.findChild<QToolButton*>(QStringLiteral("nextBlock")), Qt::LeftButton);
        QTest::mouseClick(view.findChild<QToolButton*>(QStringLiteral("previousBlock")), Qt::LeftButton);
        QCOMPARE(requested.count(), 3);
        QCOMPARE(requested.at(1).front().toULongLong(), 6ULL);
        view.setTrace(tracePreset("MXFP4", kWorkedBlock));  // block 0: shown, not asked for
        QCOMPARE(number->value(), 0);
        QCOMPARE(requested.count(), 3);
    }

    void findNextAsksForTheChosenCodebook()
    {
        BlockBits view;
        view.setTrace(tracePreset("NxFP4", kWorkedBlock));
        view.show();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QSignalSpy requested(&view, &BlockBits::bookRequested);
        auto* books = view.findChild<QComboBox*>(QStringLiteral("bookToFind"));
        auto* find = view.findChild<QPushButton*>(QStringLiteral("findBook"));
        QVERIFY(!books->isVisible());
        view.setBooks({{"E2M1", 0.75}, {"BFP4", 0.25}, {"E1M2", 0.0}});
        QVERIFY(books->isVisible());
        QCOMPARE(books->currentText(), QStringLiteral("BFP4"));  // the rarest that occurs
        QTest::mouseClick(find, Qt::LeftButton);
        QTest::keyClick(books, Qt::Key_Home);
        view.setBooks({{"BFP4", 0.5}, {"E2M1", 0.5}});
        QCOMPARE(books->currentText(), QStringLiteral("E2M1"));  // the user's, by its name
        view.findChild<QTableView*>()->setFocus();
        QTest::keyClick(view.findChild<QTableView*>(), Qt::Key_N);
        QCOMPARE(requested.count(), 2);
        QCOMPARE(requested.at(0).front().toUInt(), 1U);
        QCOMPARE(requested.at(1).front().toUInt(), 1U);
        view.setBooks({});
        QVERIFY(!books->isVisible());
    }

    void selectionIsToldOnlyWhenTheUserMakesIt()
    {
        BlockBits view;
        view.resize(900, 220);
        view.setTrace(tracePreset("NxFP4", kWorkedBlock));
        QSignalSpy selected(&view, &BlockBits::elementSelected);
        view.setSelectedElement(3);
        QCOMPARE(selected.count(), 0);
        auto* table = view.findChild<QTableView*>();
        QCOMPARE(table->currentIndex().column(), 3);
        QTest::keyClick(table, Qt::Key_Right);
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected.front().front().toInt(), 4);
        view.setTrace(tracePreset("MXFP4", kWorkedBlock));
        QCOMPARE(view.selectedElement(), 4);
        QCOMPARE(table->currentIndex().column(), 4);
        QCOMPARE(selected.count(), 1);
    }

    void wideCodesTakeFewerColumns()
    {
        BlockBits view;
        view.resize(980, 260);
        view.show();
        auto* table = view.findChild<QTableView*>();
        std::vector<float> values(32);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = 0.1F * static_cast<float>(i) - 1.0F;
        view.setTrace(tracePreset("NxFP4", values));
        QCOMPARE(table->model()->columnCount(), 16);
        view.setTrace(tracePreset("MXFP8_E4M3", values));
        QCOMPARE(table->model()->columnCount(), 8);
        QVERIFY(table->columnWidth(0) * 8 <= table->viewport()->width());
        view.resize(500, 260);
        QCOMPARE(table->model()->columnCount(), 4);
    }
};

QTEST_MAIN(TestBlockBits)
#include "tst_block_bits.moc"
