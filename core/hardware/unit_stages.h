#pragma once

#include "core/hardware/lanes.h"

namespace nanoscope::detail {

/// A partial sum on its way through the unit.
struct PartialSum {
    std::vector<CostTerm> terms;
    int bits = 0;
};

/// Scaled blocks that a unit adds: 1 when a block has at least as many elements as the unit has lanes.
[[nodiscard]] int scaledBlocks(const UnitDesign& design);

/// Adds the products: one compressor tree per block, or per subgroup where elements share a micro-scale.
[[nodiscard]] PartialSum addedUp(const Products& products, const UnitDesign& design, const GateArea& gates);

/// Undoes shared scales and NanoMantissa on a sum of `bits` bits.
[[nodiscard]] PartialSum scaled(int bits, const UnitDesign& design, const GateArea& gates);

/// Flip-flops of a complete unit.
[[nodiscard]] double registerBits(const UnitDesign& design);

}  // namespace nanoscope::detail
