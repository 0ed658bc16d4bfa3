// Opening files, and finding a tensor in them.
#include "drag_source.h"
#include "newcomer.h"

#include <QRegularExpression>

#include <limits>

namespace {

/// SQNR at the beginning of a cell's text; nothing there counts as the best.
double decibelsOf(const QString& cell)
{
    static const QRegularExpression number("^[-−]?[0-9.]+");
    const QString text = number.match(cell).captured().replace("−", "-");
    return text.isEmpty() ? std::numeric_limits<double>::infinity() : text.toDouble();
}

}  // namespace

void DriveNewcomer::openAFileByTheDialog()
{
    QVERIFY(m_window.open());
    WAIT_FOR(m_window.status("open a file to begin"));
    DO(openByDialog(g_project + "/data/real_weights.h5"));
    WAIT_FOR(m_window.title().startsWith("pose/conv2d_24"));
    WAIT_FOR(isReady());
    QVERIFY(!m_window.rows("tensorTree").filter("conv2d_35").isEmpty());
}

void DriveNewcomer::openAFileByDroppingIt()
{
    const QRect window = DrivenWindow::rectOf(m_window.widget("MainWindow"));
    DragSource files;
    files.move(1380, 850);
    files.show();
    QVERIFY(QTest::qWaitForWindowExposed(&files));
    QVERIFY(!window.intersects(files.frameGeometry()));
    QVERIFY(files.drop(g_project + "/data/synthetic.h5", window.center()));
    WAIT_FOR(m_window.title().contains("synthetic.h5"));
    WAIT_FOR(isReady());
    QVERIFY(m_window.rows("tensorTree").filter("conv2d_35").isEmpty());
    QVERIFY(files.drop(g_project + "/data/real_weights.h5", window.center()));
    WAIT_FOR(m_window.title().contains("real_weights.h5"));
    WAIT_FOR(isReady());
    QVERIFY(!m_window.rows("tensorTree").filter("conv2d_35").isEmpty());
}

/// Every tensor is measured; the one with the smallest SQNR is in the first row, and a click opens it.
void DriveNewcomer::findTheWorstTensor()
{
    DO(command("Go to Model"));
    WAIT_FOR(!m_window.rows("modelTable").isEmpty());
    WAIT_FOR(isReady());
    const QStringList rows = m_window.rows("modelTable");
    const auto column = static_cast<int>(rows[0].split('\t').indexOf("A, dB"));
    QVERIFY2(column > 0, qPrintable(rows[0]));
    const double worst = decibelsOf(rows.value(1).split('\t').value(column));
    QVERIFY(worst < 100.0);
    for (qsizetype row = 2; row < rows.size(); ++row)
        QVERIFY2(decibelsOf(rows[row].split('\t').value(column)) >= worst, qPrintable(rows[row]));
    const QString tensor = rows[1].section('\t', 0, 0);
    QVERIFY(!m_window.title().startsWith(tensor + " ·"));
    const QRect header = DrivenWindow::rectOf(m_window.widget("modelHeader"));
    DrivenWindow::click(QPoint(header.left() + 40, header.bottom() + header.height() / 2));
    WAIT_FOR(m_window.title().startsWith(tensor + " ·"));
    WAIT_FOR(isReady());
}

void DriveNewcomer::chooseATensorInTheList()
{
    QVERIFY(m_window.fill("tensorFilter", "conv2d_35"));
    WAIT_FOR(m_window.text("tensorFilter") == "conv2d_35" && m_window.rows("tensorTree").filter("fc2").isEmpty());
    QVERIFY(m_window.clickCell("tensorTree", "conv2d_35"));
    WAIT_FOR(m_window.title().startsWith("pose/conv2d_35 "));
    QVERIFY(m_window.click("tensorFilter"));
    DrivenWindow::keys({"ctrl+a", "BackSpace"});
    WAIT_FOR(!m_window.rows("tensorTree").filter("fc2").isEmpty());
    WAIT_FOR(isReady());
}
