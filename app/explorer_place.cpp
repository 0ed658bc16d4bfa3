// Where the explorer is in the data, and going back there.
#include "app/explorer.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace nanoscope {
namespace {

bool fits(const TensorCut& cut, const TensorInfo& tensor)
{
    const Shape& shape = cut.reshape ? *cut.reshape : tensor.shape;
    const int rank = std::max(static_cast<int>(shape.size()), 1);
    const auto product = std::accumulate(shape.begin(), shape.end(), std::uint64_t{1}, std::multiplies<>());
    return cut.axis < rank && cut.axis >= -rank && product == tensor.elements;
}

}  // namespace

Place Explorer::place() const
{
    Place place;
    place.file = m_file;
    if (m_tensor)
        place.tensor = QString::fromStdString(m_tensor->tensor().info.name);
    place.cut = m_cut;
    if (m_reports[A])
        place.block = m_block;
    place.element = m_element;
    return place;
}

void Explorer::goTo(const Place& place)
{
    if (m_io.isBusy() || place.file != m_file || place.tensor != this->place().tensor) {
        if (m_source && place.file == m_sourceFile && !m_io.isBusy())
            readAt(place.tensor, place);
        else
            openAt(place.file, place.tensor, place);
        return;
    }
    if (place.cut != m_cut || m_isStale[A]) {
        m_wanted = place;
        setCut(place.cut);
        return;
    }
    if (m_reports[A])
        selectBlock(place.block.value_or(m_reports[A]->worstBlock));
    selectElement(place.element);
}

/// The cut that is asked for; else the axis at hand, as far as it fits the new tensor.
void Explorer::takeCut(const std::optional<Place>& place)
{
    const TensorInfo& info = m_tensor->tensor().info;
    if (place && fits(place->cut, info)) {
        m_cut = place->cut;
        return;
    }
    m_cut.reshape.reset();
    if (!fits(m_cut, info))
        m_cut.axis = -1;
}

void Explorer::keepBlockInRange()
{
    const quint64 blocks = m_reports[A]->blockSquaredError.size();
    if (blocks > 0 && m_block >= blocks)
        m_block = blocks - 1;
}

void Explorer::selectBlock(quint64 block)
{
    if (!m_reports[A] || block == m_block || block >= m_reports[A]->blockSquaredError.size())
        return;
    m_block = block;
    requestTrace();
    emit blockChanged();
    emit busyChanged();
}

void Explorer::selectElementOf(quint64 block, int element)
{
    if (!m_reports[A] || block >= m_reports[A]->blockSquaredError.size())
        return;
    if (block == m_block && !m_isTraceStale)
        return selectElement(element);
    m_block = block;
    m_element = element;  // shown with the trace
    requestTrace();
    emit busyChanged();
}

void Explorer::selectElement(int element)
{
    if (element == m_element)
        return;
    m_element = element;
    emit elementChanged(element);
}

void Explorer::requestTrace()
{
    const std::shared_ptr<const Report> report = m_reports[A];
    if (!report || report->blockSquaredError.empty())
        return;
    m_isTraceStale = true;
    m_explain.submit([report, block = m_block](const std::stop_token&) {
        return std::make_shared<const BlockTrace>(traceBlock(*report->prepared, block));
    });
}

}  // namespace nanoscope
