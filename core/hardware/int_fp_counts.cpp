#include "core/hardware/int_fp_counts.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr int kWidestAligner = 24;
constexpr int kAccumulatorWindow = 28;
constexpr int kScaleExponentBits = 8;

double macArea(const IntFpMac& mac, const HardwareConstants& c)
{
    const int x = mac.exponentBits;
    const int y = mac.mantissaBits;
    const int k = mac.lanes;
    const int p = y + 1;
    const double multiplier = p > 1 ? p * p * c.andGate + p * c.halfAdder + p * (p - 2) * c.fullAdder : c.andGate;
    if (x == 0)
        return k * multiplier + 2.0 * k * p * c.fullAdder;
    const int n = std::min((1 << (x + 1)) + 2 * y, kWidestAligner);
    const double stages = n * std::log2(n);
    return k * multiplier + k * n * c.fullAdder       // multiplier and adder
        + k * x * c.fullAdder                         // exponent sum
        + k * x * (c.xorGate + c.fullAdder)           // exponent difference
        + k * x * (c.xorGate + c.andGate + c.orGate)  // comparison
        + k * stages * c.mux                          // aligner
        + stages * (c.mux + c.orGate);                // normalizer
}

double sharedArea(IntFpScale scale, const HardwareConstants& c)
{
    const double n = kAccumulatorWindow;
    const double accumulator = n * std::log2(n) * c.mux * 2 + 2 * n * c.fullAdder
        + 2 * kScaleExponentBits * (c.fullAdder + c.xorGate) + n * (c.mux + c.orGate);
    const double scales = scale == IntFpScale::PowerOfTwo
        ? 2 * kScaleExponentBits * c.fullAdder
        : 2 * (24 * 4 * (c.andGate + c.fullAdder) + kScaleExponentBits * c.fullAdder);
    return accumulator + scales;
}

}  // namespace

double intFpLaneArea(const IntFpMac& mac, const HardwareConstants& constants)
{
    return (macArea(mac, constants) + sharedArea(mac.scale, constants)) / mac.lanes;
}

}  // namespace nanoscope
