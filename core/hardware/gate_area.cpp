#include "core/hardware/gate_area.h"

#include <algorithm>
#include <cstdint>

namespace nanoscope {
namespace {

constexpr int kWidestShift = 1 << 20;

}  // namespace

int ceilLog2(int value)
{
    int bits = 0;
    while (bits < 31 && (std::int64_t{1} << bits) < value)
        ++bits;
    return bits;
}

double GateArea::multiplier(int p, int q) const
{
    const int wide = std::max(p, q);
    const int narrow = std::min(p, q);
    if (narrow <= 0)
        return 0.0;
    if (narrow == 1)
        return wide * m_c.andGate;
    const int adders = wide * (narrow - 1);
    return wide * narrow * m_c.andGate + narrow * m_c.halfAdder + (adders - narrow) * m_c.fullAdder;
}

double GateArea::tree(double inputs, int sum) const
{
    return m_c.fullAdder * std::max(0.0, inputs - sum) + m_c.halfAdder * m_c.treeHalfAdders * sum;
}

double GateArea::shiftLeft(int width, int most, int cap) const
{
    double area = 0.0;
    for (int step = 1; step <= most && step < kWidestShift; step *= 2) {
        const int next = std::min(width + step, cap);
        const int overlap = std::max(0, std::min(width, next) - step);  // bits with two sources; the others are gated
        area += m_c.mux * overlap + m_c.andGate * (next - overlap);
        width = next;
    }
    return area;
}

double GateArea::shiftRight(int width, int controls, int window) const
{
    double area = 0.0;
    for (int j = 0; j < controls && j < 20; ++j) {
        const int step = 1 << j;
        const int next = std::min(width + step, window);
        const int overlap = step < window ? std::max(0, std::min(width, window) - step) : 0;
        area += m_c.mux * overlap + m_c.andGate * (next - overlap);
        width = next;
    }
    return area;
}

double GateArea::floatDecode(int exponentBits) const
{
    return m_c.decodeExponentBit * std::max(0, exponentBits - 1);
}

double GateArea::exponentSum(int bits) const
{
    return bits > 1 ? m_c.halfAdder + (bits - 1) * m_c.fullAdder : 0.0;
}

double GateArea::maximumTree(int count, int bits) const
{
    return (count - 1) * bits * (m_c.fullAdder * m_c.comparatorShare + m_c.mux);
}

double GateArea::signMagnitude(int width) const
{
    return width * (m_c.xorGate + m_c.halfAdder);
}

double GateArea::sumMultiplier(int sum, int bits) const
{
    return bits * sum * m_c.andGate + (bits * sum - (sum + bits)) * m_c.fullAdder + bits * m_c.halfAdder;
}

double GateArea::accumulator(int sum) const
{
    const int narrow = std::min(sum, kAccumulatorKnee) - kAccumulatorStart;
    const int wide = std::max(0, sum - kAccumulatorKnee);
    return std::max(0.0, m_c.accumulatorBase + m_c.accumulatorSlope * narrow + m_c.accumulatorSlopeWide * wide);
}

}  // namespace nanoscope
