#include "app/dock_frame.h"
#include "app/dock_titles.h"

#include <QDockWidget>
#include <QLabel>
#include <QMainWindow>
#include <QScrollBar>
#include <QTest>
#include <QVBoxLayout>

#include <array>

using namespace nanoscope;

namespace {

/// Content that asks for one size and can do with another.
class Content : public QWidget {
public:
    Content(QSize wanted, QSize least)
        : m_wanted(wanted)
        , m_least(least)
    {
    }

    [[nodiscard]] QSize sizeHint() const override { return m_wanted; }
    [[nodiscard]] QSize minimumSizeHint() const override { return m_least; }

private:
    QSize m_wanted;
    QSize m_least;
};

/// How far a frame can be scrolled.
QSize rangeOf(const DockFrame& frame)
{
    return {frame.horizontalScrollBar()->maximum(), frame.verticalScrollBar()->maximum()};
}

bool hasTitle(const QDockWidget& dock)
{
    return dock.titleBarWidget() == nullptr;
}

}  // namespace

/// Frames and titles of docks.
class TestDocks : public QObject {
    Q_OBJECT

private slots:
    void contentFillsItsFrame_data();
    void contentFillsItsFrame();
    void aFrameAsksForWhatItsContentAsksFor();
    void aFrameMayAlwaysBeSmall_data();
    void aFrameMayAlwaysBeSmall();
    void wrappedTextIsScrolledNotCut();
    void contentThatGrowsIsFitted();
    void tabsHaveNoTitleBesides();
    void aDockThatIsAloneAgainHasATitle_data();
    void aDockThatIsAloneAgainHasATitle();
    void aTabThatFloatsLeavesTheOthersTabs();
};

void TestDocks::contentFillsItsFrame_data()
{
    QTest::addColumn<QSize>("wanted");
    QTest::addColumn<QSize>("least");
    QTest::addColumn<QSize>("frame");
    QTest::addColumn<bool>("isScrolledAcross");
    QTest::addColumn<bool>("isScrolledDown");
    QTest::newRow("more room than wanted") << QSize(100, 100) << QSize(50, 50) << QSize(400, 300) << false << false;
    QTest::newRow("it can shrink") << QSize(900, 900) << QSize(50, 50) << QSize(400, 300) << false << false;
    QTest::newRow("just enough") << QSize(900, 900) << QSize(400, 300) << QSize(400, 300) << false << false;
    QTest::newRow("too wide") << QSize(900, 100) << QSize(500, 50) << QSize(400, 300) << true << false;
    QTest::newRow("too high") << QSize(100, 900) << QSize(50, 500) << QSize(400, 300) << false << true;
    QTest::newRow("too large") << QSize(900, 900) << QSize(500, 500) << QSize(400, 300) << true << true;
    QTest::newRow("too high, so the bar makes it too wide")
        << QSize(900, 900) << QSize(395, 500) << QSize(400, 300) << true << true;
}

void TestDocks::contentFillsItsFrame()
{
    QFETCH(QSize, wanted);
    QFETCH(QSize, least);
    QFETCH(QSize, frame);
    QFETCH(bool, isScrolledAcross);
    QFETCH(bool, isScrolledDown);
    auto* content = new Content(wanted, least);
    DockFrame shown(content);
    shown.resize(frame);
    shown.show();
    QVERIFY(QTest::qWaitForWindowExposed(&shown));
    QCOMPARE(rangeOf(shown).width() > 0, isScrolledAcross);
    QCOMPARE(rangeOf(shown).height() > 0, isScrolledDown);
    QCOMPARE(content->width(), std::max(least.width(), shown.viewport()->width()));
    QCOMPARE(content->height(), std::max(least.height(), shown.viewport()->height()));
}

void TestDocks::aFrameAsksForWhatItsContentAsksFor()
{
    const DockFrame frame(new Content(QSize(640, 480), QSize(50, 50)));
    QCOMPARE(frame.sizeHint(), QSize(640, 480));
}

void TestDocks::aFrameMayAlwaysBeSmall_data()
{
    QTest::addColumn<QSize>("hint");
    QTest::addColumn<QSize>("set");
    QTest::addColumn<QSize>("least");
    QTest::newRow("large content") << QSize(640, 480) << QSize(0, 0) << QSize(220, 110);
    QTest::newRow("content of a set size") << QSize(50, 50) << QSize(640, 480) << QSize(220, 110);
    QTest::newRow("wide content") << QSize(640, 40) << QSize(0, 0) << QSize(220, 40);
    QTest::newRow("small content") << QSize(60, 40) << QSize(0, 0) << QSize(60, 40);
}

void TestDocks::aFrameMayAlwaysBeSmall()
{
    QFETCH(QSize, hint);
    QFETCH(QSize, set);
    QFETCH(QSize, least);
    auto* content = new Content(hint, hint);
    content->setMinimumSize(set);
    const DockFrame frame(content);
    QCOMPARE(frame.minimumSizeHint(), least);
}

/// A label needs more lines the narrower it is; the frame asks at the width that there is.
void TestDocks::wrappedTextIsScrolledNotCut()
{
    auto* content = new QWidget;
    auto* text = new QLabel(QStringLiteral("many words ").repeated(60));
    text->setWordWrap(true);
    auto* layout = new QVBoxLayout(content);
    layout->addWidget(text);
    DockFrame frame(content);
    frame.show();
    for (const int width : {300, 900}) {
        frame.resize(width, 120);
        QVERIFY(QTest::qWaitForWindowExposed(&frame));
        QTRY_COMPARE(content->width(), frame.viewport()->width());
        QVERIFY2(text->height() >= text->heightForWidth(text->width()), qPrintable(QString::number(width)));
        QCOMPARE(rangeOf(frame).height() > 0, width == 300);
    }
}

void TestDocks::contentThatGrowsIsFitted()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    DockFrame frame(content);
    frame.resize(300, 200);
    frame.show();
    QVERIFY(QTest::qWaitForWindowExposed(&frame));
    QCOMPARE(rangeOf(frame), QSize(0, 0));
    const int before = frame.minimumSizeHint().height();
    auto* part = new QWidget;
    part->setMinimumSize(100, 600);
    layout->addWidget(part);
    QTRY_VERIFY(rangeOf(frame).height() > 0);
    QVERIFY(frame.minimumSizeHint().height() > before);
    part->setMinimumHeight(20);
    QTRY_COMPARE(rangeOf(frame), QSize(0, 0));
    QCOMPARE(content->size(), frame.viewport()->size());
}

/// Three docks, the first two of them tabs.
struct SampleWindow {
    QMainWindow window;
    std::array<QDockWidget*, 3> docks{};

    SampleWindow()
    {
        for (QDockWidget*& dock : docks) {
            dock = new QDockWidget("Panel", &window);
            dock->setWidget(new QLabel("Content"));
            window.addDockWidget(Qt::LeftDockWidgetArea, dock);
        }
        window.tabifyDockWidget(docks[0], docks[1]);
        new DockTitles(window, {docks.begin(), docks.end()});
        window.show();
    }
};

void TestDocks::tabsHaveNoTitleBesides()
{
    SampleWindow sample;
    QTRY_VERIFY(!hasTitle(*sample.docks[0]) && !hasTitle(*sample.docks[1]));
    QVERIFY(hasTitle(*sample.docks[2]));
    QCOMPARE(sample.docks[1]->titleBarWidget()->height(), 0);
    QVERIFY(sample.window.dockOptions().testFlag(QMainWindow::GroupedDragging));  // tabs are what is dragged
    sample.window.tabifyDockWidget(sample.docks[1], sample.docks[2]);
    QTRY_VERIFY(!hasTitle(*sample.docks[2]));
}

void TestDocks::aDockThatIsAloneAgainHasATitle_data()
{
    QTest::addColumn<QString>("how");
    for (const char* how : {"the other is hidden", "the other floats", "it floats", "it is put elsewhere"})
        QTest::newRow(how) << QString(how);
}

void TestDocks::aDockThatIsAloneAgainHasATitle()
{
    QFETCH(QString, how);
    SampleWindow sample;
    QDockWidget* dock = sample.docks[0];
    QDockWidget* other = sample.docks[1];
    QTRY_VERIFY(!hasTitle(*dock) && !hasTitle(*other));
    if (how == "the other is hidden")
        other->hide();
    else if (how == "the other floats")
        other->setFloating(true);
    else if (how == "it floats")
        dock->setFloating(true);
    else
        sample.window.addDockWidget(Qt::RightDockWidgetArea, dock);
    QTRY_VERIFY(hasTitle(*dock));
    if (how != "the other is hidden") {
        QTRY_VERIFY(hasTitle(*other));
        return;
    }
    other->show();
    QTRY_VERIFY(!hasTitle(*dock));
}

void TestDocks::aTabThatFloatsLeavesTheOthersTabs()
{
    SampleWindow sample;
    sample.window.tabifyDockWidget(sample.docks[1], sample.docks[2]);
    QTRY_VERIFY(!hasTitle(*sample.docks[2]));
    sample.docks[0]->setFloating(true);
    QTRY_VERIFY(hasTitle(*sample.docks[0]));
    QVERIFY(!hasTitle(*sample.docks[1]) && !hasTitle(*sample.docks[2]));
}

QTEST_MAIN(TestDocks)
#include "tst_docks.moc"
