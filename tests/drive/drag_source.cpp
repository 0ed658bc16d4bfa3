#include "drag_source.h"

#include "driven_window.h"

#include <QDrag>
#include <QElapsedTimer>
#include <QMimeData>
#include <QTest>
#include <QUrl>

namespace {

constexpr int kLongest = 10000;  // milliseconds
constexpr int kPoll = 50;

void moveMouse(QPoint place)
{
    DrivenWindow::tool({"mousemove", QString::number(place.x()), QString::number(place.y())});
}

}  // namespace

DragSource::DragSource()
{
    setWindowTitle("Files");
    setFixedSize(200, 100);
    setWindowFlag(Qt::WindowStaysOnTopHint);
}

bool DragSource::drop(const QString& file, QPoint place)
{
    m_file = file;
    m_place = place;
    m_isTaken = m_isOver = false;
    const QPoint middle = mapToGlobal(rect().center());
    moveMouse(middle);
    DrivenWindow::tool({"mousedown", "1"});
    moveMouse(middle + QPoint(15, 10));  // begins the drag
    QElapsedTimer clock;
    clock.start();
    while (!m_isOver && clock.elapsed() < 2 * kLongest)
        QTest::qWait(kPoll);
    DrivenWindow::tool({"mouseup", "1"});
    return m_isTaken;
}

void DragSource::mouseMoveEvent(QMouseEvent*)
{
    if (m_file.isEmpty())
        return;
    auto* mime = new QMimeData;
    mime->setUrls({QUrl::fromLocalFile(m_file)});
    m_file.clear();
    auto* drag = new QDrag(this);
    drag->setMimeData(mime);
    bool isWelcome = false;
    connect(drag, &QDrag::actionChanged, this,
        [&isWelcome](Qt::DropAction action) { isWelcome = action == Qt::CopyAction; });
    QTimer steps;
    int step = 0;
    connect(&steps, &QTimer::timeout, this, [&] {
        if (isWelcome || step * kPoll > kLongest) {
            steps.stop();
            DrivenWindow::tool({"mouseup", "1"});
            return;
        }
        moveMouse(m_place + QPoint(++step % 8, 0));  // a window answers to movements
    });
    steps.start(kPoll);
    m_isTaken = drag->exec(Qt::CopyAction) == Qt::CopyAction;
    m_isOver = true;
}
