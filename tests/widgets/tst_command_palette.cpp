#include "widgets/command_palette.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace nanoscope;

namespace {

std::vector<CommandEntry> sampleCommands()
{
    return {
        {10, "Open…", "File", "Ctrl+O"},
        {11, "This plot…", "File > Export", "Ctrl+E"},
        {12, "Undo", "Edit", "Ctrl+Z", false},
        {13, "Copy plot", "Edit", "Ctrl+Shift+C"},
        {14, "Plot data as CSV", "Edit", ""},
    };
}

}  // namespace

class TestCommandPalette : public QObject {
    Q_OBJECT

private slots:
    void wordsAreFoundInAnyOrder_data();
    void wordsAreFoundInAnyOrder();
    void blanksDoNotCount();
    void enterRunsTheFirstThatIsPossible_data();
    void enterRunsTheFirstThatIsPossible();
    void arrowsMoveWhileTyping();
    void whatIsNotPossibleIsNotRun();
    void escapeRunsNothing();
    void aRowIsReadAsOne();
};

void TestCommandPalette::wordsAreFoundInAnyOrder_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QList<int>>("ids");
    QTest::newRow("nothing typed") << "" << QList<int>{10, 11, 12, 13, 14};
    QTest::newRow("text that begins so comes first") << "plot" << QList<int>{14, 11, 13};
    QTest::newRow("any order, in the place as well") << "plot EDIT" << QList<int>{13, 14};
    QTest::newRow("part of a word") << "und" << QList<int>{12};
    QTest::newRow("by shortcut") << "ctrl+o" << QList<int>{10};
    QTest::newRow("all words must be there") << "plot zebra" << QList<int>{};
}

void TestCommandPalette::wordsAreFoundInAnyOrder()
{
    QFETCH(QString, words);
    QFETCH(QList<int>, ids);
    CommandModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCommands(sampleCommands());
    model.setWanted(words);
    QList<int> found;
    for (int row = 0; row < model.rowCount(); ++row)
        found << model.entry(row).id;
    QCOMPARE(found, ids);
}

/// Around and between the words: the command that begins with them comes before the one that holds them.
void TestCommandPalette::blanksDoNotCount()
{
    CommandModel model;
    model.setCommands({{1, "Data of the plot", "", ""}, {2, "Plot data", "", ""}});
    for (const char* words : {"plot data", " plot data", "plot data ", "plot   data", "\tplot data"}) {
        model.setWanted(words);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY2(model.entry(0).id == 2, words);
    }
}

void TestCommandPalette::enterRunsTheFirstThatIsPossible_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("id");
    QTest::newRow("the only one") << "copy" << 13;
    QTest::newRow("the first of many") << "plot" << 14;
    QTest::newRow("the first is not possible") << "edit" << 13;
    QTest::newRow("nothing typed") << "" << 10;
}

void TestCommandPalette::enterRunsTheFirstThatIsPossible()
{
    QFETCH(QString, words);
    QFETCH(int, id);
    CommandPalette palette;
    palette.setCommands(sampleCommands());
    palette.show();
    const QSignalSpy chosen(&palette, &CommandPalette::commandChosen);
    auto* search = palette.findChild<QLineEdit*>();
    QTest::keyClicks(search, words);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().toInt(), id);
    QVERIFY(!palette.isVisible());
}

void TestCommandPalette::arrowsMoveWhileTyping()
{
    CommandPalette palette;
    palette.setCommands(sampleCommands());
    palette.show();
    const QSignalSpy chosen(&palette, &CommandPalette::commandChosen);
    auto* search = palette.findChild<QLineEdit*>();
    QTest::keyClicks(search, "plot");
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Up);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(chosen.front().front().toInt(), 11);
}

void TestCommandPalette::whatIsNotPossibleIsNotRun()
{
    CommandPalette palette;
    palette.setCommands(sampleCommands());
    palette.show();
    const QSignalSpy chosen(&palette, &CommandPalette::commandChosen);
    auto* search = palette.findChild<QLineEdit*>();
    QTest::keyClicks(search, "undo");
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(chosen.isEmpty());
    QVERIFY(palette.isVisible());
}

void TestCommandPalette::escapeRunsNothing()
{
    CommandPalette palette;
    palette.setCommands(sampleCommands());
    palette.show();
    const QSignalSpy chosen(&palette, &CommandPalette::commandChosen);
    QTest::keyClick(palette.findChild<QLineEdit*>(), Qt::Key_Escape);
    QVERIFY(!palette.isVisible());
    QVERIFY(chosen.isEmpty());
}

void TestCommandPalette::aRowIsReadAsOne()
{
    CommandModel model;
    model.setCommands(sampleCommands());
    QCOMPARE(
        model.index(1, 0).data(Qt::AccessibleTextRole).toString(), QString("This plot…, in File > Export, key Ctrl+E"));
    QVERIFY(model.index(2, 0).data(Qt::AccessibleTextRole).toString().endsWith("not possible now"));
    QVERIFY(!model.flags(model.index(2, 0)).testFlag(Qt::ItemIsEnabled));
}

QTEST_MAIN(TestCommandPalette)
#include "tst_command_palette.moc"
