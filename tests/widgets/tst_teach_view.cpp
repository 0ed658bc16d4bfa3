#include "core/analysis/block_lab.h"
#include "core/format/format_by_name.h"
#include "widgets/teach_cell.h"
#include "widgets/teach_line.h"
#include "widgets/teach_model.h"
#include "widgets/teach_table.h"
#include "widgets/teach_text.h"
#include "widgets/teach_view.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace nanoscope;

namespace {

std::shared_ptr<const LabBlock> lab(
    const char* format = "NxFP4", const std::vector<std::size_t>& flips = {}, std::size_t element = 0)
{
    const std::vector<float> values{0.3F, -1.1F, 2.2F, -3.6F, 5.1F, 7.3F, -0.05F, 0.8F};
    return std::make_shared<const LabBlock>(examineBlock(labInput(parseFormat(format).spec, values), flips, element));
}

QString lettersOf(const TeachCell& cell)
{
    QString letters;
    for (const TeachBit& bit : cell.bits)
        letters += teachLetter(bit.field);
    return letters;
}

QString bitsOf(const TeachCell& cell)
{
    QString bits;
    for (const TeachBit& bit : cell.bits)
        bits += bit.isSet ? u'1' : u'0';
    return bits;
}

}  // namespace

/// The Teach view (oracle: the worked block of the definition, as nanoscope-cli explains it).
class TestTeachView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bitsHaveLettersAndMeanings()
    {
        const std::vector<TeachCell> shared = sharedCells(*lab());
        QCOMPARE(shared.size(), std::size_t{3});
        QCOMPARE(lettersOf(shared[0]), QString("XXXXXXXX"));
        QCOMPARE(bitsOf(shared[0]), QString("01111111"));
        QCOMPARE(shared[0].decoded, QStringLiteral("2⁰"));
        QCOMPARE(lettersOf(shared[1]) + lettersOf(shared[2]), QString("NNB"));
        QCOMPARE(bitsOf(shared[1]), QString("01"));
        QCOMPARE(shared[1].decoded, QStringLiteral("× 1.25"));
        const std::vector<TeachCell> elements = elementCells(*lab(), -1);
        QCOMPARE(lettersOf(elements[5]), QString("SEEM"));
        QCOMPARE(bitsOf(elements[5]), QString("0111"));
        QVERIFY(elements[5].isLargest && !elements[4].isLargest);
        QCOMPARE(lettersOf(elementCells(*lab("NxFP4", {10}), -1)[5]), QString("SIII"));  // the other codebook
        QCOMPARE(lettersOf(elementCells(*lab("MXFP4+"), -1)[5]), QString("SMMM"));       // the exception
    }

    void lettersAreReadableOnTheirColors()
    {
        for (const Theme& theme : {lightTheme(), darkTheme()})
            for (int field = 0; field <= static_cast<int>(TeachField::OtherMetadata); ++field)
                QVERIFY(contrastRatio(teachColor(theme, static_cast<TeachField>(field)), theme.fieldText) >= 4.5);
    }

    void flippedBitsAreTold()
    {
        const std::vector<TeachCell> cells = elementCells(*lab("MXFP4", {0}), -1);
        QVERIFY(cells[5].isChanged);
        QCOMPARE(cells[5].decoded, QString("3"));
        QVERIFY(!cells[6].isChanged);  // zero stays zero
        QVERIFY(teachSentence(cells[5]).contains("changed by flipped bits"));
        QVERIFY(derivationText(*lab("MXFP4", {0}, 5)).contains("1 bit(s) flipped: this value is now 3 instead of 6"));
    }

    void answersAreJudged()
    {
        const auto block = lab("MXFP4", {}, 4);  // 5.1 becomes 6: above 5
        QVERIFY(verdictOn(*block, 7).isRight);
        const TeachVerdict wrong = verdictOn(*block, 6);
        QVERIFY(!wrong.isRight);
        QVERIFY2(wrong.text.contains("4 is 1.1 away from the value, 6 is 0.9 away"), qPrintable(wrong.text));
        QCOMPARE(codeFromText(*block, "01 10"), std::optional<std::uint32_t>(6));
        QVERIFY(!codeFromText(*block, "0112") && !codeFromText(*block, "110"));
        QCOMPARE(codeText(*block, 6), QString("0110"));
    }

    void modelIsSound()
    {
        TeachModel model;
        const QAbstractItemModelTester tester(&model);
        model.setCells(elementCells(*lab(), -1));
        model.setColumns(3);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.cellAt(model.index(2, 2)), -1);
        QVERIFY(model.data(model.index(0, 1), Qt::AccessibleTextRole).toString().startsWith("element 1, value"));
        QSignalSpy edited(&model, &TeachModel::valueEdited);
        QVERIFY(model.setData(model.index(1, 0), "−2.5"));
        QCOMPARE(edited.at(0), (QVariantList{3, -2.5}));
        QVERIFY(!model.setData(model.index(1, 0), "much"));
        QVERIFY(!model.setData(model.index(1, 0), "1e99"));
        model.setCells(sharedCells(*lab()));
        QVERIFY(!model.flags(model.index(0, 0)).testFlag(Qt::ItemIsEditable));
    }

    void bitsAreFlippedByKeyAndByClick()
    {
        TeachTable table;
        table.resize(1200, 400);
        table.setCells(elementCells(*lab(), -1));
        table.show();
        QSignalSpy flipped(&table, &TeachTable::bitFlipped);
        QSignalSpy selected(&table, &TeachTable::cellSelected);
        table.setCurrentCell(0);
        QVERIFY(selected.isEmpty());
        QTest::keyClick(&table, Qt::Key_1);  // the recycled code 1000 has a 1 there already
        QVERIFY(flipped.isEmpty());
        QTest::keyClick(&table, Qt::Key_1);  // the cursor has moved to the next bit
        QCOMPARE(flipped.at(0).at(0).value<std::size_t>(), std::size_t{13});
        for (int i = 0; i < 2; ++i)
            QTest::keyClick(&table, Qt::Key_Right);
        QCOMPARE(table.currentCell(), 1);
        QCOMPARE(selected.size(), 1);
        const QRect cell = table.visualRect(table.cellModel().indexOf(2));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, {cell.center().x() + 10, cell.center().y() + 4});
        QCOMPARE(table.currentCell(), 2);
        QCOMPARE(flipped.size(), 2);
        const std::size_t place = flipped.at(1).at(0).value<std::size_t>();
        QVERIFY(place >= 11 + 8 && place < 11 + 12);  // a bit of element 2
    }

    void valueIsDraggedOnTheLine()
    {
        TeachLine line;
        line.resize(800, 220);
        line.setBlock(lab("MXFP4", {}, 4));
        QVERIFY(line.summary().contains("value 5.1 becomes 6"));
        QSignalSpy moved(&line, &TeachLine::valueMoved);
        QTest::mouseClick(&line, Qt::LeftButton, {}, {400, 150});
        QVERIFY(std::fabs(moved.at(0).at(0).toDouble()) < 0.1);  // the middle of −6 to 6
        QTest::keyClick(&line, Qt::Key_Right);
        QVERIFY(moved.at(1).at(0).toDouble() > 5.1);
        line.setQuestion(true);
        QVERIFY(!line.summary().contains("becomes"));
        QSignalSpy picked(&line, &TeachLine::levelPicked);
        QTest::mouseClick(&line, Qt::LeftButton, {}, {790, 150});
        QCOMPARE(picked.at(0).at(0).value<std::uint32_t>(), 7U);
        QCOMPARE(moved.size(), 2);
    }

    void questionHidesTheAnswerUntilItIsGiven()
    {
        TeachView view;
        view.resize(1200, 800);
        view.setBlock(lab("MXFP4", {}, 4));
        view.show();
        auto* derivation = view.findChild<QLabel*>("teachDerivation");
        QVERIFY(derivation->text().contains("takes level 6"));
        view.findChild<QCheckBox*>("teachQuestions")->setChecked(true);
        QVERIFY(!derivation->text().contains("level 6"));
        auto* elements = view.findChild<TeachTable*>("teachElements");
        QCOMPARE(elements->cellModel().data(elements->cellModel().indexOf(4)).toString(), QString("?"));
        auto* reveal = view.findChild<QPushButton*>("teachReveal");
        QVERIFY(!reveal->isEnabled());
        auto* code = view.findChild<QLineEdit*>("teachAnswer");
        QTest::keyClicks(code, "0110");
        QVERIFY(reveal->isEnabled());
        reveal->click();
        QVERIFY(derivation->text().startsWith(QStringLiteral("✗")));
        QCOMPARE(view.findChild<QLabel*>("teachScore")->text(), QString("0 of 1 right"));
        QSignalSpy selected(&view, &TeachView::elementSelected);
        view.findChild<QPushButton*>("teachNext")->click();
        QCOMPARE(selected.at(0).at(0).toInt(), 5);
        view.setBlock(lab("MXFP4", {}, 5));
        QTest::keyClicks(code, "0111");
        QTest::keyClick(code, Qt::Key_Return);
        QVERIFY(derivation->text().startsWith(QStringLiteral("✓")));
        QCOMPARE(view.findChild<QLabel*>("teachScore")->text(), QString("1 of 2 right"));
    }

    void valuesAreTyped()
    {
        TeachView view;
        view.setBlock(lab());
        QSignalSpy edited(&view, &TeachView::valuesEdited);
        auto* values = view.findChild<QLineEdit*>("teachValues");
        values->setText("1, -2.5 3");
        Q_EMIT values->editingFinished();
        QCOMPARE(edited.at(0).at(0).value<std::vector<float>>(), (std::vector<float>{1, -2.5F, 3}));
        values->setText("one");
        Q_EMIT values->editingFinished();
        QCOMPARE(edited.size(), 1);
        QVERIFY(view.findChild<QLabel*>("teachDerivation")->text().contains("These are no numbers"));
    }
};

QTEST_MAIN(TestTeachView)
#include "tst_teach_view.moc"
