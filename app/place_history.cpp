#include "app/place_history.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QUndoStack>

#include <utility>

namespace nanoscope {
namespace {

constexpr int kId = 3;  // after those of formats and costs

/// One step in the data, from one place to another; the first time it has been taken already.
class PlaceCommand : public QUndoCommand {
public:
    PlaceCommand(PlaceHistory& history, Place before, Place after, const QString& text, bool merges)
        : QUndoCommand(text)
        , m_history(history)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_merges(merges)
    {
        m_age.start();
    }

    void undo() override { m_history.go(m_before); }
    void redo() override
    {
        if (!std::exchange(m_isTaken, false))
            m_history.go(m_after);
    }
    [[nodiscard]] int id() const override { return m_merges ? kId : -1; }

    bool mergeWith(const QUndoCommand* other) override
    {
        constexpr qint64 kPause = 1000;
        if (m_age.elapsed() > kPause)
            return false;
        m_after = static_cast<const PlaceCommand*>(other)->m_after;
        setText(other->text());
        m_age.restart();
        setObsolete(m_after == m_before);
        return true;
    }

private:
    PlaceHistory& m_history;
    Place m_before;
    Place m_after;
    bool m_merges;
    bool m_isTaken = true;
    QElapsedTimer m_age;
};

}  // namespace

PlaceHistory::PlaceHistory(Explorer& explorer, QUndoStack& stack, QObject* parent)
    : QObject(parent)
    , m_explorer(explorer)
    , m_stack(stack)
{
    connect(&explorer, &Explorer::tensorChanged, this, &PlaceHistory::takeTensor);
    connect(&explorer, &Explorer::cutChanged, this, &PlaceHistory::takeCut);
    connect(&explorer, &Explorer::blockChanged, this, &PlaceHistory::takeBlock);
    // The block that a tensor or a cut starts with is no step of the user's.
    connect(&explorer, &Explorer::traceChanged, this, [this] {
        if (!m_awaited)
            m_known.block = m_explorer.place().block;
    });
    connect(&explorer, &Explorer::elementChanged, this, [this](int element) { m_known.element = element; });
    connect(&explorer, &Explorer::stopped, this, [this] {
        m_awaited.reset();
        m_known = m_explorer.place();
    });
}

void PlaceHistory::go(const Place& place)
{
    m_isGoing = true;
    m_known = place;
    m_explorer.goTo(place);
    m_awaited = m_explorer.isReading() ? std::optional(place) : std::nullopt;
    m_isGoing = false;
}

void PlaceHistory::takeTensor()
{
    Place now = m_explorer.place();
    now.block.reset();  // of the tensor before
    now.element = 0;
    if (const auto awaited = std::exchange(m_awaited, std::nullopt);
        awaited && awaited->file == now.file && awaited->tensor == now.tensor)
        return;
    if (m_known.tensor.isEmpty()) {  // nothing to go back to
        m_known = now;
        return;
    }
    const bool isNewFile = m_known.file != now.file;
    push(now, isNewFile ? tr("open %1").arg(QFileInfo(now.file).fileName()) : tr("tensor %1").arg(now.tensor), false);
}

void PlaceHistory::takeCut()
{
    if (m_isGoing)
        return;
    Place now = m_known;
    now.cut = m_explorer.cut();
    push(now, tr("cut of the tensor"), false);
}

void PlaceHistory::takeBlock()
{
    if (m_isGoing)
        return;
    Place now = m_known;
    now.block = m_explorer.selectedBlock();
    push(now, tr("block %1").arg(m_explorer.selectedBlock()), true);
}

void PlaceHistory::push(const Place& now, const QString& text, bool merges)
{
    const Place before = std::exchange(m_known, now);
    m_stack.push(new PlaceCommand(*this, before, now, text, merges));
}

}  // namespace nanoscope
