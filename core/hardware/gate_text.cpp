#include "core/hardware/cost_term.h"
#include "core/hardware/gate_area.h"

#include <algorithm>

namespace nanoscope {
namespace {

/// "a x b"
std::string times(double count, double each)
{
    return formulaNumber(count) + " x " + formulaNumber(each);
}

}  // namespace

std::string GateArea::multiplierText(int p, int q) const
{
    const int wide = std::max(p, q);
    const int narrow = std::min(p, q);
    if (narrow <= 0)
        return "0";
    if (narrow == 1)
        return times(wide, m_c.andGate);
    return "(" + times(wide * narrow, m_c.andGate) + " + " + times(narrow, m_c.halfAdder) + " + "
        + times(wide * (narrow - 1) - narrow, m_c.fullAdder) + ")";
}

std::string GateArea::treeText(double inputs, int sum) const
{
    return "(" + times(std::max(0.0, inputs - sum), m_c.fullAdder) + " + " + times(sum, m_c.treeHalfAdders) + " x "
        + formulaNumber(m_c.halfAdder) + ")";
}

std::string GateArea::exponentSumText(int bits) const
{
    return "(" + formulaNumber(m_c.halfAdder) + " + " + times(bits - 1, m_c.fullAdder) + ")";
}

std::string GateArea::maximumTreeText(int count, int bits) const
{
    return times(count - 1, bits) + " x (" + times(m_c.comparatorShare, m_c.fullAdder) + " + " + formulaNumber(m_c.mux)
        + ")";
}

std::string GateArea::sumMultiplierText(int sum, int bits) const
{
    return "(" + times(bits * sum, m_c.andGate) + " + " + times(bits * sum - (sum + bits), m_c.fullAdder) + " + "
        + times(bits, m_c.halfAdder) + ")";
}

std::string GateArea::accumulatorText(int sum) const
{
    const std::string base = formulaNumber(m_c.accumulatorBase);
    if (sum <= kAccumulatorKnee)
        return "max(0, " + base + " + (" + std::to_string(sum) + " - " + std::to_string(kAccumulatorStart) + ") x "
            + formulaNumber(m_c.accumulatorSlope) + ")";
    return base + " + " + times(kAccumulatorKnee - kAccumulatorStart, m_c.accumulatorSlope) + " + "
        + times(sum - kAccumulatorKnee, m_c.accumulatorSlopeWide);
}

}  // namespace nanoscope
