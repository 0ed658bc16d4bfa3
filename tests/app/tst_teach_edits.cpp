#include "app/arrangements.h"
#include "app/main_window.h"
#include "app/session_desk.h"
#include "app/teach_dock.h"
#include "app/view_docks.h"
#include "core/format/format_by_name.h"
#include "widgets/teach_model.h"
#include "widgets/teach_table.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace nanoscope;

namespace {

constexpr int kPatience = 30000;

}  // namespace

/// What the user makes of the block in Teach: steps back and forth, other blocks and formats between, sessions.
class TestTeachEdits : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_window.reset(); }
    void flipsAndValuesGoBackStepByStep();
    void aDragIsOneStep();
    void editsStayWithTheirBlock();
    void flipsStayWithTheirFormat();
    void ownValuesStayWithTheirTensor();
    void sessionsKeepTheBlock();
    void brokenBlocksOfSessionsAreLeftOut_data();
    void brokenBlocksOfSessionsAreLeftOut();
    void anotherWindowTakesTheSteps();
    void theNumberLineIsInSight();

private:
    [[nodiscard]] TeachDock& teach() { return m_window->docks().teach(); }
    [[nodiscard]] TeachTable& elements() { return *m_window->findChild<TeachTable*>("teachElements"); }
    [[nodiscard]] const TeachModel& model() { return dynamic_cast<const TeachModel&>(*elements().model()); }
    /// Bits of an element as the table shows them.
    [[nodiscard]] QString bits(std::size_t element);
    [[nodiscard]] QString source() { return m_window->findChild<QLabel*>("teachSource")->text(); }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience); }
    void flip(std::size_t element, std::size_t bit);
    void type(int element, double value);
    void select(quint64 block);
    void step(const char* action);

    std::unique_ptr<MainWindow> m_window;
};

void TestTeachEdits::init()
{
    m_window = std::make_unique<MainWindow>(
        FormatSet{parseFormat("NxFP4"), parseFormat("MXFP4")}, false, QSize(1600, 1000), MainWindow::Memory::Fresh);
    m_window->show();
    m_window->arrangements().choose(Arrangement::Teach);
    m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/real_weights.h5", "pose/conv2d_35");
    settle();
}

QString TestTeachEdits::bits(std::size_t element)
{
    QString text;
    for (const TeachBit& bit : model().cells().at(element).bits)
        text += bit.isSet ? QLatin1Char('1') : QLatin1Char('0');
    return text;
}

void TestTeachEdits::flip(std::size_t element, std::size_t bit)
{
    Q_EMIT elements().bitFlipped(model().cells().at(element).bits.at(bit).place);
    settle();
}

void TestTeachEdits::type(int element, double value)
{
    auto& cells = const_cast<TeachModel&>(model());
    QVERIFY(cells.setData(cells.indexOf(element), value));
    settle();
}

void TestTeachEdits::select(quint64 block)
{
    m_window->explorer().selectBlock(block);
    settle();
}

void TestTeachEdits::step(const char* action)
{
    for (QAction* each : m_window->findChildren<QAction*>())
        if (each->text().remove('&').startsWith(QLatin1String(action)) && !each->menu()) {
            QVERIFY2(each->isEnabled(), action);
            each->trigger();
            return settle();
        }
    QFAIL(action);
}

void TestTeachEdits::flipsAndValuesGoBackStepByStep()
{
    const QString encoded = bits(2);
    flip(2, 0);
    const QString flipped = bits(2);
    QVERIFY(flipped != encoded && flipped.at(0) != encoded.at(0));
    flip(2, 1);
    const QString twice = bits(2);
    QVERIFY(twice != flipped);
    type(2, 0.5);
    QVERIFY(source().contains("values changed"));
    QCOMPARE(teach().present().values.at(2), 0.5F);
    QVERIFY(teach().present().flips.empty());
    step("Undo");
    QCOMPARE(bits(2), twice);
    QVERIFY(!source().contains("values changed"));
    step("Undo");
    QCOMPARE(bits(2), flipped);
    step("Undo");
    QCOMPARE(bits(2), encoded);
    QVERIFY(teach().present().isPlain());
    for (int i = 0; i < 3; ++i)
        step("Redo");
    QVERIFY(source().contains("values changed"));
    m_window->findChild<QPushButton*>("teachTake")->click();
    settle();
    QVERIFY(teach().present().isPlain());
    QCOMPARE(bits(2), encoded);
    step("Undo");
    QCOMPARE(teach().present().values.at(2), 0.5F);
}

void TestTeachEdits::aDragIsOneStep()
{
    const QString before = model().cells().at(1).value;
    for (const double value : {0.01, 0.02, 0.03})
        type(1, value);
    QCOMPARE(teach().present().values.at(1), 0.03F);
    step("Undo");
    QVERIFY(teach().present().isPlain());
    QCOMPARE(model().cells().at(1).value, before);
    step("Redo");
    QCOMPARE(teach().present().values.at(1), 0.03F);
}

void TestTeachEdits::editsStayWithTheirBlock()
{
    select(3);
    flip(0, 0);
    const QString flipped = bits(0);
    QTest::qWait(1100);  // else both blocks are one step
    select(4);
    QVERIFY(teach().present().isPlain());
    step("Undo");
    QCOMPARE(m_window->explorer().selectedBlock(), quint64(3));
    QCOMPARE(bits(0), flipped);
}

void TestTeachEdits::flipsStayWithTheirFormat()
{
    flip(0, 0);
    const QString flipped = bits(0);
    m_window->editFormats({parseFormat("MXFP6_E2M3"), parseFormat("MXFP4")});
    settle();
    QVERIFY(teach().present().isPlain());
    step("Undo");
    QCOMPARE(bits(0), flipped);
}

void TestTeachEdits::ownValuesStayWithTheirTensor()
{
    auto* values = m_window->findChild<QLineEdit*>("teachValues");
    values->setText("1, 2, 3");
    QTest::keyClick(values, Qt::Key_Return);
    settle();
    QVERIFY(source().contains("own values"));
    QCOMPARE(model().cells().size(), std::size_t(3));
    m_window->explorer().selectTensor("pose/conv2d_24");
    QTRY_COMPARE_WITH_TIMEOUT(m_window->explorer().place().tensor, QString("pose/conv2d_24"), kPatience);
    settle();
    QVERIFY(source().contains("pose/conv2d_24"));
    step("Undo");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady() && source().contains("own values"), kPatience);
    QCOMPARE(model().cells().size(), std::size_t(3));
}

void TestTeachEdits::sessionsKeepTheBlock()
{
    QTemporaryDir folder;
    const QString path = folder.filePath("taught.nanoscope.json");
    select(5);
    type(1, -0.25);
    flip(1, 2);
    const QString shown = bits(1);
    QCOMPARE(m_window->sessions().save(path), QString());
    m_window->findChild<QPushButton*>("teachTake")->click();
    settle();
    QVERIFY(bits(1) != shown);
    m_window->sessions().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady() && !teach().present().isPlain(), kPatience);
    QCOMPARE(m_window->explorer().selectedBlock(), quint64(5));
    QCOMPARE(teach().present().values.at(1), -0.25F);
    QCOMPARE(bits(1), shown);
}

void TestTeachEdits::brokenBlocksOfSessionsAreLeftOut_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("unknown kind") << QByteArray(R"({"values_of":"x"})");
    QTest::newRow("no number") << QByteArray(R"({"values_of":"own","values":[1,{}]})");
    QTest::newRow("too large") << QByteArray(R"({"values_of":"own","values":[1e300]})");
    QTest::newRow("no values") << QByteArray(R"({"values_of":"changed","values":[]})");
    QTest::newRow("a bit before the first") << QByteArray(R"({"values_of":"tensor","flipped_bits":[-1]})");
    QTest::newRow("a bit far behind") << QByteArray(R"({"values_of":"tensor","flipped_bits":[1e9]})");
    QTest::newRow("a bit that is no number") << QByteArray(R"({"values_of":"tensor","flipped_bits":["x"]})");
}

void TestTeachEdits::brokenBlocksOfSessionsAreLeftOut()
{
    QFETCH(QByteArray, json);
    const QByteArray session = R"({"nanoscope_session":1,"teach":)" + json + "}";
    const ReadSession read = parseSession(session, "s", ".", m_window->sessions().present());
    QCOMPARE(read.problems.size(), 1);
    QVERIFY2(read.problems.first().contains("Teach"), qPrintable(read.problems.first()));
    QVERIFY(read.session.teach == TeachEdit());
}

void TestTeachEdits::anotherWindowTakesTheSteps()
{
    flip(2, 0);
    const QString flipped = bits(2);
    auto next = std::make_unique<MainWindow>(
        FormatSet{parseFormat("NxFP4")}, false, QSize(1600, 1000), MainWindow::Memory::Fresh);
    next->show();
    next->sessions().takeOver(m_window->sessions());
    m_window = std::move(next);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady() && !teach().present().isPlain(), kPatience);
    QCOMPARE(bits(2), flipped);
    step("Undo");
    QVERIFY(teach().present().isPlain());
    QVERIFY(bits(2) != flipped);
}

/// Also of a block with many elements, in a small window: the table is scrolled instead.
void TestTeachEdits::theNumberLineIsInSight()
{
    m_window->resize(1280, 800);
    m_window->editFormats({parseFormat("INT8_g128"), parseFormat("MXFP4")});
    settle();
    QCOMPARE(model().cells().size(), std::size_t(128));
    const auto* line = m_window->findChild<QWidget*>("teachLine");
    QTRY_COMPARE(line->visibleRegion().boundingRect(), line->rect());
    QVERIFY(line->height() > 100);
    QVERIFY(elements().viewport()->visibleRegion().boundingRect().height() > 100);
}

QTEST_MAIN(TestTeachEdits)
#include "tst_teach_edits.moc"
