#pragma once

#include "core/io/element_decode.h"
#include "core/tensor.h"

#include <hdf5.h>

#include <cstdint>
#include <optional>
#include <string>

namespace nanoscope {

/// What a listing and a reader need to know of one HDF5 dataset.
struct Hdf5Dataset {
    TensorInfo info;
    std::optional<ElementEncoding> encoding;  ///< present if, and only if, info.explorable
    std::string remedy;                       ///< what to do when it cannot be explored; may be empty
};

/// What to take for the values of a 16-bit integer dataset.
enum class SixteenBitIntegers {
    AsMarked,   ///< bfloat16 where the dataset has the attribute dtype = "bfloat16", else integers
    AsBfloat16  ///< bfloat16 always
};

/// Describes an open dataset without reading an element.
/// @throws Hdf5Failure when its header is damaged
[[nodiscard]] Hdf5Dataset describeDataset(hid_t dataset, const std::string& name, SixteenBitIntegers integers);

/// Why the stored size contradicts the declared size, or nothing if it does not. Asked before memory is
/// allocated, so that a damaged header cannot claim all of it.
/// @throws Hdf5Failure when the dataset's header is damaged
[[nodiscard]] std::optional<std::string> storageContradiction(hid_t dataset, std::uint64_t declaredBytes);

}  // namespace nanoscope
