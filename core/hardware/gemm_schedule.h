#pragma once

namespace nanoscope {

/// A matrix product: tokens x inputs times inputs x outputs, with the bits that its operands take in memory.
struct Gemm {
    double tokens = 1.0;
    double outputs = 1.0;
    double inputs = 1.0;
    double weightBits = 16.0;
    double activationBits = 16.0;
    double outputBits = 16.0;

    [[nodiscard]] double macs() const { return tokens * outputs * inputs; }
};

/// An array of dot-product units as a schedule sees it.
struct ArrayShape {
    int rows = 4;     ///< tokens at a time
    int columns = 8;  ///< outputs at a time
    int lanes = 32;   ///< inputs at a time
    int cyclesPerDot = 1;
};

/// Bytes of the on-chip buffers; half of each is filled while the other half is used.
struct BufferBytes {
    double weights = 0.0;
    double activations = 0.0;
    double outputs = 0.0;
};

/// Bytes between chip and memory.
struct Traffic {
    double weights = 0.0;
    double activations = 0.0;
    double outputs = 0.0;
    [[nodiscard]] double total() const { return weights + activations + outputs; }
};

/// Compute cycles: ceil(M / rows) ceil(N / columns) ceil(K / lanes) cyclesPerDot, and rows + columns - 2 to fill.
[[nodiscard]] double gemmCycles(const Gemm& gemm, const ArrayShape& array);

/// Least traffic of: everything once where an operand fits its buffer; a panel of activations or of weights kept; an
/// output tile kept (five aspect ratios).
[[nodiscard]] Traffic gemmTraffic(const Gemm& gemm, const ArrayShape& array, const BufferBytes& buffers);

}  // namespace nanoscope
