#pragma once

#include "core/tensor.h"

#include <hdf5.h>

#include <vector>

namespace nanoscope {

/// Every dataset of an open HDF5 file, in path order. A dataset with several hard links is listed under the
/// first of them; soft links are not listed, external links only where they lead to a dataset. An object that
/// is too damaged to be described is listed as not explorable, so that the rest of the file stays usable.
/// @throws Hdf5Failure when not even the root group can be read
[[nodiscard]] std::vector<TensorInfo> listDatasets(hid_t file);

}  // namespace nanoscope
