#pragma once

namespace nanoscope {

/// Tells the HDF5 library not to clean up when the program ends; call it first in main(). Everything that this
/// program opens is closed by its owner, and after a damaged file or a failed write that cleanup prints
/// "infinite loop closing library" or crashes.
void skipHdf5CleanupAtExit();

}  // namespace nanoscope
