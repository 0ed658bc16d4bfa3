#include "app/place_history.h"

#include "app/window_step.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QUndoStack>

#include <utility>

namespace nanoscope {
namespace {

constexpr int kId = 3;  // after those of formats and costs

/// One step in the data, from one place to another.
class PlaceCommand : public WindowStep {
public:
    /// @param isTaken  the window is there already
    PlaceCommand(PlaceHistory& history, Place before, Place after, PlaceHistory::Change change, bool isTaken)
        : m_history(history)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_change(change)
        , m_isTaken(isTaken)
    {
        m_age.start();
        setText(describe());
    }

    [[nodiscard]] std::unique_ptr<WindowStep> copyFor(const StepHands& hands) const override
    {
        return std::make_unique<PlaceCommand>(hands.places, m_before, m_after, m_change, false);
    }

    bool mergeWith(const QUndoCommand* other) override
    {
        constexpr qint64 kPause = 1000;
        if (m_age.elapsed() > kPause)
            return false;
        m_after = static_cast<const PlaceCommand*>(other)->m_after;
        setText(describe());
        m_age.restart();
        setObsolete(m_after == m_before);
        return true;
    }

protected:
    void goBack() override { m_history.go(m_before); }
    void goOn() override
    {
        if (!std::exchange(m_isTaken, false))
            m_history.go(m_after);
    }
    [[nodiscard]] int kind() const override { return m_change == PlaceHistory::Change::Block ? kId : -1; }

private:
    [[nodiscard]] QString describe() const
    {
        switch (m_change) {
        case PlaceHistory::Change::File:
            return PlaceHistory::tr("open %1").arg(QFileInfo(m_after.file).fileName());
        case PlaceHistory::Change::Tensor:
            return PlaceHistory::tr("tensor %1").arg(m_after.tensor);
        case PlaceHistory::Change::Cut:
            return PlaceHistory::tr("cut of the tensor");
        case PlaceHistory::Change::Block:
            break;
        }
        return PlaceHistory::tr("block %1").arg(m_after.block.value_or(0));
    }

    PlaceHistory& m_history;
    Place m_before;
    Place m_after;
    PlaceHistory::Change m_change;
    bool m_isTaken;
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
    push(now, m_known.file != now.file ? Change::File : Change::Tensor);
}

void PlaceHistory::takeCut()
{
    if (m_isGoing)
        return;
    Place now = m_known;
    now.cut = m_explorer.cut();
    push(now, Change::Cut);
}

void PlaceHistory::takeBlock()
{
    if (m_isGoing)
        return;
    Place now = m_known;
    now.block = m_explorer.selectedBlock();
    push(now, Change::Block);
}

void PlaceHistory::push(const Place& now, Change change)
{
    const Place before = std::exchange(m_known, now);
    m_stack.push(new PlaceCommand(*this, before, now, change, true));
}

}  // namespace nanoscope
