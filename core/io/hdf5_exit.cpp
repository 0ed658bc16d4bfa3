#include "core/io/hdf5_exit.h"

#include <hdf5.h>

namespace nanoscope {

void skipHdf5CleanupAtExit()
{
    H5dont_atexit();  // refuses when the library is in use already; then its cleanup stays, which is harmless mostly
}

}  // namespace nanoscope
