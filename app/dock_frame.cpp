#include "app/dock_frame.h"

#include <QEvent>
#include <QLayout>
#include <QScrollBar>

#include <algorithm>

namespace nanoscope {
namespace {

constexpr QSize kSmallest(220, 110);  // pixels; what a dock may always be made

/// The least that the content can be drawn in at a width. QScrollArea's own rule takes the preferred height of content
/// with wrapped text, so that plots would be scrolled where they could shrink.
QSize leastSize(const QWidget& content, int width)
{
    QSize least = content.minimumSizeHint().expandedTo(content.minimumSize());
    if (const QLayout* layout = content.layout(); layout != nullptr && layout->hasHeightForWidth())
        least.setHeight(std::max(least.height(), layout->minimumHeightForWidth(std::max(width, least.width()))));
    return least;
}

}  // namespace

DockFrame::DockFrame(QWidget* content, QWidget* parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
    content->setAutoFillBackground(false);  // as it was without a frame; setWidget fills it
    viewport()->setAutoFillBackground(false);
}

QSize DockFrame::sizeHint() const
{
    return widget()->sizeHint();
}

QSize DockFrame::minimumSizeHint() const
{
    return widget()->minimumSizeHint().expandedTo(widget()->minimumSize()).boundedTo(kSmallest);
}

void DockFrame::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

bool DockFrame::eventFilter(QObject* watched, QEvent* event)
{
    const bool handled = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        fit();
        updateGeometry();
    }
    return handled;
}

/// Fills the frame; where the content needs more, a scroll bar takes its part of the frame.
void DockFrame::fit()
{
    QSize room = maximumViewportSize();
    if (leastSize(*widget(), room.width()).height() > room.height())
        room.rwidth() -= verticalScrollBar()->sizeHint().width();
    if (leastSize(*widget(), room.width()).width() > room.width())
        room.rheight() -= horizontalScrollBar()->sizeHint().height();
    widget()->resize(room.expandedTo(leastSize(*widget(), room.width())));
}

}  // namespace nanoscope
