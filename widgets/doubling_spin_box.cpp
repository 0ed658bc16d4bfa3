#include "widgets/doubling_spin_box.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace nanoscope {

void DoublingSpinBox::setStepRange(int lowest, int highest)
{
    m_lowestStep = lowest;
    m_highestStep = highest;
}

void DoublingSpinBox::stepBy(int steps)
{
    int next = value();
    for (int i = 0; i < std::abs(steps); ++i) {
        const auto current = static_cast<unsigned>(std::max(next, 1));
        const unsigned below = std::bit_floor(current);
        if (steps > 0)
            next = std::min(static_cast<int>(below * 2), m_highestStep);
        else
            next = std::max(static_cast<int>(below == current ? below / 2 : below), m_lowestStep);
    }
    setValue(next);
}

QAbstractSpinBox::StepEnabled DoublingSpinBox::stepEnabled() const
{
    StepEnabled enabled = StepNone;
    if (value() < m_highestStep)
        enabled |= StepUpEnabled;
    if (value() > m_lowestStep)
        enabled |= StepDownEnabled;
    return enabled;
}

}  // namespace nanoscope
