#pragma once

#include <cstddef>

namespace nanoscope {

/// Which two elements of a head's vector a rotary embedding turns together.
enum class RotaryPairs {
    HalfSplit,   ///< i and i + half of the head's width, as in Hugging Face checkpoints
    Interleaved  ///< 2i and 2i + 1, as in llama2.c
};

/// Sizes and constants of a decoder-only language model of the Llama kind.
struct ModelShape {
    std::size_t width = 0;          ///< of the residual stream ("d", hidden_size)
    std::size_t layers = 0;         ///< decoder layers ("L")
    std::size_t hidden = 0;         ///< of the feed-forward part ("ff", intermediate_size)
    std::size_t heads = 0;          ///< of queries ("H")
    std::size_t keyValueHeads = 0;  ///< of keys and values; divides heads ("KV")
    std::size_t headWidth = 0;      ///< elements of a head; even
    std::size_t vocabulary = 0;     ///< token ids are below
    std::size_t context = 0;        ///< most tokens it was trained on; 0: not stated ("T")
    double normEpsilon = 1e-5;      ///< added to the mean square before its root
    double rotaryBase = 10000.0;    ///< theta
    RotaryPairs rotary = RotaryPairs::HalfSplit;
    bool tiedOutput = true;  ///< the embedding is the head
};

}  // namespace nanoscope
